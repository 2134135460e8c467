# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import StrEnum


class ActivityType(StrEnum):
    """What was done."""

    BACKUP = "Backup"
    RESTORE = "Restore"
    CLEANUP = "Cleanup"

    def __str__(self) -> str:
        return str(self.value)
