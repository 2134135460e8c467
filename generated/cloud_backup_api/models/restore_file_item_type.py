# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import IntEnum


class RestoreFileItemType(IntEnum):
    """What a path is: 0, a file; 1, a folder; 2, a database."""

    FILE = 0
    FOLDER = 1
    DATABASE = 2

    def __str__(self) -> str:
        return str(self.value)
