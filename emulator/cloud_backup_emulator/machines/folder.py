"""Reads and writes files below a machine's folder, and never outside.

Each folder is opened relative to its parent, by a single name, and links are never followed. So
links can't lead outside, even if one replaces a folder meanwhile.
"""

import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from cloud_backup_emulator.errors import EmulatorError
from cloud_backup_emulator.machines.entries import FILE, FOLDER, LINK, Entry

__all__ = ["Found", "Problem", "Writer", "check_machine", "open_root", "pieces_of", "walk"]

Parts = tuple[str, ...]
"""The names of a path, from the machine's root down."""

PERMISSIONS: Final = 0o777
"""The bits of a mode that are restored. Setuid isn't: another user may be restoring."""

# Windows has neither, and no machines.
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_OPEN_FOLDER: Final = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _NO_LINK
_OPEN_FILE: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _NO_LINK
_CREATE_FILE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK

_KINDS: Final = {
    stat.S_IFIFO: "a FIFO",
    stat.S_IFSOCK: "a socket",
    stat.S_IFBLK: "a device",
    stat.S_IFCHR: "a device",
}


def check_machine(folder: Path) -> None:
    """Check that a folder can be a machine.

    Raises:
        EmulatorError: It isn't a folder, or this system can't confine itself to a folder.
    """
    if os.open not in os.supports_dir_fd:
        raise EmulatorError(
            f"machine {folder}: this system can't open files relative to a folder; use Linux or "
            "macOS for machines"
        )
    if not folder.is_dir():
        raise EmulatorError(f"machine {folder}: not a folder; create it or use another")


@contextmanager
def open_root(folder: Path) -> Iterator[int]:
    """Open a machine's folder for the duration of a block."""
    root = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield root
    finally:
        os.close(root)


@dataclass(frozen=True)
class Found:
    """A file, folder or link that exists.

    Attributes:
        path: Its path.
        kind: FOLDER, FILE or LINK.
        status: Its `os.stat` result.
        above: Its open parent folder; only valid until the walk continues.
        target: A link's target.
    """

    path: Parts
    kind: str
    status: os.stat_result
    above: int
    target: str = ""


@dataclass(frozen=True)
class Problem:
    """A path that couldn't be read or written.

    Attributes:
        path: The path.
        reason: Why not.
    """

    path: Parts
    reason: str

    @classmethod
    def of(cls, path: Parts, error: Exception) -> "Problem":
        """Return the problem of an error."""
        reason = error.strerror if isinstance(error, OSError) else None
        return cls(path, reason or str(error))


def walk(
    root: int, start: Parts, excluded: Collection[Parts], apart: tuple[int, int] | None = None
) -> Iterator[Found | Problem]:
    """Yield what exists at a path and below it: a folder before its contents, names in order.

    Args:
        root: The machine's open folder.
        start: The path. Yields nothing if it doesn't exist.
        excluded: Paths to leave out.
        apart: Another folder to leave out, by its device and inode.
    """
    with _Levels() as levels:
        try:
            levels.enter(_opened(root, start[:-1]), start[:-1], start[-1:] or None)
        except FileNotFoundError:
            return
        except NotADirectoryError as error:
            yield Problem(start, f"can only be reached through a link: {error.strerror}")
            return
        except (OSError, ValueError) as error:
            yield Problem.of(start, error)
            return
        for above, path in levels:
            found = None if path in excluded else _look(above, path)
            if isinstance(found, Found) and found.kind == FOLDER:
                if (found.status.st_dev, found.status.st_ino) == apart:
                    continue
                try:
                    levels.enter(os.open(path[-1], _OPEN_FOLDER, dir_fd=above), path)
                except OSError as error:
                    found = Problem.of(path, error)
            if found is not None:
                yield found


class _Levels:
    """The open folders of a walk, each with its remaining names."""

    def __init__(self) -> None:
        self._levels: list[tuple[int, Parts, Iterator[str]]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for folder, _path, _names in self._levels:
            os.close(folder)

    def enter(self, folder: int, path: Parts, names: Iterable[str] | None = None) -> None:
        """Enter an open folder, and take over closing it."""
        try:
            names = _names_in(folder) if names is None else names
        except BaseException:
            os.close(folder)
            raise
        self._levels.append((folder, path, iter(names)))

    def __iter__(self) -> Iterator[tuple[int, Parts]]:
        while self._levels:
            folder, path, names = self._levels[-1]
            name = next(names, None)
            if name is None:
                self._levels.pop()
                os.close(folder)
            else:
                yield folder, (*path, name)


def _names_in(folder: int) -> list[str]:
    with os.scandir(folder) as entries:
        return sorted(entry.name for entry in entries)


def _look(above: int, path: Parts) -> Found | Problem | None:
    try:
        status = os.stat(path[-1], dir_fd=above, follow_symlinks=False)
        if stat.S_ISLNK(status.st_mode):
            return Found(path, LINK, status, above, os.readlink(path[-1], dir_fd=above))
    except FileNotFoundError:
        return None  # it never existed, or is gone since the folder was listed
    except (OSError, ValueError) as error:
        return Problem.of(path, error)
    if stat.S_ISDIR(status.st_mode):
        return Found(path, FOLDER, status, above)
    if stat.S_ISREG(status.st_mode):
        return Found(path, FILE, status, above)
    kind = _KINDS.get(stat.S_IFMT(status.st_mode), "neither a file nor a folder nor a link")
    return Problem(path, f"is {kind}, which can't be backed up")


def _opened(root: int, path: Parts) -> int:
    """Open a folder below another one, which stays open."""
    folder = os.dup(root)
    for name in path:
        try:
            inner = os.open(name, _OPEN_FOLDER, dir_fd=folder)
        finally:
            os.close(folder)
        folder = inner
    return folder


def pieces_of(found: Found, size: int) -> Iterator[bytes]:
    """Yield a file's pieces.

    Raises:
        OSError: It can't be read, or is no longer a file.
    """
    # Opened without blocking, in case a FIFO replaced it.
    opened = os.open(found.path[-1], _OPEN_FILE, dir_fd=found.above)
    with os.fdopen(opened, "rb", buffering=0) as file:
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            raise OSError("is no longer a file")
        while piece := _read(file.read, size):
            yield piece


def _read(read: Callable[[int], bytes], size: int) -> bytes:
    """Read this many bytes, or up to the end of the file."""
    pieces = []
    while size and (piece := read(size)):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


@dataclass
class _OpenFolder:
    name: str
    opened: int
    entry: Entry | None = None


class Writer:
    """Writes backed-up files below a machine's folder. Close it at the end.

    A file is written under a temporary name and renamed when complete, so that readers see either
    the old file or the new one.

    Args:
        root: The machine's open folder.
        overwrite: Whether to replace existing files.
        temporary: The temporary name.
    """

    def __init__(self, root: int, *, overwrite: bool, temporary: str) -> None:
        self._root = root
        self._overwrite = overwrite
        self._temporary = temporary
        self._folders: list[_OpenFolder] = []
        self.problems: list[Problem] = []

    def folder(self, path: Parts, entry: Entry) -> None:
        """Create a folder, and set its permissions and time once its contents are written.

        Raises:
            OSError: It can't be created, or something else has its name.
        """
        made = self._enter(path)
        if path and (made or self._overwrite):
            self._folders[-1].entry = entry

    def file(self, path: Parts, entry: Entry, pieces: Iterable[bytes]) -> bool:
        """Write a file.

        Returns:
            Whether it was written: False if it exists and must not be overwritten.

        Raises:
            OSError: It can't be written.
        """
        self._enter(path[:-1])
        above, name = self._above, path[-1]
        if not self._may_write(above, name):
            return False
        self._remove_temporary(above)
        opened = os.open(self._temporary, _CREATE_FILE, 0o600, dir_fd=above)
        try:
            with os.fdopen(opened, "wb", buffering=0) as file:
                for piece in pieces:
                    rest = memoryview(piece)
                    while rest:
                        rest = rest[file.write(rest) :]
                os.fchmod(opened, entry.mode & PERMISSIONS)
                os.utime(opened, ns=(entry.modified, entry.modified))
            return self._give_name(above, name)
        finally:
            self._remove_temporary(above)

    def link(self, path: Parts, entry: Entry) -> bool:
        """Create a symbolic link. Returns and raises as `file` does."""
        self._enter(path[:-1])
        above, name = self._above, path[-1]
        if not self._may_write(above, name):
            return False
        self._remove_temporary(above)
        os.symlink(entry.target, self._temporary, dir_fd=above)
        try:
            if os.utime in os.supports_follow_symlinks:
                times = (entry.modified, entry.modified)
                os.utime(self._temporary, ns=times, dir_fd=above, follow_symlinks=False)
            return self._give_name(above, name)
        finally:
            self._remove_temporary(above)

    def has(self, path: Parts, entry: Entry) -> bool:
        """Return whether a file or link is unchanged since the backup, in the last folder used."""
        status = os.stat(path[-1], dir_fd=self._above, follow_symlinks=False)
        is_link = stat.S_ISLNK(status.st_mode)
        return (status.st_mtime_ns, is_link) == (entry.modified, entry.kind == LINK) and (
            is_link or status.st_size == entry.size
        )

    def close(self) -> None:
        """Finish the open folders."""
        while self._folders:
            self._leave()

    @property
    def _above(self) -> int:
        return self._folders[-1].opened if self._folders else self._root

    def _enter(self, path: Parts) -> bool:
        """Enter a folder, creating it if necessary. Returns whether it was created."""
        common = 0
        while common < min(len(path), len(self._folders)) and (
            self._folders[common].name == path[common]
        ):
            common += 1
        while len(self._folders) > common:
            self._leave()
        made = False
        for name in path[common:]:
            try:
                os.mkdir(name, 0o755, dir_fd=self._above)
                made = True
            except FileExistsError:
                made = False
            opened = os.open(name, _OPEN_FOLDER, dir_fd=self._above)
            self._folders.append(_OpenFolder(name, opened))
        return made

    def _leave(self) -> None:
        path = tuple(folder.name for folder in self._folders)
        folder = self._folders.pop()
        try:
            if folder.entry is not None:
                os.fchmod(folder.opened, folder.entry.mode & PERMISSIONS)
                times = (folder.entry.modified, folder.entry.modified)
                os.utime(folder.opened, ns=times)
        except OSError as error:
            self.problems.append(Problem.of(path, error))
        finally:
            os.close(folder.opened)

    def _may_write(self, above: int, name: str) -> bool:
        try:
            status = os.stat(name, dir_fd=above, follow_symlinks=False)
        except FileNotFoundError:
            return True
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError("a folder has its name")
        return self._overwrite

    def _give_name(self, above: int, name: str) -> bool:
        if self._overwrite:
            os.replace(self._temporary, name, src_dir_fd=above, dst_dir_fd=above)
            return True
        try:
            # Unlike a rename, this never replaces a file that was created meanwhile.
            os.link(
                self._temporary, name, src_dir_fd=above, dst_dir_fd=above, follow_symlinks=False
            )
        except FileExistsError:
            return False
        return True

    def _remove_temporary(self, above: int) -> None:
        with suppress(FileNotFoundError):
            os.unlink(self._temporary, dir_fd=above)
