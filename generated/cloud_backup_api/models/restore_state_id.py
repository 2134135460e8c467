# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import IntEnum


class RestoreStateId(IntEnum):
    """The state of a restore: 0 Creating, 1 Queued, 2 InProgress, 3 Completed, 4 Stopped, 5
    Failed, 6 StartRequested, 7 StopRequested, 8 CompletedWithErrors, 9 Preparing. It is final
    if it is 3, 4, 5 or 8.
    """

    CREATING = 0
    QUEUED = 1
    IN_PROGRESS = 2
    COMPLETED = 3
    STOPPED = 4
    FAILED = 5
    START_REQUESTED = 6
    STOP_REQUESTED = 7
    COMPLETED_WITH_ERRORS = 8
    PREPARING = 9

    def __str__(self) -> str:
        return str(self.value)
