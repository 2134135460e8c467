"""A backup, before and after it is done, and its report."""

from datetime import datetime, timedelta
from typing import Self

from attrs import field, frozen

from cloud_backup.byte_size import ByteSize
from cloud_backup.states import BackupState, is_final, is_successful
from cloud_backup.values.fields import (
    Fields,
    count,
    date,
    duration,
    flag,
    identifier,
    member,
    size,
    text,
)
from cloud_backup.values.report_error import ReportError, report_errors
from cloud_backup_api import models

__all__ = ["Backup", "BackupReport", "CompletedBackup", "StartedBackup"]


@frozen(kw_only=True)
class StartedBackup:
    """A backup that has been asked for: all that the service says of it then.

    Attributes:
        backup_id: The backup.
        backup_configuration_id: Its configuration.
    """

    backup_id: int
    backup_configuration_id: int


@frozen(kw_only=True)
class Backup:
    """A backup, as last seen.

    Attributes:
        backup_id: The backup.
        state: The state; a text, where it is one that this library doesn't know.
        state_change_time: Since when it is in that state.
        backup_configuration_id: Its configuration.
        backup_configuration_name: The configuration's name.
        machine_agent_id: The agent whose files it backs up.
        machine_name: The agent's machine.
        is_encrypted: Whether it takes the passphrase to restore.
        raw: The generated model.
    """

    backup_id: int
    state: BackupState | str
    state_change_time: datetime | None
    backup_configuration_id: int
    backup_configuration_name: str | None
    machine_agent_id: int
    machine_name: str | None
    is_encrypted: bool | None
    raw: models.Backup = field(repr=False, eq=False)

    @property
    def is_final(self) -> bool:
        """Whether it stays in its state."""
        return is_final(self.state)

    @property
    def is_successful(self) -> bool:
        """Whether all went well: it is completed, and without errors."""
        return is_successful(self.state)

    @classmethod
    def from_raw(cls, raw: models.Backup, operation: str) -> Self:
        """Make it from the generated model."""
        fields = Fields(raw, operation)
        return cls(
            backup_id=fields.needed("backup_id", identifier),
            state=fields.needed("current_state", member(BackupState)),
            state_change_time=fields.optional("state_change_time", date),
            backup_configuration_id=fields.needed("backup_configuration_id", identifier),
            backup_configuration_name=fields.optional("backup_configuration_name", text),
            machine_agent_id=fields.needed("machine_agent_id", identifier),
            machine_name=fields.optional("machine_name", text),
            is_encrypted=fields.optional("is_encrypted", flag),
            raw=raw,
        )


@frozen(kw_only=True)
class CompletedBackup:
    """A backup that can be restored.

    Attributes:
        backup_id: The backup.
        completed_time: When it was done.
        backup_configuration_id: Its configuration.
        backup_configuration_name: The configuration's name.
        machine_agent_id: The agent whose files it has.
        machine_name: The agent's machine.
        bytes_searched: The size of the files that were looked at.
        errors: The number of errors.
        raw: The generated model.
    """

    backup_id: int
    completed_time: datetime
    backup_configuration_id: int
    backup_configuration_name: str | None
    machine_agent_id: int
    machine_name: str | None
    bytes_searched: ByteSize | None
    errors: int | None
    raw: models.CompletedBackup = field(repr=False, eq=False)

    @classmethod
    def from_raw(cls, raw: models.CompletedBackup, operation: str) -> Self:
        """Make it from the generated model."""
        fields = Fields(raw, operation)
        return cls(
            backup_id=fields.needed("backup_id", identifier),
            completed_time=fields.needed("completed_time", date),
            backup_configuration_id=fields.needed("backup_configuration_id", identifier),
            backup_configuration_name=fields.optional("backup_configuration_name", text),
            machine_agent_id=fields.needed("machine_agent_id", identifier),
            machine_name=fields.optional("machine_name", text),
            bytes_searched=fields.optional("bytes_searched", size),
            errors=fields.optional("num_errors", count),
            raw=raw,
        )


@frozen(kw_only=True)
class BackupReport:
    """The report of a backup.

    Attributes:
        backup_id: The backup.
        state: The state it ended in; a text, where it is one that this library doesn't know.
        can_restore: Whether it can be restored.
        duration: For how long it ran.
        files_searched: The number of files that were looked at.
        bytes_searched: Their size, rounded as the service rounds it.
        files_backed_up: The number of files that were new or had changed.
        bytes_backed_up: Their size.
        errors: The number of errors.
        error_list: The errors.
        start_time: When it began.
        completed_time: When it was done.
        backup_configuration_id: Its configuration.
        backup_configuration_name: The configuration's name.
        machine_agent_id: The agent whose files it has.
        computer_name: The agent's machine.
        reason: Why it ended so, as the service says.
        diagnostics: More of that.
        raw: The generated model.
    """

    backup_id: int
    state: BackupState | str
    can_restore: bool | None
    duration: timedelta | None
    files_searched: int | None
    bytes_searched: ByteSize | None
    files_backed_up: int | None
    bytes_backed_up: ByteSize | None
    errors: int
    error_list: tuple[ReportError, ...]
    start_time: datetime | None
    completed_time: datetime | None
    backup_configuration_id: int | None
    backup_configuration_name: str | None
    machine_agent_id: int | None
    computer_name: str | None
    reason: str | None
    diagnostics: str | None
    raw: models.BackupReport = field(repr=False, eq=False)

    @property
    def is_successful(self) -> bool:
        """Whether all went well: it is completed, and without errors."""
        return is_successful(self.state)

    @classmethod
    def from_raw(cls, raw: models.BackupReport, operation: str) -> Self:
        """Make it from the generated model."""
        fields = Fields(raw, operation)
        return cls(
            backup_id=fields.needed("backup_id", identifier),
            state=fields.needed("state", member(BackupState)),
            can_restore=fields.optional("can_restore", flag),
            duration=fields.optional("duration", duration),
            files_searched=fields.optional("files_searched", count),
            bytes_searched=fields.optional("bytes_searched", size),
            files_backed_up=fields.optional("files_backed_up", count),
            bytes_backed_up=fields.optional("bytes_backed_up", size),
            errors=fields.needed("num_errors", count),
            error_list=report_errors(operation, raw.error_list),
            start_time=fields.optional("start_time", date),
            completed_time=fields.optional("completed_time", date),
            backup_configuration_id=fields.optional("backup_configuration_id", identifier),
            backup_configuration_name=fields.optional("backup_configuration_name", text),
            machine_agent_id=fields.optional("machine_agent_id", identifier),
            computer_name=fields.optional("computer_name", text),
            reason=fields.optional("reason", text),
            diagnostics=fields.optional("diagnostics", text),
            raw=raw,
        )
