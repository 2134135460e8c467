"""The families of operating systems, as far as paths and files differ between them."""

import re
from enum import Enum
from typing import Final

__all__ = ["Family", "family_of"]


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
        The family; `UNKNOWN` if there is no name, or the name says nothing.
    """
    name = (operating_system or "").casefold()
    return next((family for family, known in _NAMES if known.search(name)), Family.UNKNOWN)
