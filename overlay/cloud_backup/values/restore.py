"""What a restore includes or excludes."""

from typing import ClassVar

from cloud_backup_api import models


class RestoreFile(models.RestoreFile):
    """A file or folder that a restore includes or excludes."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = (*models.RestoreFile.FIELDS, "include", "is_folder")

    @property
    def include(self) -> bool | None:
        """Whether it is included rather than excluded."""
        return None if self.filter is None else self.filter == models.RestoreFileFilter.INCLUDE

    @property
    def is_folder(self) -> bool | None:
        """Whether it is a folder."""
        kind = self.file_item_type
        return None if kind is None else kind == models.RestoreFileItemType.FOLDER
