"""`make demo`, run as a person runs it."""

import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

DEMO = [sys.executable, str(Path(__file__).parents[2] / "demo" / "restore_a_backup.py")]


@pytest.fixture(autouse=True)
def development_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python tells of what is left open, or running."""
    monkeypatch.setenv("PYTHONDEVMODE", "1")


def test_demo_loses_files_and_brings_every_byte_back() -> None:
    demo = subprocess.run(DEMO, capture_output=True, text=True, timeout=60, check=False)

    assert (demo.returncode, demo.stderr) == (0, "")
    # Those in between pass too fast to be seen on a machine that is busy.
    assert demo.stdout.count("Completed") >= 4
    said = " ".join(demo.stdout.split())
    disaster, after = said.split("After the restore")
    assert "Completed: 401 files, 9.9 MB" in disaster
    assert "│ As it was │ 257 │" in disaster
    assert "│ Missing │ 121 │" in disaster
    assert "│ Damaged │ 33 │" in disaster
    assert "│ Files restored │ 401 │" in disaster
    assert "│ As it was │ 411 │" in after
    assert "│ Missing │ 0 │" in after
    assert "Every one of 10420042 bytes in 411 files and folders is back." in after


@pytest.mark.parametrize(
    ("change", "row"),
    [
        (lambda there: there | {"a": b"one bit off".replace(b"b", b"c")}, "Damaged"),
        (lambda there: {path: there[path] for path in ("link", "folder")}, "Missing"),
        (lambda there: there | {"link": "b"}, "Damaged"),
        (lambda there: there | {"a": None}, "Damaged"),
        (lambda there: there | {"b": b""}, "New"),
    ],
)
def test_demo_tells_every_difference(change: Callable[[Any], Any], row: str) -> None:
    before = {"a": b"one bit off", "link": "a", "folder": None}

    table = runpy.run_path(DEMO[1])["difference_table"]("The test", before, change(before))

    facts = dict(zip(*(column.cells for column in table.columns), strict=True))
    assert facts[row] == "1"
    assert sum(map(int, facts.values())) == len(before.keys() | change(before).keys())


def test_demo_fails_unless_every_byte_is_back(tmp_path: Path) -> None:
    # The restore writes elsewhere, and is Completed all the same.
    sabotage = (
        "import runpy, sys;"
        "from cloud_backup._sync.restores import Restores;"
        "create = Restores.create;"
        "Restores.create = lambda self, **to: create(self, **{**to, 'path': '/elsewhere'});"
        "runpy.run_path(sys.argv[1], run_name='__main__')"
    )
    demo = subprocess.run(
        [DEMO[0], "-c", sabotage, DEMO[1]], capture_output=True, text=True, timeout=60, check=False
    )

    assert (demo.returncode, demo.stderr) == (1, "")
    assert "Not everything was restored." in demo.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C reaches a process otherwise there")
def test_ctrl_c_leaves_nothing_running() -> None:
    # Where tests run in the background, what they start ignores Ctrl-C unless it is told not to.
    listening = (
        "import runpy, signal, sys;"
        "signal.signal(signal.SIGINT, signal.default_int_handler);"
        "runpy.run_path(sys.argv[1], run_name='__main__')"
    )
    with subprocess.Popen(
        [DEMO[0], "-c", listening, DEMO[1]],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as demo:
        assert demo.stdout is not None
        url = next(word for word in demo.stdout.readline().split() if word.startswith("http"))
        url = url.rstrip(",")
        # The whole group gets it, as from a terminal.
        os.killpg(demo.pid, signal.SIGINT)
        output, errors = demo.communicate(timeout=30)

    assert demo.returncode == 130, (output, errors)
    assert errors == ""
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/emulator/health")
