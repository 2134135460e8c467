"""Break the project, one break at a time, and see which test notices.

Usage: python -m tests.mutants [NAME ...]

Prints a line for each break; exits with 1 if one goes unnoticed.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from tests.mutants.mutant import ROOT, Mutant
from tests.mutants.mutants import MUTANTS

AT_ONCE: Final = os.cpu_count() or 1


def copy_repository(source: Path, folder: Path) -> None:
    """Copy the repository, without what git and the tools keep beside it."""
    ignored = shutil.ignore_patterns(".?*", "__pycache__", "build", "dist")
    shutil.copytree(source, folder, ignore=ignored, dirs_exist_ok=True)


def first_failure(tests: Collection[str], source: Path, mutant: Mutant | None = None) -> str | None:
    """Return the first of some tests that fails in a copy; None if all pass.

    Args:
        tests: The tests, as pytest names them.
        source: What is copied.
        mutant: What is broken in the copy; None for nothing.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        copy_repository(source, copy)
        if mutant is not None:
            mutant.apply(copy)
        # In place of what is installed: these come first on the path.
        packages = [str(copy / name) for name in ("emulator", "overlay", "generated")]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(packages)}
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests],
            cwd=copy,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode == 0:
        return None
    failed = re.search(r"^(?:FAILED|ERROR) (\S+(?:\[.*?\])?)", done.stdout, flags=re.MULTILINE)
    if failed is not None:
        return failed[1]
    # pytest itself didn't get as far as a test, such as where the emulator refuses the document.
    return f"no test begins: {(done.stderr or done.stdout).strip().splitlines()[-1]}"


def main(names: Sequence[str]) -> int:
    """Try the breaks of these names, or all; return the exit status."""
    if unknown := set(names) - {mutant.name for mutant in MUTANTS}:
        print(f"unknown: {', '.join(sorted(unknown))}\n\n{__doc__}", file=sys.stderr)
        return 2
    chosen = [mutant for mutant in MUTANTS if not names or mutant.name in names]
    unnoticed = 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(AT_ONCE) as threads:
        # What is edited in the meantime makes no difference.
        source = Path(folder)
        copy_repository(ROOT, source)
        # A test that fails, or can't even be collected, without a break would notice anything.
        tests = sorted({test for mutant in chosen for test in mutant.tests})
        unbroken = threads.submit(first_failure, tests, source)
        results = [threads.submit(first_failure, mutant.tests, source, mutant) for mutant in chosen]
        if (failed := unbroken.result()) is not None:
            print(f"fails without a break: {failed}")
            threads.shutdown(cancel_futures=True)
            return 1
        for mutant, result in zip(chosen, results, strict=True):
            noticed = result.result()
            unnoticed += noticed is None
            print(f"{mutant.name:52} {noticed or 'UNNOTICED'}", flush=True)
    print(f"{len(chosen) - unnoticed} of {len(chosen)} breaks noticed")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
