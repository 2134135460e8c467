"""What it means for a drill that a call failed."""

from typing import Final

from cloud_backup.drill.drill_clock import DrillClock
from cloud_backup.drill.errors import DrillError
from cloud_backup.errors import (
    AuthenticationError,
    CloudBackupError,
    CredentialsMissing,
    RegionNotFound,
)

__all__ = ["FATAL", "Outage"]

FATAL: Final = (AuthenticationError, CredentialsMissing, RegionNotFound, DrillError)
"""What ends a drill, since it would befall every configuration."""

_LONGEST: Final = 600.0
"""For how many seconds something may go unanswered before it is given up."""


class Outage:
    """For how long the service as a whole, or what is asked about one thing, isn't answered.

    Args:
        clock: The time.
    """

    def __init__(self, clock: DrillClock) -> None:
        self._clock = clock
        self._since: float | None = None

    def end(self) -> None:
        """Note that there was an answer."""
        self._since = None

    def is_borne(self) -> bool:
        """Note that there was none; whether to go on asking."""
        now = self._clock.passed()
        self._since = now if self._since is None else self._since
        return now - self._since < _LONGEST

    def bear(self, error: CloudBackupError) -> None:
        """Note that there was none.

        Raises:
            CloudBackupError: It has been so for too long.
        """
        if not self.is_borne():
            raise error
