"""The fixture that a user's own tests ask for."""

import subprocess
import sys
from pathlib import Path

import pytest

USERS_TESTS = """
import sqlite3

import pytest

from cloud_backup import CloudBackup


def restore(emulator):
    with CloudBackup.from_environment(
        emulator.environment, sleep=lambda seconds: emulator.advance(seconds)
    ) as backup:
        created = backup.restores.create(
            backup_id=134691, source=252036, destination=252036, path="/restored", overwrite=False
        )
        backup.restores.start(created)
        return backup.restores.wait(created)


def test_one(cloud_backup_emulator):
    assert restore(cloud_backup_emulator).state == "Completed"
    assert "createRestore" in [r["operation"] for r in cloud_backup_emulator.requests]
    test_one.emulator = cloud_backup_emulator.emulator


def test_two(cloud_backup_emulator):
    assert cloud_backup_emulator.requests == []
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        test_one.emulator.reset()
    cloud_backup_emulator.fault(outcome="Failed")
    assert restore(cloud_backup_emulator).state == "Failed"
"""

WITHOUT_EXTRA = """
import sys
for name in ("starlette", "uvicorn", "yaml", "jsonschema_rs"):
    sys.modules[name] = None
import pytest
plugins = ["-p", "no:cacheprovider", "-p", "cloud_backup_emulator.pytest_plugin"]
sys.exit(pytest.main(["--disable-plugin-autoload", *plugins]))
"""


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def test_a_users_tests_are_three_lines_away(tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text(USERS_TESTS)

    done = run("-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", folder=tmp_path)

    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout


@pytest.mark.parametrize(("fixture", "passes"), [("", True), ("cloud_backup_emulator", False)])
def test_pytest_works_without_the_extra(tmp_path: Path, fixture: str, *, passes: bool) -> None:
    (tmp_path / "test_mine.py").write_text(f"def test_it({fixture}): pass\n")

    done = run("-c", WITHOUT_EXTRA, folder=tmp_path)

    assert (done.returncode == 0) is passes, done.stdout
    if not passes:
        assert "pip install 'rackspace-cloud-backup[emulator]'" in done.stdout
