"""Who may log in, and what the roles permit."""

from dataclasses import dataclass
from typing import Final

__all__ = ["ACCOUNTS", "Account"]

DELETING: Final = frozenset({"deleteAgent", "deleteBackupConfiguration", "deleteRestoreFile"})
"""The operations that a creator may not do."""

_ALL: Final = frozenset({"identity:user-admin", "cloudbackup:admin", "admin"})


@dataclass(frozen=True)
class Account:
    """A user.

    The API key is the name and `-key`, the password the name and `-password`.

    Attributes:
        username: The name.
        user_id: The id.
        tenant: The tenant that the user is of.
        roles: The roles; of several the most permissive counts.
    """

    username: str
    user_id: str
    tenant: str
    roles: tuple[str, ...]

    @property
    def api_key(self) -> str:
        """The API key."""
        return f"{self.username}-key"

    @property
    def password(self) -> str:
        """The password."""
        return f"{self.username}-password"

    def may(self, operation_id: str, method: str) -> bool:
        """Tell whether the roles permit an operation."""
        if _ALL.intersection(self.roles):
            return True
        if method == "GET":
            return True
        return "cloudbackup:creator" in self.roles and operation_id not in DELETING


ACCOUNTS: Final = {
    account.username: account
    for account in (
        Account("demo", "101", "1234", ("identity:user-admin",)),
        Account("creator", "102", "1234", ("cloudbackup:creator",)),
        Account("observer", "103", "1234", ("cloudbackup:observer",)),
        Account("other", "201", "5678", ("identity:user-admin",)),
    )
}
