"""A world to start with: its users and its data."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

from cloud_backup_emulator.accounts import Account
from cloud_backup_emulator.store import NO_TENANT, Store

__all__ = ["Seed"]


@dataclass(frozen=True)
class Seed:
    """A world to start with.

    Attributes:
        accounts: The users.
        plant: Adds agents, configurations, backups and the rest to an empty store, given the time
            in milliseconds since 1970.
    """

    accounts: tuple[Account, ...]
    plant: Callable[[Store, int], None]

    def fill(self, store: Store, now: int) -> None:
        """Add it to a store, within the caller's transaction.

        Args:
            store: An empty store.
            now: The time, in milliseconds since 1970.
        """
        for account in self.accounts:
            store.put(NO_TENANT, account.username, account)
        self.plant(store, now)

    def without_data(self) -> Self:
        """Return the accounts alone."""
        return replace(self, plant=lambda _store, _now: None)
