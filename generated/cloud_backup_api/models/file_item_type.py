# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import StrEnum


class FileItemType(StrEnum):
    """Whether a path is a file's or a folder's."""

    FILE = "File"
    FOLDER = "Folder"

    def __str__(self) -> str:
        return str(self.value)
