# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from cloud_backup.wire import fields as read
from cloud_backup.wire.byte_size import ByteSize
from cloud_backup.wire.view import View, needed

from ..models.restore_state import RestoreState


class RestoreReport(View):
    """What became of a restore."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = (
        "backup_configuration_id",
        "backup_configuration_name",
        "backup_id",
        "restore_point",
        "start_time",
        "completed_time",
        "duration",
        "originating_computer_name",
        "state",
        "files_restored",
        "bytes_restored",
        "destination",
        "destination_machine_id",
        "errors",
        "reason",
        "diagnostics",
        "error_list",
    )
    ESSENTIAL: ClassVar[tuple[str, ...]] = (
        "duration",
        "state",
        "files_restored",
        "bytes_restored",
        "errors",
    )

    @classmethod
    def are_usual(cls, rows: list[Any]) -> bool:
        """Return whether the essential fields of all rows are plainly there; may raise if not."""
        for row in rows:
            if not (
                read.duration(row["Duration"]) is not None
                and type(found := row["State"]) is str
                and found
                and type(found := row["NumFilesRestored"]) is int
                and found > 0
                and read.byte_size(row["NumBytesRestored"]) is not None
                and type(found := row["NumErrors"]) is int
                and found > 0
            ):
                return False
        return True

    @property
    def backup_configuration_id(self) -> int | None:
        """The backup configuration's id."""
        return read.identifier(self.received.get("BackupConfigurationId"))

    @property
    def backup_configuration_name(self) -> str | None:
        """The backup configuration's name."""
        return read.text(self.received.get("BackupConfigurationName"))

    @property
    def backup_id(self) -> int | None:
        """The id of the backup that was restored, which is that of its report as well."""
        return read.identifier(self.received.get("BackupReportId"))

    @property
    def restore_point(self) -> datetime.datetime | None:
        """The time of the backup."""
        return read.date(self.received.get("RestorePoint"))

    @property
    def start_time(self) -> datetime.datetime | None:
        """When the restore started."""
        return read.date(self.received.get("StartTime"))

    @property
    def completed_time(self) -> datetime.datetime | None:
        """When it ended."""
        return read.date(self.received.get("CompletedTime"))

    @property
    def duration(self) -> datetime.timedelta:
        """How long it took, in hours, minutes and seconds; hours may pass 24."""
        return needed(self, "Duration", read.duration)

    @property
    def originating_computer_name(self) -> str | None:
        """The name of the server that was backed up."""
        return read.text(self.received.get("OriginatingComputerName"))

    @property
    def state(self) -> RestoreState | str:
        """The state that it ended in."""
        return needed(self, "State", lambda value: read.member(RestoreState, value))

    @property
    def files_restored(self) -> int:
        """How many files were restored."""
        return needed(self, "NumFilesRestored", read.integer)

    @property
    def bytes_restored(self) -> ByteSize:
        """Their size, rounded, in binary units."""
        return needed(self, "NumBytesRestored", read.byte_size)

    @property
    def destination(self) -> str | None:
        """The name of the server that they were restored to."""
        return read.text(self.received.get("RestoreDestination"))

    @property
    def destination_machine_id(self) -> int | None:
        """The agent that restored."""
        return read.identifier(self.received.get("RestoreDestinationMachineId"))

    @property
    def errors(self) -> int:
        """How many errors there were."""
        return needed(self, "NumErrors", read.integer)

    @property
    def reason(self) -> str | None:
        """How it ended, in a word."""
        return read.text(self.received.get("Reason"))

    @property
    def diagnostics(self) -> str | None:
        """How it ended, in more words."""
        return read.text(self.received.get("Diagnostics"))

    @property
    def error_list(self) -> tuple[ReportError, ...]:
        """The errors."""
        return read.array(
            lambda item: ReportError.read(item, self.operation), self.received.get("ErrorList")
        )

    @property
    def is_final(self) -> bool:
        """Whether it stays in this state; False if that isn't known."""
        return getattr(self.state, "is_final", False)

    @property
    def is_successful(self) -> bool:
        """Whether it did all that it was to do, without errors; False if that isn't known."""
        return getattr(self.state, "is_successful", False)


# Below the class, since objects may hold each other.
from ..models.report_error import ReportError  # noqa: E402
