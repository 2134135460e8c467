# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import StrEnum


class ConfigurationBackupState(StrEnum):
    IN_PROGRESS = "InProgress"
    NOT_AVAILABLE = "Not Available"
    QUEUED = "Queued"
    SKIPPED = "Skipped"

    def __str__(self) -> str:
        return str(self.value)
