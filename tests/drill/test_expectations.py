"""What is expected after a restore, held against what is there."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cloud_backup.commandline.options.types import read_duration
from cloud_backup.drill import Expectation
from cloud_backup.drill.expectations import Observed
from cloud_backup.drill.manifest import Entry, scan
from cloud_backup.drill.scratch_path import names_of, scratch_path, split

BACKUP = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def landed(tmp_path: Path) -> Path:
    """What a restore of /srv/web and C:\\data brought back, changed an hour before the backup."""
    (tmp_path / "srv/web/sub").mkdir(parents=True)
    (tmp_path / "srv/web/empty").mkdir()
    (tmp_path / "srv/web/index.html").write_bytes(b"x" * 100)
    (tmp_path / "srv/web/sub/dump.sql").write_bytes(b"y" * 1000)
    (tmp_path / "srv/website").mkdir()
    (tmp_path / "srv/website/other").touch()
    (tmp_path / "C/data").mkdir(parents=True)
    (tmp_path / "C/data/a.sql").write_bytes(b"z" * 10)
    for file in tmp_path.rglob("*"):
        os.utime(file, (1, BACKUP.timestamp() - 3600))
    return tmp_path


def told(landed: Path, **expected: Any) -> dict[str, tuple[bool, str]]:
    observed = Observed(Expectation(**expected))
    for entry in scan(landed):
        observed.note(entry)
    return {each.text: (each.met, each.found) for each in observed.results(BACKUP)}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/srv/web", "2 files, 1.1 KB"),
        ("/srv/web/", "2 files, 1.1 KB"),
        ("/srv/web/index.html", "1 file, 100 bytes"),
        ("/srv/web/empty", "0 files, 0 bytes"),
        ("*.sql", "2 files, 1010 bytes"),
        ("/srv/*/sub", "1 file, 1000 bytes"),
        ("C:\\data", "1 file, 10 bytes"),
        ("c:\\data\\*.sql", "1 file, 10 bytes"),
        ("/", "4 files, 1.1 KB"),
    ],
)
def test_what_is_there_is_found(landed: Path, path: str, found: str) -> None:
    assert told(landed, path=path) == {f"{path}: exists": (True, found)}


@pytest.mark.parametrize("path", ["/srv/web/index", "/web", "/srv/WEB", "*.SQL", "C:\\dat"])
def test_what_is_not_there_is_missed(landed: Path, path: str) -> None:
    assert told(landed, path=path) == {f"{path}: exists": (False, "nothing")}


def test_nothing_at_all_is_missed(tmp_path: Path) -> None:
    assert told(tmp_path, path="/") == {"/: exists": (False, "nothing")}


@pytest.mark.parametrize(
    ("expected", "met", "found"),
    [
        ({"files": 2}, True, "2 files"),
        ({"files": 3}, False, "2 files"),
        ({"size": 1100}, True, "1100 bytes"),
        ({"size": 1101}, False, "1100 bytes"),
        ({"newest": timedelta(hours=1)}, True, "1 h before it"),
        ({"newest": timedelta(minutes=59)}, False, "1 h before it"),
        ({"not_empty": True}, True, "2 files"),
        ({"readable": True}, True, "2 files"),
    ],
)
def test_amounts_and_ages_are_held_to_their_limits(
    landed: Path, expected: dict[str, Any], found: str, *, met: bool
) -> None:
    results = told(landed, path="/srv/web", **expected)

    assert list(results.values())[1:] == [(met, found)]


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ({"path": "/srv/website", "not_empty": True}, "empty: srv/website/other"),
        ({"path": "/srv/web/empty", "not_empty": True}, "0 files"),
        ({"path": "/srv/web/empty", "newest": timedelta(days=9999)}, "no files"),
        ({"path": "/nowhere", "readable": True}, "0 files"),
    ],
)
def test_what_is_empty_proves_nothing(landed: Path, expected: dict[str, Any], found: str) -> None:
    assert list(told(landed, **expected).values())[-1] == (False, found)


def test_a_restore_that_keeps_no_times_proves_no_age(landed: Path) -> None:
    os.utime(landed / "srv/web/index.html", (1, BACKUP.timestamp() + 7200))

    results = told(landed, path="/srv/web", newest=timedelta(hours=2))

    assert list(results.values())[-1] == (
        False,
        "2026-03-02 14:00 UTC, after it: the restore didn't keep the time",
    )


def test_links_and_devices_prove_nothing() -> None:
    observed = Observed(Expectation(path="/srv", not_empty=True, readable=True))
    observed.note(Entry(path="srv", kind="folder"))
    observed.note(Entry(path="srv/link", kind="link"))

    _, *results = observed.results(BACKUP)
    assert [each.met for each in results] == [False, False]
    assert results[0].found == "1 file, 1 of them links"

    observed.note(Entry(path="srv/file", kind="file", size=1))
    assert all(each.met for each in observed.results(BACKUP))

    observed.note(Entry(path="srv/pipe", kind="other"))
    *_, last = observed.results(BACKUP)
    assert (last.met, last.found) == (False, "not readable: srv/pipe")


def test_what_can_not_be_read_is_named() -> None:
    observed = Observed(Expectation(path="/srv", readable=True))
    for name in ("a", "b", "c"):
        problem = None if name == "b" else "Permission denied"
        observed.note(Entry(path="srv", kind="folder"))
        observed.note(Entry(path=f"srv/{name}", kind="file", problem=problem))

    *_, last = observed.results(BACKUP)

    assert (last.met, last.found) == (False, "not readable: srv/a and 1 more")


def test_a_dict_is_read_as_it_is_meant() -> None:
    document = {"path": "/srv", "files": 1, "size": "1.5 KB", "newest": "26h", "readable": True}

    made = Expectation.from_dict(document, duration=read_duration)

    assert made == Expectation(
        path="/srv", files=1, size=1536, newest=timedelta(hours=26), readable=True
    )
    assert made.to_json()["newest"] == 93_600


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"path": ""}, "path must not be empty"),
        ({"path": "/", "size": -1}, "size must be 0 or more, not -1"),
        ({"path": "/", "newest": timedelta(0)}, "newest must be above 0"),
    ],
)
def test_values_out_of_their_range_are_refused(values: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        Expectation(**values)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/srv/web", ("srv", "web")),
        ("/", ()),
        ("/srv/a\\b", ("srv", "a\\b")),
        ("C:\\Users\\me", ("C", "Users", "me")),
        ("d:\\", ("D",)),
        ("C:/Users", ("C", "Users")),
        ("\\\\host\\share\\x", ("host", "share", "x")),
    ],
)
def test_where_a_path_lands(path: str, names: tuple[str, ...]) -> None:
    assert names_of(path) == names


@pytest.mark.parametrize("root", ["/scratch", "/", "C:\\drill", "C:\\", "\\\\host\\share"])
def test_where_a_restore_went_is_told_apart(root: str) -> None:
    made, drill_id, configuration = split(scratch_path(root, None, "20260302-x", 21))

    assert (drill_id, configuration) == ("20260302-x", "21")
    assert made.rstrip("/\\") == root.rstrip("/\\")
