"""What watching many backups or restores tells: that one of them is in another state."""

from enum import StrEnum
from typing import ClassVar, Generic, TypeVar

from attrs import field, frozen

from cloud_backup.states import BackupState, RestoreState, is_final, is_successful
from cloud_backup_api.models import Activity

__all__ = ["BackupChange", "JobChange", "RestoreChange"]

S = TypeVar("S", bound=StrEnum)


@frozen(kw_only=True)
class JobChange(Generic[S]):
    """A backup or restore is in another state than before, or is seen for the first time.

    It stands for what it is about: `get()`, `report()` and their like take it.

    Attributes:
        state: The state; text if it is one that this library doesn't know.
        previous: The state before; None at first.
        activity: The activity that told; None if the backup or restore itself was asked for.
    """

    STATES: ClassVar[type[StrEnum]]
    ID: ClassVar[str]
    """The attribute that has the id."""

    state: S | str
    previous: S | str | None
    activity: Activity | None = field(default=None, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        """Make members of what is known."""
        for name in ("state", "previous"):
            said = getattr(self, name)
            object.__setattr__(self, name, self.STATES._value2member_map_.get(said, said))

    @property
    def job_id(self) -> int:
        """The id of the backup or restore."""
        return int(getattr(self, self.ID))

    @property
    def is_final(self) -> bool:
        """Whether it stays in its state."""
        return is_final(self.state)

    @property
    def is_successful(self) -> bool:
        """Whether it did all that it was to do, without errors."""
        return is_successful(self.state)


@frozen(kw_only=True)
class BackupChange(JobChange[BackupState]):
    """A change of a backup's state, which has the backup's id as `backup_id`."""

    STATES: ClassVar = BackupState
    ID: ClassVar = "backup_id"
    backup_id: int


@frozen(kw_only=True)
class RestoreChange(JobChange[RestoreState]):
    """A change of a restore's state, which has the restore's id as `restore_id`."""

    STATES: ClassVar = RestoreState
    ID: ClassVar = "restore_id"
    restore_id: int
