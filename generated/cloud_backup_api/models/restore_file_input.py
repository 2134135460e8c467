# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import Any, ClassVar

from attrs import define, field
from cloud_backup.wire.request import UNSET, Request, Unset, bounds

from ..models.restore_file_filter import RestoreFileFilter
from ..models.restore_file_filter_text import RestoreFileFilterText
from ..models.restore_file_item_type import RestoreFileItemType
from ..models.restore_file_item_type_text import RestoreFileItemTypeText


@define(kw_only=True)
class RestoreFileInput(Request):
    """A file, folder or database to include in a restore, or exclude.

    Attributes:
        parent_id (int): The **restore's** id.
        file_path (str): The path on the server that was backed up.
        file_path_encoded (str | Unset): The path in base64.
        filter_ (RestoreFileFilter | RestoreFileFilterText): Whether to restore the path. The
            service also accepts the number as text.
        file_item_type (RestoreFileItemType | RestoreFileItemTypeText): What the path is. The
            service also accepts the number as text.
        file_id (int | Unset): The file's id.
        additional_properties: The object's other fields, by their names on the wire.

    Raises:
        ValueError: A value is out of its bounds.
    """

    WIRE: ClassVar = {
        "parent_id": "ParentId",
        "file_path": "FilePath",
        "file_path_encoded": "FilePathEncoded",
        "filter_": "Filter",
        "file_item_type": "FileItemType",
        "file_id": "FileId",
    }

    parent_id: int = field(validator=bounds(minimum=1))
    file_path: str = field(validator=bounds(min_length=1))
    file_path_encoded: str | Unset = field(default=UNSET)
    filter_: RestoreFileFilter | RestoreFileFilterText
    file_item_type: RestoreFileItemType | RestoreFileItemTypeText
    file_id: int | Unset = field(default=UNSET)
    additional_properties: dict[str, Any] = field(factory=dict)
