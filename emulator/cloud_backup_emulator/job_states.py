"""The states of a backup or restore, as a function of its start and the time.

    StartRequested → Queued → Preparing → InProgress → its outcome
                 ↘        ↘          ↘           ↘
                  StopRequested → Stopped

Nothing runs in the background: each read computes the state.
"""

from dataclasses import dataclass
from typing import Final

__all__ = ["BUSY", "COMPLETE", "Job", "State"]

STEPS: Final = (
    ("StartRequested", 0),
    ("Queued", 3_000),
    ("Preparing", 8_000),
    ("InProgress", 18_000),
)
"""The states before the outcome, and how many milliseconds after the start each begins."""

WORK_BEGINS: Final = STEPS[-1][1]

STOPPING: Final = 5_000
"""How many milliseconds a job stays in StopRequested."""

BUSY: Final = frozenset(
    {"StartRequested", "StartScheduled", "Preparing", "Queued", "InProgress", "StopRequested"}
)
"""The states of a running job."""

COMPLETE: Final = frozenset({"Completed", "CompletedWithErrors"})
"""The states of a job that did its work."""


@dataclass(frozen=True, slots=True)
class State:
    """A state and its start, in milliseconds since 1970."""

    name: str
    since: int


@dataclass(frozen=True, slots=True)
class Job:
    """A started backup or restore.

    Attributes:
        started: When it started, in milliseconds since 1970.
        work: How long it is InProgress, in milliseconds.
        stopped: When its stop was requested; None if it wasn't.
        outcome: Its final state, unless it is stopped.
        moving: Whether its transfer isn't finished, so that it can't be done yet.
    """

    started: int
    work: int
    stopped: int | None = None
    outcome: str = "Completed"
    moving: bool = False

    @property
    def ends(self) -> int:
        """When it ends, in any final state."""
        if self.stopped is not None:
            return self.stopped + STOPPING
        # A failing job ends halfway.
        work = self.work // 2000 * 1000 if self.outcome == "Failed" else self.work
        return self.started + WORK_BEGINS + work

    def state(self, now: int) -> State:
        """Return its state at a time, in milliseconds since 1970."""
        if self.moving:
            now = min(now, self.ends - 1)
        if now >= self.ends:
            return State("Stopped" if self.stopped is not None else self.outcome, self.ends)
        if self.stopped is not None and now >= self.stopped:
            return State("StopRequested", self.stopped)
        name, after = max(
            (step for step in STEPS if self.started + step[1] <= now),
            key=lambda step: step[1],
            default=STEPS[0],
        )
        return State(name, self.started + after)

    def share_done(self, now: int) -> float:
        """Return the share of its work that is done at a time, from 0 to 1."""
        end = min(now, self.ends if self.stopped is None else self.stopped)
        worked = end - self.started - WORK_BEGINS
        return min(1.0, max(0.0, worked / self.work)) if self.work else 1.0
