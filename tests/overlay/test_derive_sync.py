"""The sync client is what derive_sync.py makes of the async one."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from cloud_backup import AsyncCloudBackup, CloudBackup

SCRIPT = Path(__file__).parents[2] / "generator" / "derive_sync.py"


def test_the_sync_client_is_derived() -> None:
    check = subprocess.run(
        [sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, check=False
    )

    assert (check.returncode, check.stderr) == (0, "")


PARTS = ["restores", "backups", "agents", "configurations", "activity"]


@pytest.mark.parametrize("part", PARTS)
def test_both_have_the_same_methods_with_the_same_parameters(part: str) -> None:
    def public(client: CloudBackup | AsyncCloudBackup) -> dict[str, list[str]]:
        return {
            name: list(inspect.signature(method).parameters)
            for name, method in inspect.getmembers(getattr(client, part), inspect.ismethod)
            if not name.startswith("_")
        }

    methods = public(CloudBackup("demo", "key"))
    assert methods
    assert methods == public(AsyncCloudBackup("demo", "key"))
