"""A file or folder that a backup configuration includes or excludes."""

import ntpath
import posixpath
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import Any, TypeAlias

from attrs import field, frozen

from cloud_backup_api import models


def _check_path(_instance: object, _attribute: object, path: Any) -> None:
    if not isinstance(path, str) or not path.strip():
        raise ValueError("path is empty: it must name a file or folder on the agent's machine")


@frozen
class Folder:
    r"""A folder and everything in it, such as `/var/www` or `C:\inetpub`.

    The path is as the agent's operating system writes it. An empty one raises a `ValueError`.
    """

    path: str = field(validator=_check_path)


@frozen
class File:
    """A single file; its path is like that of a `Folder`."""

    path: str = field(validator=_check_path)


BackupPath: TypeAlias = Folder | File
"""A file or folder that a backup configuration includes or excludes."""

_KINDS: dict[str, type[BackupPath]] = {"Folder": Folder, "File": File}


def wanted_paths(
    paths: Sequence[BackupPath | models.FileItem | str], name: str
) -> list[dict[str, str]]:
    """Return the paths of the argument `name` as the service takes them; a string is a folder."""
    if isinstance(paths, str | Folder | File):
        raise ValueError(f"{name} must be a list of paths, even of one: [{paths!r}]")  # noqa: TRY004 - one kind for all arguments
    found: list[BackupPath] = []
    for path in paths:
        if isinstance(path, models.FileItem):
            found += backup_paths([path])
        elif isinstance(path, str | Folder | File):
            found.append(Folder(path) if isinstance(path, str) else path)
        else:
            raise ValueError(f"{name} must contain Folder, File or str values, not {path!r}")  # noqa: TRY004 - likewise
    return [{"FilePath": path.path, "FileItemType": type(path).__name__} for path in found]


def backup_paths(items: Iterable[models.FileItem]) -> tuple[BackupPath, ...]:
    """Return the items of an answer that are files or folders."""
    return tuple(
        _KINDS[str(item.file_item_type)](item.path)
        for item in items
        if str(item.file_item_type) in _KINDS and item.path and item.path.strip()
    )


def check_exclusions(fields: Mapping[str, Any]) -> None:
    """Raise a `ValueError` unless each exclusion of a configuration is in an included folder."""
    include, exclude = (
        backup_paths(models.FileItem(item) for item in fields.get(field, []))
        for field in ("Inclusions", "Exclusions")
    )
    folders = [_plain(path.path) for path in include if isinstance(path, Folder)]
    for path in exclude:
        if not any(_plain(path.path).is_relative_to(folder) for folder in folders):
            raise ValueError(
                f"exclude has {path.path!r}, which is in no folder of include: only what is "
                "backed up can be excluded"
            )


def _plain(path: str) -> PurePath:
    """Return a path for comparing, without regard to letter case, as on some machines."""
    if path.startswith("/"):
        return PurePosixPath(posixpath.normpath(path).casefold())
    return PureWindowsPath(ntpath.normpath(path))
