# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import StrEnum


class BackupState(StrEnum):
    COMPLETED = "Completed"
    COMPLETEDWITHERRORS = "CompletedWithErrors"
    FAILED = "Failed"
    INPROGRESS = "InProgress"
    MISSED = "Missed"
    PREPARING = "Preparing"
    QUEUED = "Queued"
    SKIPPED = "Skipped"
    STARTREQUESTED = "StartRequested"
    STARTSCHEDULED = "StartScheduled"
    STOPPED = "Stopped"
    STOPREQUESTED = "StopRequested"

    def __str__(self) -> str:
        return str(self.value)
