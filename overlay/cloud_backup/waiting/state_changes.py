"""What watching many backups or restores tells: that one of them is in another state."""

from typing import Final

from attrs import field, frozen
from attrs.converters import optional

from cloud_backup.values.states import BackupState, RestoreState, is_final, is_successful
from cloud_backup_api.models import Activity

__all__ = ["BackupChange", "RestoreChange"]

_RESTORE_STATES: Final = frozenset(RestoreState)
_BACKUP_STATES: Final = frozenset(BackupState)


def _restore_state(name: str) -> RestoreState | str:
    return RestoreState(name) if name in _RESTORE_STATES else name


def _backup_state(name: str) -> BackupState | str:
    return BackupState(name) if name in _BACKUP_STATES else name


@frozen(kw_only=True)
class RestoreChange:
    """A restore is in another state than before, or is seen for the first time.

    It stands for the restore: `restores.get(change)` and `restores.report(change)` ask for more.

    Attributes:
        restore_id: The restore.
        state: The state; a text, where it is one that this library doesn't know.
        previous: The state before; None at first.
        activity: The activity that told; None if the restore itself was asked for.
    """

    restore_id: int
    state: RestoreState | str = field(converter=_restore_state)
    previous: RestoreState | str | None = field(converter=optional(_restore_state))
    activity: Activity | None = field(default=None, repr=False, eq=False)

    @property
    def is_final(self) -> bool:
        """Whether it stays in its state."""
        return is_final(self.state)

    @property
    def is_successful(self) -> bool:
        """Whether it did all that it was to do, without errors."""
        return is_successful(self.state)


@frozen(kw_only=True)
class BackupChange:
    """A backup is in another state than before, or is seen for the first time.

    It stands for the backup: `backups.get(change)` and `backups.report(change)` ask for more.

    Attributes:
        backup_id: The backup.
        state: The state; a text, where it is one that this library doesn't know.
        previous: The state before; None at first.
        activity: The activity that told; None if the backup itself was asked for.
    """

    backup_id: int
    state: BackupState | str = field(converter=_backup_state)
    previous: BackupState | str | None = field(converter=optional(_backup_state))
    activity: Activity | None = field(default=None, repr=False, eq=False)

    @property
    def is_final(self) -> bool:
        """Whether it stays in its state."""
        return is_final(self.state)

    @property
    def is_successful(self) -> bool:
        """Whether it did all that it was to do, without errors."""
        return is_successful(self.state)
