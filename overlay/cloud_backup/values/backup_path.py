"""A file or folder that a backup configuration includes or excludes."""

import ntpath
import posixpath
from collections.abc import Iterable, Sequence
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import Any, TypeAlias

from attrs import field, frozen

from cloud_backup_api import models

__all__ = ["BackupPath", "File", "Folder", "backup_paths", "check_exclusions", "wanted_paths"]


def _check_path(_instance: object, _attribute: object, path: Any) -> None:
    if not isinstance(path, str) or not path.strip():
        raise ValueError("path is empty: it must name a file or folder on the agent's machine")


@frozen
class Folder:
    r"""A folder, with everything in it, by its path as the agent's operating system writes it.

    `/var/www`, `C:\inetpub`. An empty path is a `ValueError`.
    """

    path: str = field(validator=_check_path)


@frozen
class File:
    """A single file, by its path like a `Folder`."""

    path: str = field(validator=_check_path)


BackupPath: TypeAlias = Folder | File
"""A file or folder that a backup configuration includes or excludes."""

_KINDS: dict[str, type[BackupPath]] = {"Folder": Folder, "File": File}


def wanted_paths(
    paths: Sequence[BackupPath | models.FileItem | str], name: str
) -> tuple[BackupPath, ...]:
    """Read the paths of the argument `name`, those of an answer among them; a text is a folder."""
    if isinstance(paths, str | Folder | File):
        raise ValueError(f"{name} must be a list of paths, even of one: [{paths!r}]")  # noqa: TRY004 - one kind for all arguments
    found: list[BackupPath] = []
    for path in paths:
        if isinstance(path, models.FileItem):
            found += backup_paths([path])
        elif isinstance(path, str | Folder | File):
            found.append(Folder(path) if isinstance(path, str) else path)
        else:
            raise ValueError(f"{name} must have Folder, File or text in it, not {path!r}")  # noqa: TRY004 - likewise
    return tuple(found)


def backup_paths(items: Iterable[models.FileItem]) -> tuple[BackupPath, ...]:
    """Read the items of an answer; what is neither a file nor a folder is skipped."""
    return tuple(
        _KINDS[str(item.file_item_type)](item.path)
        for item in items
        if str(item.file_item_type) in _KINDS and item.path and item.path.strip()
    )


def to_wire(paths: Sequence[BackupPath]) -> list[dict[str, str]]:
    """Return paths as the service takes them."""
    return [{"FilePath": path.path, "FileItemType": type(path).__name__} for path in paths]


def check_exclusions(include: Sequence[BackupPath], exclude: Sequence[BackupPath]) -> None:
    """Raise a `ValueError` unless each exclusion lies within an included folder."""
    folders = [_plain(path.path) for path in include if isinstance(path, Folder)]
    for path in exclude:
        if not any(_plain(path.path).is_relative_to(folder) for folder in folders):
            raise ValueError(
                f"exclude has {path.path!r}, which lies in no folder of include: only what is "
                "backed up can be left out"
            )


def _plain(path: str) -> PurePath:
    """Return a path to compare, ignoring letter case as some machines do."""
    if path.startswith("/"):
        return PurePosixPath(posixpath.normpath(path).casefold())
    return PureWindowsPath(ntpath.normpath(path))
