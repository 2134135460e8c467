# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import IntEnum


class VersionRetention(IntEnum):
    """How many days old versions of files are kept; 0 means for ever."""

    FOREVER = 0
    THIRTY_DAYS = 30
    SIXTY_DAYS = 60

    def __str__(self) -> str:
        return str(self.value)
