"""Copies files from a machine's folder into the vault, and back."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Final

from cloud_backup_emulator.backed_up_files import file_path
from cloud_backup_emulator.machines.entries import FILE, FOLDER, PIECE, Entry, VaultError
from cloud_backup_emulator.machines.folder import (
    Found,
    Parts,
    Problem,
    Writer,
    open_root,
    pieces_of,
    walk,
)

if TYPE_CHECKING:
    from cloud_backup_emulator.machines.vault import Vault

__all__ = ["Moved", "Mover", "Stopped", "names_of"]

EXISTS_NOT: Final = "There is nothing at this path."
NOT_HELD: Final = "The backup does not hold this path."


_DEVICE: Final = re.compile(r"^\\\\[?.]\\")
"""The prefix of Windows paths that are taken literally."""


class Stopped(Exception):  # noqa: N818 - not an error
    """A transfer must stop."""


@dataclass
class Moved:
    """The result of a transfer.

    Attributes:
        files: The number of files and links found, including unreadable ones, or restored.
        size: Their size in bytes.
        sent_files: The number of new or changed files that a backup sent.
        sent_size: Their size in bytes.
        problems: Pairs of a path, as its agent writes it, and what went wrong.
        is_empty: Whether none of what was requested exists.
        snapshot: A backup's snapshot.
    """

    files: int = 0
    size: int = 0
    sent_files: int = 0
    sent_size: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)
    is_empty: bool = False
    snapshot: str | None = None


def names_of(path: str) -> Parts:
    r"""Return where an agent's path is in the machine's folder.

    `/var/www` is `var/www`, `C:\Users` is `C/Users`, `\\host\share` is `host/share`. A path can't
    lead above the root.
    """
    parsed = file_path(_DEVICE.sub("", path))
    names = parsed.parts[1:] if parsed.anchor else parsed.parts
    letter, colon, _ = parsed.drive.partition(":")
    drive = [letter.upper()] if colon else parsed.drive.split("\\")
    return tuple(name for name in (*drive, *names) if name not in ("", ".", ".."))


def _written(path: Parts, like: str) -> str:
    """Format a path in the style of another. Bytes that aren't UTF-8 are escaped."""
    if isinstance(file_path(like), PureWindowsPath):
        text = f"{path[0]}:\\" + "\\".join(path[1:]) if path else "\\"
    else:
        text = "/" + "/".join(path)
    return text.encode(errors="backslashreplace").decode()


class _Known:
    """The entries of a snapshot, looked up in the order of their paths."""

    def __init__(self, entries: Iterator[Entry]) -> None:
        self._entries = entries
        self._next = self._following()

    def _following(self) -> Entry | None:
        try:
            return next(self._entries, None)
        except VaultError:
            return None  # unknown files are sent again

    def find(self, path: Parts) -> Entry | None:
        while self._next is not None and self._next.path < path:
            self._next = self._following()
        return self._next if self._next is not None and self._next.path == path else None


class Mover:
    """Copies the files of one backup or restore.

    Args:
        vault: The vault.
        key: As in `Vault.add`.
        check: Called repeatedly; an exception that it raises ends the transfer.

    Attributes:
        moved: The result so far.
    """

    def __init__(
        self,
        vault: "Vault",
        key: bytes | None = None,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self._vault = vault
        self._key = key
        self._check = check
        self.moved = Moved()

    def back_up(
        self,
        machine: Path,
        included: Iterable[str],
        excluded: Iterable[str],
        before: str | None = None,
    ) -> None:
        """Back up files.

        A file that hasn't changed since the previous snapshot isn't read again.

        Args:
            machine: The machine's folder.
            included: The paths to back up; everything if empty.
            excluded: The paths to leave out.
            before: The previous snapshot, with the same key.
        """
        left_out = {names_of(path) for path in excluded}
        # In the order of names, like snapshots, so that both can be read side by side.
        starts = sorted((names_of(path), path) for path in included) or [((), "/")]
        known = _Known(self._vault.entries(before, self._key) if before else iter(()))
        snapshot = self._vault.new_snapshot(self._key)
        own = self._vault.folder.stat()
        done: set[Parts] = set()
        with open_root(machine) as root:
            for start, path in starts:
                if _is_within(start, done | left_out):
                    continue
                done.add(start)
                nothing = True
                for found in walk(root, start, left_out, (own.st_dev, own.st_ino)):
                    nothing = False
                    entry = self._kept(found, known, path)
                    if entry is not None:
                        snapshot.add(entry)
                if nothing and start:
                    self._complain(path, EXISTS_NOT)
        self.moved.is_empty = not snapshot.has_any and bool(self.moved.problems)
        self.moved.snapshot = snapshot.finish()

    def _kept(self, found: Found | Problem, known: _Known, start: str) -> Entry | None:
        """Store and count what was found below a path."""
        self._check()
        if isinstance(found, Found):
            try:
                return self._entry(found, known.find(found.path))
            except OSError as error:
                found = Problem.of(found.path, error)
        self.moved.files += 1
        self._complain(_written(found.path, start), found.reason)
        return None

    def _entry(self, found: Found, before: Entry | None) -> Entry:
        moved, status = self.moved, found.status
        stamp = (status.st_ctime_ns, status.st_ino)
        is_known = (
            before is not None
            and (before.kind, before.stamp) == (found.kind, stamp)
            and before.modified == status.st_mtime_ns
        )
        size, pieces = 0, []
        if before is not None and is_known and all(map(self._vault.__contains__, before.pieces)):
            size, pieces = before.size, [*before.pieces]
        elif found.kind == FILE:
            for piece in pieces_of(found, PIECE):
                self._check()
                pieces.append(self._vault.add(piece, self._key))
                size += len(piece)
        if found.kind != FOLDER:
            moved.files += 1
            moved.size += size
            if not is_known:
                moved.sent_files += 1
                moved.sent_size += size
        return Entry(
            path=found.path,
            kind=found.kind,
            mode=status.st_mode & 0o7777,
            modified=status.st_mtime_ns,
            size=size,
            target=found.target,
            pieces=tuple(pieces),
            stamp=stamp,
        )

    def bring_back(
        self,
        snapshot: str,
        writer: Writer,
        destination: str,
        included: Iterable[str],
        excluded: Iterable[str],
        *,
        resumes: bool = False,
    ) -> None:
        """Restore files.

        Args:
            snapshot: The snapshot.
            writer: Writes into the machine's folder.
            destination: The folder to restore into, under the whole original paths.
            included: The paths to restore; everything if empty.
            excluded: The paths to leave out.
            resumes: Whether this resumes an interrupted restore: files that are already as they
                were backed up count as restored.
        """
        place = names_of(destination)
        wanted = {names_of(path): path for path in included}
        left_out = {names_of(path) for path in excluded}
        seen: set[Parts] = set()
        for entry in self._vault.entries(snapshot, self._key):
            self._check()
            above = {entry.path[:depth] for depth in range(len(entry.path) + 1)}
            within = above & wanted.keys()
            seen |= within
            if (wanted and not within) or above & left_out:
                continue
            path = (*place, *entry.path)
            try:
                written = self._written_back(entry, path, writer)
                if written or (resumes and writer.has(path, entry)):
                    self.moved.files += entry.kind != FOLDER
                    self.moved.size += entry.size
            except (OSError, ValueError, VaultError) as error:
                self._complain(_written(path, destination), Problem.of(path, error).reason)
                if entry.kind == FOLDER:  # nor can its contents be written
                    left_out.add(entry.path)
        writer.close()
        for problem in writer.problems:
            self._complain(_written(problem.path, destination), problem.reason)
        for names, asked in wanted.items():
            if names not in seen:
                self._complain(asked, NOT_HELD)
        self.moved.is_empty = bool(wanted) and not seen

    def _written_back(self, entry: Entry, path: Parts, writer: Writer) -> bool:
        if entry.kind == FOLDER:
            writer.folder(path, entry)
            return True
        if entry.kind == FILE:
            return writer.file(path, entry, self._pieces(entry))
        return writer.link(path, entry)

    def _pieces(self, entry: Entry) -> Iterator[bytes]:
        for name in entry.pieces:
            self._check()
            yield self._vault.read(name, self._key)

    def _complain(self, path: str, reason: str) -> None:
        self.moved.problems.append((path, reason))


def _is_within(path: Parts, folders: Collection[Parts]) -> bool:
    return any(path[:depth] in folders for depth in range(len(path) + 1))
