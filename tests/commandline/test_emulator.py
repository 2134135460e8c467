"""`cloud-backup emulator`."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .conftest import helped

COMMAND = [sys.executable, "-m", "cloud_backup.commandline"]

WORLD = """
tenants:
  "77":
    users:
      - username: me
        api_key: my key
    agents:
      - {MachineAgentId: 11, MachineName: mine}
"""


@contextmanager
def emulator(*options: str) -> Iterator[list[str]]:
    """Run the command, and give the lines for a shell that it prints."""
    with subprocess.Popen(
        [*COMMAND, "emulator", "--port", "0", *options], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield [process.stdout.readline() for _ in range(4)]
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()
    assert process.returncode == 0


def in_a_shell(exports: list[str], *arguments: str) -> str:
    line = "".join(exports) + 'exec "$@"'
    done = subprocess.run(
        ["sh", "-c", line, "sh", *COMMAND, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ},
    )
    return done.stdout


def test_a_shell_can_use_it_by_the_lines_it_prints() -> None:
    with emulator("--manual-clock") as exports:
        assert all(line.startswith("export RS_") for line in exports)
        assert "MBP0" in in_a_shell(exports, "agents", "list")


def test_a_world_of_ones_own_is_used_by_its_own_user(tmp_path: Path) -> None:
    world = tmp_path / "world.yaml"
    world.write_text(WORLD)

    with emulator("--seed", str(world)) as exports:
        assert "'my key'" in "".join(exports)
        assert "mine" in in_a_shell(exports, "agents", "list", "-o", "csv")


@pytest.mark.skipif(sys.platform == "win32", reason="machines need POSIX folders")
def test_machines_are_its_agents(tmp_path: Path) -> None:
    machines = [tmp_path / "web1", tmp_path / "web2"]
    for machine in machines:
        machine.mkdir()

    options = [part for folder in machines for part in ("--machine", f"{folder.name}={folder}")]
    with emulator("--empty", *options) as exports:
        listed = in_a_shell(exports, "agents", "list", "-o", "json")

    assert [agent["machine_name"] for agent in json.loads(listed)] == ["web1", "web2"]


def test_help_is_the_emulators_too() -> None:
    shown = helped("emulator", "--help").stdout

    assert "cloud-backup emulator --port 8774" in shown
    assert "--time-scale N" in shown
    assert "--machine NAME=DIR" in shown


def test_what_the_emulator_refuses() -> None:
    assert helped("emulator", "--port", "many").exit_code == 2
    assert helped("emulator", "--port", "0", "--seed", "/nowhere").exit_code == 1


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(f"No module named {name!r}", name="uvicorn")

    monkeypatch.setattr("cloud_backup.commandline.commands.emulator.import_module", missing)

    ended = helped("emulator")

    assert ended.exit_code == 1
    assert "uvicorn" in ended.stderr
    assert "pip install 'rackspace-cloud-backup[emulator]'" in ended.stderr
