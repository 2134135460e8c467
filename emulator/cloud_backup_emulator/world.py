"""The basis of all behaviour: the store, the time and the tenant."""

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
        store: The store.
        tenant: The tenant.
        now: The time, in milliseconds since 1970, in whole seconds.
        look: Called when transfers must start or stop; with `sweep=True` after backups were
            deleted.
        take_outcome: Takes the outcome requested for a job that an operation, given by its id,
            starts; None for success.
    """

    store: Store
    tenant: str
    now: int
    take_outcome: Callable[[str], Outcome | None] = field(default=lambda _operation: None)
    look: Callable[..., object] = field(default=lambda **_how: None)
    _found: dict[tuple[type[Any], int], Any] = field(default_factory=dict, repr=False)

    def all(self, kind: type[T], **having: int | str) -> list[T]:
        """Return the tenant's entities of a kind, or those with the given attributes."""
        return self.store.all(kind, self.tenant, **having)

    def total(self, kind: type[T], name: str, **having: int | str) -> int:
        """Return the sum of an attribute over the tenant's entities of a kind."""
        return self.store.total(kind, self.tenant, name, **having)

    def newest(self, kind: type[T], until: int | None = None, **having: int | str) -> Iterator[T]:
        """Yield the tenant's entities up to a moment, latest first; by default up to now."""
        return self.store.newest(kind, self.tenant, self.now if until is None else until, **having)

    def find(self, kind: type[T], key: int) -> T | None:
        """Return one of the tenant's entities; None if it doesn't exist.

        It is cached: a list has the same agent in many rows.
        """
        found: T | None = self._found.get((kind, key))
        if found is None:
            found = self.store.get(kind, self.tenant, key)
            if found is not None:
                self._found[kind, key] = found
        return found

    def get(self, kind: type[T], key: int, name: str) -> T:
        """Return one of the tenant's entities.

        Args:
            kind: Its class.
            key: Its id.
            name: The name of the parameter or field with the id, for the message.

        Raises:
            NotFound: It doesn't exist.
        """
        entity = self.find(kind, key)
        if entity is None:
            raise NotFound(f"{name}: there is no {_WORDS[kind.__name__]} {key}")
        return entity

    def delete(self, kind: type[T], key: int) -> None:
        """Delete one of the tenant's entities."""
        self._found.pop((kind, key), None)
        self.store.delete(kind, self.tenant, key)

    def put(self, key: int, entity: "DataclassInstance") -> None:
        """Store one of the tenant's entities."""
        self._found[type(entity), key] = entity
        self.store.put(self.tenant, key, entity)


_WORDS = {
    "Agent": "agent",
    "Backup": "backup",
    "BackupConfiguration": "backup configuration",
    "Restore": "restore",
}
