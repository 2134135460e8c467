"""How long to pause between two looks at something that takes its time."""

import math
from collections.abc import Callable
from typing import Final

from cloud_backup.calling.deadline import LONGEST

LAST_LOOK: Final = 1.0
"""How many seconds the last look may take, which starts when time is up."""

_PATIENCE: Final = 1.25
_ROUNDING: Final = 0.1
"""A remaining time in seconds that is too short for anything."""
_LONGEST: Final = 4


class Pauses:
    """The pauses of one wait: equal while things change, growing while nothing does.

    Args:
        poll_interval: The seconds to pause after a change, above 0. While nothing changes, the
            pauses grow to four times as long.
        timeout: How many seconds to wait in all, 0 or more; None for no limit.
        clock: Returns the time in seconds, from any starting point.

    Raises:
        ValueError: The poll interval or the timeout is out of range.
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
        """The seconds waited so far."""
        # The sleep of a test may take no time, and looks may be slow.
        return max(self._slept, self._clock() - self._began)

    @property
    def left(self) -> float | None:
        """The seconds left; None for no limit."""
        return None if self._timeout is None else max(0.0, self._timeout - self.waited)

    @property
    def for_a_look(self) -> float | None:
        """How many seconds a look may take; None for no limit."""
        return LAST_LOOK if self.is_over else self.left

    @property
    def is_over(self) -> bool:
        """Whether no time is left, apart from rounding errors."""
        return self.left is not None and self.left < _ROUNDING

    def shorten(self, most: float = math.inf) -> None:
        """Go back to the first pause, or to at most some seconds, since something has changed."""
        self._pause = min(self._interval, most)

    def next(self) -> float | None:
        """Return the seconds to pause now; None if time is up."""
        pause, waited = self._pause, self.waited
        self._pause = min(pause * _PATIENCE, self._interval * _LONGEST)
        if self._timeout is not None:
            if waited >= self._timeout:
                return None
            pause = min(pause, self._timeout - waited)
        self._slept += pause
        return pause
