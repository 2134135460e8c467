"""Estimates how many files a restore takes from a backup without real files.

A backup knows how many files it has. They are assumed to be spread evenly over the configuration's
inclusions, with half of each folder's files in each folder below it.
"""

import ntpath
import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import Any, Final

__all__ = ["Selection", "file_path", "is_within", "select"]

INCLUDE: Final = 1
"""The Filter of an inclusion in a restore; any other is an exclusion."""

FILE: Final = (0, "File")
"""The FileItemType of a file, in restores and in configurations."""


def file_path(text: str) -> PurePath:
    """Parse a path. Its form tells whether it is from Unix or Windows."""
    if text.startswith("/"):
        return PurePosixPath(posixpath.normpath(text))
    return PureWindowsPath(ntpath.normpath(text))


def is_within(path: PurePath, folder: PurePath) -> bool:
    """Return whether a path is a folder's, or lies in it."""
    return type(path) is type(folder) and path.is_relative_to(folder)


@dataclass(frozen=True)
class Selection:
    """What a restore takes from a backup.

    Attributes:
        files: The number of files.
        missing: The requested paths that the backup doesn't hold.
        is_empty: Whether the backup holds none of the requested paths.
    """

    files: int
    missing: list[str]
    is_empty: bool


@dataclass(frozen=True)
class _Held:
    """What a backup holds.

    Attributes:
        files: The number of files.
        roots: The outermost inclusions, and whether each is a file.
        excluded: The exclusions.
    """

    files: int
    roots: dict[PurePath, bool]
    excluded: list[PurePath]

    def count(self, path: PurePath, *, is_file: bool) -> int | None:
        """Return the number of files at or below a path; None if the backup doesn't hold it."""
        if any(is_within(path, excluded) for excluded in self.excluded):
            return None
        covered = sum(is_within(root, path) for root in self.roots)
        if covered:
            return round(self.files * covered / len(self.roots))
        # Without inclusions, it holds every path.
        roots = self.roots or {type(path)(path.anchor): False}
        for root, root_is_file in roots.items():
            if is_within(path, root) and not root_is_file:
                depth = len(path.parts) - len(root.parts)
                most = 1 if is_file else max(1, (self.files // len(roots)) >> depth)
                return min(self.files, most)
        return None


def select(
    files: int, configuration: dict[str, Any], wanted: Iterable[dict[str, Any]]
) -> Selection:
    """Return what a restore takes from a backup.

    Args:
        files: The number of files in the backup.
        configuration: Its configuration's `Inclusions` and `Exclusions`.
        wanted: What the restore includes and excludes; without inclusions, it includes everything.
    """
    held = _Held(
        files,
        _outermost(configuration["Inclusions"]),
        [file_path(item["FilePath"]) for item in configuration["Exclusions"]],
    )
    wanted = list(wanted)
    included = [item for item in wanted if item["Filter"] == INCLUDE]
    excluded = _outermost(item for item in wanted if item["Filter"] != INCLUDE)
    counts = {
        item["FilePath"]: held.count(
            file_path(item["FilePath"]), is_file=item["FileItemType"] in FILE
        )
        for item in included
    }
    outermost = _outermost(item for item in included if counts[item["FilePath"]] is not None)
    taken = 0 if included else files
    for path, is_file in outermost.items():
        if not any(is_within(path, other) for other in excluded):
            taken += held.count(path, is_file=is_file) or 0
    for path, is_file in excluded.items():
        if not included or any(is_within(path, other) and path != other for other in outermost):
            taken -= held.count(path, is_file=is_file) or 0
    return Selection(
        files=min(files, max(0, taken)),
        missing=[path for path, count in counts.items() if count is None],
        is_empty=bool(included) and not outermost,
    )


def _outermost(items: Iterable[dict[str, Any]]) -> dict[PurePath, bool]:
    """Return the paths that lie within none of the others, and whether each is a file."""
    paths = {file_path(item["FilePath"]): item["FileItemType"] in FILE for item in items}
    return {
        path: is_file
        for path, is_file in paths.items()
        if not any(path != other and is_within(path, other) for other in paths)
    }
