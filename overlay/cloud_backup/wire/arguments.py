"""What methods take: for an id any value that has it, for a member of an enumeration its value."""

from enum import Enum
from functools import partial
from operator import index
from typing import Final, Protocol, SupportsIndex, TypeAlias, TypeVar
from uuid import UUID

__all__ = [
    "AgentRef",
    "BackupRef",
    "ConfigurationRef",
    "RestoreRef",
    "agent_id",
    "backup_id",
    "configuration_id",
    "identifier",
    "member",
    "restore_id",
    "uuid_of",
]

E = TypeVar("E", bound=Enum)


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
ConfigurationRef: TypeAlias = int | WithConfigurationId
BackupRef: TypeAlias = int | WithBackupId
RestoreRef: TypeAlias = int | WithRestoreId


def identifier(thing: object, attribute: str, name: str) -> int:
    """Return the id of what is one, or has one.

    Args:
        thing: The id, or a value that has it.
        attribute: The attribute that has it.
        name: The argument, for errors.

    Raises:
        TypeError: It is neither.
        ValueError: It can't be an id.
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


agent_id: Final = partial(identifier, attribute="machine_agent_id", name="agent")
configuration_id: Final = partial(
    identifier, attribute="backup_configuration_id", name="configuration"
)
backup_id: Final = partial(identifier, attribute="backup_id", name="backup")
restore_id: Final = partial(identifier, attribute="restore_id", name="restore")


def member(kind: type[E], value: object, name: str) -> E:
    """Return a member of an enumeration, given itself or its value. A text's case doesn't matter.

    Raises:
        ValueError: There is no such member.
    """
    for found in kind:
        same = found.value == value and not isinstance(value, bool)
        if same or (isinstance(value, str) and str(found.value).casefold() == value.casefold()):
            return found
    known = ", ".join(str(each.value) for each in kind)
    raise ValueError(f"{name} must be one of {known}, not {value!r}")


def uuid_of(value: UUID | str, name: str) -> UUID:
    """Return a UUID, given as one or as text.

    Raises:
        ValueError: It is neither.
    """
    try:
        return value if isinstance(value, UUID) else UUID(value)
    except (AttributeError, TypeError, ValueError):
        raise ValueError(f"{name} must be a UUID, not {value!r}") from None
