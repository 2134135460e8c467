# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

import datetime
from typing import Any, ClassVar
from uuid import UUID

from cloud_backup.wire import fields as read
from cloud_backup.wire.byte_size import ByteSize
from cloud_backup.wire.view import View, needed

from ..models.agent_status import AgentStatus
from ..models.datacenter import Datacenter


class Agent(View):
    """The program on a server that backs up and restores. Which fields an agent has depends on
    the operation that answers with it.
    """

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = (
        "machine_agent_id",
        "machine_name",
        "host_server_id",
        "agent_version",
        "architecture",
        "operating_system",
        "operating_system_version",
        "ip_address",
        "flavor",
        "datacenter",
        "backup_datacenter",
        "backup_container",
        "vault_size",
        "cleanup_allowed",
        "is_disabled",
        "is_encrypted",
        "public_key",
        "status",
        "last_successful_backup_time",
        "use_service_net",
        "use_failover_uri",
    )
    ESSENTIAL: ClassVar[tuple[str, ...]] = ("machine_agent_id",)

    @classmethod
    def are_usual(cls, rows: list[Any]) -> bool:
        """Return whether the essential fields of all rows are plainly there; may raise if not."""
        for row in rows:
            if not (type(found := row["MachineAgentId"]) is int and found > 0):
                return False
        return True

    @property
    def machine_agent_id(self) -> int:
        """The agent's id."""
        return needed(self, "MachineAgentId", read.identifier)

    @property
    def machine_name(self) -> str | None:
        """The name of the server."""
        return read.text(self.received.get("MachineName"))

    @property
    def host_server_id(self) -> UUID | None:
        """The Cloud Server's id; other servers have none."""
        return read.uuid(self.received.get("HostServerId"))

    @property
    def agent_version(self) -> str | None:
        """The version of the agent's software."""
        return read.text(self.received.get("AgentVersion"))

    @property
    def architecture(self) -> str | None:
        """The server's architecture, `64-bit` or `32-bit`."""
        return read.text(self.received.get("Architecture"))

    @property
    def operating_system(self) -> str | None:
        """The server's operating system."""
        return read.text(self.received.get("OperatingSystem"))

    @property
    def operating_system_version(self) -> str | None:
        """Its version, perhaps empty."""
        return read.text(self.received.get("OperatingSystemVersion"))

    @property
    def ip_address(self) -> str | None:
        """The server's address."""
        return read.text(self.received.get("IPAddress"))

    @property
    def flavor(self) -> str | None:
        """The kind of server; `RaxCloudServer` is a Cloud Server."""
        return read.text(self.received.get("Flavor"))

    @property
    def datacenter(self) -> Datacenter | str | None:
        """Where the server is."""
        return read.member(Datacenter, self.received.get("Datacenter"))

    @property
    def backup_datacenter(self) -> Datacenter | str | None:
        """Where its backups go."""
        return read.member(Datacenter, self.received.get("BackupDatacenter")) or read.member(
            Datacenter, self.received.get("BackupDataCenter")
        )

    @property
    def backup_container(self) -> str | None:
        """The URL of the container in Cloud Files that holds the backups."""
        return read.text(self.received.get("BackupContainer"))

    @property
    def vault_size(self) -> ByteSize | None:
        """How much its backups take up, rounded, in binary units."""
        return read.byte_size(self.received.get("BackupVaultSize"))

    @property
    def cleanup_allowed(self) -> bool | None:
        """Whether what has expired may be cleaned up."""
        return read.boolean(self.received.get("CleanupAllowed"))

    @property
    def is_disabled(self) -> bool | None:
        """Whether it is disabled."""
        return read.boolean(self.received.get("IsDisabled"))

    @property
    def is_encrypted(self) -> bool | None:
        """Whether its backups are encrypted."""
        return read.boolean(self.received.get("IsEncrypted"))

    @property
    def public_key(self) -> PublicKey | None:
        """The public half of an agent's RSA key, to encrypt a passphrase with."""
        return PublicKey.read(self.received.get("PublicKey"), self.operation)

    @property
    def status(self) -> AgentStatus | str | None:
        """Whether it is in touch with the service; not reliable in `listAgents`."""
        return read.member(AgentStatus, self.received.get("Status"))

    @property
    def last_successful_backup_time(self) -> datetime.datetime | None:
        """When its newest backup completed; null if none has."""
        return read.date(self.received.get("TimeOfLastSuccessfulBackup"))

    @property
    def use_service_net(self) -> bool | None:
        """Whether backups go through ServiceNet, Rackspace's internal network.
        `getAgentByHostServer` has it as text.
        """
        return read.boolean(self.received.get("UseServiceNet"))

    @property
    def use_failover_uri(self) -> bool | None:
        """Whether it uses the service's failover address."""
        return read.boolean(self.received.get("UseFailoverUri"))

    @property
    def is_online(self) -> bool:
        """Whether it is in touch with the service; False if that isn't known."""
        return getattr(self.status, "is_online", False)


# Below the class, since objects may hold each other.
from ..models.public_key import PublicKey  # noqa: E402
