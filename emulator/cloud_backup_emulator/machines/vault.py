"""The vault: what machines have backed up, each piece once, in an object store of Git's.

A file is kept in pieces of at most `PIECE` bytes, so that none is in memory as a whole. A snapshot
lists what a backup found. All of it are objects named by the SHA-256 of what is in them, so what is
there already isn't written again. An encrypted agent's objects are AES-SIV ciphertext: equal pieces
of one agent are kept once, and only its key reads them.
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
"""After how many characters a snapshot's list goes on in another object."""

_COMPRESSION: Final = 1
_RAW_NAME: Final = 32


class Vault:
    """A vault in a folder.

    Args:
        folder: The folder, made if need be, which nobody else writes to; None makes a temporary
            one, removed when the vault is closed, collected, or at exit.

    Attributes:
        folder: The folder.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = Path(mkdtemp(prefix="cloud-backup-vault-")) if folder is None else folder
        self._objects = self.folder / "objects"
        self.close = weakref.finalize(
            self, shutil.rmtree if folder is None else _do_nothing, self.folder, ignore_errors=True
        )
        # What was being written when a process was killed; it would count as locked.
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
        """Keep a piece.

        Args:
            content: What it holds.
            key: The key to encrypt it with, 64 bytes; None leaves it in clear.

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
            VaultError: It isn't there, it is damaged, or the key is another.
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
        """Give what a snapshot lists, in the order in which it was listed.

        Raises:
            VaultError: It isn't there, it is damaged, or the key is another.
        """
        for part, _ in self._parts(snapshot):
            yield from map(Entry.read, self.read(part, key).decode().splitlines())

    def _parts(self, snapshot: str) -> Iterator[tuple[str, str]]:
        for line in self.read(snapshot).decode().splitlines():
            part, _, needed = line.partition(" ")
            yield part, needed

    def new_snapshot(self, key: bytes | None = None) -> "SnapshotWriter":
        """Begin a snapshot; `key` is as in `add`."""
        return SnapshotWriter(self, key)

    def keep_only(self, snapshots: Iterable[str]) -> int:
        """Delete what none of the snapshots needs.

        Returns:
            How many objects were deleted.
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
    """Writes the list of what a backup found, without having it all in memory.

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
        """Whether anything is listed."""
        return bool(self._lines or self._parts)

    def add(self, entry: Entry) -> None:
        """List what was found."""
        line = entry.text()
        self._lines.append(line)
        self._length += len(line)
        self._pieces.update(entry.pieces)
        if self._length >= _PART:
            self._flush()

    def finish(self) -> str:
        """Give the name of the snapshot; without this, there is none."""
        self._flush()
        return self._vault.add("\n".join(self._parts).encode())

    def _flush(self) -> None:
        if not self._lines:
            return
        part = self._vault.add("\n".join(self._lines).encode(), self._key)
        # In clear, as they tell nothing: what is needed no more is found without keys.
        pieces = self._vault.add(b"".join(hex_to_sha(name) for name in sorted(self._pieces)))
        self._parts.append(f"{part} {pieces}")
        self._lines, self._length, self._pieces = [], 0, set()


def _do_nothing(*_: object, **__: object) -> None:
    pass
