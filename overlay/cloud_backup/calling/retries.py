"""Retries: after which failures a call is sent again, how soon, and for how long.

    failure                                                    retried
    the call was not carried out:                              any operation
        no connection was made, the login failed on the way,
        413, 429, 403 of a start because an agent isn't ready
    the call may have been carried out:                        idempotent operations
        the connection broke or timed out later, 500, 502,
        503, 504, an answer that can't be decoded
    anything else                                              nothing

The connection sleeps and sends; nothing here does.
"""

import random
import time
from collections.abc import Callable
from typing import Any, Final, Self

from attrs import field, frozen, validators

from cloud_backup.calling.deadline import left
from cloud_backup.errors import CloudBackupError, PermissionDenied, RateLimited, StatusError
from cloud_backup.wire.operation import Operation
from cloud_backup.wire.view import LOGGER

_NOT_PERMITTED: Final = ("role", "permi", "authoriz", "denied", "token")
"""Words of a 403 that is about the user. Any other may be about an agent that isn't ready."""


@frozen(kw_only=True)
class Retries:
    """How failed calls are retried.

    The longest possible pause doubles with each attempt, and half of it is random, so that many
    clients don't come back at once. No pause is shorter than the service's `Retry-After`; if that
    is later than the deadline, the call fails at once.

    Args:
        deadline: How many seconds after the start of the first attempt others may start, 0 or more.
        agent_not_ready: The same for a start that is refused because the agent isn't ready.
        attempts: The maximum number of attempts, 1 or more.
        first_pause: The longest first pause in seconds, 0 or more.
        longest_pause: The longest pause in seconds, apart from `Retry-After`, 0 or more.
        clock: Returns the time in seconds, from any starting point.
        random: Returns a random number from 0 up to 1.
        on_retry: Called before each pause with the error, whose `attempts` is how often the call
            was sent, and the length of the pause in seconds.

    Raises:
        ValueError: A number is out of range.
    """

    deadline: float = field(default=60.0, validator=validators.ge(0))
    agent_not_ready: float = field(default=20.0, validator=validators.ge(0))
    attempts: int = field(default=12, validator=validators.ge(1))
    first_pause: float = field(default=0.5, validator=validators.ge(0))
    longest_pause: float = field(default=10.0, validator=validators.ge(0))
    clock: Callable[[], float] = field(default=time.monotonic, repr=False, eq=False)
    random: Callable[[], float] = field(default=random.random, repr=False, eq=False)
    on_retry: Callable[[CloudBackupError, float], object] | None = field(
        default=None, repr=False, eq=False
    )

    @classmethod
    def off(cls) -> Self:
        """Return `Retries` that never retry."""
        return cls(attempts=1)


class Attempts:
    """The attempts at one call. `made` is how many have begun."""

    def __init__(self, retries: Retries, operation: Operation[Any]) -> None:
        self.made = 1
        self._retries = retries
        self._operation = operation
        self._began = retries.clock()
        self._limit = left()
        self._slept = 0.0

    @property
    def waited(self) -> float:
        """The seconds since the first attempt started."""
        # The sleep of a test may take no time.
        return max(self._slept, self._retries.clock() - self._began)

    def pause(self, error: CloudBackupError) -> float | None:
        """Return the seconds to pause before the next attempt; None if there is none.

        Sets the number of attempts on the error of the last one.
        """
        error.attempts = self.made
        patience = self._patience(error)
        if patience is None or self.made >= self._retries.attempts:
            return None
        if self._limit is not None:
            patience = min(patience, self._limit)
        remaining = patience - self.waited
        least = (error.retry_after or 0.0) if isinstance(error, StatusError) else 0.0
        if remaining <= 0 or least > remaining:
            return None
        retries = self._retries
        # The exponent is bounded: 2.0 to the power of thousands is too large a number.
        most = min(retries.first_pause * 2.0 ** min(self.made - 1, 64), retries.longest_pause)
        pause = most * (1 + retries.random()) / 2
        if least:
            # Clients that got the same Retry-After don't all come back at the same moment.
            pause = max(pause, least + retries.first_pause * retries.random())
        pause = min(pause, remaining)
        operation, following = self._operation.id, self.made + 1
        LOGGER.info(
            "%s: %s; attempt %d follows in %.2f s", operation, summary(error), following, pause
        )
        if retries.on_retry is not None:
            retries.on_retry(error, pause)
        return pause

    def next(self, pause: float) -> None:
        """Count another attempt, which starts after a pause in seconds."""
        self.made += 1
        self._slept += pause

    def end(self, error: CloudBackupError) -> None:
        """If there were several attempts, say so in a note on the last error and in the log."""
        if self.made > 1:
            after = f"given up after {self.made} attempts in {self.waited:.1f} s"
            error.add_note(f"{self._operation.id} was {after}")
            LOGGER.warning("%s: %s; %s", self._operation.id, summary(error), after)

    def _patience(self, error: CloudBackupError) -> float | None:
        """Return for how many seconds attempts may start after the first; None for no retry."""
        if self._operation.awaits_agent and isinstance(error, PermissionDenied):
            message = error.message.casefold()
            if not any(word in message for word in _NOT_PERMITTED):
                return min(self._retries.agent_not_ready, self._retries.deadline)
        if isinstance(error, RateLimited):
            return self._retries.deadline
        harmless = self._operation.is_idempotent or not error.may_be_carried_out
        return self._retries.deadline if harmless and error.may_pass else None


def summary(error: CloudBackupError) -> str:
    """Return what failed, for the log, without the words of the service."""
    if isinstance(error, StatusError):
        return f"{error.status} {type(error).__name__}"
    cause = error.__cause__
    kind = type(error).__name__
    return kind if cause is None else f"{kind} ({type(cause).__name__})"
