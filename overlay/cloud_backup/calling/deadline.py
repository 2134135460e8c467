"""Until when what is going on must be done.

A deadline holds for all that is done within it: pauses, logins, connecting, each byte that is sent
or received. One within another can only be sooner.
"""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Final

__all__ = ["LONGEST", "left", "within"]

LONGEST: Final = 20 * 86_400.0
"""How many seconds anything waits at once; what an operating system counts may overflow."""

_UNTIL: Final[ContextVar[float | None]] = ContextVar("until", default=None)
_UNCHANGED: Final = nullcontext()


def within(seconds: float | None) -> AbstractContextManager[None]:
    """Set a deadline for what is done in a `with` block.

    Args:
        seconds: In how many seconds it is, 0 or more; None for no other than there is.
    """
    return _UNCHANGED if seconds is None else _sooner(seconds)


@contextmanager
def _sooner(seconds: float) -> Iterator[None]:
    sooner, until = _UNTIL.get(), time.monotonic() + seconds
    token = _UNTIL.set(until if sooner is None else min(sooner, until))
    try:
        yield
    finally:
        _UNTIL.reset(token)


def left() -> float | None:
    """Return how many seconds are left, 0 to LONGEST; None if there is no deadline."""
    until = _UNTIL.get()
    return None if until is None else min(max(0.0, until - time.monotonic()), LONGEST)
