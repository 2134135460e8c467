"""The vault: backed-up files, deduplicated, in a Git object store.

A file is stored in pieces of at most `PIECE` bytes, so that it is never in memory as a whole. A
snapshot lists the entries of a backup. Pieces and lists are objects named by the SHA-256 of their
content, so that equal ones are stored once. An encrypted agent's objects are AES-SIV ciphertext,
deduplicated within the agent, and readable only with its key.
"""

import shutil
import weakref
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from dulwich.errors import ChecksumMismatch, ObjectFormatException
from dulwich.object_format import SHA256
from dulwich.object_store import DiskObjectStore
from dulwich.objects import Blob, ObjectID, hex_to_sha

from cloud_backup_emulator.machines.entries import Entry, VaultError

__all__ = ["SnapshotWriter", "Vault"]

_PART: Final = 1024 * 1024
"""How many characters of a snapshot's list go into one object."""

_COMPRESSION: Final = 1
_RAW_NAME: Final = 32


class Vault:
    """A vault in a folder.

    Args:
        folder: The folder, created if necessary, for the vault alone; None creates a temporary
            one, removed when the vault is closed or garbage-collected, or at exit.

    Attributes:
        folder: The folder.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = Path(mkdtemp(prefix="cloud-backup-vault-")) if folder is None else folder
        self._objects = self.folder / "objects"
        self.close = weakref.finalize(
            self, shutil.rmtree if folder is None else _do_nothing, self.folder, ignore_errors=True
        )
        # Left by a killed process; they would count as locks.
        for lock in self._objects.glob("??/*.lock"):
            lock.unlink()
        self._store = self._opened()

    def _opened(self) -> DiskObjectStore:
        if self._objects.exists():
            store = DiskObjectStore(self._objects, object_format=SHA256)
        else:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            store = DiskObjectStore.init(self._objects, object_format=SHA256)
        store.loose_compression_level = _COMPRESSION
        return store

    def add(self, content: bytes, key: bytes | None = None) -> str:
        """Store a piece.

        Args:
            content: Its content.
            key: The 64-byte key to encrypt it with; None stores it unencrypted.

        Returns:
            Its name.
        """
        if key is not None:
            content = AESSIV(key).encrypt(zlib.compress(content, _COMPRESSION), None)
        blob = Blob.from_string(content)
        self._store.add_object(blob)
        return blob.get_id(SHA256).decode()

    def read(self, name: str, key: bytes | None = None) -> bytes:
        """Read a piece.

        Raises:
            VaultError: It is missing or damaged, or the key is wrong.
        """
        try:
            content = self._store[ObjectID(name.encode())].as_raw_string()
            if Blob.from_string(content).get_id(SHA256) != name.encode():
                raise VaultError(f"object {name} of the vault is damaged")
            if key is not None:
                content = zlib.decompress(AESSIV(key).decrypt(content, None))
        except KeyError:
            raise VaultError(f"object {name} of the vault is missing") from None
        except (OSError, zlib.error, ChecksumMismatch, ObjectFormatException, InvalidTag) as error:
            raise VaultError(f"object {name} of the vault is damaged: {error!r}") from None
        return content

    def entries(self, snapshot: str, key: bytes | None = None) -> Iterator[Entry]:
        """Yield a snapshot's entries, in their original order.

        Raises:
            VaultError: It is missing or damaged, or the key is wrong.
        """
        for part, _ in self._parts(snapshot):
            yield from map(Entry.read, self.read(part, key).decode().splitlines())

    def _parts(self, snapshot: str) -> Iterator[tuple[str, str]]:
        for line in self.read(snapshot).decode().splitlines():
            part, _, needed = line.partition(" ")
            yield part, needed

    def new_snapshot(self, key: bytes | None = None) -> "SnapshotWriter":
        """Start a snapshot. `key` is as in `add`."""
        return SnapshotWriter(self, key)

    def keep_only(self, snapshots: Iterable[str]) -> int:
        """Delete all objects that none of the snapshots needs.

        Returns:
            The number of deleted objects.
        """
        needed: set[bytes] = set()
        for snapshot in snapshots:
            needed.add(hex_to_sha(snapshot))
            for part, pieces in self._parts(snapshot):
                needed |= {hex_to_sha(part), hex_to_sha(pieces)}
                names = self.read(pieces)
                needed |= {
                    names[start : start + _RAW_NAME] for start in range(0, len(names), _RAW_NAME)
                }
        gone = [name for name in self._store if hex_to_sha(name.decode()) not in needed]
        for name in gone:
            self._store.delete_loose_object(name)
        return len(gone)

    def __contains__(self, name: str) -> bool:
        return ObjectID(name.encode()) in self._store

    def __len__(self) -> int:
        return sum(1 for _ in self._store)


class SnapshotWriter:
    """Writes the list of a backup's entries, without holding all of it in memory.

    Args:
        vault: The vault.
        key: As in `Vault.add`.
    """

    def __init__(self, vault: Vault, key: bytes | None = None) -> None:
        self._vault = vault
        self._key = key
        self._lines: list[str] = []
        self._length = 0
        self._pieces: set[str] = set()
        self._parts: list[str] = []

    @property
    def has_any(self) -> bool:
        """Whether it has any entry."""
        return bool(self._lines or self._parts)

    def add(self, entry: Entry) -> None:
        """Add an entry."""
        line = entry.text()
        self._lines.append(line)
        self._length += len(line)
        self._pieces.update(entry.pieces)
        if self._length >= _PART:
            self._flush()

    def finish(self) -> str:
        """Finish the snapshot, and return its name."""
        self._flush()
        return self._vault.add("\n".join(self._parts).encode())

    def _flush(self) -> None:
        if not self._lines:
            return
        part = self._vault.add("\n".join(self._lines).encode(), self._key)
        # Unencrypted, because names reveal nothing, and unused pieces must be found without keys.
        pieces = self._vault.add(b"".join(hex_to_sha(name) for name in sorted(self._pieces)))
        self._parts.append(f"{part} {pieces}")
        self._lines, self._length, self._pieces = [], 0, set()


def _do_nothing(*_: object, **__: object) -> None:
    pass
