"""A service that contradicts itself, or what was asked for, is named and never good."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cloud_backup.drill import DrillReport, DrillResult, Verdict, drill

from .drill_world import DrillWorld, agent, backup, configuration

DAY = timedelta(hours=26)
YEAR_2100 = "/Date(4102444800000)/"
YEAR_2013 = "/Date(1360701971000)/"
ERROR = {"ErrorDesc": "Access is denied.", "Path": "/var/lib/secret", "ErrorType": 1}


def run(world: DrillWorld, **fields: Any) -> DrillReport:
    return drill(world.client(), **{"now": world.now, "configurations": [21], **fields})


def one(world: DrillWorld, **fields: Any) -> DrillResult:
    (result,) = run(world, max_age=DAY, **fields).results
    return result


def lying(called: str, **fields: Any) -> Callable[[str, Any], Any]:
    """Make a service that lies about some fields of what some calls answer.

    A field that is `...` is left out.
    """

    def change(row: Any) -> Any:
        told = {**row, **fields}
        return {name: value for name, value in told.items() if value is not ...}

    def lie(this: str, answer: Any) -> Any:
        if not re.fullmatch(called, this):
            return answer
        return [change(row) for row in answer] if isinstance(answer, list) else change(answer)

    return lie


REPORT = r"GET /restore/report/\d+"
DETAILS = r"GET /restore/\d+"
CREATED = "PUT /restore"
ACTIVITY = "GET /activity"


@pytest.mark.parametrize(
    ("fields", "verdict", "reason"),
    [
        ({"State": "Failed"}, "restore_failed", "its report says Failed"),
        ({"State": "Stopped"}, "restore_failed", "its report says Stopped"),
        ({"State": "CompletedWithErrors"}, "completed_with_errors", "says CompletedWithErrors"),
        ({"State": "InProgress"}, "error", "its report says InProgress"),
        ({"State": "Vanished"}, "error", "its report says Vanished"),
        ({"NumFilesRestored": "0"}, "error", "only 0 of 1200 files"),
        ({"NumFilesRestored": "0", "NumBytesRestored": "0 bytes"}, "completed_with_errors", "0 of"),
        ({"NumFilesRestored": "1"}, "completed_with_errors", "only 1 of 1200 files"),
        ({"NumFilesRestored": "999"}, "completed_with_errors", "only 999 of 1200 files"),
        ({"NumBytesRestored": "18 KB"}, "completed_with_errors", "only 18 KB of"),
        ({"NumErrors": "3"}, "completed_with_errors", "there are 3 errors in its report"),
        ({"ErrorList": [ERROR]}, "completed_with_errors", "counts 0 errors and lists 1"),
        (
            {"NumErrors": "1", "ErrorList": [ERROR] * 2},
            "completed_with_errors",
            "1 error and lists",
        ),
        ({"BackupConfigurationId": 99}, "error", "of configuration 99, not 21"),
        ({"BackupReportId": 31}, "error", "of backup 31, not 32"),
        ({"RestoreDestinationMachineId": 12}, "error", "to agent 12, not 11"),
        ({"RestoreDestination": "elsewhere"}, "error", "to elsewhere, not machine11"),
        ({"OriginatingComputerName": "other"}, "error", "from other, not machine11"),
        ({"RestorePoint": YEAR_2013}, "error", "its report is of 2013-02-12 20:46:11 UTC"),
        ({"Duration": "26:00:00"}, "error", "and for 1 d 2 h"),
        ({"StartTime": YEAR_2100, "CompletedTime": YEAR_2013}, "error", "backwards"),
        (
            {"StartTime": YEAR_2013, "CompletedTime": YEAR_2013, "Duration": "00:00:00"},
            "error",
            "but the activity saw it at 2026-03-02",
        ),
        (
            {"StartTime": YEAR_2100, "CompletedTime": YEAR_2100, "Duration": "00:00:00"},
            "error",
            "in the future",
        ),
        (
            {"BackupConfigurationId": ..., "BackupReportId": ..., "RestorePoint": ...},
            "error",
            "doesn't say which restore",
        ),
    ],
    ids=str,
)
def test_a_report_that_belies_the_rest(
    world: DrillWorld, fields: dict[str, Any], verdict: str, reason: str
) -> None:
    world.transport.lie = lying(REPORT, **fields)

    result = one(world)

    assert (result.verdict, result.state) == (verdict, "Completed")
    assert not result.is_good
    assert reason in result.reason
    assert world.begun() == {21: 1}


def test_all_that_is_wrong_is_named(world: DrillWorld) -> None:
    world.transport.lie = lying(
        REPORT,
        State="Failed",
        BackupConfigurationId=99,
        RestoreDestinationMachineId=98,
        BackupReportId=97,
        NumFilesRestored="1",
        ErrorList=[ERROR],
    )

    result = one(world)

    assert result.verdict == "restore_failed"
    for said in ("Failed", "99", "98", "97", "only 1 of 1200", "lists 1"):
        assert said in result.reason
    # What another restore did is not told as if this one had.
    assert (result.files_restored, result.errors) == (None, ())


@pytest.mark.parametrize(
    "left_out",
    [
        ["BackupConfigurationId", "BackupConfigurationName"],
        ["BackupReportId"],
        ["RestorePoint"],
        ["StartTime", "CompletedTime"],
        ["OriginatingComputerName", "RestoreDestination", "RestoreDestinationMachineId"],
        ["Reason", "Diagnostics", "ErrorList"],
    ],
    ids=str,
)
def test_what_a_report_leaves_out_is_no_contradiction(
    world: DrillWorld, left_out: list[str]
) -> None:
    world.transport.lie = lying(REPORT, **dict.fromkeys(left_out, ...))

    assert one(world).verdict == "restored"


@pytest.mark.parametrize(
    ("fields", "verdict", "reason"),
    [
        ({"RestoreStateId": 5}, "restore_failed", "its details say Failed"),
        ({"RestoreStateId": 8}, "completed_with_errors", "its details say CompletedWithErrors"),
        ({"RestoreStateId": 2}, "error", "its details say InProgress"),
        ({"DestinationPath": "/etc"}, "error", "folder /etc, not /tmp/"),
        ({"BackupId": 31}, "error", "it is of backup 31, not 32"),
        ({"RestoreId": 5}, "error", "its details aren't available"),
        ({"OverwriteFiles": True}, "error", "it overwrites files"),
        ({"BackupRestorePoint": YEAR_2013}, "error", "its details are of 2013-02-12"),
    ],
    ids=str,
)
def test_details_that_belie_the_rest(
    world: DrillWorld, fields: dict[str, Any], verdict: str, reason: str
) -> None:
    lie = lying(DETAILS, **fields)
    # Until it is started they are right.
    world.transport.lie = lambda called, answer: (
        lie(called, answer) if "POST /restore/action-requested" in world.transport.seen else answer
    )

    result = one(world)

    assert (result.verdict, result.state) == (verdict, "Completed")
    assert reason in result.reason


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"ParentId": 22}, "of configuration 22, not 21"),
        ({"DestinationMachineAgentId": 12}, "to agent 12, not 11"),
        ({"SourceMachineAgentId": 13}, "of agent 13, not 11"),
    ],
    ids=str,
)
def test_an_activity_that_belies_the_rest(
    world: DrillWorld, fields: dict[str, Any], reason: str
) -> None:
    world.transport.lie = lying(ACTIVITY, **fields)

    result = one(world)

    assert result.verdict == "error"
    assert reason in result.reason


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"CompletedTime": YEAR_2013}, "own report says that it completed at 2013-02-12"),
        ({"BackupConfigurationId": 22}, "own report is of configuration 22, not 21"),
        ({"State": "Failed"}, "own report says Failed"),
        ({"CanRestore": False}, "own report says that it can't be restored"),
    ],
    ids=str,
)
def test_a_backup_whose_own_report_says_otherwise(
    world: DrillWorld, fields: dict[str, Any], reason: str
) -> None:
    world.transport.lie = lying("GET /backup/report/32", **fields)

    result = one(world)

    assert result.verdict == "error"
    assert reason in result.reason


def test_an_activity_of_another_backup(world: DrillWorld) -> None:
    world.transport.lie = lying(ACTIVITY, BackupId=1)

    result = one(world)

    assert not result.is_good
    assert "by the activity it is of backup 1, not 32" in result.reason


@pytest.mark.parametrize("called", [CREATED, DETAILS])
@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"DestinationPath": "/etc"}, "folder /etc, not /tmp/cloud-backup-drill/"),
        ({"BackupId": 31}, "of backup 31"),
        ({"BackupMachineId": 12}, "it is of agent 12, not 11"),
        ({"BackupConfigurationId": 22}, "it is of configuration 22, not 21"),
        ({"DestinationMachineId": 12}, "to agent 12, not 11"),
        ({"OverwriteFiles": True}, "it overwrites files"),
        ({"OverwriteFiles": "true"}, "it overwrites files"),
    ],
    ids=str,
)
def test_what_was_not_asked_for_is_not_started(
    world: DrillWorld, called: str, fields: dict[str, Any], reason: str
) -> None:
    world.transport.lie = lying(called, **fields)

    result = one(world)

    assert result.verdict == "error"
    assert "isn't what was asked for, and so wasn't started" in result.reason
    assert reason in result.reason
    assert world.begun() == {}


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"DestinationPath": ...}, "folder None"),
        ({"DestinationMachineId": ...}, "agent None"),
        ({"OverwriteFiles": None}, "doesn't say that it keeps files"),
        ({"RestoreStateId": 3}, "it is Completed already"),
    ],
    ids=str,
)
def test_what_may_not_be_as_asked_for_is_not_started(
    world: DrillWorld, fields: dict[str, Any], reason: str
) -> None:
    world.transport.lie = lying(DETAILS, **fields)

    assert reason in one(world).reason
    assert world.begun() == {}


def test_a_folder_may_be_spelt_with_its_end(world: DrillWorld) -> None:
    def lie(called: str, answer: Any) -> Any:
        if re.fullmatch(f"{DETAILS}|{CREATED}", called):
            return {**answer, "DestinationPath": answer["DestinationPath"] + "/"}
        return answer

    world.transport.lie = lie

    assert one(world).verdict == "restored"


def test_a_restore_that_takes_only_a_part_is_not_started(world: DrillWorld) -> None:
    def after(_: int, called: str) -> None:
        if called == CREATED:
            (row,) = world.restores()
            world.client().restores.add_file(row["ID"], "/etc/passwd")

    world.transport.after = after

    assert "limited to or excludes /etc/passwd" in one(world).reason
    assert world.begun() == {}


def test_an_answer_that_comes_early_is_asked_for_again(world: DrillWorld) -> None:
    early = [3]

    def lie(called: str, answer: Any) -> Any:
        if re.fullmatch(REPORT, called) and early[0]:
            early[0] -= 1
            return {**answer, "State": "InProgress", "NumFilesRestored": "7"}
        return answer

    world.transport.lie = lie

    assert one(world).verdict == "restored"


@pytest.mark.parametrize("operation", ["getBackupReport", "getRestore"])
def test_nothing_passes_without_what_it_is_compared_with(world: DrillWorld, operation: str) -> None:
    def after(_: int, called: str) -> None:
        if called == "POST /restore/action-requested":
            world.fault(operation=operation, status=404, count=None)

    world.transport.after = after

    result = one(world)

    assert result.verdict == "error"
    assert "isn't available" in result.reason


def test_a_backup_with_errors_holds_less(tmp_path: Path) -> None:
    world = DrillWorld(
        tmp_path,
        {
            "agents": [agent(11)],
            "configurations": [configuration(21, 11)],
            "backups": [backup(32, 21)],
        },
    )
    world.transport.lie = lambda called, answer: (
        {**answer, "FilesSearched": "1001", "NumErrors": 1}
        if called == "GET /backup/report/32"
        else answer
    )

    assert one(world).verdict == "restored"


def test_a_backup_of_no_files_proves_nothing(world: DrillWorld) -> None:
    nothing = {"FilesSearched": "0", "BytesSearched": "0 bytes"}
    of_backup = lying("GET /backup/report/32", **nothing)
    of_restore = lying(REPORT, NumFilesRestored="0", NumBytesRestored="0 bytes")
    world.transport.lie = lambda called, answer: of_restore(called, of_backup(called, answer))

    result = one(world)

    assert result.verdict == "error"
    assert "nothing is proven" in result.reason


@pytest.mark.parametrize("check_only", [False, True])
@pytest.mark.parametrize("max_age", [DAY, None])
def test_a_backup_of_the_future_is_not_recent(
    world: DrillWorld, max_age: timedelta | None, *, check_only: bool
) -> None:
    available = lying("GET /backup/availableforrestore", LastSuccessfulBackupTime=YEAR_2100)
    completed = lying(r"GET /backup/completed/\d+", CompletedTime=YEAR_2100)
    world.transport.lie = lambda called, answer: available(called, completed(called, answer))

    (result,) = run(world, max_age=max_age, check_only=check_only).results

    assert result.verdict == "error"
    assert result.age is None
    assert "2100-01-01 00:00 UTC, which is in the future" in result.reason


@pytest.mark.parametrize("check_only", [False, True])
@pytest.mark.parametrize("listed", ["fresh", "future"])
def test_an_age_that_one_list_alone_tells_is_not_believed(
    world: DrillWorld, listed: str, *, check_only: bool
) -> None:
    if listed == "future":
        world.transport.lie = lying(
            "GET /backup/availableforrestore", LastSuccessfulBackupTime=YEAR_2100
        )
    else:
        world.transport.lie = lying(r"GET /backup/completed/\d+", CompletedTime=YEAR_2013)

    result = one(world, check_only=check_only)

    assert result.verdict in (("too_old", "error") if listed == "fresh" else ("error",))
    assert not result.is_good
    assert "The list of available backups has one of" in result.reason


def test_a_backup_that_completes_meanwhile_is_no_contradiction(world: DrillWorld) -> None:
    client = world.client()

    def before(_: int, called: str) -> None:
        if called == "GET /user/agents":
            client.backups.wait(client.backups.start(21))

    world.transport.before = before

    result = one(world)

    assert result.verdict == Verdict.RESTORED
    assert result.age == timedelta(0)
