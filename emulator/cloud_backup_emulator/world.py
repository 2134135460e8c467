"""What all the behaviour stands on: the store, the clock, and whose data it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from cloud_backup_emulator.errors import NotFound
from cloud_backup_emulator.faults import Outcome
from cloud_backup_emulator.store import Store

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["World"]

T = TypeVar("T", bound="DataclassInstance")


@dataclass(frozen=True)
class World:
    """One tenant's world at one instant.

    Attributes:
        store: Where it is kept.
        tenant: Whose it is.
        now: The time, in milliseconds since 1970, on the second.
        look: Called when there are files to move, or to stop moving; with `sweep=True` when backups
            are deleted.
        take_outcome: Takes how a job is to end that the operation of this id starts; None for well.
    """

    store: Store
    tenant: str
    now: int
    take_outcome: Callable[[str], Outcome | None] = field(default=lambda _operation: None)
    look: Callable[..., object] = field(default=lambda **_how: None)
    _found: dict[tuple[type[Any], int], Any] = field(default_factory=dict, repr=False)

    def all(self, kind: type[T], **having: int | str) -> list[T]:
        """All the tenant's entities of a kind, or those whose attributes are as given."""
        return self.store.all(kind, self.tenant, **having)

    def total(self, kind: type[T], name: str, **having: int | str) -> int:
        """Add up a number that the tenant's entities of a kind have."""
        return self.store.total(kind, self.tenant, name, **having)

    def newest(self, kind: type[T], until: int | None = None, **having: int | str) -> Iterator[T]:
        """The tenant's entities whose moment has come, latest first; `until` is now by default."""
        return self.store.newest(kind, self.tenant, self.now if until is None else until, **having)

    def find(self, kind: type[T], key: int) -> T | None:
        """One of the tenant's entities; None if there is none.

        It is read once, as a list has the same agent in many rows.
        """
        found: T | None = self._found.get((kind, key))
        if found is None:
            found = self.store.get(kind, self.tenant, key)
            if found is not None:
                self._found[kind, key] = found
        return found

    def get(self, kind: type[T], key: int, name: str) -> T:
        """One of the tenant's entities.

        Args:
            kind: What it is.
            key: Its id.
            name: The name of the parameter or field with the id, for the message.

        Raises:
            NotFound: There is none.
        """
        entity = self.find(kind, key)
        if entity is None:
            raise NotFound(f"{name}: there is no {_WORDS[kind.__name__]} {key}")
        return entity

    def delete(self, kind: type[T], key: int) -> None:
        """Forget one of the tenant's entities."""
        self._found.pop((kind, key), None)
        self.store.delete(kind, self.tenant, key)

    def put(self, key: int, entity: "DataclassInstance") -> None:
        """Keep one of the tenant's entities."""
        self._found[type(entity), key] = entity
        self.store.put(self.tenant, key, entity)


_WORDS = {
    "Agent": "agent",
    "Backup": "backup",
    "BackupConfiguration": "backup configuration",
    "Restore": "restore",
}
