"""What it costs to import the client, and to start the command line.

Each is a process of its own, measured in turns with a process that it is compared to: importing the
client against importing httpx, `cloud-backup --version` against Python alone.

Usage: python -m bench.startup
"""

import statistics
import subprocess
import sys
import time
from typing import Final

TURNS: Final = 15

CASES: Final = {
    "import cloud_backup, over httpx": (
        ["-c", "import httpx"],
        ["-c", "import httpx, cloud_backup"],
        30,
    ),
    "what it brings on first use": (
        ["-c", "import httpx, cloud_backup"],
        ["-c", "import httpx, cloud_backup; cloud_backup.CloudBackup"],
        None,
    ),
    "cloud-backup --version, over python": (
        ["-c", "pass"],
        ["-m", "cloud_backup.commandline", "--version"],
        150,
    ),
}
"""What is started, alone and with ours, and how many milliseconds more it may take, if limited."""


def milliseconds(arguments: list[str]) -> float:
    """Measure how long a run of Python takes."""
    before = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return (time.perf_counter() - before) * 1000


def main() -> int:
    """Measure and print; return 1 if a target is missed."""
    missed = False
    print(f"{'':36} {'alone':>8} {'ours':>8} {'more':>8} {'target':>8}")
    for name, (alone, ours, target) in CASES.items():
        milliseconds(ours)
        turns = [(milliseconds(alone), milliseconds(ours)) for _ in range(TURNS)]
        bare, own = (statistics.median(column) for column in zip(*turns, strict=True))
        more = statistics.median(with_ours - without for without, with_ours in turns)
        missed |= target is not None and more > target
        told = "-" if target is None else f"{target} ms"
        print(f"{name:36} {bare:5.0f} ms {own:5.0f} ms {more:5.0f} ms {told:>8}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
