"""The journal: what is in it, what is refused, and that no two drills have one at once."""

import json
import os
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud_backup import CloudBackup, CloudBackupError
from cloud_backup.drill import (
    DrillReport,
    JournalDamaged,
    JournalError,
    JournalInUse,
    JournalMismatch,
    drill,
)
from cloud_backup.drill.journal import VERSION, Journal

from .drill_world import PASSPHRASES, DrillWorld


def test_a_file_that_is_no_journal_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("mine")
    file.chmod(0o664)

    with pytest.raises(JournalDamaged):
        Journal(file)
    with pytest.raises((JournalDamaged, JournalError)):
        Journal(Path(os.devnull))

    assert file.read_text() == "mine"
    assert file.stat().st_mode & 0o777 == 0o664


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
LINES = st.lists(
    st.dictionaries(st.text().filter(lambda name: name != "kind"), JSON, max_size=3), max_size=4
)


def run(world: DrillWorld, journal: Path, **fields: Any) -> DrillReport:
    return drill(world.client(), journal=journal, now=world.now, **fields)


@given(lines=LINES, torn=st.binary(max_size=20).filter(lambda tail: b"\n" not in tail))
def test_what_is_written_is_read_and_a_torn_line_dropped(
    tmp_path_factory: pytest.TempPathFactory, lines: list[dict[str, Any]], torn: bytes
) -> None:
    path = tmp_path_factory.mktemp("journal") / "drill.jsonl"
    with Journal(path) as journal:
        journal.begin({"drill_id": "d"})
        for line in lines:
            journal.write("line", line)
        written = journal.records
    whole = path.read_bytes()
    path.write_bytes(whole + torn)

    with Journal(path) as journal:
        assert journal.records == written
        journal.write("line", {"after": 1})
    with Journal(path) as journal:
        assert journal.records == [*written, {"kind": "line", "after": 1}]


def test_every_beginning_of_a_journal_is_one(world: DrillWorld, tmp_path: Path) -> None:
    path = tmp_path / "drill.jsonl"
    run(world, path, check_only=True)
    whole = path.read_bytes()
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        with Journal(path) as journal:
            assert len(journal.records) == whole[:length].count(b"\n")


def test_it_is_its_owners_alone(world: DrillWorld, tmp_path: Path) -> None:
    path = tmp_path / "drill.jsonl"
    path.touch(mode=0o644)

    run(world, path, check_only=True)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_every_line_is_on_the_disk(
    world: DrillWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    fsync = os.fsync

    def counted(descriptor: int) -> None:
        synced.append(descriptor)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", counted)
    path = tmp_path / "drill.jsonl"

    run(world, path, check_only=True)

    assert len(synced) == 1 + path.read_bytes().count(b"\n")


@pytest.mark.parametrize(
    "content",
    [b"dear diary\n", b"dear diary", b'{"kind": "plan"}\n', b"\n", b"\0\0\0", b'{"kind": "drill"}'],
)
def test_another_file_is_refused_and_left_alone(
    world: DrillWorld, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "diary.txt"
    path.write_bytes(content)

    with pytest.raises(JournalDamaged):
        run(world, path)

    assert path.read_bytes() == content
    assert world.transport.seen == []


@pytest.mark.parametrize("line", ["{", "[]", '{"kind": "mood"}', '{"kind": "started"}'])
def test_a_line_that_is_broken_in_the_middle_is_refused(
    world: DrillWorld, tmp_path: Path, line: str
) -> None:
    path = tmp_path / "drill.jsonl"
    run(world, path, check_only=True)
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines[:2], line, *lines[2:]]) + "\n")

    with pytest.raises(JournalDamaged) as raised:
        run(world, path, check_only=True)
    assert raised.value.path == path


def test_other_options_are_refused(world: DrillWorld, tmp_path: Path) -> None:
    path = tmp_path / "drill.jsonl"
    run(world, path, check_only=True, max_age=timedelta(hours=26))

    with pytest.raises(JournalMismatch) as raised:
        run(world, path, check_only=True, max_age=timedelta(hours=27), configurations=[21])

    assert raised.value.differences == {
        "max_age": (93_600.0, 97_200.0),
        "configurations": ([], [21]),
    }
    assert "max_age is 93600.0 in the journal, 97200.0 now" in str(raised.value)


def test_options_that_matter_to_no_verdict_may_differ(world: DrillWorld, tmp_path: Path) -> None:
    path = tmp_path / "drill.jsonl"
    report = run(world, path, check_only=True, configurations=[22, 21], concurrency=2)

    assert run(world, path, check_only=True, configurations=[21, 22], concurrency=9) == report


def test_another_account_is_refused(world: DrillWorld, tmp_path: Path) -> None:
    path = tmp_path / "drill.jsonl"
    run(world, path, check_only=True)
    other = CloudBackup(
        "other", "other-key", auth_url="https://emulator/v2.0", transport=world.transport
    )

    with pytest.raises(JournalMismatch, match="account is 'demo"):
        drill(other, check_only=True, journal=path, now=world.now)


def test_another_version_is_refused(world: DrillWorld, tmp_path: Path) -> None:
    path = tmp_path / "drill.jsonl"
    run(world, path, check_only=True)
    path.write_text(path.read_text().replace(f'"version": {VERSION}', '"version": 99'))

    with pytest.raises(JournalMismatch, match=f"version is 99 in the journal, {VERSION} now"):
        run(world, path, check_only=True)


def test_two_drills_have_no_journal_at_once(world: DrillWorld, tmp_path: Path) -> None:
    path = tmp_path / "drill.jsonl"

    def again(change: object) -> None:
        with pytest.raises(JournalInUse):
            run(world, path)

    assert run(world, path, configurations=[21], on_change=again).is_good


def test_two_processes_have_no_journal_at_once(tmp_path: Path) -> None:
    path = tmp_path / "drill.jsonl"
    holding = (
        "import sys, pathlib; from cloud_backup.drill.journal import VERSION, Journal\n"
        "journal = Journal(pathlib.Path(sys.argv[1])); print('held', flush=True)\n"
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holding, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(JournalInUse):
            Journal(path)
        other.kill()
        other.wait()

    # The lock has ended with the process.
    Journal(path).close()


def test_a_journal_that_cannot_be_made_is_an_error(world: DrillWorld, tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="No such file") as raised:
        run(world, tmp_path / "nowhere" / "drill.jsonl")
    assert isinstance(raised.value, CloudBackupError)
    with pytest.raises(JournalError):
        run(world, tmp_path)


def test_a_full_disk_ends_the_drill(
    world: DrillWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "drill.jsonl"
    write = os.write

    def full(descriptor: int, data: bytes) -> int:
        if b'"creating"' in data:
            raise OSError(28, "No space left on device")
        return write(descriptor, data)

    monkeypatch.setattr(os, "write", full)

    with pytest.raises(JournalError, match="No space left"):
        run(world, path)
    assert world.created() == {}


def test_a_line_that_did_not_fit_is_followed_by_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "drill.jsonl"
    write, fitting = os.write, [10]

    def full(descriptor: int, data: bytes) -> int:
        if not fitting:
            raise OSError(28, "No space left on device")
        return write(descriptor, data[: fitting.pop()])

    with Journal(path) as journal:
        journal.begin({})
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", full)
            with pytest.raises(JournalError, match="No space left"):
                journal.write("one", {})
        journal.write("two", {})
        written = journal.records

    with Journal(path) as journal:
        assert [record["kind"] for record in journal.records] == ["drill", "two"]
        assert journal.records == written


def test_no_passphrase_is_written_anywhere(world: DrillWorld, tmp_path: Path) -> None:
    path = tmp_path / "drill.jsonl"

    report = run(world, path, passphrases=PASSPHRASES)

    told = path.read_text() + repr(report) + json.dumps(report.to_json())
    assert "canary" not in told
    assert "demo-key" not in told
    assert {str(result.verdict) for result in report.results} == {"restored", "no_backup"}


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("drill", {"options": []}),
        ("drill", {"time": "yesterday"}),
        ("plan", {"configurations": 5}),
        ("result", {"result": {}}),
    ],
)
def test_lines_that_no_drill_writes_are_told(
    world: DrillWorld, tmp_path: Path, kind: str, change: dict[str, Any]
) -> None:
    journal = tmp_path / "drill.jsonl"
    drill(world.client(), now=world.now, passphrases=PASSPHRASES, journal=journal)
    lines = [json.loads(line) for line in journal.read_text().splitlines()]
    changed = [{**line, **change} if line["kind"] == kind else line for line in lines]
    journal.write_text("".join(json.dumps(line) + "\n" for line in changed))

    with pytest.raises(JournalError):
        drill(world.client(), now=world.now, passphrases=PASSPHRASES, journal=journal)
