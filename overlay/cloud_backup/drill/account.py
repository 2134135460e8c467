"""Whose backups a drill tests, as its journal names them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cloud_backup._sync.client import CloudBackup

__all__ = ["account_of"]


def account_of(client: "CloudBackup") -> str:
    """Name the account and region that a client works on, without a secret or a request.

    Args:
        client: The client.

    Returns:
        The user, the region, the tenant and the service where they were given, and Identity's URL.
    """
    identity = client._auth._identity  # noqa: SLF001 - the facade has no name for it, and asking takes a login
    parts = [identity.username]
    if identity.region:
        parts.append(f"region {identity.region.upper()}")
    if identity.tenant_id:
        parts.append(f"tenant {identity.tenant_id}")
    if identity.endpoint is not None:
        parts.append(f"service {identity.endpoint}")
    parts.append(f"at {identity.url}")
    return ", ".join(parts)
