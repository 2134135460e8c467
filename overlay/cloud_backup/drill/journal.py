"""The journal of a drill: what it needs to know to go on where it was stopped.

It is a file of JSON lines that only grows. A line is on the disk before what it announces is done,
and a line that was being written when the machine stopped is dropped. No passphrase is in it.

    {"kind": "drill", ...}      the drill's id, account, options and the version of all this
    {"kind": "plan", ...}       what it tests
    {"kind": "creating", ...}   it is about to create a restore, of this backup
    {"kind": "created", ...}    the restore's id
    {"kind": "starting", ...}   it is about to start the restore
    {"kind": "started", ...}    the service has said yes
    {"kind": "stopping", ...}   it is about to stop the restore, and why
    {"kind": "watched", ...}    it has been running for so long, written once a minute
    {"kind": "restored", ...}   what is known of the restore, which is about to be verified
    {"kind": "result", ...}     the verdict; the last one counts
    {"kind": "end", ...}        the drill is done

A file may have several drills, one after another. The last one can be continued; of those before,
a rotation needs to know what they tested.
"""

import json
import os
import stat
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from cloud_backup.drill.errors import JournalDamaged, JournalError, JournalInUse
from cloud_backup.drill.file_lock import lock

__all__ = ["VERSION", "Journal", "Record"]

VERSION: Final = 3
"""The version of what is written."""

Record = dict[str, Any]
"""One line."""

_FIRST: Final = b'{"kind": "drill", '
"""How every journal begins."""


class Journal:
    """The journal of a drill, open and locked. Use it in a `with` block or close it.

    Args:
        path: The file, which is made if need be and which only its owner may read; None for a
            journal in memory, from which nothing can be continued.
        over: Called with the lines of each drill that is over, since another follows.

    Attributes:
        path: The file.
        records: The lines of the last drill in it, its first line first.

    Raises:
        JournalInUse: Another process has it open, or another drill of this one.
        JournalDamaged: It is no drill's journal, or is broken elsewhere than at its end.
        JournalError: It can't be opened, read or written.
    """

    def __init__(
        self,
        path: Path | None = None,
        over: Callable[[Sequence[Record]], object] | None = None,
    ) -> None:
        self.path = path
        self._over = over
        self.records: list[Record] = []
        self._descriptor: int | None = None
        if path is None:
            return
        try:
            self._descriptor = _open(path)
            _lock(path, self._descriptor)
            self._read(path, self._descriptor)
        except OSError as error:
            self.close()
            raise JournalError(path, f"it can't be used: {error.strerror or error}") from None
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close it, and let others have it."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            os.close(descriptor)

    def begin(self, record: Mapping[str, Any]) -> None:
        """Write the first line of a drill; the one before is over."""
        if self._over is not None:
            self._over(self.records)
        self.records = []
        self.write("drill", {"version": VERSION, **record})

    def write(self, kind: str, record: Mapping[str, Any]) -> None:
        """Write a line. When this returns, it is on the disk.

        Args:
            kind: What it tells.
            record: The rest of it.

        Raises:
            JournalError: It can't be written.
        """
        line: Record = {"kind": kind, **record}
        if self._descriptor is not None:
            try:
                _write(self._descriptor, json.dumps(line).encode() + b"\n")
            except OSError as error:
                path = self.path or Path()
                raise JournalError(path, f"it can't be written: {error.strerror}") from None
        self.records.append(line)

    def _read(self, path: Path, descriptor: int) -> None:
        content = b"".join(iter(lambda: os.read(descriptor, 1 << 20), b""))
        if not content.startswith(_FIRST[: len(content)]):
            raise JournalDamaged(path, "it is no journal of a drill")
        lines = content.split(b"\n")
        kept = len(content) - len(lines.pop())
        for number, line in enumerate(lines, 1):
            try:
                record = json.loads(line)
                kind = record["kind"]
            except (ValueError, TypeError, KeyError):
                if number < len(lines):
                    raise JournalDamaged(path, f"line {number} can't be read") from None
                kept -= len(line) + 1
                break
            if kind == "drill":
                self._end(path)
                self.records = []
            self.records.append(record)
        if kept < len(content):
            os.ftruncate(descriptor, kept)
            os.fsync(descriptor)

    def _end(self, path: Path) -> None:
        try:
            # One of another version can't be read, and is of no drill that matters.
            if self._over and self.records and self.records[0].get("version") == VERSION:
                self._over(self.records)
        except (AttributeError, LookupError, TypeError, ValueError):
            raise JournalDamaged(path, "it has lines that no drill writes") from None


def _open(path: Path) -> int:
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
    descriptor = os.open(
        path, flags | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0), 0o600
    )
    try:
        _check_own(path, descriptor)
    except BaseException:
        os.close(descriptor)
        raise
    if sys.platform != "win32":
        os.fchmod(descriptor, 0o600)
        # The file's name is to survive as well.
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    return descriptor


def _check_own(path: Path, descriptor: int) -> None:
    """Make sure, before anything is changed, that a file is one, and a journal or empty."""
    is_file = stat.S_ISREG(os.fstat(descriptor).st_mode)
    head = os.read(descriptor, len(_FIRST)) if is_file else b""
    if not is_file or not _FIRST.startswith(head):
        raise JournalDamaged(path, "it is no journal of a drill")
    os.lseek(descriptor, 0, os.SEEK_SET)


def _lock(path: Path, descriptor: int) -> None:
    if not lock(descriptor):
        raise JournalInUse(path)


def _write(descriptor: int, data: bytes) -> None:
    size = os.fstat(descriptor).st_size
    try:
        while data:
            data = data[os.write(descriptor, data) :]
        os.fsync(descriptor)
    except OSError:
        # A part of a line must not be followed by another line.
        with suppress(OSError):
            os.ftruncate(descriptor, size)
        raise
