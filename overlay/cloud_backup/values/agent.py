"""An agent: what backs up and restores on one machine."""

from collections.abc import Iterable
from enum import IntEnum

from cloud_backup.errors import AgentNotFound
from cloud_backup_api import models

__all__ = ["Agent", "LogLevel", "only"]


class LogLevel(IntEnum):
    """How much an agent logs: messages of this level and more serious ones.

    The service documents the first and the last; the others are log4j's.
    """

    FATAL = 1
    ERROR = 2
    WARN = 3
    INFO = 4
    DEBUG = 5
    ALL = 6


class Agent(models.Agent):
    """An agent."""

    __slots__ = ()

    @property
    def is_online(self) -> bool:
        """Whether it is connected to the service; not reliable in a list of agents."""
        return self.status is models.AgentStatus.ONLINE


def only(name: str, agents: Iterable[Agent]) -> int:
    """Return the id of the one agent whose machine has a name.

    Letter case matters only if it distinguishes several machines.

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
