"""Run schemathesis' command against an emulator over TCP: what `make contract` does.

Usage: python -m tests.contract.over_tcp [OPTION OF st run ...]
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from cloud_backup_emulator import Clock, Emulator, serve

ROOT: Final = Path(__file__).parents[2]

RUNS: Final = (
    ("--phases", "examples,coverage,fuzzing", "--coverage-format", "text"),
    ("--phases", "stateful", "--coverage-no-report"),
    # Chains of calls are longer where none is meant to be refused.
    ("--phases", "stateful", "--mode", "positive", "--coverage-no-report"),
)
"""The options of each run. Each has a world of its own: what one deletes, the next one wants."""


def main(options: Sequence[str]) -> int:
    """Run all phases; return the first exit status that isn't 0."""
    command = [sys.executable, "-m", "tests.contract.keyword_coverage", "run"]
    for run in RUNS:
        emulator = Emulator(clock=Clock(rate=0, wall=lambda: 1_360_800_000))
        with serve(emulator) as running:
            document = f"{running.url}/emulator/openapi.json"
            done = subprocess.run([*command, *run, *options, document], cwd=ROOT, check=False)
        emulator.close()
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
