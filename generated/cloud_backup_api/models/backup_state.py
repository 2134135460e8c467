# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import StrEnum


class BackupState(StrEnum):
    """The state of a backup. It is final if it is `Completed`, `CompletedWithErrors`, `Stopped`,
    `Skipped`, `Failed` or `Missed`.
    """

    START_REQUESTED = "StartRequested"
    START_SCHEDULED = "StartScheduled"
    PREPARING = "Preparing"
    QUEUED = "Queued"
    IN_PROGRESS = "InProgress"
    STOP_REQUESTED = "StopRequested"
    COMPLETED = "Completed"
    COMPLETED_WITH_ERRORS = "CompletedWithErrors"
    STOPPED = "Stopped"
    SKIPPED = "Skipped"
    FAILED = "Failed"
    MISSED = "Missed"

    def __str__(self) -> str:
        return str(self.value)

    @property
    def is_final(self) -> bool:
        """Whether it stays in this state."""
        return self in _IS_FINAL

    @property
    def is_successful(self) -> bool:
        """Whether it did all that it was to do, without errors."""
        return self in _IS_SUCCESSFUL


_IS_FINAL = frozenset(
    map(BackupState, ["Completed", "CompletedWithErrors", "Stopped", "Skipped", "Failed", "Missed"])
)
_IS_SUCCESSFUL = frozenset(map(BackupState, ["Completed"]))
