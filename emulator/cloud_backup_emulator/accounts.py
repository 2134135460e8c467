"""Users, and what their roles permit."""

from dataclasses import dataclass, field
from typing import Final

__all__ = ["ROLES", "Account"]

DELETING: Final = frozenset({"deleteAgent"})
"""The operations, besides all DELETE ones, that creators may not call."""

ROLES: Final = {
    "identity:user-admin": "The owner of the account",
    "admin": "Full access to all products",
    "cloudbackup:admin": "Full access to Cloud Backup",
    "cloudbackup:creator": "Full access to Cloud Backup except deleting",
    "cloudbackup:observer": "Read access to Cloud Backup",
    "observer": "Read access to all products",
}
"""The known roles and their descriptions."""

_ALL: Final = frozenset({"identity:user-admin", "cloudbackup:admin", "admin"})
_CREATING: Final = "cloudbackup:creator"
_READING: Final = frozenset({"cloudbackup:observer", "observer"})


@dataclass
class Account:
    """A user. Stored under no tenant, because user names are globally unique.

    Attributes:
        username: The name.
        user_id: The id.
        tenant: The user's tenant.
        roles: The roles; the most permissive one counts.
        api_key: The API key.
        password: The password.
        regions: The tenant's Cloud Backup regions; if empty, it has an endpoint without a region.
    """

    username: str
    user_id: str
    tenant: str
    roles: list[str]
    api_key: str = field(repr=False)
    password: str = field(repr=False)
    regions: list[str] = field(default_factory=lambda: ["DFW", "ORD"])

    def may(self, operation_id: str, method: str) -> bool:
        """Return whether the roles permit an operation."""
        if _ALL.intersection(self.roles):
            return True
        if _CREATING in self.roles:
            return method != "DELETE" and operation_id not in DELETING
        return method == "GET" and bool(_READING.intersection(self.roles))
