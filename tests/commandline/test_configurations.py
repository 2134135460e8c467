"""`cloud-backup configurations`."""

from typing import Any

import pytest

from .conftest import CommandLine

NEW = ("configurations", "create", "Nightly", "--agent", "MBP0", "--include", "/var/www")


def created(cloud: CommandLine, *options: str) -> Any:
    return cloud.json(*NEW, *options)


def test_list_is_of_all_agents_or_of_one(cloud: CommandLine) -> None:
    assert len(cloud.json("configurations", "list")) == 11

    of_one = cloud.json("configurations", "list", "--agent", "MBP0")

    assert [found["backup_configuration_name"] for found in of_one] == ["BackupConfig1"]
    assert cloud.asked("listAgentBackupConfigurations") == 1


def test_show_takes_an_id_or_a_name(cloud: CommandLine) -> None:
    by_id = cloud.json("configurations", "show", "172418")

    assert by_id["backup_configuration_name"] == "BackupConfig1"
    assert cloud.json("configurations", "show", "BackupConfig1") == by_id


def test_a_name_that_several_have_is_refused_with_their_ids(cloud: CommandLine) -> None:
    shown = cloud.run("configurations", "show", "Weekly Website Backup")

    assert shown.exit_code == 2
    assert "148325 of agent 156953 (Web Server), 158486 of agent 224193 (Web Server)" in (
        shown.stderr
    )


def test_a_name_that_none_has_is_not_found(cloud: CommandLine) -> None:
    assert cloud.run("configurations", "show", "nonesuch").exit_code == 4
    assert cloud.run("configurations", "show", "424242").exit_code == 4


def paths(items: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(item["file_item_type"], item["path"]) for item in items]


def test_create_with_everything(cloud: CommandLine) -> None:
    found = created(
        cloud,
        *("--include", "/srv/", "--include-file", "/etc/fstab"),
        *("--exclude", "/var/www/cache", "--exclude-file", "/var/www/log"),
        *("--frequency", "weekly", "--day", "monday", "--at", "03:30"),
        *("--zone", "America/New_York", "--keep", "60", "--inactive"),
        *("--notify", "me@example.com", "--notify-success", "--no-notify-failure"),
        *("--missed", "next-scheduled-time"),
    )

    assert found["machine_agent_id"] == 252036
    assert paths(found["inclusions"]) == [
        ("Folder", "/var/www"),
        ("Folder", "/srv/"),
        ("File", "/etc/fstab"),
    ]
    assert paths(found["exclusions"]) == [
        ("Folder", "/var/www/cache"),
        ("File", "/var/www/log"),
    ]
    assert found["schedule"] == {
        "frequency": "Weekly",
        "time_zone_id": "Eastern Standard Time",
        "at": "03:30",
        "day": "monday",
        "every_hours": None,
    }
    assert found["version_retention"] == 60
    assert found["is_active"] is False
    assert found["notify_recipients"] == "me@example.com"
    assert (found["notify_success"], found["notify_failure"]) == (True, False)
    assert found["missed_backup_action"] == "next_scheduled_time"


def test_create_with_the_least_runs_manually_and_is_kept_for_ever(cloud: CommandLine) -> None:
    found = created(cloud)

    assert found["frequency"] == "Manually"
    assert found["version_retention"] == 0
    assert found["is_active"] is True
    assert paths(found["exclusions"]) == []
    assert found["missed_backup_action"] == "as_soon_as_possible"


@pytest.mark.parametrize(
    ("options", "schedule"),
    [
        (("--frequency", "manually"), ("Manually", None, None, None)),
        (("--frequency", "hourly", "--every", "4"), ("Hourly", None, None, 4)),
        (("--frequency", "daily", "--at", "02:30"), ("Daily", "02:30", None, None)),
        (
            ("--frequency", "weekly", "--at", "23:59", "--day", "Sunday"),
            ("Weekly", "23:59", "sunday", None),
        ),
    ],
)
def test_schedules(
    cloud: CommandLine, options: tuple[str, ...], schedule: tuple[str | int | None, ...]
) -> None:
    found = created(cloud, *options, "--zone", "Europe/Berlin")["schedule"]

    assert (found["frequency"], found["at"], found["day"], found["every_hours"]) == schedule
    assert found["time_zone_id"] == "W. Europe Standard Time"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--frequency", "hourly"), "--frequency hourly needs --every"),
        (("--frequency", "daily"), "--frequency daily needs --at"),
        (("--frequency", "weekly", "--at", "03:00"), "--frequency weekly needs --day"),
        (
            ("--frequency", "daily", "--every", "3"),
            "--every can't be combined with --frequency daily",
        ),
        (("--at", "03:00"), "--at can't be combined with --frequency manually"),
        (("--frequency", "daily", "--at", "25:00"), "'25:00' does not match"),
        (("--frequency", "daily", "--at", "03:00", "--zone", "Mars/Base"), "Mars/Base"),
        (("--frequency", "yearly"), "'yearly' is not one of"),
        (("--keep", "7"), "'7' is not one of"),
        (("--exclude", "/elsewhere"), "is in no folder of include"),
        (("--notify-success",), "notify is empty"),
    ],
)
def test_what_can_not_be_right_is_wrong_usage(
    cloud: CommandLine, options: tuple[str, ...], said: str
) -> None:
    ended = cloud.run(*NEW, *options)

    assert ended.exit_code == 2
    assert said in ended.stderr
    assert cloud.asked("createBackupConfiguration") == 0


def test_create_wants_something_to_back_up(cloud: CommandLine) -> None:
    assert cloud.run("configurations", "create", "Nightly", "--agent", "MBP0").exit_code == 2


def test_a_second_of_the_same_name_is_a_conflict(cloud: CommandLine) -> None:
    created(cloud)

    again = cloud.run(*NEW)

    assert again.exit_code == 1
    assert "409" in again.stderr


def test_update_keeps_what_is_not_given(cloud: CommandLine) -> None:
    before = created(
        cloud, "--frequency", "weekly", "--day", "monday", "--at", "03:30", "--zone", "UTC"
    )

    after = cloud.json("configurations", "update", "Nightly", "--at", "04:15")

    assert after["schedule"] == before["schedule"] | {"at": "04:15"}
    assert paths(after["inclusions"]) == paths(before["inclusions"])


def test_update_of_all_that_can_be(cloud: CommandLine) -> None:
    created(cloud, "--exclude", "/var/www/cache")

    after = cloud.json(
        *("configurations", "update", "Nightly", "--name", "Hourly", "--no-exclude"),
        *("--frequency", "hourly", "--every", "6", "--zone", "UTC", "--include", "/srv"),
        *("--keep", "30", "--inactive", "--notify", "me@example.com", "--notify-failure"),
        *("--missed", "next-scheduled-time"),
    )

    assert after["backup_configuration_name"] == "Hourly"
    assert after["schedule"]["every_hours"] == 6
    assert paths(after["inclusions"]) == [("Folder", "/srv")]
    assert after["exclusions"] == []
    assert after["version_retention"] == 30
    assert after["is_active"] is False
    assert after["notify_failure"] is True
    assert after["missed_backup_action"] == "next_scheduled_time"


def test_update_of_nothing_is_wrong_usage(cloud: CommandLine) -> None:
    assert cloud.run("configurations", "update", "172418").exit_code == 2
    both = ("--no-exclude", "--exclude", "/a")
    assert cloud.run("configurations", "update", "172418", *both).exit_code == 2


def test_copy(cloud: CommandLine) -> None:
    created(cloud, "--frequency", "daily", "--at", "02:30")

    copied = cloud.json(
        "configurations", "copy", "Nightly", "--agent", "web2", "--name", "Nightly of web2"
    )

    assert copied["machine_agent_id"] == 202743
    assert copied["schedule"]["at"] == "02:30"


def test_disable_and_enable(cloud: CommandLine) -> None:
    assert cloud.json("configurations", "disable", "BackupConfig1")["is_active"] is False
    assert cloud.json("configurations", "enable", "BackupConfig1")["is_active"] is True


def test_delete_says_what_goes_and_wants_a_yes(cloud: CommandLine) -> None:
    refused = cloud.run("configurations", "delete", "BackupConfig1")
    assert refused.exit_code == 2
    assert "its backups can't be restored afterwards" in refused.stderr
    assert cloud.asked("deleteBackupConfiguration") == 0

    cloud.done("configurations", "delete", "BackupConfig1", "--yes")
    assert cloud.json("configurations", "show", "172418")["is_deleted"] is True
    assert cloud.run("configurations", "delete", "172418", "--yes").exit_code == 4


def test_tables_say_the_schedule_in_words(cloud: CommandLine) -> None:
    created(cloud, "--frequency", "hourly", "--every", "4", "--zone", "UTC")

    table = cloud.done("configurations", "list", "--utc").stdout

    assert "every 4 hours" in table
    assert "Thursday 06:30 America/New_York" in table
    assert "manually" in table
