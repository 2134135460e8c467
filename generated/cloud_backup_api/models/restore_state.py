# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import StrEnum


class RestoreState(StrEnum):
    COMPLETED = "Completed"
    COMPLETEDWITHERRORS = "CompletedWithErrors"
    CREATING = "Creating"
    FAILED = "Failed"
    INPROGRESS = "InProgress"
    PREPARING = "Preparing"
    QUEUED = "Queued"
    STARTREQUESTED = "StartRequested"
    STOPPED = "Stopped"
    STOPREQUESTED = "StopRequested"

    def __str__(self) -> str:
        return str(self.value)
