"""Deadlines: until when something must be done.

A deadline limits everything in its `with` block: pauses, logins, connecting, and each byte that is
sent or received. A deadline inside another one can only be sooner.
"""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Final

LONGEST: Final = 20 * 86_400.0
"""The longest single wait in seconds: longer ones overflow in some operating systems."""

_UNTIL: Final[ContextVar[float | None]] = ContextVar("until", default=None)
_UNCHANGED: Final = nullcontext()


def within(seconds: float | None) -> AbstractContextManager[None]:
    """Set a deadline for a `with` block, in 0 or more seconds; None for no further one."""
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
