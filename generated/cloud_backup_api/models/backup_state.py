# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import StrEnum


class BackupState(StrEnum):
    COMPLETED = "Completed"
    COMPLETED_WITH_ERRORS = "CompletedWithErrors"
    FAILED = "Failed"
    IN_PROGRESS = "InProgress"
    MISSED = "Missed"
    PREPARING = "Preparing"
    QUEUED = "Queued"
    SKIPPED = "Skipped"
    START_REQUESTED = "StartRequested"
    START_SCHEDULED = "StartScheduled"
    STOPPED = "Stopped"
    STOP_REQUESTED = "StopRequested"

    def __str__(self) -> str:
        return str(self.value)
