"""The vault's entries for files, folders and links."""

import json
from dataclasses import dataclass
from typing import Final

__all__ = ["FILE", "FOLDER", "LINK", "PIECE", "Entry", "VaultError"]

PIECE: Final = 4 * 1024 * 1024
"""How many bytes a piece of a file has at most."""

FOLDER, FILE, LINK = "folder", "file", "link"


class VaultError(Exception):
    """An object in the vault is missing or damaged."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, folder or link that a backup found.

    Attributes:
        path: The names from the machine's root down.
        kind: FOLDER, FILE or LINK.
        mode: Its permissions.
        modified: When it was last modified, in nanoseconds since 1970.
        size: A file's size in bytes.
        target: A link's target.
        pieces: The names of a file's pieces, in order.
        stamp: Changes whenever the file does: its ctime in nanoseconds, and its inode.
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
        """Serialize it as a line. Names that aren't UTF-8 survive."""
        return json.dumps([getattr(self, name) for name in self.__slots__], separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> "Entry":
        """Parse a line."""
        path, kind, mode, modified, size, target, pieces, stamp = json.loads(text)
        return cls(
            tuple(path), kind, mode, modified, size, target, tuple(pieces), (stamp[0], stamp[1])
        )
