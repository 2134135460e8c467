# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import IntEnum


class VersionRetention(IntEnum):
    FOREVER = 0
    THIRTY_DAYS = 30
    SIXTY_DAYS = 60

    def __str__(self) -> str:
        return str(self.value)
