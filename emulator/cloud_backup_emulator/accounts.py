"""Who may log in, and what the roles permit."""

from dataclasses import dataclass, field
from typing import Final

__all__ = ["ROLES", "Account"]

DELETING: Final = frozenset({"deleteAgent"})
"""The operations that a creator may not do, besides those of the method DELETE."""

ROLES: Final = {
    "identity:user-admin": "The owner of the account",
    "admin": "Does everything, in all products",
    "cloudbackup:admin": "Does everything in Cloud Backup",
    "cloudbackup:creator": "Does all but delete in Cloud Backup",
    "cloudbackup:observer": "Reads in Cloud Backup",
    "observer": "Reads, in all products",
}
"""The roles that mean something here, and what."""

_ALL: Final = frozenset({"identity:user-admin", "cloudbackup:admin", "admin"})
_CREATING: Final = "cloudbackup:creator"
_READING: Final = frozenset({"cloudbackup:observer", "observer"})


@dataclass
class Account:
    """A user; kept below no tenant, for a user's name is of one tenant alone.

    Attributes:
        username: The name.
        user_id: The id.
        tenant: The tenant that the user is of.
        roles: The roles; of several the most permissive counts.
        api_key: The API key.
        password: The password.
        regions: Where the tenant has Cloud Backup; none is an endpoint without a region.
    """

    username: str
    user_id: str
    tenant: str
    roles: list[str]
    api_key: str = field(repr=False)
    password: str = field(repr=False)
    regions: list[str] = field(default_factory=lambda: ["DFW", "ORD"])

    def may(self, operation_id: str, method: str) -> bool:
        """Tell whether the roles permit an operation."""
        if _ALL.intersection(self.roles):
            return True
        if _CREATING in self.roles:
            return method != "DELETE" and operation_id not in DELETING
        return method == "GET" and bool(_READING.intersection(self.roles))
