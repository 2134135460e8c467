"""The emulator's own clock: every state of an agent, backup or restore is a function of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

__all__ = ["LATEST", "Anchor", "Clock"]

LATEST: Final = 253_370_764_800_000
"""The beginning of the year 9999, in milliseconds since 1970: there the clock stands still."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the clock was set: it was `own` at `wall` by the machine's, in ms since 1970."""

    wall: int
    own: int


class Clock:
    """A clock that runs as fast as it is told to, and never backwards.

    Args:
        rate: How many seconds of it pass in one of the machine's: 1 is real time, 60 a minute a
            second, 0 a clock that only moves when it is advanced. Finite, and not below 0.
        anchor: Where it was set; None sets it by the machine's clock.
        wall: Gives the machine's time in seconds since 1970.

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
            raise ValueError(f"a clock's rate must be finite and not below 0, not {rate!r}")
        self.rate = rate
        self._wall = wall
        self._anchor = anchor or self._set_by_the_machine()
        self._latest = self._anchor.own

    def _set_by_the_machine(self) -> Anchor:
        now = int(self._wall() * 1000)
        return Anchor(wall=now, own=now)

    @property
    def anchor(self) -> Anchor:
        """Where the clock was set; with it, a clock of another process continues this one."""
        return self._anchor

    def now(self) -> int:
        """Tell the time, in milliseconds since 1970."""
        passed = int(self._wall() * 1000) - self._anchor.wall
        # The machine's clock may be set back; this one stands still then.
        own = min(LATEST, self._anchor.own + int(passed * self.rate))
        self._latest = max(self._latest, own)
        return self._latest

    def advance(self, seconds: float) -> None:
        """Move the clock ahead.

        Args:
            seconds: By how much: finite, and not below 0.

        Raises:
            ValueError: It is out of that range, or leads beyond the year 9999.
        """
        if not 0 <= seconds < float("inf"):
            raise ValueError(f"a clock is advanced by 0 seconds or more, not by {seconds!r}")
        own = self.now() + round(seconds * 1000)
        if own > LATEST:
            raise ValueError(f"a clock is not advanced beyond the year 9999, as by {seconds!r}")
        self._anchor = Anchor(wall=int(self._wall() * 1000), own=own)
        self._latest = own
