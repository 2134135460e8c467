"""What watching many backups or restores returns: that one of them is in another state."""

from enum import StrEnum
from typing import Any, ClassVar, Generic, Self, TypeVar

from attrs import field, frozen

from cloud_backup.states import ActivityType, BackupState, RestoreState, is_final, is_successful
from cloud_backup.wire.arguments import identifier
from cloud_backup_api.models import Activity

S = TypeVar("S", bound=StrEnum)


@frozen(kw_only=True)
class JobChange(Generic[S]):
    """A backup or restore is in another state than before, or is seen for the first time.

    Methods such as `get()` and `report()` take it in place of the backup or restore.

    Attributes:
        state: The state; a string if this library doesn't know it.
        previous: The state before; None at first.
        activity: The activity that has the state; None if the backup or restore itself had it.
    """

    KIND: ClassVar[ActivityType]
    STATES: ClassVar[type[StrEnum]]

    state: S | str
    previous: S | str | None
    activity: Activity | None = field(default=None, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        for name in ("state", "previous"):
            value = getattr(self, name)
            object.__setattr__(self, name, self.STATES._value2member_map_.get(value, value))

    @classmethod
    def of(cls, job_id: int, **fields: Any) -> Self:
        """Make the change of the backup or restore with an id."""
        fields[cls._id_attribute()] = job_id
        return cls(**fields)

    @classmethod
    def id_of(cls, job: object) -> int:
        """Return the id of a backup or restore; raise a `ValueError` or `TypeError` if invalid."""
        return identifier(job, cls._id_attribute(), cls.KIND.lower())

    @classmethod
    def _id_attribute(cls) -> str:
        return f"{cls.KIND.lower()}_id"

    @property
    def job_id(self) -> int:
        """The id of the backup or restore."""
        return self.id_of(self)

    @property
    def is_final(self) -> bool:
        """Whether it stays in its state."""
        return is_final(self.state)

    @property
    def is_successful(self) -> bool:
        """Whether it finished without errors."""
        return is_successful(self.state)


@frozen(kw_only=True)
class BackupChange(JobChange[BackupState]):
    """A change of a backup's state, which has the backup's id as `backup_id`."""

    KIND: ClassVar = ActivityType.BACKUP
    STATES: ClassVar = BackupState
    backup_id: int


@frozen(kw_only=True)
class RestoreChange(JobChange[RestoreState]):
    """A change of a restore's state, which has the restore's id as `restore_id`."""

    KIND: ClassVar = ActivityType.RESTORE
    STATES: ClassVar = RestoreState
    restore_id: int
