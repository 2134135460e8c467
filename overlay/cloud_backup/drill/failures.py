"""What it means for a drill that a call failed."""

from typing import TYPE_CHECKING, Final

from cloud_backup.drill.errors import DrillError
from cloud_backup.errors import (
    AuthenticationError,
    CloudBackupError,
    CredentialsMissing,
    RateLimited,
    RegionNotFound,
    ServerError,
    UnexpectedAnswer,
    Unreachable,
)

if TYPE_CHECKING:
    from cloud_backup.drill.drill_clock import DrillClock

__all__ = ["FATAL", "LONGEST_OUTAGE", "Outage", "is_ambiguous", "is_outage"]

FATAL: Final = (AuthenticationError, CredentialsMissing, RegionNotFound, DrillError)
"""What ends a drill, since it would befall every configuration."""

LONGEST_OUTAGE: Final = 600.0
"""For how many seconds something may go unanswered before it is given up."""


def is_ambiguous(error: CloudBackupError) -> bool:
    """Whether a call that failed so may have been carried out all the same."""
    if isinstance(error, Unreachable):
        return not error.not_carried_out
    if isinstance(error, UnexpectedAnswer):
        return error.operation != "authenticate"
    # A 503 as well, whatever it says of when to come back: a gateway may say it of what was done.
    return isinstance(error, ServerError)


def is_outage(error: CloudBackupError) -> bool:
    """Whether a call failed because the service isn't there, which passes."""
    # An answer that was decoded and then lacks something will lack it again.
    is_garbled = isinstance(error, UnexpectedAnswer) and error.undecodable
    return is_garbled or isinstance(error, Unreachable | ServerError | RateLimited)


class Outage:
    """For how long the service as a whole has not answered.

    Args:
        clock: The time.
    """

    def __init__(self, clock: "DrillClock") -> None:
        self._clock = clock
        self._since: float | None = None

    def end(self) -> None:
        """Note that the service has answered."""
        self._since = None

    def bear(self, error: CloudBackupError) -> None:
        """Bear with a service that doesn't answer, but not forever.

        Raises:
            CloudBackupError: It has been so for too long.
        """
        now = self._clock.passed()
        self._since = now if self._since is None else self._since
        if now - self._since >= LONGEST_OUTAGE:
            raise error
