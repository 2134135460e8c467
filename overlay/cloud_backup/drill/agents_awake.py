"""Whether the agents that are to restore are online, and waking those that aren't."""

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from cloud_backup.drill.duration_text import duration_text
from cloud_backup.drill.failures import FATAL, Outage, is_outage
from cloud_backup.drill.verdict import Verdict
from cloud_backup.errors import CloudBackupError, NotFound

if TYPE_CHECKING:
    from cloud_backup._sync.client import CloudBackup
    from cloud_backup.drill.drill_clock import DrillClock
    from cloud_backup_api.models import Agent

__all__ = ["AgentsAwake"]

_WAKE_EVERY: Final = 70.0
"""After how many seconds agents are woken again, as the control panel does."""


class AgentsAwake:
    """Looks at agents, and wakes them.

    Args:
        client: The client.
        clock: The time.
        outage: Whether the service answers.
        patience: For how many seconds an agent may take to come online.
    """

    def __init__(
        self, client: "CloudBackup", clock: "DrillClock", outage: Outage, patience: float
    ) -> None:
        self._client = client
        self._clock = clock
        self._outage = outage
        self._patience = patience
        self._offline_since: dict[int, float] = {}
        self._woken: float | None = None

    @property
    def are_awaited(self) -> bool:
        """Whether agents are being woken."""
        return bool(self._offline_since)

    def look(self, agent_id: int) -> "tuple[Agent | None, tuple[Verdict, str] | None]":
        """Look at an agent, and give it time to come online, but no more than there is.

        Returns:
            The agent, if it is online; else the verdict on all that it was to restore, if there is
            nothing more to wait for.

        Raises:
            CloudBackupError: The service hasn't answered for too long, or never will.
        """
        try:
            agent = self._client.agents.get(agent_id)
        except FATAL:
            raise
        except NotFound:
            self._offline_since.pop(agent_id, None)
            return None, (Verdict.ERROR, f"Agent {agent_id} isn't there any more.")
        except CloudBackupError as error:
            if is_outage(error):
                # That tells nothing about the agent.
                self._outage.bear(error)
                return None, None
            return None, self._awaited(agent_id, f": {error}")
        self._outage.end()
        if agent.is_disabled:
            self._offline_since.pop(agent_id, None)
            reason = f"Agent {agent_id} is disabled: enable it, and try again."
            return None, (Verdict.AGENT_OFFLINE, reason)
        if not agent.is_online:
            return None, self._awaited(agent_id, f", but {agent.status}")
        self._offline_since.pop(agent_id, None)
        return agent, None

    def wake(self) -> None:
        """Wake the agents, if one is waited for and they haven't been woken lately."""
        now = self._clock.passed()
        if not self._offline_since or (self._woken is not None and now - self._woken < _WAKE_EVERY):
            return
        self._woken = now
        try:
            self._client.agents.wake()
        except FATAL:
            raise
        except CloudBackupError:
            pass  # they may come online by themselves

    def _awaited(self, agent_id: int, problem: str) -> tuple[Verdict, str] | None:
        now = self._clock.passed()
        waited = now - self._offline_since.setdefault(agent_id, now)
        if waited < self._patience:
            return None
        del self._offline_since[agent_id]
        told = duration_text(timedelta(seconds=waited))
        return Verdict.AGENT_OFFLINE, f"Agent {agent_id} was not online after {told}{problem}."
