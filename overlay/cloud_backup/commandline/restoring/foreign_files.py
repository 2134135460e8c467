"""What of one operating system's files doesn't fit on another."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from cloud_backup.commandline.restoring.operating_system import Family, family_of

__all__ = ["misfits"]

_WINDOWS_STYLE: Final = re.compile(r"[A-Za-z]:|\\")
_DEVICE: Final = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)", flags=re.IGNORECASE
)
_ILLEGAL: Final = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')


def misfits(
    backed_up_on: str | None, restored_on: str | None, path: str, names: Iterable[str]
) -> Iterator[str]:
    """Say what to beware of when files are restored to another machine, a sentence each.

    Args:
        backed_up_on: The operating system that the files are from, as the service names it; None
            if it doesn't.
        restored_on: The operating system that they are restored to, likewise.
        path: The folder to restore into.
        names: The files and folders that are restored, as far as they are known.
    """
    source, target = family_of(backed_up_on), family_of(restored_on)
    here, there = backed_up_on or "an unknown system", restored_on or "an unknown system"
    if target is not Family.UNKNOWN:
        windows = target is Family.WINDOWS
        if windows != (_WINDOWS_STYLE.match(path) is not None):
            example = r"C:\restored" if windows else "/restored"
            yield f"{path} is not how {there} writes a folder, which is like {example}"
    if source is target and source is not Family.UNKNOWN:
        return
    yield f"files of {here} are restored to {there}: not all may fit"
    if Family.UNKNOWN in {source, target}:
        return
    yield f"owners, permissions, links and extended attributes of {here} may be lost"
    if source is Family.UNIX:
        yield f"names that differ only in letter case are the same file on {there}"
    if target is Family.WINDOWS:
        illegal = [name for name in names if _is_illegal(name)]
        such = f", such as {', '.join(illegal)}," if illegal else ""
        yield (
            'names with < > : " | ? * or \\ in them, that end in a dot or blank, or are CON, NUL '
            f"and the like can't be on {there}: files named so{such} may not be restored"
        )


def _is_illegal(path: str) -> bool:
    """Whether Windows can't have a path of Unix."""
    names = path.strip("/").split("/")
    return any(_ILLEGAL.search(name) or _DEVICE.match(name) for name in names)
