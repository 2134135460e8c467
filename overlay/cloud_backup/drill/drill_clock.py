"""The time by which a drill goes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

__all__ = ["CLOCKS_DIFFER", "DrillClock", "utc_now"]

CLOCKS_DIFFER: Final = timedelta(hours=1)
"""By how much two clocks, of the service, an agent or this machine, may differ."""


def utc_now() -> datetime:
    """Return the time of this machine's clock."""
    return datetime.now(UTC)


class DrillClock:
    """The time of day, which is only written down, and the seconds passed, which decide.

    The time of day may be set forward and back while a drill runs. The seconds passed can't, and
    count on from one run of a drill to the next.

    Args:
        now: Tells the time of day, with its time zone.
        sleep: Sleeps for so many seconds; it may be a test's, which takes no time.
        monotonic: Tells seconds, from whenever, that only grow.
        passed: How many seconds have passed in earlier runs.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        sleep: Callable[[float], object],
        monotonic: Callable[[], float],
        passed: float = 0.0,
    ) -> None:
        self._now = now
        self._sleep = sleep
        self._monotonic = monotonic
        self._began = monotonic()
        self._passed = passed
        self._slept = 0.0

    def now(self) -> datetime:
        """Return the time of day in milliseconds, as the service does."""
        now = self._now()
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def passed(self) -> float:
        """Return for how many seconds the drill has been running, all runs together."""
        return self._passed + max(self._slept, self._monotonic() - self._began)

    def sleep(self, seconds: float) -> None:
        """Sleep for so many seconds, 0 or more."""
        self._sleep(seconds)
        self._slept += seconds
