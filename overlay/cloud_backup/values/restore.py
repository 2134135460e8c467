"""What can be restored, a restore, and its report."""

from datetime import datetime, timedelta
from typing import Any, Self, TypeVar

import attrs
from attrs import field, frozen

from cloud_backup.byte_size import ByteSize
from cloud_backup.encryption import PublicKey
from cloud_backup.states import RESTORE_STATE_IDS, RestoreState, is_final, is_successful
from cloud_backup.values.fields import (
    Fields,
    count,
    date,
    duration,
    flag,
    identifier,
    member,
    public_key,
    size,
    text,
)
from cloud_backup.values.report_error import ReportError, report_errors
from cloud_backup_api import models

__all__ = ["AvailableBackup", "RestoreDetails", "RestoreFile", "RestoreReport"]


@frozen(kw_only=True)
class AvailableBackup:
    """A backup configuration that has a backup to restore.

    Attributes:
        backup_configuration_id: The configuration.
        backup_configuration_name: Its name.
        machine_agent_id: The agent whose files it backs up.
        machine_name: The agent's machine.
        last_successful_backup_time: When the newest of its backups completed.
        is_encrypted: Whether it takes the passphrase to restore.
        raw: The generated model.
    """

    backup_configuration_id: int
    backup_configuration_name: str | None
    machine_agent_id: int
    machine_name: str | None
    last_successful_backup_time: datetime
    is_encrypted: bool | None
    raw: models.AvailableBackup = field(repr=False, eq=False)

    @property
    def public_key(self) -> PublicKey | None:
        """The agent's key, to encrypt a passphrase with; None where there is none that can be."""
        return public_key(self.raw)

    @classmethod
    def from_raw(cls, raw: models.AvailableBackup, operation: str) -> Self:
        """Make it from the generated model."""
        fields = Fields(raw, operation)
        return cls(
            backup_configuration_id=fields.needed("backup_configuration_id", identifier),
            backup_configuration_name=fields.optional("backup_configuration_name", text),
            machine_agent_id=fields.needed("machine_agent_id", identifier),
            machine_name=fields.optional("machine_name", text),
            last_successful_backup_time=fields.needed("last_successful_backup_time", date),
            is_encrypted=fields.optional("is_encrypted", flag),
            raw=raw,
        )


@frozen(kw_only=True)
class RestoreDetails:
    """A restore, as last seen.

    Attributes:
        restore_id: The restore.
        backup_id: The backup that is restored.
        state: The state; a text, where it is one that this library doesn't know.
        backup_configuration_id: The configuration of the backup.
        backup_configuration_name: Its name.
        restore_point: The time of the backup: what is restored is as it was then.
        backup_machine_id: The agent whose files were backed up.
        backup_machine_name: Its machine.
        destination_machine_id: The agent that restores.
        destination_machine_name: Its machine.
        destination_path: The folder into which it restores.
        overwrite_files: Whether files that are there are overwritten.
        is_encrypted: Whether it takes the passphrase to start it.
        raw: The generated model.
    """

    restore_id: int
    backup_id: int
    state: RestoreState | str
    backup_configuration_id: int | None
    backup_configuration_name: str | None
    restore_point: datetime | None
    backup_machine_id: int | None
    backup_machine_name: str | None
    destination_machine_id: int | None
    destination_machine_name: str | None
    destination_path: str | None
    overwrite_files: bool | None
    is_encrypted: bool | None
    raw: models.Restore = field(repr=False, eq=False)

    @property
    def public_key(self) -> PublicKey | None:
        """The agent's key, to encrypt a passphrase with; None where there is none that can be."""
        return public_key(self.raw.public_key)

    @property
    def is_final(self) -> bool:
        """Whether it stays in its state."""
        return is_final(self.state)

    @property
    def is_successful(self) -> bool:
        """Whether all went well: it is completed, and without errors."""
        return is_successful(self.state)

    @classmethod
    def from_raw(cls, raw: models.Restore, operation: str) -> Self:
        """Make it from the generated model."""
        fields = Fields(raw, operation)
        return cls(
            restore_id=fields.needed("restore_id", identifier),
            backup_id=fields.needed("backup_id", identifier),
            state=fields.needed("restore_state_id", _state),
            backup_configuration_id=fields.optional("backup_configuration_id", identifier),
            backup_configuration_name=fields.optional("backup_configuration_name", text),
            restore_point=fields.optional("backup_restore_point", date),
            backup_machine_id=fields.optional("backup_machine_id", identifier),
            backup_machine_name=fields.optional("backup_machine_name", text),
            destination_machine_id=fields.optional("destination_machine_id", identifier),
            destination_machine_name=fields.optional("destination_machine_name", text),
            destination_path=fields.optional("destination_path", text),
            overwrite_files=fields.optional("overwrite_files", flag),
            is_encrypted=fields.optional("is_encrypted", flag),
            raw=raw,
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what the service said, without the client that a subclass may be bound to."""
        said = {name: getattr(self, name) for name in attrs.fields_dict(RestoreDetails)}
        return _rebuild, (type(self), said)


_R = TypeVar("_R", bound=RestoreDetails)


def _rebuild(kind: type[_R], said: dict[str, Any]) -> _R:
    return kind(**said)


def _state(value: Any) -> RestoreState | str:
    number = count(value)
    return RESTORE_STATE_IDS.get(number) or str(number)


@frozen(kw_only=True)
class RestoreFile:
    """A file or folder that a restore includes or excludes.

    Attributes:
        path: The file or folder.
        include: Whether it is included; else it is excluded.
        is_folder: Whether it is a folder.
        raw: The generated model.
    """

    path: str
    include: bool | None
    is_folder: bool | None
    raw: models.RestoreFile = field(repr=False, eq=False)

    @classmethod
    def from_raw(cls, raw: models.RestoreFile, operation: str) -> Self:
        """Make it from the generated model."""
        fields = Fields(raw, operation)
        wanted = fields.optional("filter_", count)
        kind = fields.optional("file_item_type", count)
        return cls(
            path=fields.needed("file_path", text),
            include=None if wanted is None else wanted == 1,
            is_folder=None if kind is None else kind == 1,
            raw=raw,
        )


@frozen(kw_only=True)
class RestoreReport:
    """The report of a restore that is done.

    Attributes:
        state: The state it ended in; a text, where it is one that this library doesn't know.
        duration: For how long it ran.
        files_restored: The number of files restored.
        bytes_restored: Their size, rounded as the service rounds it.
        errors: The number of errors.
        error_list: The errors.
        restore_point: The time of the backup.
        start_time: When it began.
        completed_time: When it was done.
        backup_configuration_id: The configuration of the backup.
        backup_configuration_name: Its name.
        originating_computer_name: The machine whose files were backed up.
        destination: The machine that they were restored to.
        destination_machine_id: Its agent.
        reason: Why it ended so, as the service says.
        diagnostics: More of that.
        raw: The generated model.
    """

    state: RestoreState | str
    duration: timedelta
    files_restored: int
    bytes_restored: ByteSize
    errors: int
    error_list: tuple[ReportError, ...]
    restore_point: datetime | None
    start_time: datetime | None
    completed_time: datetime | None
    backup_configuration_id: int | None
    backup_configuration_name: str | None
    originating_computer_name: str | None
    destination: str | None
    destination_machine_id: int | None
    reason: str | None
    diagnostics: str | None
    raw: models.RestoreReport = field(repr=False, eq=False)

    @property
    def is_successful(self) -> bool:
        """Whether all went well: it is completed, and without errors."""
        return is_successful(self.state)

    @classmethod
    def from_raw(cls, raw: models.RestoreReport, operation: str) -> Self:
        """Make it from the generated model."""
        fields = Fields(raw, operation)
        return cls(
            state=fields.needed("state", member(RestoreState)),
            duration=fields.needed("duration", duration),
            files_restored=fields.needed("num_files_restored", count),
            bytes_restored=fields.needed("num_bytes_restored", size),
            errors=fields.needed("num_errors", count),
            error_list=report_errors(operation, raw.error_list),
            restore_point=fields.optional("restore_point", date),
            start_time=fields.optional("start_time", date),
            completed_time=fields.optional("completed_time", date),
            backup_configuration_id=fields.optional("backup_configuration_id", identifier),
            backup_configuration_name=fields.optional("backup_configuration_name", text),
            originating_computer_name=fields.optional("originating_computer_name", text),
            destination=fields.optional("restore_destination", text),
            destination_machine_id=fields.optional("restore_destination_machine_id", identifier),
            reason=fields.optional("reason", text),
            diagnostics=fields.optional("diagnostics", text),
            raw=raw,
        )
