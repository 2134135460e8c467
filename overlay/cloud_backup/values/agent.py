"""An agent: what backs up and restores on one machine."""

from datetime import datetime
from typing import Self

from attrs import field, frozen

from cloud_backup.byte_size import ByteSize
from cloud_backup.states import AgentStatus
from cloud_backup.values.fields import Fields, date, flag, identifier, member, size, text
from cloud_backup_api import models

__all__ = ["Agent"]


@frozen(kw_only=True)
class Agent:
    """An agent.

    Attributes:
        machine_agent_id: The agent.
        machine_name: Its machine.
        status: Whether it is in touch with the service; not reliable in a list of agents.
        agent_version: The version of its software.
        operating_system: The machine's.
        ip_address: The machine's.
        datacenter: Where the machine is.
        is_disabled: Whether it may not back up.
        is_encrypted: Whether its backups are encrypted.
        vault_size: The size of its backups, rounded as the service rounds it.
        last_successful_backup_time: When the newest of its backups completed.
        raw: The generated model.
    """

    machine_agent_id: int
    machine_name: str | None
    status: AgentStatus | str | None
    agent_version: str | None
    operating_system: str | None
    ip_address: str | None
    datacenter: str | None
    is_disabled: bool | None
    is_encrypted: bool | None
    vault_size: ByteSize | None
    last_successful_backup_time: datetime | None
    raw: models.Agent = field(repr=False, eq=False)

    @classmethod
    def from_raw(cls, raw: models.Agent, operation: str) -> Self:
        """Make it from the generated model."""
        fields = Fields(raw, operation)
        return cls(
            machine_agent_id=fields.needed("machine_agent_id", identifier),
            machine_name=fields.optional("machine_name", text),
            status=fields.optional("status", member(AgentStatus)),
            agent_version=fields.optional("agent_version", text),
            operating_system=fields.optional("operating_system", text),
            ip_address=fields.optional("ip_address", text),
            datacenter=fields.optional("datacenter", text),
            is_disabled=fields.optional("is_disabled", flag),
            is_encrypted=fields.optional("is_encrypted", flag),
            vault_size=fields.optional("backup_vault_size", size),
            last_successful_backup_time=fields.optional("time_of_last_successful_backup", date),
            raw=raw,
        )
