"""The public types. Only type checkers read this file; nothing runs it."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import assert_type

import httpx

from cloud_backup import (
    Activity,
    ActivityType,
    Agent,
    AsyncCloudBackup,
    AsyncRestore,
    AvailableBackup,
    Backup,
    BackupConfiguration,
    BackupReport,
    ByteSize,
    CloudBackup,
    CloudBackupError,
    CompletedBackup,
    RackspaceAuth,
    Restore,
    RestoreFile,
    RestoreReport,
    RestoreState,
    StartedBackup,
    StatusError,
    WaitTimeout,
)
from cloud_backup_api import models


def the_lines_of_the_readme() -> None:
    with CloudBackup.from_environment() as backup:
        newest = max(backup.restores.available(), key=lambda b: b.last_successful_backup_time)
        completed = backup.backups.completed(newest.backup_configuration_id)[0]
        restore = backup.restores.create(
            backup_id=completed.backup_id,
            source=completed.machine_agent_id,
            destination=completed.machine_agent_id,
            path="/restored",
            overwrite=False,
        )
        backup.restores.start(restore)
        report = backup.restores.wait(restore).report()
        print(report.state, report.duration, report.files_restored, report.bytes_restored)  # noqa: T201 - as in README.md

    assert_type(newest, AvailableBackup)
    assert_type(completed, CompletedBackup)
    assert_type(restore, Restore)
    assert_type(report, RestoreReport)
    assert_type(report.state, RestoreState | str)
    assert_type(report.duration, timedelta)
    assert_type(report.files_restored, int)
    assert_type(report.bytes_restored, ByteSize)
    assert_type(report.raw, models.RestoreReport)


async def the_same_with_await() -> None:
    async with AsyncCloudBackup.from_environment() as backup:
        newest = max(await backup.restores.available(), key=lambda b: b.last_successful_backup_time)
        completed = (await backup.backups.completed(newest.backup_configuration_id))[0]
        restore = await backup.restores.create(
            backup_id=completed.backup_id,
            source=completed.machine_agent_id,
            destination=completed.machine_agent_id,
            path="/restored",
            overwrite=False,
        )
        await backup.restores.start(restore)
        report = await (await backup.restores.wait(restore)).report()
        print(report.state, report.duration, report.files_restored, report.bytes_restored)  # noqa: T201 - as in README.md

    assert_type(restore, AsyncRestore)
    assert_type(report, RestoreReport)


def constructors(environ: dict[str, str], transport: httpx.BaseTransport) -> None:
    CloudBackup("demo", "key")
    CloudBackup(username="demo", api_key="key", region="DFW")
    CloudBackup("demo", password="word", tenant_id="1234", auth_url="https://identity.example")
    client = CloudBackup("demo", "key", transport=transport, timeout=5, base_url="https://x/v1.0")
    assert_type(CloudBackup.from_environment(environ, credentials_file=Path("f")), CloudBackup)
    CloudBackup.from_environment(sleep=lambda _: None, timeout=httpx.Timeout(5))
    httpx.Client(auth=RackspaceAuth("demo", "key", region="lon"))
    client.close()
    CloudBackup()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    AsyncCloudBackup("demo", transport=transport)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def values_stand_for_their_ids(backup: CloudBackup, restore: Restore, agent: Agent) -> None:
    available = backup.restores.available()[0]
    completed = backup.backups.completed(available)[0]
    started = backup.backups.start(available)
    assert_type(started, StartedBackup)
    assert_type(backup.backups.get(started), Backup)
    assert_type(backup.backups.report(completed), BackupReport)
    assert_type(backup.configurations.get(completed), BackupConfiguration)
    assert_type(backup.configurations.list(agent), list[BackupConfiguration])
    assert_type(backup.activity.list(agent=agent), list[Activity])
    assert_type(backup.agents.get(available), Agent)
    assert_type(backup.restores.files(restore), list[RestoreFile])
    assert_type(
        backup.restores.create(
            backup_id=completed, source=completed, destination=agent, path="/", overwrite=True
        ),
        Restore,
    )
    backup.restores.start(available)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    backup.agents.get("5")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def fields(activity: Activity, report: BackupReport) -> None:
    assert_type(activity.type, ActivityType | str)
    assert_type(activity.time_of_activity, datetime | None)
    assert_type(report.bytes_searched, ByteSize | None)
    assert_type(report.duration, timedelta | None)


def waiting(backup: CloudBackup, restore: Restore) -> None:
    def on_change(now: Restore) -> None:
        assert_type(now.state, RestoreState | str)

    try:
        backup.restores.wait(restore, poll_interval=1, timeout=60, on_change=on_change)
    except WaitTimeout as error:
        assert_type(error.waited, float)
    except StatusError as error:
        assert_type(error.status, int)
        assert_type(error.code, int | None)
        assert_type(error.message, str)
        assert_type(error.operation, str)
        assert_type(error.request, httpx.Request)
        assert_type(error.response, httpx.Response)
        assert_type(error.retry_after, float | None)
    except CloudBackupError:
        pass
