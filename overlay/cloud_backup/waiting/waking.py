"""When agents are woken, and how soon they are looked at then."""

import math
from collections.abc import Callable
from typing import Final

__all__ = ["WAKE_EVERY", "Waking"]

WAKE_EVERY: Final = 70.0
"""After how many seconds the control panel wakes agents again."""

_TAKES: Final = 20.0
"""How many seconds an agent takes to come online, as a rule."""

_FIRST_PAUSE: Final = 0.5


class Waking:
    """When agents are woken: at first, and then every 70 seconds.

    One that is found offline later than that has fallen asleep again, and waits for 20 seconds.

    Args:
        clock: Gives the time in seconds, from whenever.
        patience: For how many seconds an agent is waited for; None for as long as it takes. Within
            that time agents are woken twice at least.
    """

    def __init__(self, clock: Callable[[], float], patience: float | None = None) -> None:
        self._clock = clock
        self._every = WAKE_EVERY if patience is None else min(WAKE_EVERY, patience / 2)
        self._woken: float | None = None
        self._since: dict[int, float] = {}

    @property
    def are_awaited(self) -> bool:
        """Whether an agent is waited for."""
        return bool(self._since)

    @property
    def soon(self) -> float:
        """How many seconds to pause at most before the next look at agents that are waited for.

        An agent may be awake for a short time only, so looks are close after agents were woken, and
        farther and farther apart then.
        """
        if self._woken is None or not self._since:
            return math.inf
        return max(_FIRST_PAUSE, (self._clock() - self._woken) / 2)

    def is_due(self) -> bool:
        """Whether agents are to be woken now; whoever asks wakes them."""
        now = self._clock()
        if self._woken is not None:
            asleep_again = any(since > self._woken for since in self._since.values())
            every = min(self._every, _TAKES) if asleep_again else self._every
            if now - self._woken < every:
                return False
        self._woken = now
        return True

    def offline(self, agent_id: int) -> float:
        """Note that an agent is offline; return for how many seconds it has been waited for."""
        now = self._clock()
        return now - self._since.setdefault(agent_id, now)

    def forget(self, agent_id: int) -> None:
        """Wait for an agent no longer: it is online, or there is nothing to wait for."""
        self._since.pop(agent_id, None)
