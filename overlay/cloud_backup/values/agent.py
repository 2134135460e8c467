"""An agent: what backs up and restores on one machine."""

from collections.abc import Iterable
from datetime import datetime
from enum import IntEnum
from typing import Any, Final, Self
from uuid import UUID

from attrs import define, field

from cloud_backup.byte_size import ByteSize
from cloud_backup.encryption import PublicKey
from cloud_backup.errors import AgentNotFound, WaitTimeout
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

__all__ = ["SHOWN", "Agent", "AgentNotOnline", "LogLevel", "only"]


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


@define(repr=False)
class Agent:
    """An agent.

    Each reads what it is asked for from the generated model, and only then, as `Activity` does.

    Args:
        raw: The generated model.
        operation: The operation that answered with it, for errors.
    """

    _raw: models.Agent
    _operation: str = field(default="getAgent", eq=False)

    @property
    def raw(self) -> models.Agent:
        """The generated model."""
        return self._raw

    @property
    def machine_agent_id(self) -> int:
        """The agent."""
        return self._fields.needed("machine_agent_id", identifier)

    @property
    def machine_name(self) -> str | None:
        """Its machine."""
        return self._fields.optional("machine_name", text)

    @property
    def status(self) -> AgentStatus | str | None:
        """Whether it is in touch with the service; not reliable in a list of agents."""
        return self._fields.optional("status", member(AgentStatus))

    @property
    def agent_version(self) -> str | None:
        """The version of its software."""
        return self._fields.optional("agent_version", text)

    @property
    def architecture(self) -> str | None:
        """The machine's, `64-bit` or `32-bit`."""
        return self._fields.optional("architecture", text)

    @property
    def operating_system(self) -> str | None:
        """The machine's."""
        return self._fields.optional("operating_system", text)

    @property
    def operating_system_version(self) -> str | None:
        """The version of that."""
        return self._fields.optional("operating_system_version", text)

    @property
    def ip_address(self) -> str | None:
        """The machine's."""
        return self._fields.optional("ip_address", text)

    @property
    def flavor(self) -> str | None:
        """The kind of machine; `RaxCloudServer` is a Cloud Server."""
        return self._fields.optional("flavor", text)

    @property
    def datacenter(self) -> str | None:
        """Where the machine is."""
        return self._fields.optional("datacenter", text)

    @property
    def backup_datacenter(self) -> str | None:
        """Where its backups go."""
        # It depends on the operation how this is spelt.
        read = self._fields.optional
        return read("backup_datacenter", text) or read("backup_data_center", text)

    @property
    def backup_container(self) -> str | None:
        """The URL of the container in Cloud Files that has its backups."""
        return self._fields.optional("backup_container", text)

    @property
    def host_server_id(self) -> UUID | None:
        """The Cloud Server that it runs on."""
        return self._fields.optional("host_server_id", _uuid)

    @property
    def use_service_net(self) -> bool | None:
        """Whether its backups go through ServiceNet, Rackspace's internal network."""
        return self._fields.optional("use_service_net", flag)

    @property
    def is_disabled(self) -> bool | None:
        """Whether it may not back up."""
        return self._fields.optional("is_disabled", flag)

    @property
    def is_encrypted(self) -> bool | None:
        """Whether its backups are encrypted."""
        return self._fields.optional("is_encrypted", flag)

    @property
    def cleanup_allowed(self) -> bool | None:
        """Whether backups that have expired may be cleaned up."""
        return self._fields.optional("cleanup_allowed", flag)

    @property
    def vault_size(self) -> ByteSize | None:
        """The size of its backups, rounded as the service rounds it."""
        return self._fields.optional("backup_vault_size", size)

    @property
    def last_successful_backup_time(self) -> datetime | None:
        """When the newest of its backups completed."""
        return self._fields.optional("time_of_last_successful_backup", date)

    @property
    def is_online(self) -> bool:
        """Whether it is in touch with the service; not reliable in a list of agents."""
        return self.status == AgentStatus.ONLINE

    @property
    def public_key(self) -> PublicKey | None:
        """Its key, to encrypt a passphrase with; None where there is none that can be."""
        return public_key(self._raw.public_key)

    @classmethod
    def from_raw(cls, raw: models.Agent, operation: str) -> Self:
        """Make it from the generated model.

        Raises:
            UnexpectedAnswer: It has no id, without which it is of no use.
        """
        made = cls(raw, operation)
        _ = made.machine_agent_id  # it raises
        return made

    @property
    def _fields(self) -> Fields:
        return Fields(self._raw, self._operation)

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={getattr(self, name)!r}" for name in SHOWN)
        return f"{type(self).__name__}({told})"


SHOWN: Final = (
    "machine_agent_id",
    "machine_name",
    "status",
    "agent_version",
    "architecture",
    "operating_system",
    "operating_system_version",
    "ip_address",
    "flavor",
    "datacenter",
    "backup_datacenter",
    "backup_container",
    "host_server_id",
    "use_service_net",
    "is_disabled",
    "is_encrypted",
    "cleanup_allowed",
    "vault_size",
    "last_successful_backup_time",
)
"""The attributes that its repr shows, and that tables and JSON of the command line have."""


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


def only(name: str, agents: Iterable[Agent]) -> int:
    """Return the id of the one agent whose machine has a name.

    The letter case counts only if it tells several machines apart.

    Raises:
        AgentNotFound: No machine has it, or several have.
    """
    named = [(agent.machine_name or "", agent.machine_agent_id) for agent in agents]
    folded = [found for found in named if found[0].casefold() == name.casefold()]
    exact = [found for found in folded if found[0] == name]
    matching = [agent_id for _, agent_id in exact or folded]
    if len(matching) != 1:
        raise AgentNotFound(name, matching, (found for found, _ in named))
    return matching[0]
