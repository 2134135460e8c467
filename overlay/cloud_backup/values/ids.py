"""What stands for a thing of the service: its id, or any value that knows it."""

from typing import Protocol, TypeAlias

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
    return _positive(agent if isinstance(agent, int) else agent.machine_agent_id, name)


def configuration_id(configuration: ConfigurationRef) -> int:
    """Return the id of a backup configuration."""
    if not isinstance(configuration, int):
        configuration = configuration.backup_configuration_id
    return _positive(configuration, "configuration")


def backup_id(backup: BackupRef) -> int:
    """Return the id of a backup."""
    return _positive(backup if isinstance(backup, int) else backup.backup_id, "backup")


def restore_id(restore: RestoreRef) -> int:
    """Return the id of a restore."""
    return _positive(restore if isinstance(restore, int) else restore.restore_id, "restore")


def _positive(number: int, name: str) -> int:
    if isinstance(number, bool) or number <= 0:
        raise ValueError(f"{name} must be an id, a number above 0, not {number!r}")
    return number
