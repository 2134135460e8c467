"""The time by which a drill goes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

__all__ = ["DrillClock", "utc_now"]


def utc_now() -> datetime:
    """Tell the time, by this machine's clock."""
    return datetime.now(UTC)


class DrillClock:
    """A clock that never goes backwards, and counts what has been slept.

    Args:
        now: Tells the time, with its time zone.
        sleep: Sleeps for so many seconds; it may be a test's, which takes no time.
    """

    def __init__(self, now: Callable[[], datetime], sleep: Callable[[float], object]) -> None:
        self._now = now
        self._sleep = sleep
        self._began = now()
        self._slept = timedelta(0)
        self._latest = self._began

    def now(self) -> datetime:
        """Tell the time."""
        # The machine's clock may be set back, and what sleeps may take no time.
        self._latest = max(self._latest, self._now(), self._began + self._slept)
        return self._latest

    def sleep(self, seconds: float) -> None:
        """Sleep for so many seconds, 0 or more."""
        self._sleep(seconds)
        self._slept += timedelta(seconds=seconds)
