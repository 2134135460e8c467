# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import StrEnum


class RestoreFileItemTypeText(StrEnum):
    """A `RestoreFileItemType` as text."""

    FILE = "0"
    FOLDER = "1"
    DATABASE = "2"

    def __str__(self) -> str:
        return str(self.value)
