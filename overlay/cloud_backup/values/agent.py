"""An agent: what backs up and restores on one machine."""

from enum import IntEnum

from cloud_backup.errors import WaitTimeout
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


class Agent(models.Agent):
    """An agent."""

    __slots__ = ()

    @property
    def is_online(self) -> bool:
        """Whether it is in touch with the service; not reliable in a list of agents."""
        return self.status is models.AgentStatus.ONLINE


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
