"""`cloud-backup backups`."""

import pytest

from .conftest import CommandLine


def test_list_has_what_can_be_restored(cloud: CommandLine) -> None:
    listed = cloud.json("backups", "list", "BackupConfig1")

    assert [backup["backup_id"] for backup in listed] == [134691]
    assert cloud.json("backups", "list", "148325") == []


def test_show_and_report(cloud: CommandLine) -> None:
    assert cloud.json("backups", "show", "134691")["state"] == "Completed"

    report = cloud.json("backups", "report", "134691")

    assert report["duration_seconds"] == 26
    assert report["bytes_backed_up"] == 1395864371


def test_start_tells_which_backup_it_is_and_stop_stops_it(cloud: CommandLine) -> None:
    started = cloud.json("backups", "start", "BackupConfig1")
    assert started["backup_configuration_id"] == 172418

    backup = str(started["backup_id"])
    stopped = cloud.done("backups", "stop", backup)
    assert (stopped.stdout, stopped.stderr) == ("", f"stopping backup {backup}\n")

    waited = cloud.run("backups", "wait", backup, "-o", "json")
    assert waited.exit_code == 5
    assert waited.json == [{"backup_id": int(backup), "state": "Stopped", "is_successful": False}]
    assert waited.error["message"] == f"backup {backup} ended Stopped"


def test_start_and_wait_ends_with_the_report(cloud: CommandLine) -> None:
    ended = cloud.done("backups", "start", "BackupConfig1", "--wait", "-o", "json")

    assert ended.json["state"] == "Completed"
    assert ended.json["files_backed_up"] is not None
    assert ": InProgress\n" in ended.stderr


def test_start_wakes_an_agent_that_sleeps(cloud: CommandLine) -> None:
    refused = cloud.run("--no-retries", "backups", "start", "BackupCOnfig2")
    assert refused.exit_code == 1
    assert "wait-online" in refused.stderr

    ended = cloud.done("backups", "start", "BackupCOnfig2", "--wake", "--wait", "-o", "json")
    assert ended.json["state"] == "Completed"


def test_a_backup_that_fails_ends_with_5(cloud: CommandLine) -> None:
    cloud.emulator.fault(operation="requestBackupAction", outcome="Failed")

    ended = cloud.run("backups", "start", "BackupConfig1", "--wait", "-o", "json")

    assert ended.exit_code == 5
    assert "ended Failed" in ended.stderr
    assert ended.json["state"] == "Failed"


def test_a_deadline_that_passes_ends_with_6(cloud: CommandLine) -> None:
    ended = cloud.run("backups", "start", "BackupConfig1", "--wait", "--deadline", "1")

    assert ended.exit_code == 6
    assert "is not done after" in ended.stderr


@pytest.mark.parametrize("verb", ["show", "report", "stop", "wait"])
def test_a_backup_that_is_not_there(cloud: CommandLine, verb: str) -> None:
    assert cloud.run("backups", verb, "999").exit_code == 4


def test_a_backup_is_known_by_its_id_only(cloud: CommandLine) -> None:
    assert cloud.run("backups", "show", "Nightly").exit_code == 2
    assert cloud.run("backups", "show", "0").exit_code == 2
