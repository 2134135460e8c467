# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import IntEnum


class RestoreFileFilter(IntEnum):
    """Whether a path is restored: 1, include; 2, exclude."""

    INCLUDE = 1
    EXCLUDE = 2

    def __str__(self) -> str:
        return str(self.value)
