# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import StrEnum


class RestoreFileItemTypeText(StrEnum):
    DATABASE = "2"
    FILE = "0"
    FOLDER = "1"

    def __str__(self) -> str:
        return str(self.value)
