# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import StrEnum


class ActivityState(StrEnum):
    COMPLETED = "Completed"
    COMPLETEDWITHERRORS = "CompletedWithErrors"
    CREATING = "Creating"
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
