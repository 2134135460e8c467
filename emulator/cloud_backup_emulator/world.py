"""What all the behaviour stands on: the store, the clock, and whose data it is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

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
        take_outcome: Takes how a job is to end that the operation of this id starts; None for well.
    """

    store: Store
    tenant: str
    now: int
    take_outcome: Callable[[str], Outcome | None] = field(default=lambda _operation: None)

    def all(self, kind: type[T], **having: int | str) -> list[T]:
        """All the tenant's entities of a kind, or those whose attributes are as given."""
        return self.store.all(kind, self.tenant, **having)

    def find(self, kind: type[T], key: int) -> T | None:
        """One of the tenant's entities; None where there is none."""
        return self.store.get(kind, self.tenant, key)

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
        self.store.delete(kind, self.tenant, key)

    def put(self, key: int, entity: "DataclassInstance") -> None:
        """Keep one of the tenant's entities."""
        self.store.put(self.tenant, key, entity)


_WORDS = {
    "Agent": "agent",
    "Backup": "backup",
    "BackupConfiguration": "backup configuration",
    "Restore": "restore",
}
