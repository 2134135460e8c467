"""The public types. Only type checkers read this file; nothing runs it."""

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import assert_type
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx

from cloud_backup import (
    Activity,
    ActivityType,
    Agent,
    AgentNotOnline,
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
    Credentials,
    File,
    Folder,
    Frequency,
    LogLevel,
    MissedBackupAction,
    PublicKey,
    RackspaceAuth,
    Restore,
    RestoreFile,
    RestoreReport,
    RestoreState,
    Schedule,
    StartedBackup,
    StatusError,
    WaitTimeout,
    Weekday,
    encrypt_passphrase,
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
    assert_type(report.destination, str | None)


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
    httpx.Client(auth=RackspaceAuth(Credentials(username="demo", api_key="key", region="lon")))
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
    assert_type(backup.agents.get("MBP0"), Agent)
    backup.agents.delete("MBP0")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


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


def agents(backup: CloudBackup, agent: Agent) -> None:
    assert_type(agent.public_key, models.PublicKey | None)
    assert_type(agent.is_online, bool)
    assert_type(agent.host_server_id, UUID | None)
    assert_type(backup.agents.get_by_host_server(UUID(int=1)), Agent)
    assert_type(backup.agents.update(agent, use_service_net=True), Agent)
    backup.agents.update(5, use_service_net=False, backup_data_center="DFW")
    backup.agents.enable(agent)
    backup.agents.disable(5)
    backup.agents.set_log_level(agent, LogLevel.DEBUG)
    assert_type(backup.agents.enable_encryption(agent, "passphrase"), UUID)
    assert_type(backup.agents.change_passphrase(agent, "old", new="new"), UUID)
    backup.agents.migrate_vault(source=agent, destination=5)
    backup.agents.delete(agent)
    try:
        assert_type(backup.agents.wait_online(agent, timeout=None), Agent)
    except AgentNotOnline as error:
        assert_type(error.waited, float)
    backup.agents.update(agent)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    backup.agents.set_log_level(agent, "DEBUG")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def schedules() -> None:
    schedule = Schedule.weekly(day=Weekday.SATURDAY, at=time(3), zone=ZoneInfo("Europe/Berlin"))
    assert_type(schedule, Schedule)
    assert_type(schedule.frequency, Frequency)
    assert_type(schedule.at, time | None)
    assert_type(schedule.day, Weekday | None)
    assert_type(schedule.zone, ZoneInfo)
    Schedule.weekly(day="monday", at=time(3), zone="UTC")
    Schedule.manually()
    Schedule.hourly(every=4, zone="UTC")
    Schedule.daily(time(3), "UTC")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    Schedule.weekly(day=5, at=time(3), zone="UTC")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


async def configurations(backup: CloudBackup, other: AsyncCloudBackup) -> None:
    schedule = Schedule.daily(at=time(19, 30), zone="America/New_York")
    created = backup.configurations.create(
        name="Nightly",
        agent=5,
        schedule=schedule,
        include=["/var/www", File("/etc/fstab"), Folder("/srv")],
        exclude=[Folder("/srv/cache")],
        retention=30,
        notify="ops@example.com",
        missed=MissedBackupAction.NEXT_SCHEDULED_TIME,
    )
    assert_type(created, BackupConfiguration)
    assert_type(created.schedule, Schedule | None)
    assert_type(created.inclusions, tuple[models.FileItem, ...])
    assert_type(created.encryption_key, models.PublicKey | None)
    assert_type(created.frequency, Frequency | str | None)
    assert_type(backup.configurations.update(created, retention=60), BackupConfiguration)
    assert_type(backup.configurations.copy(created, agent=6), BackupConfiguration)
    assert_type(backup.configurations.enable(created), BackupConfiguration)
    assert_type(await other.configurations.disable(created), BackupConfiguration)
    backup.configurations.create(name="Nightly")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    backup.configurations.update(created, retention="60")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def encryption(available: AvailableBackup, key: models.PublicKey) -> None:
    assert_type(encrypt_passphrase(available, "passphrase"), str)
    encrypt_passphrase(key, "passphrase")
    assert_type(PublicKey.from_hex("c0ffee", 10001), PublicKey)
    encrypt_passphrase("c0ffee", "passphrase")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def states(report: BackupReport) -> None:
    assert_type(RestoreState.COMPLETED.is_final, bool)
    assert_type(report.is_successful, bool)
