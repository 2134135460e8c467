"""Backups that run by themselves, by the emulator's clock."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from .conftest import MakeService, Service

HOUR = 3600


def configure(service: Service, status: int = 200, **fields: Any) -> Any:
    """Create a configuration of agent 252036, which is online always: daily at 7:30 PM in UTC."""
    body = {
        "BackupConfigurationName": "Nightly",
        "MachineAgentId": 252036,
        "IsActive": True,
        "VersionRetention": 0,
        "MissedBackupActionId": 2,
        "Frequency": "Daily",
        "StartTimeHour": 7,
        "StartTimeMinute": 30,
        "StartTimeAmPm": "PM",
        "DayOfWeekId": None,
        "HourInterval": None,
        "TimeZoneId": "UTC",
        "NotifyRecipients": "user@example.com",
        "NotifySuccess": False,
        "NotifyFailure": True,
        **fields,
    }
    return service.ask("POST", "/backup-configuration", status, **body)


HOURLY: dict[str, Any] = {
    "Frequency": "Hourly",
    "HourInterval": 1,
    "StartTimeHour": None,
    "StartTimeMinute": None,
    "StartTimeAmPm": None,
}


def runs(service: Service, configuration: Any) -> list[Any]:
    """The backups of a configuration, oldest first."""
    service.log_in()
    own = [
        entry
        for entry in service.get("/activity")
        if entry["Type"] == "Backup" and entry["ParentId"] == configuration["BackupConfigurationId"]
    ]
    return sorted(own, key=lambda entry: entry["ID"])


def states(service: Service, configuration: Any) -> list[str]:
    return [entry["CurrentState"] for entry in runs(service, configuration)]


def moment(date: str) -> datetime:
    milliseconds = int(date.removeprefix("/Date(").removesuffix(")/"))
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def start_times(service: Service, configuration: Any) -> list[datetime]:
    return [
        moment(service.get(f"/backup/report/{entry['ID']}")["StartTime"])
        for entry in runs(service, configuration)
    ]


def test_a_backup_runs_when_it_is_due(service: Service) -> None:
    nightly = configure(service)  # it is noon
    path = f"/backup-configuration/{nightly['BackupConfigurationId']}"
    due = moment(nightly["NextScheduledRunTime"])
    assert due == datetime(2013, 2, 14, 19, 30, tzinfo=UTC)

    service.advance(7.5 * HOUR - 1)
    assert runs(service, nightly) == []
    service.advance(1)
    assert states(service, nightly) == ["StartRequested"]
    service.advance(10 * 60)

    (run,) = runs(service, nightly)
    assert run["CurrentState"] == "Completed"
    report = service.get(f"/backup/report/{run['ID']}")
    assert moment(report["StartTime"]) == due
    told = service.get(path)
    assert told["LastRunBackupReportId"] == run["ID"]
    assert moment(told["LastRunTime"]) == moment(report["CompletedTime"])
    assert moment(told["NextScheduledRunTime"]) == due + timedelta(days=1)
    agent = service.get("/agent/252036")
    assert moment(agent["TimeOfLastSuccessfulBackup"]) == moment(report["CompletedTime"])


def test_all_that_was_due_in_a_long_time_has_run(service: Service) -> None:
    nightly = configure(service)

    service.advance(10 * 24 * HOUR)

    assert start_times(service, nightly) == [
        datetime(2013, 2, 14 + day, 19, 30, tzinfo=UTC) for day in range(10)
    ]


def test_looking_in_between_changes_nothing(make_service: MakeService) -> None:
    told = []
    for steps in (1, 50):
        service = make_service()
        service.log_in()
        hourly = configure(service, **HOURLY)
        for _ in range(steps):
            service.advance(50 * HOUR / steps)
            runs(service, hourly)
        told.append([(run["ID"], run["TimeOfActivity"]) for run in runs(service, hourly)])

    assert told[0] == told[1]
    assert len(told[0]) == 50


@pytest.mark.parametrize("change", ["disable", "delete"])
def test_what_is_disabled_or_deleted_does_not_run(service: Service, change: str) -> None:
    nightly = configure(service)
    path = f"/backup-configuration/{nightly['BackupConfigurationId']}"
    enable = path.replace("configuration/", "configuration/enable/")
    if change == "delete":
        service.ask("DELETE", path)
    else:
        service.ask("POST", enable, Enable=False)

    service.advance(3 * 24 * HOUR)
    assert runs(service, nightly) == []

    if change == "disable":
        service.ask("POST", enable, Enable=True)
        # Not what was due in the meantime.
        assert runs(service, nightly) == []
        service.advance(24 * HOUR)
        assert states(service, nightly) == ["Completed"]


def test_a_run_is_skipped_while_one_goes_on(service: Service) -> None:
    hourly = configure(service, **HOURLY)
    service.advance(HOUR - 20)
    service.log_in()
    started = service.ask(
        "POST",
        "/backup/action-requested",
        Action="StartManual",
        Id=hourly["BackupConfigurationId"],
    )

    service.advance(21)

    assert states(service, hourly) == ["InProgress", "Skipped"]
    skipped = runs(service, hourly)[1]["ID"]
    report = service.get(f"/backup/report/{skipped}")
    assert (report["State"], report["Duration"], report["FilesSearched"]) == (
        "Skipped",
        "00:00:00",
        "0",
    )
    assert report["CanRestore"] is False
    service.advance(HOUR + 10 * 60)
    assert states(service, hourly) == ["Completed", "Skipped", "Completed"]
    told = service.get(f"/backup/{started}")
    assert told["CurrentState"] == "Completed"


@pytest.mark.parametrize("agent", [252034, 1311839])
def test_a_run_is_missed_while_the_agent_is_offline(service: Service, agent: int) -> None:
    hourly = configure(service, MachineAgentId=agent, **HOURLY)

    service.advance(2 * HOUR)

    assert states(service, hourly) == ["Missed", "Missed"]
    path = f"/backup-configuration/{hourly['BackupConfigurationId']}"
    assert service.get(path)["LastRunTime"] is None


@pytest.mark.parametrize(("action", "made_up"), [(1, True), (2, False)])
def test_a_missed_run_is_made_up_for_if_wanted(
    service: Service, action: int, *, made_up: bool
) -> None:
    nightly = configure(service, MachineAgentId=252034, MissedBackupActionId=action)
    service.advance(8 * HOUR)
    service.log_in()
    assert states(service, nightly) == ["Missed"]

    service.ask("POST", "/user/wakeupagents")
    service.advance(14)
    assert states(service, nightly) == ["Missed"]
    service.advance(46)

    expected = [datetime(2013, 2, 14, 19, 30, tzinfo=UTC)]
    if made_up:
        expected.append(datetime(2013, 2, 14, 20, 0, 15, tzinfo=UTC))
    assert start_times(service, nightly) == expected


def test_a_disabled_agent_runs_nothing(service: Service) -> None:
    nightly = configure(service, MissedBackupActionId=1)
    service.ask("POST", "/agent/enable", 204, MachineAgentId=252036, Enable=False)
    service.advance(8 * HOUR)
    assert states(service, nightly) == ["Missed"]

    service.ask("POST", "/agent/enable", 204, MachineAgentId=252036, Enable=True)
    service.advance(HOUR)

    assert states(service, nightly) == ["Missed"]


def test_daylight_saving_moves_runs_in_utc(make_service: MakeService) -> None:
    service = make_service(datetime(2013, 3, 8, 12, tzinfo=UTC))
    service.log_in()
    nightly = configure(service, TimeZoneId="Eastern Standard Time")

    service.advance(4 * 24 * HOUR)

    # The clocks of New York were put forward on 10 March 2013.
    assert [f"{start:%d %H:%M}" for start in start_times(service, nightly)] == [
        "09 00:30",
        "10 00:30",
        "10 23:30",
        "11 23:30",
    ]


def test_a_time_that_there_is_twice_counts_once(make_service: MakeService) -> None:
    service = make_service(datetime(2013, 11, 2, 12, tzinfo=UTC))
    service.log_in()
    # On 3 November 2013, 1:30 AM came twice in New York; on 10 March, 2:30 AM didn't come at all.
    twice = configure(
        service,
        TimeZoneId="Eastern Standard Time",
        StartTimeHour=1,
        StartTimeAmPm="AM",
    )

    service.advance(2 * 24 * HOUR)

    assert [f"{start:%d %H:%M}" for start in start_times(service, twice)] == [
        "03 05:30",
        "04 06:30",
    ]


def test_hours_begin_at_midnight(service: Service) -> None:
    every_five = configure(service, **{**HOURLY, "HourInterval": 5})

    service.advance(24 * HOUR)

    assert [f"{start:%d %H}" for start in start_times(service, every_five)] == [
        "14 15",
        "14 20",
        "15 00",
        "15 05",
        "15 10",
    ]
    path = f"/backup-configuration/{every_five['BackupConfigurationId']}"
    assert moment(service.get(path)["NextScheduledRunTime"]).hour == 15


def test_the_starting_data_does_not_run(service: Service) -> None:
    before = len(service.get("/activity"))

    service.advance(30 * 24 * HOUR)
    service.log_in()

    assert len(service.get("/activity")) == before


def test_a_refused_call_undoes_no_run(service: Service) -> None:
    nightly = configure(service)
    service.advance(8 * HOUR)

    service.get("/restore/999", 404)

    assert states(service, nightly) == ["Completed"]


def test_a_very_long_time_is_made_short(service: Service) -> None:
    hourly = configure(service, **HOURLY)

    service.advance(20 * 365 * 24 * HOUR)

    assert len(runs(service, hourly)) == 90 * 24
