# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import IntEnum


class RestoreStateId(IntEnum):
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
