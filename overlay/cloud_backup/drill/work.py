"""What a drill has to do about one configuration, and how far it has come."""

from datetime import datetime

from attrs import define

from cloud_backup.drill.failures import Outage
from cloud_backup.drill.history import Began
from cloud_backup.drill.options import DrillOptions
from cloud_backup.drill.planning import PlannedConfiguration
from cloud_backup.drill.verdict import DrillResult
from cloud_backup_api.models import Activity

__all__ = ["CANCELLED", "OVERDUE", "Work"]

OVERDUE = "overdue"
"""Why a restore is stopped: it took longer than it may."""

CANCELLED = "cancelled"
"""Why a restore is stopped: the drill was."""


@define(kw_only=True, eq=False)
class Work:
    """What a drill has to do about one configuration.

    Moments are in seconds that the drill has been running for.

    Attributes:
        planned: The configuration.
        options: How it is tested.
        began: What was done about it; None for nothing yet.
        is_running: Whether its restore has been started, or may have been.
        state: The state that its restore was last seen in.
        told: What the activity last said of its restore.
        uncertain_since: Since when nobody knows whether its restore has been created, or started,
            as was asked for; None if that is known.
        newest_time: When its newest backup completed, if that was looked up and nothing else done.
        attempts: How often this process has asked to start it.
        refused_since: Since when the agent refuses to start it.
        stopping_since: Since when it is being stopped.
        unanswered: For how long what is asked about it isn't answered; None if it is.
        restored: What is known about it once it is restored; None before that, or if it won't be
            verified.
        result: The verdict and what goes with it; None before that.
    """

    planned: PlannedConfiguration
    options: DrillOptions
    began: Began | None = None
    is_running: bool = False
    state: str | None = None
    told: Activity | None = None
    uncertain_since: float | None = None
    newest_time: datetime | None = None
    attempts: int = 0
    refused_since: float | None = None
    stopping_since: float | None = None
    unanswered: Outage | None = None
    restored: DrillResult | None = None
    result: DrillResult | None = None

    @property
    def restore_id(self) -> int | None:
        """Its restore; None if it isn't known."""
        return None if self.began is None else self.began.restore_id

    @property
    def is_start_uncertain(self) -> bool:
        """Whether its restore was asked to start, and nobody knows whether it has."""
        return (
            self.began is not None and self.began.started is not None and not self.began.is_started
        )
