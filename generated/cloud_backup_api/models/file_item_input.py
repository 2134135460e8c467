# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import Any, ClassVar

from attrs import define, field
from cloud_backup.wire.request import Request, bounds

from ..models.file_item_type import FileItemType


@define(kw_only=True)
class FileItemInput(Request):
    """A file or folder to include or exclude.

    Attributes:
        file_path (str): The path on the server.
        file_item_type (FileItemType): Whether a path is a file's or a folder's.
        additional_properties: The object's other fields, by their names on the wire.

    Raises:
        ValueError: A value is out of its bounds.
    """

    WIRE: ClassVar = {"file_path": "FilePath", "file_item_type": "FileItemType"}

    file_path: str = field(validator=bounds(min_length=1))
    file_item_type: FileItemType
    additional_properties: dict[str, Any] = field(factory=dict)
