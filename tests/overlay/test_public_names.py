"""The public face: few names, fetched when they are asked for."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

import pytest

import cloud_backup
from cloud_backup import errors


def test_every_public_name_is_there_and_at_home() -> None:
    assert cloud_backup.__all__ == sorted(cloud_backup.__all__)
    for name in cloud_backup.__all__:
        value = getattr(cloud_backup, name)
        assert value.__name__.removesuffix("Id") == name
        assert value.__module__.startswith(("cloud_backup.", "cloud_backup_api."))
        assert value.__doc__


def test_every_error_is_public() -> None:
    assert set(errors.__all__) - {"status_error"} <= set(cloud_backup.__all__)


def test_dir_lists_them() -> None:
    assert set(cloud_backup.__all__) <= set(dir(cloud_backup))


def test_any_other_name_is_none() -> None:
    with pytest.raises(AttributeError, match="'cloud_backup' has no attribute 'Nonsense'"):
        getattr(cloud_backup, "Nonsense")  # noqa: B009 - type checkers would refuse it too


def test_the_version_is_that_of_the_package() -> None:
    assert cloud_backup.__version__ == version("rackspace-cloud-backup")


def fresh(lines: str) -> str:
    """Run lines in a fresh interpreter."""
    command = [sys.executable, "-c", lines]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_the_date_codec_brings_nothing_else() -> None:
    loaded = fresh(
        "import sys; before = set(sys.modules); import cloud_backup.wire.ms_date;"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before};"
        "print(*new - sys.stdlib_module_names)"
    )

    assert loaded == "cloud_backup"


def test_the_sync_client_needs_nothing_of_the_async_one() -> None:
    loaded = fresh(
        "import sys; from cloud_backup import CloudBackup;"
        "print(*(name for name in sys.modules if name.startswith('cloud_backup._async')))"
    )

    assert loaded == ""
