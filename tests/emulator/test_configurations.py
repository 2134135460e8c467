"""Backup configurations: their schedules, their files, creating and deleting them."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud_backup_emulator.schedules import WINDOWS_ZONES, Schedule

from .conftest import MakeService, Service

INPUT: dict[str, Any] = {
    "BackupConfigurationName": "Weekly Website Backup",
    "MachineAgentId": 202743,
    "IsActive": True,
    "VersionRetention": 30,
    "Frequency": "Weekly",
    "StartTimeHour": 7,
    "StartTimeMinute": 30,
    "StartTimeAmPm": "PM",
    "DayOfWeekId": 5,
    "HourInterval": None,
    "TimeZoneId": "Eastern Standard Time",
    "NotifyRecipients": "",
    "NotifySuccess": True,
    "NotifyFailure": True,
    "Inclusions": [{"FilePath": "C:\\web", "FileItemType": "Folder"}],
    "Exclusions": [{"FilePath": "c:\\WEB\\cache", "FileItemType": "Folder"}],
}
NO_DATE = "/Date(-62135578800000)/"
MANUALLY = {
    "Frequency": "Manually",
    "StartTimeHour": None,
    "StartTimeMinute": None,
    "StartTimeAmPm": "",
    "DayOfWeekId": None,
}


def test_the_answer_has_the_start_time_in_utc(make_service: MakeService) -> None:
    # As published: Friday, 7:30 PM in New York, at the end of July 2014.
    service = make_service(datetime(2014, 7, 30, 12, tzinfo=UTC))
    service.log_in()

    created = service.ask("POST", "/backup-configuration", **INPUT)

    assert created["NextScheduledRunTime"] == "/Date(1406935800000)/"
    assert [created[f"StartTime{part}"] for part in ("Hour", "Minute", "AmPm")] == [11, 30, "PM"]
    assert created["TimeZoneId"] == "Eastern Standard Time"
    assert (created["MachineName"], created["Datacenter"]) == ("web2", "DFW")
    assert [item["Filter"] for item in created["Inclusions"]] == ["Include"]
    assert {"BackupPrescript", "BackupPostscript", "EncryptionKey"} <= created.keys()
    number = created["BackupConfigurationId"]
    assert service.get(f"/backup-configuration/{number}") == created
    assert number in [c["BackupConfigurationId"] for c in service.get("/backup-configuration")]


def test_a_manual_one_is_never_due(service: Service) -> None:
    created = service.ask("POST", "/backup-configuration", **{**INPUT, **MANUALLY})

    assert created["NextScheduledRunTime"] == NO_DATE
    assert (created["StartTimeHour"], created["StartTimeAmPm"]) == (None, "")


def test_the_next_run_is_ahead(service: Service) -> None:
    created = service.ask("POST", "/backup-configuration", **INPUT)
    path = f"/backup-configuration/{created['BackupConfigurationId']}"
    assert created["NextScheduledRunTime"] == "/Date(1360974600000)/"

    # To the summer: half past seven in New York is an hour earlier in UTC.
    service.advance(60 * 24 * 3600)
    service.log_in()

    later = service.get(path)
    assert later["NextScheduledRunTime"] == "/Date(1366414200000)/"
    assert [created["StartTimeHour"], later["StartTimeHour"]] == [12, 11]


def test_a_disabled_one_is_not_due_until_it_is_enabled(service: Service) -> None:
    created = service.ask("POST", "/backup-configuration", **{**INPUT, "IsActive": False})
    assert created["NextScheduledRunTime"] == NO_DATE

    path = f"/backup-configuration/enable/{created['BackupConfigurationId']}"

    enabled = service.ask("POST", path, Enable=True)
    assert enabled["NextScheduledRunTime"] == "/Date(1360974600000)/"
    assert service.ask("POST", path, Enable=False)["NextScheduledRunTime"] == NO_DATE


def test_a_deleted_one_can_be_read_but_not_used(service: Service) -> None:
    assert service.ask("DELETE", "/backup-configuration/172418") is None

    deleted = service.get("/backup-configuration/172418")
    assert (deleted["IsDeleted"], deleted["IsActive"]) == (True, False)
    assert 172418 not in [
        entry["BackupConfigurationId"] for entry in service.get("/backup/availableforrestore")
    ]
    service.ask("DELETE", "/backup-configuration/172418", 404)


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"MachineAgentId": 3}, 404, "MachineAgentId"),
        ({"StartTimeHour": None}, 400, "StartTimeHour"),
        ({"HourInterval": 2}, 400, "HourInterval"),
        ({"StartTimeHour": 13}, 400, "StartTimeHour"),
        ({"VersionRetention": 7}, 400, "VersionRetention"),
        ({"TimeZoneId": "America/New_York"}, 400, "TimeZoneId"),
        ({"Exclusions": [{"FilePath": "C:\\other", "FileItemType": "File"}]}, 400, "Exclusions/0"),
        ({"Exclusions": [{"FilePath": "C:\\web", "FileItemType": "Folder"}]}, 400, "Exclusions/0"),
        (
            {"Exclusions": [{"FilePath": "C:\\web\\..\\other", "FileItemType": "File"}]},
            400,
            "Exclusions/0",
        ),
        ({"NotifyRecipients": "x" * 2**20}, 400, "1 MB"),
    ],
)
def test_what_makes_no_sense_is_refused(
    service: Service, changes: dict[str, Any], status: int, field: str
) -> None:
    before = service.get("/backup-configuration")

    refused = service.ask("POST", "/backup-configuration", status, **{**INPUT, **changes})

    assert field in refused["message"]
    assert service.get("/backup-configuration") == before


def test_an_update_replaces_what_is_sent_and_no_more(service: Service) -> None:
    created = service.ask("POST", "/backup-configuration", **INPUT)
    path = f"/backup-configuration/{created['BackupConfigurationId']}"

    # Answers are echoed, with what is to change changed: fields of the service's own are ignored.
    changed = {**created, **INPUT, **MANUALLY, "Exclusions": [], "LastRunBackupReportId": 7}
    assert service.ask("PUT", path, **changed) is None

    now = service.get(path)
    assert (now["Frequency"], now["StartTimeHour"], now["Exclusions"]) == ("Manually", None, [])
    for same in ("BackupConfigurationScheduleId", "LastRunBackupReportId", "MissedBackupActionId"):
        assert now[same] == created[same]
    service.ask("PUT", path, 400, **{**INPUT, "MachineAgentId": 213564})
    service.ask("PUT", "/backup-configuration/158638", 404, **INPUT)
    assert service.get(path) == now


def test_one_is_enabled_and_disabled(service: Service) -> None:
    path = "/backup-configuration/enable/148325"
    assert service.ask("POST", path, Enable="False")["IsActive"] is False
    assert service.get("/backup-configuration/148325")["IsActive"] is False
    assert service.ask("POST", path, Enable=True)["IsActive"] is True
    service.ask("POST", "/backup-configuration/enable/158638", 404, Enable=True)


def test_those_of_an_agent_are_listed(service: Service) -> None:
    listed = service.get("/backup-configuration/system/224193")
    assert [entry["BackupConfigurationId"] for entry in listed] == [158485, 158486]
    assert service.get("/backup-configuration/system/213563") == []
    service.get("/backup-configuration/system/3", 404)


def test_whole_numbers_may_be_written_with_a_point(service: Service) -> None:
    written = {name: float(INPUT[name]) for name in ("StartTimeHour", "StartTimeMinute")}
    agent = float(INPUT["MachineAgentId"])

    created = service.ask(
        "POST", "/backup-configuration", **{**INPUT, **written, "MachineAgentId": agent}
    )

    assert created["MachineAgentId"] == INPUT["MachineAgentId"]


def test_a_name_is_used_once_an_agent(service: Service) -> None:
    service.ask("POST", "/backup-configuration", **INPUT)

    service.ask("POST", "/backup-configuration", 409, **INPUT)


@given(
    now=st.integers(0, 4_000_000_000_000),
    zone=st.sampled_from(sorted(WINDOWS_ZONES)),
    hour=st.integers(1, 12),
    minute=st.integers(0, 59),
    half=st.sampled_from(["AM", "PM"]),
    day=st.none() | st.integers(0, 6),
)
def test_due_is_ahead_and_at_the_start_time(  # noqa: PLR0917 - hypothesis passes them by name
    now: int, zone: str, hour: int, minute: int, half: str, day: int | None
) -> None:
    schedule = Schedule.read(
        {
            "Frequency": "Daily" if day is None else "Weekly",
            "StartTimeHour": hour,
            "StartTimeMinute": minute,
            "StartTimeAmPm": half,
            "DayOfWeekId": day,
            "HourInterval": None,
            "TimeZoneId": zone,
        }
    )

    due = schedule.next_after(now)

    assert due is not None
    days = 8 if day is not None else 2
    assert 0 < due - now <= days * 24 * 3600 * 1000
    here = datetime.fromtimestamp(due / 1000, ZoneInfo(WINDOWS_ZONES[zone]))
    assert here.second == 0
    # A start time that daylight saving skips is due that much later.
    wanted = (hour % 12 + (12 if half == "PM" else 0)) * 60 + minute
    assert (here.hour * 60 + here.minute - wanted) % (24 * 60) in (0, 30, 60)
    if day is not None and (here.hour * 60 + here.minute) >= wanted:
        assert here.isoweekday() % 7 == day
