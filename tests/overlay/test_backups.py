"""Every operation on backups, against the emulator."""

from __future__ import annotations

import asyncio
import copy
import pickle
from typing import TYPE_CHECKING

import pytest

from cloud_backup import BackupState, PublicKey

if TYPE_CHECKING:
    from tests.overlay.emulated import Emulated

    from cloud_backup import CloudBackup

CONFIGURATION = 172418


@pytest.fixture
def cloud(emulated: Emulated) -> CloudBackup:
    return emulated.client()


def test_a_backup_from_start_to_report(emulated: Emulated, cloud: CloudBackup) -> None:
    before = cloud.backups.completed(CONFIGURATION)

    started = cloud.backups.start(CONFIGURATION)
    assert not cloud.backups.get(started).is_final
    emulated.emulator.advance(3600)
    done = cloud.backups.get(started)
    report = cloud.backups.report(started)

    assert done.state is BackupState.COMPLETED
    assert (done.is_final, done.is_successful, report.is_successful) == (True, True, True)
    assert (report.backup_id, report.can_restore) == (started.backup_id, True)
    assert len(cloud.backups.completed(CONFIGURATION)) == len(before) + 1
    for value in (started, done, report, before[0]):
        assert pickle.loads(pickle.dumps(value)) == copy.deepcopy(value) == value


def test_a_backup_that_is_stopped(emulated: Emulated, cloud: CloudBackup) -> None:
    started = cloud.backups.start(CONFIGURATION)
    emulated.emulator.advance(10)
    cloud.backups.stop(started)
    emulated.emulator.advance(3600)

    stopped = cloud.backups.get(started)

    assert stopped.state is BackupState.STOPPED
    assert (stopped.is_final, stopped.is_successful) == (True, False)


def test_async(emulated: Emulated) -> None:
    async def main() -> None:
        async with emulated.async_client() as backup:
            started = await backup.backups.start(CONFIGURATION)
            emulated.emulator.advance(3600)
            assert (await backup.backups.get(started)).is_successful
            assert (await backup.backups.report(started)).errors == 0
            assert (await backup.backups.completed(CONFIGURATION))[0].backup_id == started.backup_id

    asyncio.run(main())


def test_what_is_available_has_its_agents_key(cloud: CloudBackup) -> None:
    for available in cloud.restores.available():
        key = cloud.agents.get(available).public_key
        assert key is not None
        assert PublicKey.from_answer(available) == PublicKey.from_answer(key)
