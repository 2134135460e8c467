# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import StrEnum


class RequestedAction(StrEnum):
    """Whether to start or to stop."""

    START_MANUAL = "StartManual"
    STOP_MANUAL = "StopManual"

    def __str__(self) -> str:
        return str(self.value)
