"""How long to pause between two looks at something that is done in its own time."""

import math
from collections.abc import Callable
from typing import Final

from cloud_backup.calling.deadline import LONGEST

__all__ = ["LAST_LOOK", "Pauses"]

LAST_LOOK: Final = 1.0
"""How many seconds the last look may take, which begins when the time is up."""

_PATIENCE: Final = 1.25
_ROUNDING: Final = 0.1
"""For how many seconds nothing can be done any more."""
_LONGEST: Final = 4


class Pauses:
    """The pauses of one wait: equal while things change, longer and longer while nothing does.

    Args:
        poll_interval: For how many seconds to pause after a change, above 0. While nothing changes
            the pauses grow, to four times as much.
        timeout: For how many seconds to wait in all; None for as long as it takes.
        clock: Gives the time in seconds, from whenever.

    Raises:
        ValueError: The poll interval is not above 0, or the timeout is below it.
    """

    def __init__(
        self, poll_interval: float, timeout: float | None, clock: Callable[[], float]
    ) -> None:
        if not poll_interval > 0:
            raise ValueError(f"poll_interval must be above 0 seconds, not {poll_interval!r}")
        if timeout is not None and not timeout >= 0:
            raise ValueError(f"timeout must be 0 seconds or more, not {timeout!r}")
        self._interval = self._pause = min(poll_interval, LONGEST / _LONGEST)
        self._timeout = timeout
        self._clock = clock
        self._began = clock()
        self._slept = 0.0

    @property
    def waited(self) -> float:
        """For how many seconds it has been going on."""
        # What sleeps may be a test's, which takes no time; asking may be slow.
        return max(self._slept, self._clock() - self._began)

    @property
    def left(self) -> float | None:
        """For how many seconds it may still go on; None for as long as it takes."""
        return None if self._timeout is None else max(0.0, self._timeout - self.waited)

    @property
    def for_a_look(self) -> float | None:
        """How many seconds a look may take; None for as long as it takes."""
        return LAST_LOOK if self.is_over else self.left

    @property
    def is_over(self) -> bool:
        """Whether there is no time left, but what is lost in adding up pauses."""
        return self.left is not None and self.left < _ROUNDING

    def shorten(self, most: float = math.inf) -> None:
        """Pause no longer than at first, since something has changed.

        Args:
            most: For how many seconds to pause at most, above 0.
        """
        self._pause = min(self._interval, most)

    def next(self) -> float | None:
        """Say for how many seconds to pause now; None if time has run out."""
        pause, waited = self._pause, self.waited
        self._pause = min(pause * _PATIENCE, self._interval * _LONGEST)
        if self._timeout is not None:
            if waited >= self._timeout:
                return None
            pause = min(pause, self._timeout - waited)
        self._slept += pause
        return pause
