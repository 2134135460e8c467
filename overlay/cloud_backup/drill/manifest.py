"""What is in a folder, with a hash of each file; `cloud_backup.drill.comparison` compares.

    from cloud_backup.drill.comparison import compare
    from cloud_backup.drill.manifest import read_manifest, scan, write_manifest

    with open("web.manifest", "w") as file:  # before the backup, where it is made
        write_manifest("/srv/web", file, exclude=["*.log"])
    with open("web.manifest") as file:  # after the restore, where it landed
        manifest = read_manifest(file)
        found = compare(manifest.entries, scan("/restored/web", like=manifest))
    print(found.is_same, found.missing.paths, f"{found.same.files} of {found.expected.files} files")

A manifest is a file of JSON lines: a header, then an entry for each file, folder and link, in an
order that depends on nothing but their names, and a last line that says how many there are, so
that one that was cut off isn't taken for a whole one. Nothing here follows a link, or holds more in
memory than the names in the folders that are open.

The header says which folder it is of, so that a drill finds what was restored from it.
"""

import hashlib
import json
import os
import stat
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from fnmatch import fnmatchcase
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Final, Literal, TextIO, get_args

from attrs import evolve, fields_dict, frozen

from cloud_backup.drill.errors import DrillError

__all__ = [
    "Entry",
    "Manifest",
    "ManifestDamaged",
    "is_left_out",
    "read_manifest",
    "scan",
    "write_manifest",
]

Algorithm = Literal["sha256", "blake2b"]

_VERSION: Final = 1
_MOST_AT_ONCE: Final = 64
_SMALL: Final = 1 << 20
"""How many bytes are read at one go."""

_MOST: Final = 1 << 63
"""The sizes, permissions and seconds of real files are below it."""


class ManifestDamaged(DrillError):  # noqa: N818 - named for what happened
    """A manifest can't be read; the message says which line and why."""


@frozen(kw_only=True)
class Entry:
    """A file, a folder, or a link, of a manifest.

    Attributes:
        path: Its path below the manifest's folder, with `/` between names.
        kind: "file", "folder" or "link"; "other" for what can't be backed up, as sockets.
        size: The number of bytes; 0 if it is no file.
        modified: When it was last changed, in nanoseconds since 1970.
        mode: Its permissions, as in 0o644; None of a link, and on Windows.
        hash: The hash of a file, in hex; where a link leads to; None of anything else, or if it
            can't be read.
        problem: Why it can't be read; None if it can.
    """

    path: str
    kind: str
    size: int = 0
    modified: int = 0
    mode: int | None = None
    hash: str | None = None
    problem: str | None = None

    @property
    def order(self) -> list[bytes]:
        """What entries are in the order of: the names on the way to it."""
        return [os.fsencode(name) for name in self.path.split("/")]


_FIELDS: Final = tuple(fields_dict(Entry))
_KINDS: Final = ("file", "folder", "link", "other")


@frozen(kw_only=True)
class Manifest:
    """A manifest that is being read.

    Attributes:
        algorithm: What it hashes with.
        exclude: The patterns of what is left out.
        folder: The folder that it is of, from its root; None if it doesn't say.
        entries: Its entries, in order, read as they are asked for.
    """

    algorithm: Algorithm
    exclude: tuple[str, ...]
    folder: str | None
    entries: Iterator[Entry]


def scan(
    folder: str | Path,
    *,
    exclude: Sequence[str] = (),
    algorithm: Algorithm = "sha256",
    like: Manifest | None = None,
    workers: int | None = None,
    check: Callable[[], object] | None = None,
) -> Iterator[Entry]:
    """Read a folder, and hash its files, several at once.

    Args:
        folder: The folder.
        exclude: Patterns of what to leave out, with all that is in it: `*.log` goes by the name,
            `var/cache` and `*/cache/*`, which have a `/`, by the path below the folder.
        algorithm: What to hash with.
        like: A manifest whose patterns and algorithm to use in their place.
        workers: How many files to hash at once, 1 or more; None for one a processor.
        check: Called again and again, in several threads; what it raises ends the scan.

    Returns:
        The entries, in order.

    Raises:
        ValueError: The folder isn't one.
    """
    root = Path(folder)
    if not root.is_dir():
        raise ValueError(f"folder must be one that exists, not {str(root)!r}")
    if like is not None:
        exclude, algorithm = like.exclude, like.algorithm
    hashes = partial(_with_hashes, algorithm=algorithm, check=check or (lambda: None))
    return _hashed(_walk(os.fspath(root), "", exclude), hashes, workers or os.cpu_count() or 1)


def _hashed(
    walked: Iterable[tuple[str, Entry]],
    hashes: Callable[[list[tuple[str, Entry]]], list[Entry]],
    workers: int,
) -> Iterator[Entry]:
    pending: deque[Future[list[Entry]]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for batch in _batches(walked):
            pending.append(pool.submit(hashes, batch))
            if len(pending) > 2 * workers:
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()


def _batches(walked: Iterable[tuple[str, Entry]]) -> Iterator[list[tuple[str, Entry]]]:
    """Put together what is hashed at one go: handing over costs as much as a small file."""
    batch: list[tuple[str, Entry]] = []
    size = 0
    for pair in walked:
        batch.append(pair)
        size += pair[1].size
        if len(batch) >= _MOST_AT_ONCE or size >= _SMALL:
            yield batch
            batch, size = [], 0
    yield batch


def is_left_out(path: str, exclude: Iterable[str]) -> bool:
    """Whether a path below the folder is left out by a pattern, though perhaps not what it's in."""
    name = path.rpartition("/")[2]
    return any(fnmatchcase(path if "/" in pattern else name, pattern) for pattern in exclude)


def _walk(folder: str, below: str, exclude: Sequence[str]) -> Iterator[tuple[str, Entry]]:
    with os.scandir(folder) as scanned:
        found = sorted(scanned, key=lambda item: os.fsencode(item.name))
    for item in found:
        path = f"{below}{item.name}"
        if is_left_out(path, exclude):
            continue
        try:
            entry = _entry(item, path)
            inner = _walk(item.path, f"{path}/", exclude) if entry.kind == "folder" else iter(())
            first = next(inner, None)
        except OSError as error:
            yield item.path, Entry(path=path, kind="other", problem=error.strerror or str(error))
            continue
        yield item.path, entry
        yield from inner if first is None else chain([first], inner)


def _entry(item: "os.DirEntry[str]", path: str) -> Entry:
    told = item.stat(follow_symlinks=False)
    if stat.S_ISLNK(told.st_mode):
        target = os.fspath(Path(item.path).readlink())
        return Entry(path=path, kind="link", modified=told.st_mtime_ns, hash=target)
    # Windows has no such permissions, and makes some up.
    mode = None if sys.platform == "win32" else stat.S_IMODE(told.st_mode)
    if stat.S_ISDIR(told.st_mode):
        return Entry(path=path, kind="folder", modified=told.st_mtime_ns, mode=mode)
    kind = "file" if stat.S_ISREG(told.st_mode) else "other"
    size = told.st_size if kind == "file" else 0
    return Entry(path=path, kind=kind, size=size, modified=told.st_mtime_ns, mode=mode)


def _with_hashes(
    batch: Iterable[tuple[str, Entry]], algorithm: str, check: Callable[[], object]
) -> list[Entry]:
    return [
        _with_hash(name, entry, algorithm, check)
        if entry.kind == "file" and entry.problem is None
        else entry
        for name, entry in batch
    ]


def _with_hash(name: str, entry: Entry, algorithm: str, check: Callable[[], object]) -> Entry:
    check()
    try:
        with open(name, "rb", buffering=0) as file:  # noqa: PTH123 - a Path takes its time
            # What is hashed counts: it may have changed since it was listed.
            first = file.read(_SMALL) if entry.size < _SMALL else b""
            if len(first) == entry.size and not file.read(1):
                return evolve(entry, hash=hashlib.new(algorithm, first).hexdigest())
            file.seek(0)
            digest = hashlib.new(algorithm)
            while piece := file.read(_SMALL):
                digest.update(piece)
                check()
            return evolve(entry, size=file.tell(), hash=digest.hexdigest())
    except OSError as error:
        return evolve(entry, problem=error.strerror or str(error))


def write_manifest(
    folder: str | Path,
    file: TextIO,
    *,
    exclude: Sequence[str] = (),
    algorithm: Algorithm = "sha256",
    workers: int | None = None,
    name: str | None = None,
    on_entry: Callable[[Entry], object] | None = None,
) -> None:
    """Write a folder's manifest.

    Args:
        folder: As for `scan`, and so are `exclude`, `algorithm` and `workers`.
        file: Where to write it.
        exclude: Patterns of what to leave out.
        algorithm: What to hash with.
        workers: How many files to hash at once.
        name: What the folder is called in the backup, from its root, if this is a copy of it, such
            as a snapshot.
        on_entry: Called with each entry, once it is written.

    Raises:
        ValueError: As for `scan`.
        OSError: It can't be written.
    """
    entries = scan(folder, exclude=exclude, algorithm=algorithm, workers=workers)
    header = {
        "manifest": _VERSION,
        "algorithm": algorithm,
        "exclude": list(exclude),
        "folder": name or os.path.abspath(folder),  # noqa: PTH100 - Path keeps the dots in it
    }
    file.write(json.dumps(header) + "\n")
    count = 0
    for entry in entries:
        count += 1
        told = {name: value for name in _FIELDS if (value := getattr(entry, name)) is not None}
        file.write(json.dumps(told) + "\n")
        if on_entry is not None:
            on_entry(entry)
    file.write(json.dumps({"entries": count}) + "\n")


def read_manifest(lines: Iterable[str]) -> Manifest:
    """Begin to read a manifest.

    Args:
        lines: Its lines, such as an open file.

    Raises:
        ManifestDamaged: Its first line isn't a manifest's. Iterating over the entries raises it
            for any other line, and if the last one is missing.
    """
    rest = iter(lines)
    header = _parsed(next(rest, ""), 1)
    exclude, folder = header.get("exclude", []), header.get("folder")
    if (
        header.get("manifest") != _VERSION
        or header.get("algorithm") not in get_args(Algorithm)
        or not isinstance(exclude, list)
        or not all(isinstance(pattern, str) for pattern in exclude)
        or not isinstance(folder, str | None)
    ):
        raise ManifestDamaged("line 1 isn't the header of a manifest")
    return Manifest(
        algorithm=header["algorithm"],
        exclude=tuple(exclude),
        folder=folder,
        entries=_entries(rest),
    )


def _entries(lines: Iterator[str]) -> Iterator[Entry]:
    before: list[bytes] = []
    number = 1
    for number, line in enumerate(lines, 2):
        document = _parsed(line, number)
        if "entries" in document:
            if document["entries"] != number - 2:
                told = f"{document['entries']!r} entries, not {number - 2}"
                raise ManifestDamaged(f"line {number} says that there are {told}")
            if next(lines, None) is not None:
                raise ManifestDamaged(f"line {number + 1} comes after the end")
            return
        entry = _entry_of(document)
        if entry is None:
            raise ManifestDamaged(f"line {number} isn't an entry of a manifest")
        if entry.order <= before:
            raise ManifestDamaged(f"line {number} isn't in order: {entry.path!r}")
        before = entry.order
        yield entry
    raise ManifestDamaged(f"line {number + 1} is missing: it says how many entries there are")


def _entry_of(document: dict[str, Any]) -> Entry | None:
    """Make an entry of a line's; returns None unless its values are those that one may have."""
    try:
        entry = Entry(**document)
        os.fsencode(entry.path)
    except (TypeError, UnicodeError):
        return None
    is_sound = (
        isinstance(entry.path, str)
        and entry.kind in _KINDS
        and all(type(number) is int for number in (entry.size, entry.modified, entry.mode or 0))
        and 0 <= entry.size < _MOST
        and abs(entry.modified) < _MOST * 10**9
        and 0 <= (entry.mode or 0) < _MOST
        and all(text is None or isinstance(text, str) for text in (entry.hash, entry.problem))
    )
    return entry if is_sound else None


def _parsed(line: str, number: int) -> dict[str, Any]:
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise ManifestDamaged(f"line {number} can't be read")
    return document
