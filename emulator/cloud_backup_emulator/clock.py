"""The emulator's own clock: every state of an agent, backup or restore is a function of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

__all__ = ["LATEST", "Anchor", "Clock"]

LATEST: Final = 253_370_764_800_000
"""The start of the year 9999, in milliseconds since 1970, where the clock stops."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """When a clock was set: to `own`, at the machine's time `wall`, both in ms since 1970."""

    wall: int
    own: int


class Clock:
    """A clock that runs at any rate, and never backwards.

    Args:
        rate: How many of its seconds pass per real second: 1 is real time, 60 a minute per second,
            0 a clock that only moves when advanced. Finite, not negative.
        anchor: When it was set; None sets it to the machine's time.
        wall: Returns the machine's time in seconds since 1970.

    Raises:
        ValueError: The rate is negative or not finite.
    """

    def __init__(
        self,
        rate: float = 1.0,
        *,
        anchor: Anchor | None = None,
        wall: Callable[[], float] = time.time,
    ) -> None:
        if not 0 <= rate < float("inf"):
            raise ValueError(f"invalid rate {rate!r}: expected a finite number, 0 or more")
        self.rate = rate
        self._wall = wall
        self._anchor = anchor or self._set_by_the_machine()
        self._latest = self._anchor.own

    def _set_by_the_machine(self) -> Anchor:
        now = int(self._wall() * 1000)
        return Anchor(wall=now, own=now)

    @property
    def anchor(self) -> Anchor:
        """When the clock was set. A clock of another process can continue from it."""
        return self._anchor

    def now(self) -> int:
        """Return the time, in milliseconds since 1970."""
        passed = int(self._wall() * 1000) - self._anchor.wall
        # If the machine's clock is set back, this one stands still.
        own = min(LATEST, self._anchor.own + int(passed * self.rate))
        self._latest = max(self._latest, own)
        return self._latest

    def advance(self, seconds: float) -> None:
        """Advance the clock.

        Args:
            seconds: By how much: finite, not negative.

        Raises:
            ValueError: It is out of that range, or leads beyond the year 9999.
        """
        if not 0 <= seconds < float("inf"):
            raise ValueError(f"can't advance the clock by {seconds!r} s: expected 0 or more")
        own = self.now() + round(seconds * 1000)
        if own > LATEST:
            raise ValueError(f"can't advance the clock by {seconds!r} s: beyond the year 9999")
        self._anchor = Anchor(wall=int(self._wall() * 1000), own=own)
        self._latest = own
