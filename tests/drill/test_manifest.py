"""What is in a folder, and how another differs from it."""

import hashlib
import io
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cloud_backup.drill.comparison import Comparison, compare
from cloud_backup.drill.manifest import (
    Entry,
    Manifest,
    ManifestDamaged,
    read_manifest,
    scan,
    write_manifest,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "web"
    (made / "a" / "deep").mkdir(parents=True)
    (made / "empty").mkdir()
    (made / "a.txt").write_bytes(b"one")
    (made / "a" / "b.txt").write_bytes(b"two")
    (made / "a" / "deep" / "c.log").write_bytes(b"three")
    (made / "nothing").touch()
    (made / "link").symlink_to("a.txt")
    return made


def written(folder: Path, *exclude: str) -> str:
    text = io.StringIO()
    write_manifest(folder, text, exclude=exclude)
    return text.getvalue()


def against(text: str, folder: Path) -> Comparison:
    manifest = read_manifest(io.StringIO(text))
    return compare(manifest.entries, scan(folder, like=manifest))


def test_everything_is_listed_in_one_order(folder: Path) -> None:
    entries = {entry.path: entry for entry in scan(folder)}

    assert list(entries) == [
        "a",
        "a/b.txt",
        "a/deep",
        "a/deep/c.log",
        "a.txt",
        "empty",
        "link",
        "nothing",
    ]
    assert entries["a.txt"].hash == hashlib.sha256(b"one").hexdigest()
    assert entries["a.txt"].size == 3
    assert entries["a.txt"].modified == (folder / "a.txt").stat().st_mtime_ns
    assert (entries["link"].kind, entries["link"].hash) == ("link", "a.txt")
    assert (entries["empty"].kind, entries["empty"].hash) == ("folder", None)
    assert written(folder) == written(folder)


def test_what_is_left_out_is_left_out_again(folder: Path) -> None:
    text = written(folder, "*.log", "a/b*")

    assert [json.loads(line).get("path") for line in text.splitlines()[1:-1]] == [
        "a",
        "a/deep",
        "a.txt",
        "empty",
        "link",
        "nothing",
    ]
    assert against(text, folder).is_same


def test_a_copy_is_the_same(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy", symlinks=True)

    found = against(written(folder), tmp_path / "copy")

    assert found.is_same
    assert (found.same.files, found.same.folders, found.same.size) == (5, 3, 11)
    assert (found.percent_of_files, found.percent_of_bytes) == (100, 100)


def flip(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"onE")


def empty(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"")


def follow(folder: Path) -> None:
    (folder / "link").unlink()
    (folder / "link").write_bytes(b"one")


def turn(folder: Path) -> None:
    (folder / "link").unlink()
    (folder / "link").symlink_to("nothing")


@pytest.mark.parametrize(
    ("damage", "path"), [(flip, "a.txt"), (empty, "a.txt"), (follow, "link"), (turn, "link")]
)
def test_what_is_otherwise_is_different(
    folder: Path, damage: Callable[[Path], None], path: str
) -> None:
    text = written(folder)
    damage(folder)

    found = against(text, folder)

    assert not found.is_same
    assert found.different.paths == (path,)
    assert found.percent_of_files == 80
    assert found.missing.is_empty
    assert found.unexpected.is_empty


def test_what_is_missing_and_what_is_besides(folder: Path) -> None:
    text = written(folder)
    shutil.rmtree(folder / "a")
    (folder / "empty").rename(folder / "Empty")

    found = against(text, folder)

    assert found.missing.paths == ("a", "a/b.txt", "a/deep", "a/deep/c.log", "empty")
    assert (found.missing.files, found.missing.folders, found.missing.size) == (2, 3, 8)
    assert found.unexpected.paths == ("Empty",)
    assert found.percent_of_bytes == pytest.approx(100 * 3 / 11)


def test_what_could_not_be_read_proves_nothing(folder: Path) -> None:
    lines = written(folder).splitlines()
    at = next(number for number, line in enumerate(lines) if '"a.txt"' in line)
    entry = json.loads(lines[at])
    del entry["hash"]
    lines[at] = json.dumps({**entry, "problem": "Permission denied"})

    found = against("\n".join(lines), folder)

    assert not found.is_same
    assert found.unproven.paths == ("a.txt",)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "line 1 can't be read"),
        ('{"manifest": 2, "algorithm": "sha256"}', "line 1 isn't the header"),
        ('{"manifest": 1, "algorithm": "md5"}', "line 1 isn't the header"),
        ('{"manifest": 1, "algorithm": "sha256"}\n[]', "line 2 can't be read"),
        ('{"manifest": 1, "algorithm": "sha256"}\n{"path": "a"}', "line 2 isn't an entry"),
        (
            (
                '{"manifest": 1, "algorithm": "sha256"}\n{"path": "b", "kind": "file"}\n'
                '{"path": "a", "kind": "file"}'
            ),
            "line 3 isn't in order",
        ),
        ('{"manifest": 1, "algorithm": "sha256", "exclude": "*.log"}', "line 1 isn't the header"),
        ('{"manifest": 1, "algorithm": []}', "line 1 isn't the header"),
        ("[" * 100_000, "line 1 can't be read"),
        *(
            (f'{{"manifest": 1, "algorithm": "sha256"}}\n{line}', "line 2 isn't an entry")
            for line in (
                '{"path": 1, "kind": "file"}',
                '{"path": "a", "kind": "door"}',
                '{"path": "a", "kind": "file", "size": "3"}',
                '{"path": "a", "kind": "file", "size": -3}',
                '{"path": "a", "kind": "file", "hash": 3}',
                '{"path": "a", "kind": "file", "owner": "me"}',
                r'{"path": "\ud800", "kind": "file"}',
            )
        ),
    ],
)
def test_what_is_no_manifest_is_refused(text: str, problem: str) -> None:
    with pytest.raises(ManifestDamaged, match=problem):
        list(read_manifest(io.StringIO(text)).entries)


@pytest.mark.parametrize(
    ("cut", "problem"),
    [
        (slice(-1), "line 10 is missing: it says how many entries there are"),
        (slice(1), "line 2 is missing"),
        (slice(4, None), "line 1 isn't the header"),
    ],
)
def test_a_manifest_that_is_cut_off_is_refused(folder: Path, cut: slice, problem: str) -> None:
    lines = written(folder).splitlines()[cut]

    with pytest.raises(ManifestDamaged, match=problem):
        list(read_manifest(lines).entries)


def test_a_manifest_that_lacks_a_line_is_refused(folder: Path) -> None:
    lines = written(folder).splitlines()
    del lines[4]

    with pytest.raises(ManifestDamaged, match="line 9 says that there are 8 entries, not 7"):
        list(read_manifest(lines).entries)


def test_a_manifest_that_goes_on_after_its_end_is_refused(folder: Path) -> None:
    lines = written(folder).splitlines()

    with pytest.raises(ManifestDamaged, match="line 11 comes after the end"):
        list(read_manifest([*lines, '{"path": "z", "kind": "file"}']).entries)


def test_each_entry_is_told_when_it_is_written(folder: Path) -> None:
    told: list[Entry] = []

    write_manifest(folder, io.StringIO(), on_entry=told.append)

    assert told == list(scan(folder))


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="folder must be one that exists"):
        scan(tmp_path / "nowhere")


def test_blake2b_is_told_to_whoever_verifies(folder: Path) -> None:
    text = io.StringIO()
    write_manifest(folder, text, algorithm="blake2b")
    manifest: Manifest = read_manifest(io.StringIO(text.getvalue()))

    assert manifest.algorithm == "blake2b"
    assert compare(manifest.entries, scan(folder, like=manifest)).is_same


NAMES = st.text(st.sampled_from("aAb.-\N{LATIN SMALL LETTER E WITH ACUTE}"), min_size=1, max_size=3)
PATHS = st.lists(NAMES.filter(lambda name: name not in (".", "..")), min_size=1, max_size=3).map(
    os.sep.join
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(PATHS, st.binary(max_size=4)), st.dictionaries(PATHS, st.binary(max_size=4)))
def test_it_tells_what_dictionaries_would(
    before: dict[str, bytes], after: dict[str, bytes]
) -> None:
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        was, now = (fill(Path(at), files) for at, files in ((one, before), (other, after)))

        found = against(written(Path(one)), Path(other))

    both = was.keys() & now.keys()
    assert set(found.missing.paths) == was.keys() - now.keys()
    assert set(found.unexpected.paths) == now.keys() - was.keys()
    assert set(found.different.paths) == {path for path in both if was[path] != now[path]}
    assert set(found.same.paths) == {path for path in both if was[path] == now[path]}


def fill(folder: Path, files: dict[str, bytes]) -> dict[str, bytes | None]:
    """Write files, as far as their paths go together, and return what is there."""
    for path, content in files.items():
        try:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        except OSError:
            continue
    return {
        found.relative_to(folder).as_posix(): None if found.is_dir() else found.read_bytes()
        for found in folder.rglob("*")
    }
