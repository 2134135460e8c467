"""A world to start with: who may log in, and what is there."""

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
        accounts: Who may log in.
        plant: Puts agents, configurations, backups and the rest into a store without any, given
            the time in milliseconds since 1970.
    """

    accounts: tuple[Account, ...]
    plant: Callable[[Store, int], None]

    def fill(self, store: Store, now: int) -> None:
        """Put it into a store, within a transaction of the caller's.

        Args:
            store: The store; it holds no entities.
            now: The time, in milliseconds since 1970.
        """
        for account in self.accounts:
            store.put(NO_TENANT, account.username, account)
        self.plant(store, now)

    def without_data(self) -> Self:
        """Give the accounts alone."""
        return replace(self, plant=lambda _store, _now: None)
