# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import Any, ClassVar

from cloud_backup.wire import fields as read
from cloud_backup.wire.view import View, needed

from ..models.restore_file_filter import RestoreFileFilter
from ..models.restore_file_item_type import RestoreFileItemType


class RestoreFile(View):
    """A file, folder or database that a restore includes or excludes."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = ("restore_id", "path", "filter", "file_item_type")
    ESSENTIAL: ClassVar[tuple[str, ...]] = ("path",)

    @classmethod
    def are_usual(cls, rows: list[Any]) -> bool:
        """Return whether the essential fields of all rows are plainly there; may raise if not."""
        for row in rows:
            if not (type(found := row["FilePath"]) is str and found):
                return False
        return True

    @property
    def restore_id(self) -> int | None:
        """The restore's id."""
        return read.identifier(self.received.get("RestoreId"))

    @property
    def path(self) -> str:
        """The path on the server that was backed up."""
        return needed(self, "FilePath", read.text)

    @property
    def filter(self) -> RestoreFileFilter | int | None:
        """Whether it is restored: 1, included; 2, excluded."""
        return read.numeric_member(RestoreFileFilter, self.received.get("Filter"))

    @property
    def file_item_type(self) -> RestoreFileItemType | int | None:
        """What it is: 0, a file; 1, a folder; 2, a database."""
        return read.numeric_member(RestoreFileItemType, self.received.get("FileItemType"))
