"""The fixture `cloud_backup_emulator`, for the tests of whoever uses the service.

pytest loads this module wherever the distribution is installed, so it imports nothing that the
extra `emulator` brings until a test asks for it.
"""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cloud_backup_emulator.server import RunningEmulator

__all__ = ["cloud_backup_emulator"]


@pytest.fixture
def cloud_backup_emulator() -> "Iterator[RunningEmulator]":
    """A running emulator with its starting data, on a free port, whose clock the test moves.

    Every test has one of its own, so nothing is left of the one before.

        def test_restore(cloud_backup_emulator):
            backup = CloudBackup.from_environment(cloud_backup_emulator.environment)
            cloud_backup_emulator.advance(60)
    """
    from cloud_backup_emulator import Emulator, serve  # noqa: PLC0415 - see above

    with Emulator(rate=0) as emulator, serve(emulator) as running:
        yield running
