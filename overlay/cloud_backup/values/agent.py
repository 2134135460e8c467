"""An agent: what backs up and restores on one machine."""

from collections.abc import Iterable

from cloud_backup.errors import AgentNotFound, WaitTimeout
from cloud_backup_api.models import Agent

__all__ = ["AgentNotOnline", "only"]


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
