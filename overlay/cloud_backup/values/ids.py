"""What stands for a thing of the service: its id, or any value that knows it."""

from operator import index
from typing import Protocol, SupportsIndex, TypeAlias

__all__ = [
    "AgentRef",
    "BackupRef",
    "ConfigurationRef",
    "RestoreRef",
    "agent_id",
    "backup_id",
    "configuration_id",
    "restore_id",
]


class WithAgentId(Protocol):
    """A value that knows an agent."""

    @property
    def machine_agent_id(self) -> int:
        """The agent's id."""
        ...


class WithConfigurationId(Protocol):
    """A value that knows a backup configuration."""

    @property
    def backup_configuration_id(self) -> int:
        """The configuration's id."""
        ...


class WithBackupId(Protocol):
    """A value that knows a backup."""

    @property
    def backup_id(self) -> int:
        """The backup's id."""
        ...


class WithRestoreId(Protocol):
    """A value that knows a restore."""

    @property
    def restore_id(self) -> int:
        """The restore's id."""
        ...


AgentRef: TypeAlias = int | WithAgentId
"""An agent: its id, or a value that has it as `machine_agent_id`."""

ConfigurationRef: TypeAlias = int | WithConfigurationId
"""A backup configuration: its id, or a value that has it as `backup_configuration_id`."""

BackupRef: TypeAlias = int | WithBackupId
"""A backup: its id, or a value that has it as `backup_id`."""

RestoreRef: TypeAlias = int | WithRestoreId
"""A restore: its id, or a value that has it as `restore_id`."""


def agent_id(agent: AgentRef, name: str = "agent") -> int:
    """Return the id of an agent."""
    return _id(agent, "machine_agent_id", name)


def configuration_id(configuration: ConfigurationRef) -> int:
    """Return the id of a backup configuration."""
    return _id(configuration, "backup_configuration_id", "configuration")


def backup_id(backup: BackupRef) -> int:
    """Return the id of a backup."""
    return _id(backup, "backup_id", "backup")


def restore_id(restore: RestoreRef) -> int:
    """Return the id of a restore."""
    return _id(restore, "restore_id", "restore")


def _id(thing: object, attribute: str, name: str) -> int:
    """Return the id of what is one, or has one.

    Raises:
        TypeError: It is neither.
        ValueError: It is no id.
    """
    number = thing if isinstance(thing, SupportsIndex) else getattr(thing, attribute, None)
    if not isinstance(number, SupportsIndex):
        found = (
            f"{name} must be an id, a number above 0, or a value with {attribute}, not {thing!r}"
        )
        if attribute == "machine_agent_id" and isinstance(thing, str):
            found += f"; agents.get({thing!r}) finds an agent by the name of its machine"
        raise TypeError(found)
    # An id out of a data frame is a number of NumPy's.
    whole = index(number)
    if isinstance(number, bool) or whole <= 0:
        raise ValueError(f"{name} must be an id, a number above 0, not {number!r}")
    return whole
