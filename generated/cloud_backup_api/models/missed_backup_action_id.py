# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import IntEnum


class MissedBackupActionId(IntEnum):
    AS_SOON_AS_POSSIBLE = 1
    NEXT_SCHEDULED_TIME = 2

    def __str__(self) -> str:
        return str(self.value)
