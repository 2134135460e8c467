"""What a drill tells while it runs."""

from enum import StrEnum

from attrs import frozen

from cloud_backup.drill.planning import PlannedConfiguration
from cloud_backup.drill.verdict import DrillResult

__all__ = ["DrillChange", "Phase"]


class Phase(StrEnum):
    """What a drill is doing about a configuration."""

    WAITING = "waiting"
    """For the agent that is to restore: to come online, or to be done with another restore."""
    RESTORING = "restoring"
    """Its restore has been started."""
    STOPPING = "stopping"
    """Its restore is being stopped."""
    VERIFYING = "verifying"
    """What was restored is being verified."""
    DONE = "done"
    """There is a verdict."""


@frozen(kw_only=True)
class DrillChange:
    """Something has changed about a configuration.

    Attributes:
        planned: The configuration.
        phase: What the drill is doing about it.
        restore_id: Its restore; None if there is none yet.
        state: The state that the restore was last seen in; None if it wasn't yet.
        result: The verdict and what goes with it; None before that.
    """

    planned: PlannedConfiguration
    phase: Phase
    restore_id: int | None = None
    state: str | None = None
    result: DrillResult | None = None
