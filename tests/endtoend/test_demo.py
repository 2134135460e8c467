"""`make demo`, run as a person runs it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

DEMO = [sys.executable, str(Path(__file__).parents[2] / "demo" / "restore_a_backup.py")]


@pytest.fixture(autouse=True)
def development_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python tells of what is left open, or running."""
    monkeypatch.setenv("PYTHONDEVMODE", "1")


def test_demo_restores_and_reports() -> None:
    demo = subprocess.run(DEMO, capture_output=True, text=True, timeout=60, check=False)

    assert (demo.returncode, demo.stderr) == (0, "")
    assert "BackupConfig1" in demo.stdout
    for state in ("StartRequested", "Queued", "Preparing", "InProgress", "Completed"):
        assert state in demo.stdout
    assert "Report of the restore" in demo.stdout


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
