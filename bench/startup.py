"""What it costs to import the client, and to start the command line.

Each is a process of its own, measured in turns with a process that it is compared to: importing the
client against importing httpx, `cloud-backup --version` against Python alone. A command that logs
in and lists, against an emulator here, is given as a multiple of the import of httpx.

Usage: python -m bench.startup
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Final

from bench.server_process import process

TURNS: Final = 15

CASES: Final = {
    "import cloud_backup, over httpx": (
        ["-c", "import httpx"],
        ["-c", "import httpx, cloud_backup"],
        30,
    ),
    "its first use, over httpx": (
        ["-c", "import httpx"],
        ["-c", "import httpx, cloud_backup; cloud_backup.CloudBackup"],
        60,
    ),
    "cloud-backup --version, over python": (
        ["-c", "pass"],
        ["-m", "cloud_backup.commandline", "--version"],
        150,
    ),
}
"""What is started, alone and with ours, and how many milliseconds more it may take."""


COMMAND: Final = ["-m", "cloud_backup.commandline", "restores", "available"]
TIMES: Final = 2.0
"""How many times the import of httpx a command may take that logs in and lists."""


def milliseconds(arguments: list[str], environment: dict[str, str]) -> float:
    """Measure how long a run of Python takes."""
    before = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=environment)
    return (time.perf_counter() - before) * 1000


def in_turns(
    alone: list[str], ours: list[str], environment: dict[str, str]
) -> list[tuple[float, float]]:
    """Measure two runs of Python in turns, after one of each to compile what they import."""
    for arguments in (alone, ours):
        milliseconds(arguments, environment)
    return [
        (milliseconds(alone, environment), milliseconds(ours, environment)) for _ in range(TURNS)
    ]


def command(environment: dict[str, str]) -> bool:
    """Measure a whole command and print; return whether it misses its target."""
    with process("-m", "cloud_backup_emulator", "--port", "0") as url:
        account = {
            "RS_USERNAME": "demo",
            "RS_API_KEY": "demo-key",
            "RS_REGION_NAME": "DFW",
            "RS_AUTH_URL": f"{url}/v2.0",
        }
        turns = in_turns(["-c", "import httpx"], COMMAND, environment | account)
    bare, own = (statistics.median(column) for column in zip(*turns, strict=True))
    ratio = statistics.median(ours / alone for alone, ours in turns)
    print(f"\n{'cloud-backup restores available':36} {bare:5.0f} ms {own:5.0f} ms", end="")
    print(f" {ratio:5.2f} x  {TIMES:>5} x")
    return ratio > TIMES


def main() -> int:
    """Measure and print; return 1 if a target is missed."""
    with tempfile.TemporaryDirectory() as compiled:
        # What is installed is compiled, and so is what is measured, whatever the environment says.
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        missed = False
        print(f"{'':36} {'alone':>8} {'ours':>8} {'more':>8} {'target':>8}")
        for name, (alone, ours, target) in CASES.items():
            turns = in_turns(alone, ours, environment)
            bare, own = (statistics.median(column) for column in zip(*turns, strict=True))
            more = statistics.median(with_ours - without for without, with_ours in turns)
            missed |= more > target
            print(f"{name:36} {bare:5.0f} ms {own:5.0f} ms {more:5.0f} ms {target:>5} ms")
        return 1 if command(environment) or missed else 0


if __name__ == "__main__":
    sys.exit(main())
