"""`cloud-backup restore`, against the emulator over TCP."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from cloud_backup import CloudBackup, Folder, Schedule
from cloud_backup.commandline.running.printable import one_line

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commandline.conftest import CommandLine

ASLEEP, AWAKE = "BackupCOnfig2", "BackupConfig1"


def asked(cloud: CommandLine, operation: str) -> list[dict[str, Any]]:
    """What came in of an operation."""
    return [entry for entry in cloud.emulator.requests if entry["operation"] == operation]


def test_one_line_restores_the_newest_backup(cloud: CommandLine) -> None:
    done = cloud.run("restore", AWAKE, "--yes", "--output", "json")

    assert done.exit_code == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["state"], report["files_restored"]) == ("Completed", 2310)
    (created,) = asked(cloud, "createRestore")
    assert created["body"] == {
        "BackupId": 134691,
        "BackupMachineId": 252036,
        "DestinationMachineId": 252036,
        "DestinationPath": "/cloud-backup-restore/2013-02-12-204611-134691",
        "OverwriteFiles": False,
    }
    for state in ("StartRequested", "Queued", "Preparing", "InProgress", "Completed"):
        assert f"restore 200000001: {state}" in done.stderr


def test_an_agent_that_sleeps_is_woken(cloud: CommandLine) -> None:
    done = cloud.run("restore", ASLEEP, "--yes")

    assert done.exit_code == 0, done.stderr
    assert "waking MBP2" in done.stderr
    assert len(asked(cloud, "requestRestoreAction")) == 1


def test_what_will_happen_is_shown_and_asked(cloud: CommandLine) -> None:
    done = cloud.run("restore", "--machine", "mbp0", "--path", "/restored", "--utc", typed="n\n")

    assert done.exit_code == 1
    for line in (
        "backup 134691 of BackupConfig1 (172418), 2013-02-12 20:46:11 UTC",
        "MBP0 (agent 252036), /restored",
        "everything",
        "existing files are kept",
        "nothing was changed",
    ):
        assert line in done.stderr
    assert asked(cloud, "createRestore") == []
    assert done.stdout == ""


def test_yes_at_the_question_goes_ahead(cloud: CommandLine) -> None:
    assert cloud.run("restore", AWAKE, typed="y\n").exit_code == 0


def test_without_a_terminal_it_wants_yes(cloud: CommandLine) -> None:
    done = cloud.run("restore", AWAKE)

    assert done.exit_code == 2
    assert "--yes" in done.stderr
    assert asked(cloud, "createRestore") == []


def test_a_dry_run_changes_nothing(cloud: CommandLine) -> None:
    done = cloud.run("restore", AWAKE, "--dry-run", "--overwrite", "--path", "/")

    assert done.exit_code == 0
    assert "are OVERWRITTEN" in done.stderr
    assert {entry["method"] for entry in cloud.emulator.requests} == {"GET", "POST"}
    assert [entry["operation"] for entry in cloud.emulator.requests].count("authenticate") == 1
    assert asked(cloud, "createRestore") == []


@pytest.mark.parametrize("path", ["/", "//", "/.", "/restored/.."])
def test_the_original_place_takes_overwrite(cloud: CommandLine, path: str) -> None:
    refused = cloud.run("restore", AWAKE, "--yes", "--path", path)

    assert refused.exit_code == 2
    assert "--overwrite" in refused.stderr
    assert asked(cloud, "createRestore") == []

    assert cloud.run("restore", AWAKE, "--yes", "--path", path, "--overwrite").exit_code == 0
    assert asked(cloud, "createRestore")[0]["body"]["OverwriteFiles"] is True


def test_another_machine_has_no_original_place(cloud: CommandLine) -> None:
    done = cloud.run("restore", AWAKE, "--yes", "--path", "/", "--to", "old-server")

    assert done.exit_code == 0, done.stderr
    assert "not the machine that was backed up" in done.stderr
    assert asked(cloud, "createRestore")[0]["body"]["DestinationMachineId"] == 1


@pytest.mark.parametrize("spelt", ["/Etc", "/private/etc", "//etc/", "/Volumes/Mac/etc", "etc"])
def test_the_original_place_is_known_by_other_spellings(cloud: CommandLine, spelt: str) -> None:
    with CloudBackup.from_environment(cloud.environment) as backup:
        backup.configurations.update(172418, include=[Folder("/etc")])

    refused = cloud.run("restore", AWAKE, "--yes", "--path", spelt)

    assert refused.exit_code == 2
    assert f"{spelt} on MBP0 " in refused.stderr
    assert asked(cloud, "createRestore") == []
    beside = cloud.run("restore", AWAKE, "--yes", "--path", "/etcetera")
    assert beside.exit_code == 0, beside.stderr
    assert "if /etcetera is a link, the restore follows it" in beside.stderr


def test_a_new_folder_is_never_the_original_place(cloud: CommandLine) -> None:
    with CloudBackup.from_environment(cloud.environment) as backup:
        backup.configurations.update(172418, include=[Folder("/")])

    assert cloud.run("restore", AWAKE, "--dry-run").exit_code == 0
    assert cloud.run("restore", AWAKE, "--dry-run", "--path", "/restored").exit_code == 2


def test_an_agent_installed_again_has_the_same_original_place(cloud: CommandLine) -> None:
    # Agents 213564 and 96674 are both on a machine named Web Server.
    with CloudBackup.from_environment(cloud.environment, sleep=cloud.emulator.advance) as backup:
        made = backup.configurations.create(
            name="Site", agent=96674, schedule=Schedule.manually(), include=[Folder("/var/www")]
        )
        backup.backups.wait(backup.backups.start(made), check=True)

    done = cloud.run("restore", "Site", "--yes", "--to", "224193", "--path", "/var/www")

    assert done.exit_code == 2
    assert asked(cloud, "createRestore") == []


def test_what_cannot_fit_on_another_system_is_told_beforehand(cloud: CommandLine) -> None:
    done = cloud.run(
        *("restore", AWAKE, "--dry-run", "--to", "web2", "--path", "/restored"),
        *("--file", "/etc/12:30", "--folder", "/etc/ssl"),
    )

    assert done.exit_code == 0, done.stderr
    warnings = [line for line in done.stderr.splitlines() if line.startswith("Warning ")]
    assert any("/restored is not a path of Windows Server 2012, such as" in w for w in warnings)
    assert any("owners, permissions" in warning for warning in warnings)
    assert any("such as /etc/12:30, may not be restored" in warning for warning in warnings)
    alike = cloud.run("restore", AWAKE, "--dry-run", "--to", "BALAJIMBP", "--overwrite")
    assert "Warning" not in alike.stderr


def test_which_one_is_asked_where_it_is_open(cloud: CommandLine) -> None:
    done = cloud.run("restore", "--yes")

    assert done.exit_code == 2
    for named in ("172418 (BackupConfig1 of MBP0)", "172417 (BackupCOnfig2 of MBP2)"):
        assert named in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["172418"],
        ["backupconfig1"],
        ["--machine", "MBP0"],
        ["--machine", "252036"],
        ["--backup", "134691"],
        [AWAKE, "--before", "2013-02-13"],
    ],
    ids=" ".join,
)
def test_a_backup_is_found_by(cloud: CommandLine, arguments: list[str]) -> None:
    done = cloud.run("restore", *arguments, "--dry-run")

    assert done.exit_code == 0, done.stderr
    assert "backup 134691 of BackupConfig1" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["nowhere"],
        ["6270"],
        ["--machine", "Web Server2"],
        ["--machine", "nowhere"],
        ["--backup", "99"],
        [AWAKE, "--machine", "MBP2"],
        [AWAKE, "--backup", "134690"],
        [AWAKE, "--before", "2013-02-11"],
    ],
    ids=" ".join,
)
def test_what_is_not_there_is_code_4(cloud: CommandLine, arguments: list[str]) -> None:
    done = cloud.run("restore", *arguments, "--yes")

    assert done.exit_code == 4, done.stderr
    assert done.stderr.startswith("cloud-backup: ")
    assert asked(cloud, "createRestore") == []


def test_the_newest_up_to_a_time(cloud: CommandLine) -> None:
    running = cloud.emulator
    with CloudBackup.from_environment(running.environment, sleep=running.advance) as backup:
        between = datetime.fromtimestamp(running.emulator.clock.now() / 1000, UTC)
        running.advance(3600)
        newer = backup.backups.wait(backup.backups.start(172418), check=True)

    now = cloud.run("restore", AWAKE, "--dry-run")
    before = cloud.run("restore", AWAKE, "--dry-run", "--before", between.isoformat())

    assert f"backup {newer.backup_id} of" in now.stderr
    assert "backup 134691 of" in before.stderr


def test_only_some_files(cloud: CommandLine) -> None:
    done = cloud.run(
        "restore", AWAKE, "--yes", "--file", "/etc/passwd", "--folder", "/home/me", "-o", "json"
    )

    assert done.exit_code == 0, done.stderr
    added = [entry["body"] for entry in asked(cloud, "addRestoreFile")]
    assert [(one["FilePath"], one["FileItemType"]) for one in added] == [
        ("/etc/passwd", 0),
        ("/home/me", 1),
    ]
    assert "/etc/passwd, /home/me (folder)" in done.stderr


def encrypt(cloud: CommandLine) -> None:
    running = cloud.emulator
    with CloudBackup.from_environment(running.environment, sleep=running.advance) as backup:
        backup.agents.enable_encryption(252036, "canary passphrase")
        backup.backups.wait(backup.backups.start(172418), check=True)


def test_an_encrypted_backup_takes_its_passphrase(cloud: CommandLine, tmp_path: Path) -> None:
    encrypt(cloud)
    file = tmp_path / "passphrase"
    file.write_text("canary passphrase\n")

    without = cloud.run("restore", AWAKE, "--yes")
    from_file = cloud.run("restore", AWAKE, "--yes", "--debug", "--passphrase-file", str(file))
    cloud.environment["SECRET"] = "canary passphrase"
    from_variable = cloud.run("restore", AWAKE, "--yes", "--passphrase-env", "SECRET")
    typed = cloud.run("restore", AWAKE, "--yes", typed="canary passphrase\n")

    assert [run.exit_code for run in (without, from_file, from_variable, typed)] == [2, 0, 0, 0]
    for run in (without, from_file, from_variable, typed):
        assert "canary" not in run.stdout + run.stderr
    assert "canary" not in str(cloud.emulator.requests)


def test_a_wrong_passphrase_tells_what_is_left(cloud: CommandLine) -> None:
    encrypt(cloud)

    cloud.environment["SECRET"] = "wrong"
    done = cloud.run("restore", AWAKE, "--yes", "--passphrase-env", "SECRET")

    assert done.exit_code == 1
    assert "wrong passphrase for agent 252036" in done.stderr
    assert "restore 200000002 was not started, so nothing was restored" in done.stderr
    assert "`cloud-backup restores start 200000002` starts it" in done.stderr
    cloud.environment["SECRET"] = "canary passphrase"
    cloud.done("restores", "start", "200000002", "--passphrase-env", "SECRET")


def test_a_wrong_passphrase_is_asked_for_again(cloud: CommandLine) -> None:
    encrypt(cloud)

    done = cloud.run("restore", AWAKE, typed="y\nwrong\ncanary passphrase\n")

    assert done.exit_code == 0, done.stderr
    assert len(asked(cloud, "createRestore")) == 1
    assert "not started: EncryptedPassword: wrong passphrase" in done.stderr
    assert "`cloud-backup restores start" not in done.stderr


def test_a_passphrase_is_asked_for_three_times(cloud: CommandLine) -> None:
    encrypt(cloud)

    done = cloud.run("restore", AWAKE, typed="y\na\nb\nc\nd\n")

    assert done.exit_code == 1
    assert done.stderr.count("Passphrase of agent 252036 on MBP0: ") == 3
    assert "restore 200000002 was not started" in done.stderr


def test_the_plan_comes_before_the_passphrase_which_says_whose(cloud: CommandLine) -> None:
    encrypt(cloud)

    done = cloud.run("restore", AWAKE, typed="n\n")

    assert "Passphrase" not in done.stderr
    done = cloud.run("restore", AWAKE, typed="y\ncanary passphrase\n")
    order = [done.stderr.find(text) for text in ("Restore  ", "Restore?", "Passphrase of agent")]
    assert order == sorted(order)
    assert order[0] >= 0


def test_only_a_wrong_passphrase_is_asked_for_again(cloud: CommandLine) -> None:
    cloud.done("restores", "create", "--backup", "134691", "--path", "/restored")
    cloud.done("restores", "start", "200000001")

    # It is started: whatever the passphrase, that is refused.
    done = cloud.run("restores", "start", "13689", typed="156953-passphrase\nagain\n")

    assert done.stderr.count("Passphrase of agent 156953 on Web Server") == 1


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"status": 403, "message": "the role permits no restore"}, "was not started, so nothing"),
        ({"status": 500}, "restore 200000001 is now Creating, and may still start"),
    ],
)
def test_a_start_that_fails_says_what_is_certain(
    cloud: CommandLine, fault: dict[str, Any], said: str
) -> None:
    cloud.emulator.fault(operation="requestRestoreAction", **fault, count=None)

    done = cloud.run("restore", AWAKE, "--yes")

    assert done.exit_code == 1
    assert said in done.stderr


def test_files_that_are_refused_leave_a_restore_that_is_not_started(cloud: CommandLine) -> None:
    cloud.emulator.fault(operation="addRestoreFile", status=400)

    done = cloud.run("restore", AWAKE, "--yes", "--file", "/etc/passwd")

    assert done.exit_code == 1
    assert "restore 200000001 was not started, so nothing was restored" in done.stderr


def test_a_passphrase_that_is_not_needed_is_told_of(cloud: CommandLine) -> None:
    cloud.environment["SECRET"] = "superfluous"

    done = cloud.run("restore", AWAKE, "--yes", "--passphrase-env", "SECRET")

    assert done.exit_code == 0
    assert "ignoring the passphrase" in done.stderr


@pytest.mark.parametrize("output", ["table", "json", "yaml", "csv"])
def test_the_end_says_where_the_files_are(cloud: CommandLine, output: str) -> None:
    done = cloud.run("restore", AWAKE, "--yes", "-o", output)

    folder = "/cloud-backup-restore/2013-02-12-204611-134691"
    assert f"2310 files are in {folder} on MBP0\n" in done.stderr
    assert folder in done.stdout
    if output == "json":
        report = json.loads(done.stdout)
        assert report["destination_path"] == folder
        assert report["destination_machine_name"] == "MBP0"
        assert json.loads(cloud.run("restores", "report", "200000001", "-o", "json").stdout) == {
            **report
        }


@pytest.mark.parametrize("state", ["Failed", "CompletedWithErrors"])
def test_anything_but_completed_is_code_5(cloud: CommandLine, state: str) -> None:
    cloud.emulator.fault(operation="requestRestoreAction", outcome=state)

    done = cloud.run("restore", AWAKE, "--yes", "-o", "json")

    assert done.exit_code == 5
    assert json.loads(done.stdout)["state"] == state
    assert f"restore 200000001 ended {state}" in done.stderr


def test_a_deadline_is_code_6(cloud: CommandLine) -> None:
    done = cloud.run("restore", AWAKE, "--yes", "--deadline", "10s", "--interval", "2")

    assert done.exit_code == 6
    assert "it is still running: wait again" in done.stderr


def test_no_wait_prints_the_restore(cloud: CommandLine) -> None:
    done = cloud.run("restore", AWAKE, "--yes", "--no-wait", "-o", "json")

    assert done.exit_code == 0
    assert json.loads(done.stdout)["restore_id"] == 200000001
    assert json.loads(done.stdout)["state"] != "Creating"


@pytest.mark.parametrize(
    "duration", ["", "0", "-5", "1x", "soon", "1h30", "0d0h", "9" * 400, "1e3"]
)
def test_no_duration_is_wrong_usage(cloud: CommandLine, duration: str) -> None:
    done = cloud.run("restore", AWAKE, "--yes", "--deadline", duration)

    if duration == "1h30":  # an hour and thirty seconds
        assert done.exit_code == 0
    else:
        assert done.exit_code == 2
        assert "expected something like 90s" in done.stderr


def test_a_time_without_sense_is_wrong_usage(cloud: CommandLine) -> None:
    assert cloud.run("restore", AWAKE, "--before", "tomorrow").exit_code == 2


def interrupt(cloud: CommandLine, looks: int = 3) -> None:
    """Press Ctrl-C once, while the restore is being watched."""
    left = [looks]

    def sleep(seconds: float) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt
        cloud.emulator.advance(seconds)

    cloud.sleep = sleep


def test_ctrl_c_without_a_terminal_leaves_the_restore_alone(cloud: CommandLine) -> None:
    interrupt(cloud)

    done = cloud.run("restore", AWAKE, "--yes")

    assert done.exit_code == 130
    assert "restore 200000001 is still running" in done.stderr
    assert len(asked(cloud, "requestRestoreAction")) == 1


@pytest.mark.parametrize(
    ("typed", "exit_code", "state"),
    [("stop\n", 5, "Stopped"), ("leave\n", 130, None), ("watch\n", 0, "Completed")],
)
def test_ctrl_c_asks_what_to_do(
    cloud: CommandLine, typed: str, exit_code: int, state: str | None
) -> None:
    interrupt(cloud)

    done = cloud.run("restore", AWAKE, "--yes", "-o", "json", typed=typed)

    assert done.exit_code == exit_code, done.stderr
    if state is None:
        assert done.stdout == ""
    else:
        assert json.loads(done.stdout)["state"] == state


def test_a_disabled_agent_is_told_of(cloud: CommandLine) -> None:
    with CloudBackup.from_environment(cloud.emulator.environment) as backup:
        backup.agents.disable(252036)

    done = cloud.run("restore", AWAKE, "--yes")

    assert done.exit_code == 1
    assert "cloud-backup agents enable 252036" in done.stderr
    assert asked(cloud, "createRestore") == []


def test_a_name_with_a_line_break_is_no_line_of_ours() -> None:
    assert one_line("web1\nTo   SAFE\x1b[2J") == "web1 To   SAFE\N{REPLACEMENT CHARACTER}[2J"


def test_before_counts_for_all_configurations_of_a_machine(cloud: CommandLine) -> None:
    running = cloud.emulator
    with CloudBackup.from_environment(cloud.environment, sleep=running.advance) as backup:
        second = backup.configurations.create(
            name="Second", agent=252036, schedule=Schedule.manually(), include=[Folder("/etc")]
        )
        running.advance(3600)
        of_second = backup.backups.wait(backup.backups.start(second), check=True)
        running.advance(3600)
        between = datetime.fromtimestamp(running.emulator.clock.now() / 1000, UTC)
        running.advance(3600)
        newest = backup.backups.wait(backup.backups.start(172418), check=True)

    now = cloud.run("restore", "--machine", "MBP0", "--dry-run")
    before = cloud.run("restore", "--machine", "MBP0", "--dry-run", "--before", between.isoformat())

    assert f"backup {newest.backup_id} of BackupConfig1" in now.stderr
    assert f"backup {of_second.backup_id} of Second" in before.stderr
