"""When to wake agents, and how soon to look at them then."""

import math
from collections.abc import Callable
from typing import Final

WAKE_EVERY: Final = 70.0
"""The control panel wakes agents again after so many seconds."""

_TAKES: Final = 20.0
"""An agent usually takes so many seconds to come online."""

_FIRST_PAUSE: Final = 0.5


class Waking:
    """When to wake agents: now, and then every 70 seconds.

    If an agent is offline for the first time after that, it fell asleep again: 20 seconds then.

    Args:
        clock: Returns the time in seconds, from any starting point.
        patience: How many seconds to wait for an agent, in which agents are woken at least twice;
            None for no limit.
    """

    def __init__(self, clock: Callable[[], float], patience: float | None = None) -> None:
        self._clock = clock
        self._every = WAKE_EVERY if patience is None else min(WAKE_EVERY, patience / 2)
        self._woken: float | None = None
        self._since: dict[int, float] = {}

    @property
    def are_awaited(self) -> bool:
        """Whether any agent is being waited for."""
        return bool(self._since)

    @property
    def soon(self) -> float:
        """The longest pause in seconds before the next look at agents that are waited for.

        An agent may be awake only briefly, so looks are frequent after a wake-up, then rarer.
        """
        if self._woken is None or not self._since:
            return math.inf
        return max(_FIRST_PAUSE, (self._clock() - self._woken) / 2)

    def is_due(self) -> bool:
        """Whether to wake agents now; if so, the caller must wake them."""
        now = self._clock()
        if self._woken is not None:
            asleep_again = any(since > self._woken for since in self._since.values())
            every = min(self._every, _TAKES) if asleep_again else self._every
            if now - self._woken < every:
                return False
        self._woken = now
        return True

    def offline(self, agent_id: int) -> float:
        """Note that an agent is offline; return the seconds it has been waited for."""
        now = self._clock()
        return now - self._since.setdefault(agent_id, now)

    def forget(self, agent_id: int) -> None:
        """Stop waiting for an agent: it is online, or there is nothing to wait for."""
        self._since.pop(agent_id, None)
