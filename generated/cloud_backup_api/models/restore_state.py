# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import StrEnum


class RestoreState(StrEnum):
    COMPLETED = "Completed"
    COMPLETED_WITH_ERRORS = "CompletedWithErrors"
    CREATING = "Creating"
    FAILED = "Failed"
    IN_PROGRESS = "InProgress"
    PREPARING = "Preparing"
    QUEUED = "Queued"
    START_REQUESTED = "StartRequested"
    STOPPED = "Stopped"
    STOP_REQUESTED = "StopRequested"

    def __str__(self) -> str:
        return str(self.value)
