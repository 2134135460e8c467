# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import StrEnum


class RestoreFileFilterText(StrEnum):
    """A `RestoreFileFilter` as text."""

    INCLUDE = "1"
    EXCLUDE = "2"

    def __str__(self) -> str:
        return str(self.value)
