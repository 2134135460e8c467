# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import ClassVar

from cloud_backup.wire import fields as read
from cloud_backup.wire.view import View

from ..models.file_item_filter import FileItemFilter
from ..models.file_item_type import FileItemType


class FileItem(View):
    """A file or folder that a backup configuration includes or excludes."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = (
        "file_id",
        "parent_id",
        "path",
        "file_path_encoded",
        "file_item_type",
        "filter",
    )

    @property
    def file_id(self) -> int | None:
        """The id of this inclusion or exclusion."""
        return read.identifier(self.received.get("FileId"))

    @property
    def parent_id(self) -> int | None:
        """The backup configuration's id."""
        return read.identifier(self.received.get("ParentId"))

    @property
    def path(self) -> str | None:
        """The path on the server."""
        return read.text(self.received.get("FilePath"))

    @property
    def file_path_encoded(self) -> str | None:
        """The path in base64, if it was sent so."""
        return read.text(self.received.get("FilePathEncoded"))

    @property
    def file_item_type(self) -> FileItemType | str | None:
        """Whether the path is a file or a folder."""
        return read.member(FileItemType, self.received.get("FileItemType"))

    @property
    def filter(self) -> FileItemFilter | str | None:
        """Whether the path is backed up."""
        return read.member(FileItemFilter, self.received.get("Filter"))
