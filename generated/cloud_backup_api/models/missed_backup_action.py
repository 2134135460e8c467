# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import IntEnum


class MissedBackupAction(IntEnum):
    """What to do about a missed backup, for example if the server was off: 1, run it as soon as
    possible; 2, wait for the next scheduled time.
    """

    AS_SOON_AS_POSSIBLE = 1
    NEXT_SCHEDULED_TIME = 2

    def __str__(self) -> str:
        return str(self.value)
