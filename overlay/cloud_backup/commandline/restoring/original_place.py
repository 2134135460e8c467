r"""Detects whether a restore into a folder may overwrite the original files.

A folder has many spellings: `C:\Data`, `c:/data.`, `\\?\C:\Data`, `\\host\C$\Data`; `/etc`,
`/private/etc`. Folders are compared as the machine's operating system reads them. A path whose
target can't be determined counts as the original folder.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import frozen

from cloud_backup.commandline.restoring.systems import WINDOWS_STYLE, Family, family_of

__all__ = ["overlap"]

_DEVICE: Final = re.compile(r"\\\\[?.]\\|\\\?\?\\")
_SHARE_OF_DRIVE: Final = re.compile(r"\\\\[^\\]+\\([A-Za-z])\$(?=\\|$)")
_DRIVE: Final = re.compile(r"([A-Za-z]):(?=\\|$)")
_SHORT_NAME: Final = re.compile(r"~[0-9]")
_ANY: Final = "\0"
"""Stands for a short name, `PROGRA~1`, which may name any folder."""

_IGNORED: Final = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""Characters that macOS file systems ignore in names."""

_LINKS: Final[dict[Family, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]] = {
    Family.WINDOWS: (
        (("documents and settings",), ("users",)),
        (("users", "all users"), ("programdata",)),
        (("users", "default user"), ("users", "default")),
    ),
    Family.MAC: (
        (("system", "volumes", "data"), ()),
        (("etc",), ("private", "etc")),
        (("var",), ("private", "var")),
        (("tmp",), ("private", "tmp")),
    ),
    Family.UNIX: (
        (("usr", "home"), ("home",)),
        (("usr", "tmp"), ("var", "tmp")),
        (("var", "run"), ("run",)),
        (("var", "lock"), ("run", "lock")),
        *(((name,), ("usr", name)) for name in ("bin", "sbin", "lib", "lib32", "lib64", "libx32")),
        (("usr", "sbin"), ("usr", "bin")),
    ),
}
"""The links that systems ship with, and their targets. They are followed in this order."""


class _CannotTell(Exception):  # noqa: N818 - an answer, not an error
    """A path's target is unknown. The message completes a sentence about the path."""


@frozen
class _Place:
    """A folder or file.

    Attributes:
        drive: The drive's letter; None if there are no drives or it may be any.
        parts: The names from the root down, each normalized so that equivalent ones are equal.
    """

    drive: str | None
    parts: tuple[str, ...]

    def overlaps(self, other: "_Place") -> bool:
        """Return whether one is the other, or contains it."""
        if self.drive and other.drive and self.drive != other.drive:
            return False
        pairs = zip(self.parts, other.parts, strict=False)
        return all(ours == theirs or _ANY in {ours, theirs} for ours, theirs in pairs)


def overlap(path: str, originals: Iterable[str], operating_system: str | None) -> str | None:
    """Explain why a restore into a folder may overwrite the original files.

    Args:
        path: The folder.
        originals: The files and folders that were backed up.
        operating_system: The machine's, as the service names it; None if unknown.

    Returns:
        The predicate of a sentence about the folder; None if it is a different place. Links and
        mounts that users made can't be seen from here, and are ignored.
    """
    originals = list(originals)
    for family in _families([path, *originals], operating_system):
        try:
            places = list(_places(path, family))
        except _CannotTell as reason:
            return str(reason)
        if any(not place.parts for place in places):
            return "is the root of a disk, which contains everything on it"
        for original in originals:
            try:
                there = _parsed(original, family, backed_up=True)
            except _CannotTell:
                return f"may contain original files: it is unclear where {original!r} is"
            if any(place.overlaps(there) for place in places):
                return f"contains original files: {original}"
    return None


def _families(paths: Iterable[str], operating_system: str | None) -> Iterable[Family]:
    """Return the families that a machine may belong to: by its paths if its system is unknown."""
    family = family_of(operating_system)
    if family is not Family.UNKNOWN:
        return [family]
    found: dict[Family, None] = {}
    for path in paths:
        windows = WINDOWS_STYLE.match(path.strip()) is not None
        found |= dict.fromkeys([Family.WINDOWS] if windows else [Family.UNIX, Family.MAC])
    return found


def _places(path: str, family: Family) -> Iterator[_Place]:
    """Yield the place that a path names, and others that it may be or contain.

    Raises:
        _CannotTell: It may be any place.
    """
    place = _parsed(path, family, backed_up=False)
    yield place
    for link, target in _LINKS[family]:
        if link[: len(place.parts)] == place.parts:
            yield _Place(place.drive, target)  # the place contains the link
    parts = place.parts
    while family is Family.MAC and parts[:1] == ("volumes",):
        # The system volume's name is unknown.
        parts = _followed(parts[2:], family)
        yield _Place(None, parts)


def _parsed(path: str, family: Family, *, backed_up: bool) -> _Place:
    """Parse a path.

    Args:
        path: The path.
        family: The operating system that reads it.
        backed_up: Whether it is a path to back up, where `..` leads up, rather than one to write
            to, where `..` may follow a link.

    Raises:
        _CannotTell: It may be any place.
    """
    if not backed_up and not path.isprintable():
        raise _CannotTell("contains a character that isn't printable")
    drive = None
    rest = path.strip()
    if family is Family.WINDOWS:
        drive, rest = _on_windows(rest)
    if not rest.startswith("/"):
        raise _CannotTell("is not an absolute path: it is unclear where it leads")
    parts: list[str] = []
    for name in rest.split("/"):
        if name == ".." and backed_up:
            del parts[-1:]
        elif name == "..":
            raise _CannotTell("contains '..': name the folder itself")
        elif name not in {"", "."}:
            parts.append(_folded(name, family))
    if not backed_up:
        _check_special(parts, family)
    return _Place(drive, _followed(parts, family))


def _followed(parts: Sequence[str], family: Family) -> tuple[str, ...]:
    """Follow the links that a system ships with."""
    followed = tuple(parts)
    for link, target in _LINKS[family]:
        while followed[: len(link)] == link:
            followed = target + followed[len(link) :]
    return followed


def _on_windows(path: str) -> tuple[str | None, str]:
    """Return the drive, and the rest of a path with slashes."""
    path = path.replace("/", "\\")
    if device := _DEVICE.match(path):
        path = path[device.end() :]
        if path[:4].casefold() == "unc\\":
            path = f"\\\\{path[4:]}"
        elif not _DRIVE.match(path):
            raise _CannotTell("names a device: it is unclear where it leads")
    if found := _SHARE_OF_DRIVE.match(path) or _DRIVE.match(path):
        drive, path = found[1].casefold(), path[found.end() :] or "\\"
    elif path.startswith("\\\\"):
        raise _CannotTell("is a share: it is unclear which machine's folder it is")
    else:
        drive = None
    if wrong := re.search(r'[<>:"|?*%]', path):
        # A variable; a stream, `Data::$INDEX_ALLOCATION`; the current folder of a drive, `C:Data`.
        raise _CannotTell(f"contains {wrong[0]!r}: it is unclear where it leads")
    return drive, path.replace("\\", "/")


def _folded(name: str, family: Family) -> str:
    """Return a name normalized, so that all its spellings are equal."""
    if family is Family.UNIX:
        return unicodedata.normalize("NFC", name)
    if family is Family.WINDOWS:
        if _SHORT_NAME.search(name):
            return _ANY
        name = name.rstrip(". ")
        if not name:
            raise _CannotTell("contains a name of only dots or spaces: name the folder itself")
    folded = unicodedata.normalize("NFKC", _IGNORED.sub("", name)).casefold()
    return unicodedata.normalize("NFKC", folded)


def _check_special(parts: Sequence[str], family: Family) -> None:
    """Refuse folders with links to everything: processes, open files, inodes."""
    first = parts[0] if parts else ""
    if (family is Family.UNIX and first in {"proc", "dev", "sys"}) or (
        family is Family.MAC and (first == "dev" or first.startswith("."))
    ):
        raise _CannotTell(f"is in /{first}: it is unclear where it leads")
