"""What files a backup holds, as far as its configuration tells, and what a restore takes of them.

There are no files: a backup knows how many it has. They are taken to lie in equal parts in what the
configuration includes, and half of what a folder has in each folder within it.
"""

import ntpath
import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import Any, Final

__all__ = ["Selection", "file_path", "is_within", "select"]

INCLUDE: Final = 1
"""The Filter of a restore's file that is included; any other is excluded."""

FILE: Final = (0, "File")
"""The FileItemType of a file, of restores and of configurations."""


def file_path(text: str) -> PurePath:
    """Read a path; of what system the agent is, its paths tell."""
    if text.startswith("/"):
        return PurePosixPath(posixpath.normpath(text))
    return PureWindowsPath(ntpath.normpath(text))


def is_within(path: PurePath, folder: PurePath) -> bool:
    """Tell whether a path is a folder's, or lies in it."""
    return type(path) is type(folder) and path.is_relative_to(folder)


@dataclass(frozen=True)
class Selection:
    """What a restore takes of a backup.

    Attributes:
        files: How many files.
        missing: The paths that were asked for and that the backup doesn't hold.
        is_empty: Whether it holds none of those that were asked for.
    """

    files: int
    missing: list[str]
    is_empty: bool


@dataclass(frozen=True)
class _Held:
    """What a backup holds.

    Attributes:
        files: How many files there are.
        roots: What is included, each with whether it is a file, none within another.
        excluded: What is not.
    """

    files: int
    roots: dict[PurePath, bool]
    excluded: list[PurePath]

    def count(self, path: PurePath, *, is_file: bool) -> int | None:
        """Tell how many files there are at or below a path; None if it isn't held."""
        if any(is_within(path, excluded) for excluded in self.excluded):
            return None
        covered = sum(is_within(root, path) for root in self.roots)
        if covered:
            return round(self.files * covered / len(self.roots))
        # Where nothing is said to be included, anything may be.
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
    """Tell what a restore takes of a backup.

    Args:
        files: How many files the backup has.
        configuration: What it was to back up, its `Inclusions` and `Exclusions`.
        wanted: What the restore includes and excludes; all is included unless something is.
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
    """Give the paths that lie within none of the others, each with whether it is a file."""
    paths = {file_path(item["FilePath"]): item["FileItemType"] in FILE for item in items}
    return {
        path: is_file
        for path, is_file in paths.items()
        if not any(path != other and is_within(path, other) for other in paths)
    }
