"""Every operation on backup configurations, against the emulator."""

from __future__ import annotations

import asyncio
import copy
import pickle
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from tests.overlay.emulated import Emulated
from tests.overlay.test_schedule import (
    NOWS,
    SCHEDULES,
    answered,
    is_near_a_change,
    is_skipped,
)

from cloud_backup import (
    BackupConfiguration,
    CloudBackup,
    Conflict,
    File,
    Folder,
    Frequency,
    MissedBackupAction,
    NotFound,
    Schedule,
    UnexpectedAnswer,
)
from cloud_backup.values.backup_path import backup_paths
from cloud_backup_api import models
from cloud_backup_emulator.schedules import WINDOWS_ZONES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.overlay.conftest import FakeService

EVENING = Schedule.weekly(day="friday", at=time(22, 30), zone="America/New_York")
AGENT = 202743
WHOLE = {
    "BackupConfigurationName": "Nightly",
    "MachineAgentId": AGENT,
    "IsActive": True,
    "VersionRetention": 0,
    "NotifyRecipients": "",
    "NotifySuccess": False,
    "NotifyFailure": False,
    **EVENING.to_wire(),
}


@pytest.fixture
def cloud(emulated: Emulated) -> CloudBackup:
    return emulated.client()


def create(cloud: CloudBackup, **changes: Any) -> BackupConfiguration:
    arguments: dict[str, Any] = {
        "name": "Site",
        "agent": AGENT,
        "schedule": EVENING,
        "include": ["/var/www", File("/etc/fstab")],
        "exclude": [Folder("/var/www/cache/"), File("/var/www/core")],
        **changes,
    }
    return cloud.configurations.create(**arguments)


def test_create(cloud: CloudBackup) -> None:
    created = create(
        cloud,
        retention=30,
        notify="ops@example.com",
        notify_success=True,
        missed=MissedBackupAction.NEXT_SCHEDULED_TIME,
    )

    assert created.backup_configuration_name == "Site"
    assert created.machine_agent_id == AGENT
    assert created.frequency is Frequency.WEEKLY
    assert created.schedule == EVENING
    assert created.next_scheduled_run_time == datetime(2013, 2, 16, 3, 30, tzinfo=UTC)
    assert backup_paths(created.inclusions) == (Folder("/var/www"), File("/etc/fstab"))
    assert backup_paths(created.exclusions) == (Folder("/var/www/cache/"), File("/var/www/core"))
    assert created.version_retention == 30
    assert created.missed_backup_action is MissedBackupAction.NEXT_SCHEDULED_TIME
    assert (created.notify_recipients, created.notify_success) == ("ops@example.com", True)
    assert (created.notify_failure, created.is_active) == (True, True)
    assert isinstance(created.encryption_key, models.PublicKey)
    assert cloud.configurations.get(created) == created
    assert pickle.loads(pickle.dumps(created)) == copy.deepcopy(created) == created
    assert pickle.loads(pickle.dumps(created)).schedule == EVENING


def test_what_is_not_said_of_a_new_one(cloud: CloudBackup) -> None:
    created = create(cloud, schedule=Schedule.manually(), exclude=())

    assert created.version_retention == 0
    assert created.missed_backup_action is MissedBackupAction.AS_SOON_AS_POSSIBLE
    assert (created.notify_recipients, created.notify_failure) == (None, False)
    assert created.exclusions == ()
    assert created.schedule == Schedule.manually()


def test_there_can_be_one_of_a_name(cloud: CloudBackup) -> None:
    create(cloud)

    with pytest.raises(Conflict, match="createBackupConfiguration: 409"):
        create(cloud)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": " "}, "name is empty"),
        ({"name": None}, "name is needed"),
        ({"agent": 0}, "agent must be an id"),
        ({"retention": 45}, r"retention must be 0 \(for ever\), 30 or 60 days, not 45"),
        ({"retention": False}, "retention must be 0"),
        ({"schedule": "Daily"}, "schedule must be a Schedule"),
        ({"include": "/var/www"}, r"include must be a list of paths, even of one: \['/var/www'\]"),
        ({"include": [5]}, "include must contain Folder, File or str values, not 5"),
        ({"include": [""]}, "path is empty"),
        ({"exclude": Folder("/var/www/x")}, "exclude must be a list"),
        ({"exclude": ["/home"]}, "exclude has '/home', which is in no folder of include"),
        ({"include": [File("/var/www")]}, "is in no folder of include"),
        ({"exclude": ["/var/www/../../home"]}, "is in no folder of include"),
        ({"exclude": ["C:\\var\\www"]}, "is in no folder of include"),
        ({"missed": 3}, "missed must be a MissedBackupAction, 1 or 2, not 3"),
        ({"notify_success": True}, "notify is empty"),
        ({"notify_failure": True}, "notify is empty"),
    ],
)
def test_what_cannot_be_right_is_not_sent(
    service: FakeService, backup: CloudBackup, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        create(backup, **change)

    assert service.logins == []


@pytest.mark.parametrize("ask", ["create", "update"])
def test_an_argument_that_there_is_not(service: FakeService, backup: CloudBackup, ask: str) -> None:
    given: dict[str, Any] = {"name": "Site", "schedule": EVENING, "include": ["/"], "retnetion": 30}
    if ask == "create":
        given["agent"] = AGENT

    with pytest.raises(TypeError, match="unexpected argument 'retnetion'"):
        getattr(backup.configurations, ask)(*(() if ask == "create" else (6265,)), **given)

    assert service.logins == []


@pytest.mark.parametrize(
    ("include", "exclude"),
    [
        ("C:\\inetpub", "c:/INETPUB/logs"),
        ("C:\\", "C:\\Windows"),
        ("/", "/tmp"),
        ("/Users/", "/users/bob/../eve/Trash/"),
        ("\\\\server\\share\\web", "\\\\server\\share\\web\\logs"),
    ],
)
def test_what_lies_in_a_folder(
    service: FakeService, backup: CloudBackup, include: str, exclude: str
) -> None:
    service.answer(
        "POST", "/backup-configuration", {"BackupConfigurationId": 1, "MachineAgentId": 5}
    )

    create(backup, include=[include], exclude=[exclude])

    assert service.seen[0].body["Exclusions"] == [{"FilePath": exclude, "FileItemType": "Folder"}]


def test_update_changes_what_is_given_and_nothing_else(cloud: CloudBackup) -> None:
    created = create(cloud, retention=30, notify="ops@example.com")

    updated = cloud.configurations.update(created, name="Website", retention=60)

    assert updated.backup_configuration_name == "Website"
    assert updated.version_retention == 60
    assert updated.schedule == EVENING
    assert updated.next_scheduled_run_time == created.next_scheduled_run_time
    for name in (
        "notify_recipients",
        "notify_success",
        "notify_failure",
        "missed_backup_action",
        "is_active",
        "machine_agent_id",
    ):
        assert getattr(updated, name) == getattr(created, name)
    for name in ("inclusions", "exclusions"):
        assert backup_paths(getattr(updated, name)) == backup_paths(getattr(created, name))
    assert updated.backup_configuration_schedule_id == created.backup_configuration_schedule_id


def test_update_of_everything(cloud: CloudBackup) -> None:
    created = create(cloud)
    schedule = Schedule.hourly(every=6, zone="Europe/Berlin")

    updated = cloud.configurations.update(
        created,
        name="Other",
        schedule=schedule,
        include=[Folder("/srv")],
        exclude=[],
        retention=30,
        notify="ops@example.com",
        notify_success=True,
        notify_failure=True,
        active=False,
        missed=MissedBackupAction.NEXT_SCHEDULED_TIME,
    )

    assert updated.schedule == schedule
    assert backup_paths(updated.inclusions) == (Folder("/srv"),)
    assert updated.exclusions == ()
    assert (updated.notify_recipients, updated.notify_success) == ("ops@example.com", True)
    assert updated.is_active is False
    assert updated.missed_backup_action is MissedBackupAction.NEXT_SCHEDULED_TIME


def test_an_update_that_does_not_go_with_what_stays(cloud: CloudBackup) -> None:
    created = create(cloud)

    with pytest.raises(ValueError, match="exclude has '/var/www/cache/'"):
        cloud.configurations.update(created, include=["/srv"])
    with pytest.raises(ValueError, match="exclude has '/srv'"):
        cloud.configurations.update(created, exclude=["/srv"])

    assert cloud.configurations.get(created) == created


def test_the_start_time_stays_however_often_it_is_updated(
    emulated: Emulated, cloud: CloudBackup
) -> None:
    created = create(cloud)
    for number in range(5):
        # Over a change to summer time, too.
        emulated.emulator.advance(timedelta(days=9).total_seconds())
        updated = emulated.client().configurations.update(created, name=f"Site {number}")
        assert updated.schedule == EVENING


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(SCHEDULES, NOWS, st.booleans())
@example(Schedule.daily(at=time(19, 30), zone="UTC"), datetime(2013, 7, 1, tzinfo=UTC), False)
@example(EVENING, datetime(2013, 7, 1, tzinfo=UTC), False)
@example(EVENING, datetime(2013, 1, 1, tzinfo=UTC), False)
def test_any_schedule_stays_through_an_update(
    schedule: Schedule,
    now: datetime,
    active: bool,  # noqa: FBT001 - hypothesis gives it by position
) -> None:
    assume(schedule.time_zone_id in WINDOWS_ZONES)
    assume(not is_skipped(schedule, answered(schedule, now)[1]))
    assume(active or not is_near_a_change(schedule, now))
    emulated = Emulated(now)
    with emulated.emulator, emulated.client() as cloud:
        created = create(cloud, schedule=schedule, active=active)
        updated = cloud.configurations.update(created, retention=60)

    assert created.schedule == updated.schedule == schedule
    assert updated.next_scheduled_run_time == created.next_scheduled_run_time


def test_enable_and_disable(cloud: CloudBackup) -> None:
    created = create(cloud)

    disabled = cloud.configurations.disable(created)
    enabled = cloud.configurations.enable(disabled)

    assert (disabled.is_active, disabled.next_scheduled_run_time) == (False, None)
    assert (enabled.is_active, enabled.schedule) == (True, EVENING)


def test_delete(cloud: CloudBackup) -> None:
    created = create(cloud)

    cloud.configurations.delete(created)

    assert cloud.configurations.get(created).is_deleted is True
    with pytest.raises(NotFound):
        cloud.configurations.update(created, retention=60)


def test_copy(cloud: CloudBackup) -> None:
    created = create(cloud, retention=30, notify="ops@example.com", active=False)

    copied = cloud.configurations.copy(created, agent=96674)
    named = cloud.configurations.copy(created, name="Again")

    assert (copied.machine_agent_id, copied.backup_configuration_name) == (96674, "Site")
    assert (named.machine_agent_id, named.backup_configuration_name) == (AGENT, "Again")
    for name in ("inclusions", "exclusions"):
        one, two, other = (backup_paths(getattr(each, name)) for each in (copied, named, created))
        assert one == two == other
    for name in ("version_retention", "notify_recipients", "is_active"):
        assert getattr(copied, name) == getattr(named, name) == getattr(created, name)
    with pytest.raises(Conflict):
        cloud.configurations.copy(created)


def test_async(emulated: Emulated) -> None:
    async def main() -> None:
        async with emulated.async_client() as backup:
            created = await backup.configurations.create(
                name="Site", agent=AGENT, schedule=EVENING, include=["/var/www"]
            )
            updated = await backup.configurations.update(created, exclude=["/var/www/cache"])
            assert updated.schedule == EVENING
            assert backup_paths(updated.exclusions) == (Folder("/var/www/cache"),)
            copied = await backup.configurations.copy(updated, name="Copy")
            assert (await backup.configurations.disable(copied)).is_active is False
            assert (await backup.configurations.enable(copied)).is_active is True
            assert len(await backup.configurations.list(AGENT)) == 2
            await backup.configurations.delete(copied)
            assert (await backup.configurations.get(copied)).is_deleted

    asyncio.run(main())


ANSWER: dict[str, Any] = {
    "BackupConfigurationId": 6265,
    "BackupConfigurationName": "Site",
    "MachineAgentId": 5,
    "IsActive": True,
    "VersionRetention": 60,
    "BackupConfigurationScheduleId": 3465,
    "MissedBackupActionId": 2,
    "Frequency": "Daily",
    "StartTimeHour": 11,
    "StartTimeMinute": 30,
    "StartTimeAmPm": "PM",
    "DayOfWeekId": None,
    "HourInterval": None,
    "TimeZoneId": "Eastern Standard Time",
    "NextScheduledRunTime": "/Date(1406935800000)/",
    "NotifyRecipients": "",
    "NotifySuccess": False,
    "NotifyFailure": True,
    "BackupPrescript": "before.sh",
    "Inclusions": [
        {
            "FilePath": "/var/www",
            "FilePathEncoded": "L3Zhci93d3c=",
            "FileItemType": "Folder",
            "Filter": "Include",
            "ParentId": 6265,
            "FileId": 1,
        },
        {"FilePath": "mysql", "FileItemType": "Database", "FilePathEncoded": None, "FileId": 2},
    ],
}


def test_an_update_sends_all_that_there_is(service: FakeService, backup: CloudBackup) -> None:
    service.answer("GET", "/backup-configuration/6265", ANSWER)

    backup.configurations.update(6265, retention=30)

    assert service.seen[1].method == "PUT"
    assert service.seen[1].body == {
        "BackupConfigurationName": "Site",
        "MachineAgentId": 5,
        "IsActive": True,
        "VersionRetention": 30,
        "BackupConfigurationScheduleId": 3465,
        "MissedBackupActionId": 2,
        "Frequency": "Daily",
        # Not 11:30 PM, as it is answered.
        "StartTimeHour": 7,
        "StartTimeMinute": 30,
        "StartTimeAmPm": "PM",
        "DayOfWeekId": None,
        "HourInterval": None,
        "TimeZoneId": "Eastern Standard Time",
        "NotifyRecipients": "",
        "NotifySuccess": False,
        "NotifyFailure": True,
        "BackupPrescript": "before.sh",
        "Inclusions": [
            {
                "FilePath": "/var/www",
                "FilePathEncoded": "L3Zhci93d3c=",
                "FileItemType": "Folder",
            },
            {"FilePath": "mysql", "FileItemType": "Database"},
        ],
    }


@pytest.mark.parametrize(
    ("missing", "update", "said"),
    [
        ("IsActive", lambda b: b.configurations.update(6265, retention=30), "give active"),
        ("NotifySuccess", lambda b: b.configurations.update(6265), "give notify_success"),
        ("TimeZoneId", lambda b: b.configurations.update(6265), "no TimeZoneId"),
        ("Frequency", lambda b: b.configurations.copy(6265, name="x"), "no Frequency"),
    ],
)
def test_what_cannot_be_told_is_not_made_up(
    service: FakeService,
    backup: CloudBackup,
    missing: str,
    update: Callable[[CloudBackup], object],
    said: str,
) -> None:
    answer = {name: value for name, value in ANSWER.items() if name != missing}
    service.answer("GET", "/backup-configuration/6265", answer)

    with pytest.raises(UnexpectedAnswer, match=said):
        update(backup)

    assert [seen.method for seen in service.seen] == ["GET"]


@pytest.mark.parametrize("odd", [[5], ["/var/www"], [None]])
def test_paths_that_cannot_be_read_are_not_dropped(
    service: FakeService, backup: CloudBackup, odd: list[object]
) -> None:
    service.answer("GET", "/backup-configuration/6265", ANSWER | {"Inclusions": odd})

    with pytest.raises(UnexpectedAnswer, match="Inclusions is unreadable: give include"):
        backup.configurations.update(6265, retention=30)
    backup.configurations.update(6265, include=["/srv"])

    assert service.seen[-2].body["Inclusions"] == [{"FilePath": "/srv", "FileItemType": "Folder"}]


def test_what_is_given_need_not_be_told(service: FakeService, backup: CloudBackup) -> None:
    answer = ANSWER | {"IsActive": None, "TimeZoneId": "Lunar Standard Time"}
    service.answer("GET", "/backup-configuration/6265", answer | {"NotifyRecipients": None})

    backup.configurations.update(6265, active=True, schedule=Schedule.manually())

    assert service.seen[1].body["Frequency"] == "Manually"
    assert service.seen[1].body["StartTimeHour"] is None
    assert service.seen[1].body["NotifyRecipients"] == ""


def test_what_is_kept_reads_as_it_was_answered(service: FakeService, backup: CloudBackup) -> None:
    inactive = ANSWER | {"IsActive": False, "NextScheduledRunTime": None}

    def on(date: str) -> BackupConfiguration:
        answer = httpx.Response(200, headers={"Date": date} if date else {}, json=inactive)
        service.answer("GET", "/backup-configuration/6265", answer)
        return pickle.loads(pickle.dumps(backup.configurations.get(6265)))  # type: ignore[no-any-return]

    starts = [
        schedule.at
        for date in ("Tue, 01 Jul 2014 00:00:00 GMT", "Mon, 01 Dec 2014 00:00:00 -0000")
        if (schedule := on(date).schedule)
    ]

    assert starts == [time(19, 30), time(18, 30)]
    for date in ("", "today"):
        schedule = on(date).schedule
        assert schedule is not None
        assert schedule.at in starts


def test_a_schedule_that_cannot_be_read_is_none(service: FakeService, backup: CloudBackup) -> None:
    service.answer("GET", "/backup-configuration/6265", ANSWER | {"Frequency": "Yearly"})

    configuration = backup.configurations.get(6265)

    assert (configuration.schedule, configuration.frequency) == (None, "Yearly")
    assert backup_paths(configuration.inclusions) == (Folder("/var/www"),)
    assert configuration.encryption_key is None
