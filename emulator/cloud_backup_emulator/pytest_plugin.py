"""The pytest fixture `cloud_backup_emulator`, for your own tests.

pytest loads this module wherever the distribution is installed, so it imports nothing from the
extra `emulator` until a test uses the fixture.
"""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cloud_backup_emulator.server import RunningEmulator

__all__ = ["cloud_backup_emulator"]


@pytest.fixture
def cloud_backup_emulator() -> "Iterator[RunningEmulator]":
    """A running emulator with its starting data, on a free port, with a clock that the test moves.

    Each test gets its own, so tests don't affect each other.

        def test_restore(cloud_backup_emulator):
            backup = CloudBackup.from_environment(cloud_backup_emulator.environment)
            cloud_backup_emulator.advance(60)
    """
    from cloud_backup_emulator import Emulator, serve  # noqa: PLC0415 - see above

    with Emulator(rate=0) as emulator, serve(emulator) as running:
        yield running
