"""Families of operating systems, and which files of one another can't hold."""

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Final

__all__ = ["WINDOWS_STYLE", "Family", "family_of", "misfits"]


WINDOWS_STYLE: Final = re.compile(r"[A-Za-z]:|\\")
"""The start of a Windows path."""

_DEVICE: Final = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)", flags=re.IGNORECASE
)
_ILLEGAL: Final = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')


class Family(Enum):
    """A family of operating systems; the value is its name in a sentence."""

    WINDOWS = "Windows"
    MAC = "macOS"
    UNIX = "Unix"
    UNKNOWN = "an unknown system"


_NAMES: Final = (
    (Family.WINDOWS, re.compile(r"windows|microsoft|\bwin(?:32|64|nt)?\b")),
    (Family.MAC, re.compile(r"\bmac|\bos x\b|darwin")),
    (
        Family.UNIX,
        re.compile(
            r"linux|unix|bsd|centos|debian|ubuntu|red ?hat|rhel|fedora|suse|solaris|\baix\b|gentoo"
            r"|\barch\b|coreos|\bmint\b|\brocky\b"
        ),
    ),
)


def family_of(operating_system: str | None) -> Family:
    """Return the family of an operating system.

    Args:
        operating_system: Its name, as the service has it: `Windows Server 2012`, `CentOS 6.3`.

    Returns:
        The family; `UNKNOWN` if the name is missing or unknown.
    """
    name = (operating_system or "").casefold()
    return next((family for family, known in _NAMES if known.search(name)), Family.UNKNOWN)


def misfits(
    backed_up_on: str | None, restored_on: str | None, path: str, names: Iterable[str]
) -> Iterator[str]:
    """Yield warnings about restoring files to another machine, one sentence each.

    Args:
        backed_up_on: The operating system that was backed up, as the service names it; None if
            unknown.
        restored_on: The operating system to restore to, likewise.
        path: The folder to restore into.
        names: The files and folders to restore, as far as they are known.
    """
    source, target = family_of(backed_up_on), family_of(restored_on)
    here, there = backed_up_on or "an unknown system", restored_on or "an unknown system"
    if target is not Family.UNKNOWN:
        windows = target is Family.WINDOWS
        if windows != (WINDOWS_STYLE.match(path) is not None):
            example = r"C:\restored" if windows else "/restored"
            yield f"{path} is not a path of {there}, such as {example}"
    if source is target and source is not Family.UNKNOWN:
        return
    yield f"files from {here} are restored to {there}: some may be incompatible"
    if Family.UNKNOWN in {source, target}:
        return
    yield f"owners, permissions, links and extended attributes from {here} may be lost"
    if source is Family.UNIX:
        yield f"names that differ only in letter case are the same file on {there}"
    if target is Family.WINDOWS:
        illegal = [name for name in names if _is_illegal(name)]
        such = f", such as {', '.join(illegal)}," if illegal else ""
        yield (
            f'{there} rejects names that contain < > : " | ? * or \\, end in a dot or space, or '
            f"are reserved (CON, NUL, ...): such files{such} may not be restored"
        )


def _is_illegal(path: str) -> bool:
    """Return whether Windows can't store a Unix path."""
    names = path.strip("/").split("/")
    return any(_ILLEGAL.search(name) or _DEVICE.match(name) for name in names)
