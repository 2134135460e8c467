"""A restore from beginning to end: client, HTTP over TCP, emulator process."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from cloud_backup import (
    AsyncCloudBackup,
    CloudBackup,
    InvalidRequest,
    NotFound,
    PermissionDenied,
    RestoreReport,
)

from .conftest import RunningEmulator


def restore_newest(backup: CloudBackup) -> tuple[list[str], RestoreReport]:
    states: list[str] = []
    newest = max(backup.restores.available(), key=lambda b: b.last_successful_backup_time)
    completed = backup.backups.completed(newest.backup_configuration_id)[0]
    restore = backup.restores.create(
        backup_id=completed.backup_id,
        source=completed.machine_agent_id,
        destination=completed.machine_agent_id,
        path="/restored",
        overwrite=False,
    )
    states.append(str(restore.state))
    backup.restores.start(restore)
    finished = backup.restores.wait(
        restore, poll_interval=1, on_change=lambda now: states.append(str(now.state))
    )
    return states, finished.report()


def test_restore_passes_through_its_states_and_reports(emulator: RunningEmulator) -> None:
    with CloudBackup.from_environment(emulator.environment, sleep=emulator.advance) as backup:
        states, report = restore_newest(backup)

    seen = list(dict.fromkeys(states))
    assert seen == [
        "Creating",
        "StartRequested",
        "Queued",
        "Preparing",
        "InProgress",
        "Completed",
    ]
    assert report.state == "Completed"
    assert report.backup_configuration_id == 172418
    assert report.restore_point == datetime(2013, 2, 12, 20, 46, 11, tzinfo=UTC)
    assert report.start_time is not None
    assert report.completed_time is not None
    assert report.completed_time - report.start_time == report.duration
    assert timedelta(seconds=1) < report.duration < timedelta(minutes=10)
    assert report.files_restored > 0
    assert report.bytes_restored > 0
    assert report.errors == 0


def test_async_client_does_the_same(emulator: RunningEmulator) -> None:
    async def flow() -> RestoreReport:
        async with AsyncCloudBackup.from_environment(
            emulator.environment, sleep=emulator.advance_async
        ) as backup:
            newest = max(
                await backup.restores.available(), key=lambda b: b.last_successful_backup_time
            )
            completed = (await backup.backups.completed(newest.backup_configuration_id))[0]
            restore = await backup.restores.create(
                backup_id=completed.backup_id,
                source=completed.machine_agent_id,
                destination=completed.machine_agent_id,
                path="/restored",
                overwrite=False,
            )
            await backup.restores.start(restore)
            return await (await backup.restores.wait(restore)).report()

    report = asyncio.run(flow())

    assert report.state == "Completed"
    assert report.errors == 0


def test_a_sleeping_agent_refuses_the_start_until_it_is_woken(emulator: RunningEmulator) -> None:
    with CloudBackup.from_environment(emulator.environment, sleep=emulator.advance) as backup:
        completed = backup.backups.completed(172417)[0]
        restore = backup.restores.create(
            backup_id=completed.backup_id,
            source=completed.machine_agent_id,
            destination=252034,
            path="/restored",
            overwrite=False,
        )
        with pytest.raises(PermissionDenied) as refused:
            backup.restores.start(restore)
        assert refused.value.status == 403
        assert refused.value.operation == "requestRestoreAction"
        assert backup.restores.get(restore).state == "Creating"

        backup.agents.wake()
        emulator.advance(20)
        backup.restores.start(restore)

        assert backup.restores.wait(restore).report().state == "Completed"


def test_a_backup_made_now_can_be_restored(emulator: RunningEmulator) -> None:
    with CloudBackup.from_environment(emulator.environment, sleep=emulator.advance) as backup:
        started = backup.backups.start(172418)
        emulator.advance(24 * 60 * 60 - 1)

        newest = backup.backups.completed(172418)[0]

        assert newest.backup_id == started.backup_id
        assert backup.backups.report(newest.backup_id).state == "Completed"
        available = {b.backup_configuration_id: b for b in backup.restores.available()}
        assert available[172418].last_successful_backup_time == newest.completed_time


def test_a_token_that_expired_is_renewed_unseen(emulator: RunningEmulator) -> None:
    with CloudBackup.from_environment(emulator.environment) as backup:
        before = backup.restores.get(1394)
        emulator.advance(25 * 60 * 60)

        assert backup.restores.get(1394) == before


def test_what_does_not_exist_and_what_is_not_allowed_are_typed_errors(
    emulator: RunningEmulator,
) -> None:
    with CloudBackup.from_environment(emulator.environment) as backup:
        with pytest.raises(NotFound) as missing:
            backup.restores.get(999_999)
        assert (missing.value.status, missing.value.operation) == (404, "getRestore")
        assert "999999" in missing.value.message

        with pytest.raises(InvalidRequest) as refused:
            backup.restores.update(1394, path="/elsewhere")
        assert refused.value.operation == "updateRestore"

    observer = {**emulator.environment, "RS_USERNAME": "observer", "RS_API_KEY": "observer-key"}
    with (
        CloudBackup.from_environment(observer) as backup,
        pytest.raises(PermissionDenied),
    ):
        backup.agents.wake()
