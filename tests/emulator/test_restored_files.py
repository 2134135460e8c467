"""What a restore takes of a backup, and what it says of paths that the backup doesn't hold."""

from typing import Any

import pytest

from cloud_backup_emulator.backed_up_files import select

from .conftest import Service
from .test_restores import act, create

FILES = 1000
UNIX = {
    "Inclusions": [
        {"FilePath": "/etc", "FileItemType": "Folder"},
        {"FilePath": "/home/", "FileItemType": "Folder"},
        {"FilePath": "/home/me", "FileItemType": "Folder"},
        {"FilePath": "/srv/notes.txt", "FileItemType": "File"},
        {"FilePath": "/var/www", "FileItemType": "Folder"},
    ],
    "Exclusions": [{"FilePath": "/home/cache", "FileItemType": "Folder"}],
}
WINDOWS = {
    "Inclusions": [{"FilePath": "C:\\Web", "FileItemType": "Folder"}],
    "Exclusions": [{"FilePath": "C:\\Web\\Logs", "FileItemType": "Folder"}],
}
ANYTHING: dict[str, Any] = {"Inclusions": [], "Exclusions": []}


def wanted(*paths: str) -> list[dict[str, Any]]:
    """What a restore includes, and with a minus what it excludes; a folder ends with a slash."""
    return [
        {
            "FilePath": path.removeprefix("-"),
            "Filter": 2 if path.startswith("-") else 1,
            "FileItemType": int(path.endswith(("/", "\\"))),
        }
        for path in paths
    ]


@pytest.mark.parametrize(
    ("configuration", "paths", "files"),
    [
        (UNIX, (), 1000),
        (UNIX, ("/",), 1000),
        (UNIX, ("/etc/",), 250),
        (UNIX, ("/etc/", "/etc/ssh/", "/etc/hosts"), 250),
        (UNIX, ("/etc/ssh/",), 125),
        (UNIX, ("/etc/ssh/../ssh/keys.d/",), 62),
        (UNIX, ("/etc/hosts",), 1),
        (UNIX, ("/etc/hosts", "/etc/passwd"), 2),
        (UNIX, ("/home/",), 250),
        (UNIX, ("/etc/", "/var/"), 500),
        (UNIX, ("-/etc/",), 750),
        (UNIX, ("-/nowhere/",), 1000),
        (UNIX, ("/etc/", "-/etc/ssh/"), 125),
        (UNIX, ("/etc/", "-/"), 0),
        (UNIX, ("/etc/", "-/etc/"), 0),
        (UNIX, ("/etc/", "-/var/"), 250),
        (WINDOWS, ("c:\\WEB\\",), 1000),
        (WINDOWS, ("C:\\",), 1000),
        (WINDOWS, ("C:/Web/site/",), 500),
        (ANYTHING, ("/etc/",), 500),
        (ANYTHING, ("C:\\Data\\",), 500),
    ],
)
def test_what_is_wanted_is_counted_once(
    configuration: dict[str, Any], paths: tuple[str, ...], files: int
) -> None:
    taken = select(FILES, configuration, wanted(*paths))

    assert (taken.files, taken.missing, taken.is_empty) == (files, [], False)


@pytest.mark.parametrize(
    ("configuration", "path"),
    [
        (UNIX, "/does/not/exist/"),
        (UNIX, "/etcetera/"),
        (UNIX, "/etc/../root/"),
        (UNIX, "/home/cache/"),
        (UNIX, "/home/cache/x"),
        (UNIX, "/srv/notes.txt/x"),
        (UNIX, "C:\\etc\\"),
        (UNIX, "etc/"),
        (WINDOWS, "D:\\Web\\"),
        (WINDOWS, "c:\\web\\LOGS\\x"),
        (WINDOWS, "/Web/"),
    ],
)
def test_what_is_not_held_is_missing(configuration: dict[str, Any], path: str) -> None:
    taken = select(FILES, configuration, wanted(path))

    assert (taken.files, taken.missing, taken.is_empty) == (0, [path], True)


def test_of_an_empty_backup_nothing_is_restored() -> None:
    assert select(0, UNIX, wanted("/etc/", "/etc/hosts")).files == 0


def restored(service: Service, *paths: str, **changes: Any) -> dict[str, Any]:
    """Restore paths of a backup to the end, and get the report."""
    restore_id = create(service, **changes)
    for item in wanted(*paths):
        service.ask("PUT", "/restore/files", ParentId=restore_id, **item)
    act(service, "StartManual", restore_id)
    service.advance(600)
    report: dict[str, Any] = service.get(f"/restore/report/{restore_id}")
    assert service.get("/activity")[0]["CurrentState"] == report["State"]
    return report


def test_a_report_counts_what_was_included(service: Service) -> None:
    whole, part = restored(service), restored(service, "/etc/")

    assert (part["State"], part["NumErrors"], part["ErrorList"]) == ("Completed", "0", [])
    assert (whole["NumFilesRestored"], whole["NumBytesRestored"]) == ("2310", "1.3 GB")
    assert (part["NumFilesRestored"], part["NumBytesRestored"]) == ("770", "446.7 MB")
    assert part["Duration"] < whole["Duration"]


def test_a_path_that_is_not_in_the_backup_is_an_error(service: Service) -> None:
    report = restored(service, "/does/not/exist/", "/etc/hosts")

    assert report["State"] == "CompletedWithErrors"
    assert (report["NumFilesRestored"], report["NumErrors"]) == ("1", "1")
    (error,) = report["ErrorList"]
    assert error["Path"] == "/does/not/exist/"
    assert "does not hold" in error["ErrorDesc"]


def test_a_restore_of_nothing_that_there_is_fails(service: Service) -> None:
    report = restored(service, "/does/not/exist/", "/nor/this")

    assert (report["State"], report["NumFilesRestored"]) == ("Failed", "0")
    assert report["NumBytesRestored"] == "0 bytes"
    assert [error["Path"] for error in report["ErrorList"]] == ["/does/not/exist/", "/nor/this"]


def test_an_outcome_that_was_asked_for_goes_before(service: Service) -> None:
    service.emulator.faults.add({"operation": "requestRestoreAction", "outcome": "Completed"})

    assert restored(service, "/does/not/exist/")["State"] == "Completed"
    assert restored(service, "/does/not/exist/")["State"] == "Failed"


def test_a_backup_holds_what_was_included_when_it_was_made(service: Service) -> None:
    configuration = service.get("/backup-configuration/172418")
    started = service.ask("POST", "/backup/action-requested", Action="StartManual", Id=172418)
    service.advance(600)
    srv = [{"FilePath": "/srv", "FileItemType": "Folder"}]
    body = {**configuration, "StartTimeAmPm": None, "Inclusions": srv}
    service.ask("PUT", "/backup-configuration/172418", **body)

    assert restored(service, "/srv/", BackupId=started)["State"] == "Failed"
    assert restored(service, "/etc/", BackupId=started)["State"] == "Completed"
    again = service.ask("POST", "/backup/action-requested", Action="StartManual", Id=172418)
    service.advance(600)
    assert restored(service, "/srv/", BackupId=again)["State"] == "Completed"
