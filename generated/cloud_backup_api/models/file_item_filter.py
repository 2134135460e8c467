# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import StrEnum


class FileItemFilter(StrEnum):
    """Whether a path is backed up."""

    INCLUDE = "Include"
    EXCLUDE = "Exclude"

    def __str__(self) -> str:
        return str(self.value)
