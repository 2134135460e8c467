# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import StrEnum


class ConfigurationBackupState(StrEnum):
    """The state of a backup configuration's backup."""

    IN_PROGRESS = "InProgress"
    SKIPPED = "Skipped"
    QUEUED = "Queued"
    NOT_AVAILABLE = "Not Available"

    def __str__(self) -> str:
        return str(self.value)
