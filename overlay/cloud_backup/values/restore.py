"""What a restore includes or excludes."""

from cloud_backup_api import models

__all__ = ["RestoreFile"]


class RestoreFile(models.RestoreFile):
    """A file or folder that a restore includes or excludes."""

    __slots__ = ()

    @property
    def include(self) -> bool | None:
        """Whether it is included; else it is excluded."""
        return None if self.filter_ is None else self.filter_ == models.RestoreFileFilter.INCLUDE

    @property
    def is_folder(self) -> bool | None:
        """Whether it is a folder."""
        kind = self.file_item_type
        return None if kind is None else kind == models.RestoreFileItemType.FOLDER
