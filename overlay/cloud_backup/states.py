"""The states that the service documents. A state of another name arrives as the text it is."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

__all__ = [
    "ActivityType",
    "AgentStatus",
    "BackupState",
    "RestoreState",
    "is_final",
    "is_successful",
]


class BackupState(StrEnum):
    """The state of a backup."""

    START_REQUESTED = "StartRequested"
    START_SCHEDULED = "StartScheduled"
    QUEUED = "Queued"
    PREPARING = "Preparing"
    IN_PROGRESS = "InProgress"
    STOP_REQUESTED = "StopRequested"
    COMPLETED = "Completed"
    COMPLETED_WITH_ERRORS = "CompletedWithErrors"
    STOPPED = "Stopped"
    SKIPPED = "Skipped"
    FAILED = "Failed"
    MISSED = "Missed"

    @property
    def is_final(self) -> bool:
        """Whether a backup stays in it."""
        return is_final(self)

    @property
    def is_successful(self) -> bool:
        """Whether all went well: Completed, and without errors."""
        return is_successful(self)


class RestoreState(StrEnum):
    """The state of a restore."""

    CREATING = "Creating"
    START_REQUESTED = "StartRequested"
    QUEUED = "Queued"
    PREPARING = "Preparing"
    IN_PROGRESS = "InProgress"
    STOP_REQUESTED = "StopRequested"
    COMPLETED = "Completed"
    COMPLETED_WITH_ERRORS = "CompletedWithErrors"
    STOPPED = "Stopped"
    FAILED = "Failed"

    @property
    def is_final(self) -> bool:
        """Whether a restore stays in it."""
        return is_final(self)

    @property
    def is_successful(self) -> bool:
        """Whether all went well: Completed, and without errors."""
        return is_successful(self)


class AgentStatus(StrEnum):
    """Whether an agent is in touch with the service. Not reliable in a list of agents."""

    ONLINE = "Online"
    OFFLINE = "Offline"
    UNKNOWN = "Unknown"


class ActivityType(StrEnum):
    """What kind of thing an activity is."""

    BACKUP = "Backup"
    RESTORE = "Restore"
    CLEANUP = "Cleanup"


RESTORE_STATE_IDS: Final[Mapping[int, RestoreState]] = {
    0: RestoreState.CREATING,
    1: RestoreState.QUEUED,
    2: RestoreState.IN_PROGRESS,
    3: RestoreState.COMPLETED,
    4: RestoreState.STOPPED,
    5: RestoreState.FAILED,
    6: RestoreState.START_REQUESTED,
    7: RestoreState.STOP_REQUESTED,
    8: RestoreState.COMPLETED_WITH_ERRORS,
    9: RestoreState.PREPARING,
}
"""The numbers that restores have for their states."""

_FINAL: Final = frozenset(
    {"Completed", "CompletedWithErrors", "Stopped", "Skipped", "Failed", "Missed"}
)


def is_final(state: str) -> bool:
    """Whether a backup or restore in this state stays in it; no, if the state is not known."""
    return str(state) in _FINAL


def is_successful(state: str) -> bool:
    """Whether a backup or restore in this state did all that it was to do, without errors."""
    return str(state) == "Completed"
