"""What must be there after a restore, for those who have no manifest of it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any, Final, Self

from attrs import frozen

from cloud_backup.drill.drill_clock import CLOCKS_DIFFER
from cloud_backup.drill.duration_text import duration_text
from cloud_backup.drill.json_values import JsonValue
from cloud_backup.drill.manifest import Entry
from cloud_backup.drill.scratch_path import names_of
from cloud_backup.wire.byte_size import ByteSize

__all__ = ["Expectation", "ExpectationResult", "Observed"]


@frozen(kw_only=True)
class Expectation:
    r"""Something that must be there after a restore.

    Attributes:
        path: Where, as the machine that is backed up writes it: a file or a folder with all that
            is in it (`/srv/web`, `C:\data`), or a pattern. `*.sql` goes by the name, a pattern with
            a `/` by the path. Something must be there in any case.
        files: How many files and links there must be at least.
        size: How many bytes they must have at least, all together.
        newest: How long before the backup the file that was changed last may have been changed at
            most.
        not_empty: Whether there must be files, and each must have at least one byte.
        readable: Whether all of it must be readable from its first byte to its last.

    Raises:
        ValueError: A value is out of its range.
    """

    path: str
    files: int | None = None
    size: int | None = None
    newest: timedelta | None = None
    not_empty: bool = False
    readable: bool = False

    def __attrs_post_init__(self) -> None:
        """Refuse what can't be."""
        if not self.path:
            raise ValueError("path must not be empty")
        for name, least in (("files", self.files), ("size", self.size)):
            if least is not None and least < 0:
                raise ValueError(f"{name} must be 0 or more, not {least}")
        if self.newest is not None and self.newest <= timedelta(0):
            raise ValueError(f"newest must be above 0, not {self.newest}")

    @classmethod
    def from_dict(cls, document: object, *, duration: Callable[[str], timedelta]) -> Self:
        """Make it from a dict of its attributes, as YAML or JSON have it.

        Args:
            document: The attributes. A size may be a text with its unit, such as "3.7 GB".
            duration: What reads a duration from a text; it raises a ValueError of what it can't.

        Raises:
            TypeError, ValueError: Something in it is wrong.
        """
        if not isinstance(document, dict):
            raise TypeError(f"expected names with values, got {document!r}")
        read: dict[str, Any] = {}
        for name, value in document.items():
            if name not in _KINDS:
                raise ValueError(f"unknown name {name!r}: expected one of {', '.join(_KINDS)}")
            if name == "size" and isinstance(value, str):
                read[name] = int(ByteSize.parse(value))
            elif name == "newest" and isinstance(value, str):
                read[name] = duration(value)
            # Not isinstance: a truth is a number to Python alone.
            elif type(value) is _KINDS[name]:
                read[name] = value
            else:
                raise TypeError(f"{name}: expected {_WANTED[_KINDS[name]]}, got {value!r}")
        if "path" not in read:
            raise ValueError("path is missing")
        return cls(**read)

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON has it, for a journal."""
        newest = None if self.newest is None else self.newest.total_seconds()
        return {**{name: getattr(self, name) for name in _KINDS}, "newest": newest}


_KINDS: Final[Mapping[str, type]] = {
    "path": str,
    "files": int,
    "size": int,
    "newest": timedelta,
    "not_empty": bool,
    "readable": bool,
}
_WANTED: Final[Mapping[type, str]] = {
    str: "text",
    int: "a whole number",
    timedelta: "a duration such as 26h",
    bool: "true or false",
}


@frozen(kw_only=True)
class ExpectationResult(JsonValue):
    """Whether something is there as it was expected.

    Attributes:
        text: What was expected, in a few words.
        met: Whether it is so.
        found: What was found, in a few words.
    """

    text: str
    met: bool
    found: str


class _Paths:
    """How many paths, and the first."""

    def __init__(self) -> None:
        self._count = 0
        self._first = ""

    def note(self, path: str) -> None:
        """Note one."""
        self._first = self._first or path
        self._count += 1

    def __bool__(self) -> bool:
        """Whether there is one."""
        return self._count > 0

    def __str__(self) -> str:
        more = f" and {self._count - 1} more" if self._count > 1 else ""
        return f"{self._first}{more}"


class Observed:
    """What there is of an expectation, by entries that are noted in order.

    Args:
        expectation: The expectation.
    """

    def __init__(self, expectation: Expectation) -> None:
        self._wanted = expectation
        path = expectation.path
        self._is_name = not any(mark in path for mark in "/\\")
        self._pattern = path if self._is_name else "/".join(names_of(path))
        self._within: str | None = None if self._pattern else ""
        self._is_there = False
        self._files = self._links = self._size = self._newest = 0
        self._empty = _Paths()
        self._unreadable = _Paths()

    def note(self, entry: Entry) -> None:
        """Note an entry of what was restored."""
        if self._within is None or not entry.path.startswith(self._within):
            self._within = None
            meant = entry.path.rpartition("/")[2] if self._is_name else entry.path
            if not fnmatchcase(meant, self._pattern):
                return
            if entry.kind == "folder":
                self._within = f"{entry.path}/"
        self._is_there = True
        if entry.problem is not None or entry.kind == "other":
            self._unreadable.note(entry.path)
        if entry.kind in ("file", "link"):
            self._files += 1
            self._links += entry.kind == "link"
            self._size += entry.size
        if entry.kind == "file":
            self._newest = max(self._newest, entry.modified)
            if entry.size == 0:
                self._empty.note(entry.path)

    def results(self, backup_time: datetime | None) -> Iterator[ExpectationResult]:
        """Return for each expectation whether it is met.

        Args:
            backup_time: When the backup completed; None if that isn't known.
        """
        for text, met, found in self._results(backup_time):
            yield ExpectationResult(text=f"{self._wanted.path}: {text}", met=met, found=found)

    def _results(self, backup_time: datetime | None) -> Iterator[tuple[str, bool, str]]:
        wanted, files, size = self._wanted, self._files, self._size
        told = f"{files} {'file' if files == 1 else 'files'}"
        # A link may lead nowhere.
        has_file = files > self._links
        if self._links:
            told += f", {self._links} of them links"
        yield "exists", self._is_there, f"{told}, {ByteSize(size)}" if self._is_there else "nothing"
        if wanted.files is not None:
            yield f"at least {wanted.files} files", files >= wanted.files, told
        if wanted.size is not None:
            yield f"at least {wanted.size} bytes", size >= wanted.size, f"{size} bytes"
        if wanted.newest is not None:
            text = f"changed at most {duration_text(wanted.newest)} before the backup"
            yield text, *self._age(wanted.newest, backup_time)
        if wanted.not_empty:
            found = f"empty: {self._empty}" if self._empty else told
            yield "not empty", has_file and not self._empty, found
        if wanted.readable:
            found = f"not readable: {self._unreadable}" if self._unreadable else told
            yield "readable", has_file and not self._unreadable, found

    def _age(self, most: timedelta, backup_time: datetime | None) -> tuple[bool, str]:
        if backup_time is None or not self._newest:
            return False, "no files" if backup_time else "a backup of unknown time"
        newest = datetime.fromtimestamp(self._newest / 1e9, UTC)
        age = backup_time - newest
        if age < -CLOCKS_DIFFER:
            return False, f"{newest:%Y-%m-%d %H:%M} UTC, after it: the restore didn't keep the time"
        return age <= most, f"{duration_text(age)} before it"
