"""An agent: what backs up and restores on one machine."""

from datetime import datetime
from enum import IntEnum
from typing import Any, Self
from uuid import UUID

from attrs import field, frozen

from cloud_backup.byte_size import ByteSize
from cloud_backup.encryption import PublicKey
from cloud_backup.errors import WaitTimeout
from cloud_backup.states import AgentStatus
from cloud_backup.values.fields import (
    Fields,
    date,
    flag,
    identifier,
    member,
    public_key,
    size,
    text,
)
from cloud_backup_api import models

__all__ = ["Agent", "AgentNotOnline", "LogLevel"]


class LogLevel(IntEnum):
    """How much an agent logs: what is as grave as this, and what is graver.

    The service documents the first and the last; those between are the ones of log4j.
    """

    FATAL = 1
    ERROR = 2
    WARN = 3
    INFO = 4
    DEBUG = 5
    ALL = 6


@frozen(kw_only=True)
class Agent:
    """An agent.

    Attributes:
        machine_agent_id: The agent.
        machine_name: Its machine.
        status: Whether it is in touch with the service; not reliable in a list of agents.
        agent_version: The version of its software.
        architecture: The machine's, `64-bit` or `32-bit`.
        operating_system: The machine's.
        operating_system_version: The version of that.
        ip_address: The machine's.
        flavor: The kind of machine; `RaxCloudServer` is a Cloud Server.
        datacenter: Where the machine is.
        backup_datacenter: Where its backups go.
        backup_container: The URL of the container in Cloud Files that has its backups.
        host_server_id: The Cloud Server that it runs on.
        use_service_net: Whether its backups go through ServiceNet, Rackspace's internal network.
        is_disabled: Whether it may not back up.
        is_encrypted: Whether its backups are encrypted.
        cleanup_allowed: Whether backups that have expired may be cleaned up.
        vault_size: The size of its backups, rounded as the service rounds it.
        last_successful_backup_time: When the newest of its backups completed.
        raw: The generated model.
    """

    machine_agent_id: int
    machine_name: str | None
    status: AgentStatus | str | None
    agent_version: str | None
    architecture: str | None
    operating_system: str | None
    operating_system_version: str | None
    ip_address: str | None
    flavor: str | None
    datacenter: str | None
    backup_datacenter: str | None
    backup_container: str | None
    host_server_id: UUID | None
    use_service_net: bool | None
    is_disabled: bool | None
    is_encrypted: bool | None
    cleanup_allowed: bool | None
    vault_size: ByteSize | None
    last_successful_backup_time: datetime | None
    raw: models.Agent = field(repr=False, eq=False)

    @property
    def is_online(self) -> bool:
        """Whether it is in touch with the service; not reliable in a list of agents."""
        return self.status == AgentStatus.ONLINE

    @property
    def public_key(self) -> PublicKey | None:
        """Its key, to encrypt a passphrase with; None where there is none that can be."""
        return public_key(self.raw.public_key)

    @classmethod
    def from_raw(cls, raw: models.Agent, operation: str) -> Self:
        """Make it from the generated model."""
        fields = Fields(raw, operation)
        return cls(
            machine_agent_id=fields.needed("machine_agent_id", identifier),
            machine_name=fields.optional("machine_name", text),
            status=fields.optional("status", member(AgentStatus)),
            agent_version=fields.optional("agent_version", text),
            architecture=fields.optional("architecture", text),
            operating_system=fields.optional("operating_system", text),
            operating_system_version=fields.optional("operating_system_version", text),
            ip_address=fields.optional("ip_address", text),
            flavor=fields.optional("flavor", text),
            datacenter=fields.optional("datacenter", text),
            # It depends on the operation how this is spelt.
            backup_datacenter=fields.optional("backup_datacenter", text)
            or fields.optional("backup_data_center", text),
            backup_container=fields.optional("backup_container", text),
            host_server_id=fields.optional("host_server_id", _uuid),
            use_service_net=fields.optional("use_service_net", flag),
            is_disabled=fields.optional("is_disabled", flag),
            is_encrypted=fields.optional("is_encrypted", flag),
            cleanup_allowed=fields.optional("cleanup_allowed", flag),
            vault_size=fields.optional("backup_vault_size", size),
            last_successful_backup_time=fields.optional("time_of_last_successful_backup", date),
            raw=raw,
        )


class AgentNotOnline(WaitTimeout):
    """An agent was not online in the time given; it may come online yet.

    Attributes:
        last: The agent as last seen.
        waited: For how long, in seconds.
    """

    def __init__(self, last: Agent, waited: float) -> None:
        self.last = last
        self.waited = waited
        # WaitTimeout has words for what gets done.
        super(WaitTimeout, self).__init__(
            f"agent {last.machine_agent_id} is not online after {waited:.1f} s, but {last.status}"
        )


def _uuid(value: Any) -> UUID:
    if not isinstance(value, UUID):
        raise TypeError(f"no UUID: {value!r}")
    return value
