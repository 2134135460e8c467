# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from cloud_backup.wire import fields as read
from cloud_backup.wire.byte_size import ByteSize
from cloud_backup.wire.view import View, needed

from ..models.backup_state import BackupState
from ..models.datacenter import Datacenter


class BackupReport(View):
    """What became of a backup."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = (
        "backup_id",
        "backup_configuration_id",
        "backup_configuration_name",
        "backup_configuration_is_deleted",
        "computer_name",
        "machine_agent_id",
        "datacenter",
        "backup_datacenter",
        "snapshot_id",
        "state",
        "can_restore",
        "start_time",
        "completed_time",
        "duration",
        "files_searched",
        "bytes_searched",
        "files_backed_up",
        "bytes_backed_up",
        "errors",
        "reason",
        "diagnostics",
        "error_list",
    )
    ESSENTIAL: ClassVar[tuple[str, ...]] = ("backup_id", "state", "errors")

    @classmethod
    def are_usual(cls, rows: list[Any]) -> bool:
        """Return whether the essential fields of all rows are plainly there; may raise if not."""
        for row in rows:
            if not (
                type(found := row["BackupId"]) is int
                and found > 0
                and type(found := row["State"]) is str
                and found
                and type(found := row["NumErrors"]) is int
                and found > 0
            ):
                return False
        return True

    @property
    def backup_id(self) -> int:
        """The backup's id, which is the report's as well."""
        return needed(self, "BackupId", read.identifier)

    @property
    def backup_configuration_id(self) -> int | None:
        """The backup configuration's id."""
        return read.identifier(self.received.get("BackupConfigurationId"))

    @property
    def backup_configuration_name(self) -> str | None:
        """The backup configuration's name."""
        return read.text(self.received.get("BackupConfigurationName"))

    @property
    def backup_configuration_is_deleted(self) -> bool | None:
        """Whether the backup configuration has been deleted."""
        return read.boolean(self.received.get("BackupConfigurationIsDeleted"))

    @property
    def computer_name(self) -> str | None:
        """The name of the agent's server."""
        return read.text(self.received.get("ComputerName"))

    @property
    def machine_agent_id(self) -> int | None:
        """The agent that backed up."""
        return read.identifier(self.received.get("MachineAgentId"))

    @property
    def datacenter(self) -> Datacenter | str | None:
        """Where the server is."""
        return read.member(Datacenter, self.received.get("Datacenter"))

    @property
    def backup_datacenter(self) -> Datacenter | str | None:
        """Where the backup went."""
        return read.member(Datacenter, self.received.get("BackupDatacenter"))

    @property
    def snapshot_id(self) -> Any:
        """The id of the snapshot that it made in the vault."""
        return read.anything(self.received.get("SnapshotId"))

    @property
    def state(self) -> BackupState | str:
        """The state that it ended in."""
        return needed(self, "State", lambda value: read.member(BackupState, value))

    @property
    def can_restore(self) -> bool | None:
        """Whether it can be restored."""
        return read.boolean(self.received.get("CanRestore"))

    @property
    def start_time(self) -> datetime.datetime | None:
        """When it started."""
        return read.date(self.received.get("StartTime"))

    @property
    def completed_time(self) -> datetime.datetime | None:
        """When it ended."""
        return read.date(self.received.get("CompletedTime"))

    @property
    def duration(self) -> datetime.timedelta | None:
        """How long it took, in hours, minutes and seconds; hours may pass 24."""
        return read.duration(self.received.get("Duration"))

    @property
    def files_searched(self) -> int | None:
        """How many files were looked at."""
        return read.integer(self.received.get("FilesSearched"))

    @property
    def bytes_searched(self) -> ByteSize | None:
        """Their size, rounded, in binary units."""
        return read.byte_size(self.received.get("BytesSearched"))

    @property
    def files_backed_up(self) -> int | None:
        """How many files were backed up."""
        return read.integer(self.received.get("FilesBackedUp"))

    @property
    def bytes_backed_up(self) -> ByteSize | None:
        """Their size, rounded, in binary units."""
        return read.byte_size(self.received.get("BytesBackedUp"))

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
