"""What a drill has to do about one configuration, and how far it has come."""

from datetime import datetime

from attrs import define

from cloud_backup.drill.history import Began
from cloud_backup.drill.plan import PlannedConfiguration
from cloud_backup.drill.verdict import DrillResult

__all__ = ["CANCELLED", "OVERDUE", "Work"]

OVERDUE = "overdue"
"""Why a restore is stopped: it took longer than it may."""

CANCELLED = "cancelled"
"""Why a restore is stopped: the drill was."""


@define(kw_only=True, eq=False)
class Work:
    """What a drill has to do about one configuration.

    Attributes:
        planned: The configuration.
        began: What was done about it; None for nothing yet.
        is_running: Whether its restore has been started, or may have been.
        state: The state that its restore was last seen in.
        is_found_out: Whether it is known whether its restore has been created.
        attempts: How often this process has asked to start it.
        refused_since: Since when the agent refuses to start it.
        stopping_since: Since when it is being stopped.
        unanswered_since: Since when the service doesn't answer what is asked about it.
        result: The verdict and what goes with it; None before that.
    """

    planned: PlannedConfiguration
    began: Began | None = None
    is_running: bool = False
    state: str | None = None
    is_found_out: bool = False
    attempts: int = 0
    refused_since: datetime | None = None
    stopping_since: datetime | None = None
    unanswered_since: datetime | None = None
    result: DrillResult | None = None

    @property
    def restore_id(self) -> int | None:
        """Its restore; None where it isn't known."""
        return None if self.began is None else self.began.restore_id

    @property
    def is_start_uncertain(self) -> bool:
        """Whether its restore was asked to start, and nobody knows whether it has."""
        return (
            self.began is not None and self.began.started is not None and not self.began.is_started
        )
