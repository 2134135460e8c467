# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import StrEnum


class RestoreFileFilterText(StrEnum):
    EXCLUDE = "2"
    INCLUDE = "1"

    def __str__(self) -> str:
        return str(self.value)
