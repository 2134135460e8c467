"""What a backup found, as the vault lists it."""

import json
from dataclasses import dataclass
from typing import Final

__all__ = ["FILE", "FOLDER", "LINK", "PIECE", "Entry", "VaultError"]

PIECE: Final = 4 * 1024 * 1024
"""How many bytes of a file are kept in one piece."""

FOLDER, FILE, LINK = "folder", "file", "link"


class VaultError(Exception):
    """What should be in the vault isn't there, or is damaged."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, folder or link that a backup found.

    Attributes:
        path: The names from the machine's root down.
        kind: FOLDER, FILE or LINK.
        mode: Its permissions.
        modified: When it was last modified, in nanoseconds since 1970.
        size: How many bytes a file has.
        target: Where a link leads.
        pieces: The names of a file's pieces, in order.
        stamp: What changes whenever a file does: when its status changed, and its number.
    """

    path: tuple[str, ...]
    kind: str
    mode: int
    modified: int
    size: int = 0
    target: str = ""
    pieces: tuple[str, ...] = ()
    stamp: tuple[int, int] = (0, 0)

    def text(self) -> str:
        """Write it as a line; names that aren't UTF-8 survive."""
        return json.dumps([getattr(self, name) for name in self.__slots__], separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> "Entry":
        """Read the line."""
        path, kind, mode, modified, size, target, pieces, stamp = json.loads(text)
        return cls(
            tuple(path), kind, mode, modified, size, target, tuple(pieces), (stamp[0], stamp[1])
        )
