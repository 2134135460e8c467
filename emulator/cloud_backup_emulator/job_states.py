"""The states of a backup or a restore, as a function of when it was started and of the time.

    StartRequested → Queued → Preparing → InProgress → its outcome
                 ↘        ↘          ↘           ↘
                  StopRequested → Stopped

Nothing runs in the background: whoever looks, computes.
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
"""The states before the outcome, each with how long after the start it begins, in milliseconds."""

WORK_BEGINS: Final = STEPS[-1][1]

STOPPING: Final = 5_000
"""For how many milliseconds a job is in StopRequested."""

BUSY: Final = frozenset(
    {"StartRequested", "StartScheduled", "Preparing", "Queued", "InProgress", "StopRequested"}
)
"""The states of a job that is under way."""

COMPLETE: Final = frozenset({"Completed", "CompletedWithErrors"})
"""The states of a job that has done what it was to do."""


@dataclass(frozen=True, slots=True)
class State:
    """A state, and since when, in milliseconds since 1970."""

    name: str
    since: int


@dataclass(frozen=True, slots=True)
class Job:
    """A backup or a restore that has been started.

    Attributes:
        started: When it was, in milliseconds since 1970.
        work: How long it is InProgress, in milliseconds.
        stopped: When it was asked to stop; None if it wasn't.
        outcome: The state it ends in, unless it is stopped.
        moving: Whether files are still to be moved, so that it can't be done yet.
    """

    started: int
    work: int
    stopped: int | None = None
    outcome: str = "Completed"
    moving: bool = False

    @property
    def ends(self) -> int:
        """When it is done, in whatever way."""
        if self.stopped is not None:
            return self.stopped + STOPPING
        # One that fails does so half-way.
        work = self.work // 2000 * 1000 if self.outcome == "Failed" else self.work
        return self.started + WORK_BEGINS + work

    def state(self, now: int) -> State:
        """Tell the state it is in at a time, in milliseconds since 1970."""
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
        """Tell how much of its work is done at a time, from 0 to 1."""
        end = min(now, self.ends if self.stopped is None else self.stopped)
        worked = end - self.started - WORK_BEGINS
        return min(1.0, max(0.0, worked / self.work)) if self.work else 1.0
