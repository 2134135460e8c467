"""Who ran a drill, where, and with what."""

import platform
import socket
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final, Self

from attrs import frozen

from cloud_backup.drill.json_values import JsonValue
from cloud_backup_api import CONTRACT_VERSION

if TYPE_CHECKING:
    from cloud_backup import CloudBackup

__all__ = ["Provenance"]

_TOOL: Final = "rackspace-cloud-backup"


@frozen(kw_only=True)
class Provenance(JsonValue):
    """Who ran a drill, where, and with what. Nothing in it is a secret.

    Attributes:
        user: The user whose credentials were used.
        tenant: The tenant, from the service's URL; None if no call was made.
        service_url: Where the service was; None if no call was made.
        host: The name of the machine on which the drill ran.
        tool: The name of the distribution that ran it.
        tool_version: Its version; None if it wasn't installed as a distribution.
        contract_version: The version of the API's document that its client is generated from.
        python: The implementation and version of Python.
        platform: The operating system, its version and the processor's architecture.
    """

    user: str
    tenant: str | None
    service_url: str | None
    host: str
    tool: str
    tool_version: str | None
    contract_version: str
    python: str
    platform: str

    @classmethod
    def of(cls, client: "CloudBackup") -> Self:
        """Return that of this process, without making a call.

        Args:
            client: The client that was used.
        """
        url = client.service_url
        try:
            installed = version(_TOOL)
        except PackageNotFoundError:
            installed = None
        return cls(
            # That is how it begins.
            user=client.account.partition(", ")[0],
            tenant=None if url is None else url.rstrip("/").rpartition("/")[2],
            service_url=url,
            host=socket.gethostname(),
            tool=_TOOL,
            tool_version=installed,
            contract_version=CONTRACT_VERSION,
            python=f"{platform.python_implementation()} {platform.python_version()}",
            platform=platform.platform(),
        )
