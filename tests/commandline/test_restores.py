"""`cloud-backup restores`."""

from pathlib import Path
from typing import Any

import pytest

from cloud_backup import CloudBackup

from .conftest import CommandLine


def created(cloud: CommandLine, *options: str) -> str:
    new = cloud.json("restores", "create", "--backup", "134691", "--path", "/restored", *options)
    return str(new["restore_id"])


def encrypted_restore(cloud: CommandLine) -> tuple[str, str]:
    """Make a restore of an encrypted backup; return it, and the passphrase."""
    cloud.environment["PASSPHRASE"] = "open sesame"
    cloud.done("agents", "encrypt", "MBP0", "--yes", "--passphrase-env", "PASSPHRASE")
    report = cloud.json("backups", "start", "BackupConfig1", "--wait")
    new: Any = cloud.json(
        "restores", "create", "--backup", str(report["backup_id"]), "--path", "/restored"
    )
    assert new["is_encrypted"] is True
    return str(new["restore_id"]), "open sesame"


def test_available_lists_configurations(cloud: CommandLine) -> None:
    listed = cloud.json("restores", "available")

    assert {found["backup_configuration_id"] for found in listed} == {172418, 172417}


def test_create_restores_to_where_the_backup_is_from_unless_told(cloud: CommandLine) -> None:
    shown = cloud.json("restores", "show", created(cloud))
    assert shown["backup_machine_id"] == shown["destination_machine_id"] == 252036
    assert shown["state"] == "Creating"
    assert shown["overwrite_files"] is False

    elsewhere = created(cloud, "--from", "MBP0", "--to", "web2", "--overwrite")
    shown = cloud.json("restores", "show", elsewhere)
    assert shown["destination_machine_name"] == "web2"
    assert shown["overwrite_files"] is True


def test_update(cloud: CommandLine) -> None:
    restore = created(cloud)

    changed = cloud.json(
        "restores", "update", restore, "--to", "web2", "--path", "/else", "--overwrite"
    )

    assert changed["destination_machine_name"] == "web2"
    assert changed["destination_path"] == "/else"
    assert changed["overwrite_files"] is True
    assert cloud.run("restores", "update", restore).exit_code == 2


def test_files(cloud: CommandLine) -> None:
    restore = created(cloud)
    assert cloud.json("restores", "files", restore) == []

    cloud.done("restores", "add-file", restore, "/etc/fstab")
    cloud.done("restores", "add-file", restore, "/var/www/")
    cloud.done("restores", "add-file", restore, "/var/www/cache", "--folder", "--exclude")

    found = cloud.json("restores", "files", restore)
    assert [(each["path"], each["include"], each["is_folder"]) for each in found] == [
        ("/etc/fstab", True, False),
        ("/var/www/", True, True),
        ("/var/www/cache", False, True),
    ]

    cloud.done("restores", "delete-files", restore)
    assert cloud.json("restores", "files", restore) == []


def test_start_wait_and_report(cloud: CommandLine) -> None:
    restore = created(cloud)
    assert cloud.json("restores", "start", restore)["state"] == "StartRequested"

    waited = cloud.done("restores", "wait", restore, "-o", "json")
    assert waited.json == [
        {"restore_id": int(restore), "state": "Completed", "is_successful": True}
    ]
    assert f"restore {restore}: Completed\n" in waited.stderr

    report = cloud.json("restores", "report", restore)
    assert report["files_restored"] == 2310
    assert report["duration_seconds"] > 0


def test_start_and_wait_ends_with_the_report(cloud: CommandLine) -> None:
    report = cloud.json("restores", "start", created(cloud), "--wait", "--wake")

    assert report["state"] == "Completed"


def test_stop(cloud: CommandLine) -> None:
    restore = created(cloud)
    cloud.done("restores", "start", restore)

    cloud.done("restores", "stop", restore)

    assert cloud.run("restores", "wait", restore).exit_code == 5


def test_a_restore_that_fails_ends_with_5(cloud: CommandLine) -> None:
    cloud.emulator.fault(operation="requestRestoreAction", outcome="Failed")

    ended = cloud.run("restores", "start", created(cloud), "--wait", "-o", "json")

    assert ended.exit_code == 5
    assert ended.json["state"] == "Failed"
    assert "ended Failed" in ended.stderr


def test_a_restore_that_nobody_starts_passes_the_deadline(cloud: CommandLine) -> None:
    ended = cloud.run("restores", "wait", created(cloud), "--deadline", "30")

    assert ended.exit_code == 6


def test_an_encrypted_backup_takes_the_passphrase(cloud: CommandLine, tmp_path: Path) -> None:
    restore, passphrase = encrypted_restore(cloud)
    file = tmp_path / "passphrase"
    file.write_text(f"{passphrase}\n")

    assert cloud.run("restores", "start", restore).exit_code == 2
    cloud.environment["WRONG"] = "abracadabra"
    assert cloud.run("restores", "start", restore, "--passphrase-env", "WRONG").exit_code == 1

    ended = cloud.done(
        *("restores", "start", restore, "--wait", "--debug", "-o", "json"),
        *("--passphrase-file", str(file)),
    )
    assert ended.json["state"] == "Completed"
    assert passphrase not in ended.stderr
    assert '"EncryptedPassword": "[secure]"' in ended.stderr


def test_the_passphrase_is_asked_for(cloud: CommandLine) -> None:
    restore, passphrase = encrypted_restore(cloud)

    ended = cloud.done("restores", "start", restore, typed=f"{passphrase}\n")

    assert passphrase not in ended.stdout + ended.stderr


def test_a_passphrase_that_is_not_needed_is_said_to_be_none(cloud: CommandLine) -> None:
    cloud.environment["PASSPHRASE"] = "open sesame"

    ended = cloud.done("restores", "start", created(cloud), "--passphrase-env", "PASSPHRASE")

    assert "not encrypted" in ended.stderr


def test_wait_for_many(cloud: CommandLine) -> None:
    restores = [created(cloud), created(cloud)]
    for restore in restores:
        cloud.done("restores", "start", restore)

    waited = cloud.json("wait", "restore", *restores)

    assert [found["restore_id"] for found in waited] == [int(restore) for restore in restores]


def test_wait_for_backups(cloud: CommandLine) -> None:
    started = [
        cloud.json("backups", "start", name)["backup_id"]
        for name in ("BackupConfig1", "Manual DB Backup")
    ]

    waited = cloud.json("wait", "backup", *map(str, started), "--wake", "--interval", "10")

    assert {found["state"] for found in waited} == {"Completed"}
    assert cloud.run("wait", "holiday", "1").exit_code == 2
    assert cloud.run("wait", "backup").exit_code == 2


@pytest.mark.parametrize("verb", ["show", "start", "stop", "report", "wait", "files"])
def test_a_restore_that_is_not_there(cloud: CommandLine, verb: str) -> None:
    assert cloud.run("restores", verb, "999").exit_code == 4


def test_the_emulator_agrees(cloud: CommandLine) -> None:
    restore = created(cloud)

    with CloudBackup.from_environment(cloud.emulator.environment) as client:
        assert client.restores.get(int(restore)).destination_path == "/restored"
