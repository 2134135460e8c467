# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from cloud_backup.wire import fields as read
from cloud_backup.wire.byte_size import ByteSize
from cloud_backup.wire.view import View, needed


class CompletedBackup(View):
    """A backup that can be restored."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = (
        "backup_id",
        "backup_configuration_id",
        "backup_configuration_name",
        "machine_agent_id",
        "machine_name",
        "completed_time",
        "bytes_searched",
        "errors",
    )
    ESSENTIAL: ClassVar[tuple[str, ...]] = (
        "backup_id",
        "backup_configuration_id",
        "machine_agent_id",
        "completed_time",
    )

    @classmethod
    def are_usual(cls, rows: list[Any]) -> bool:
        """Return whether the essential fields of all rows are plainly there; may raise if not."""
        for row in rows:
            if not (
                type(found := row["BackupId"]) is int
                and found > 0
                and type(found := row["BackupConfigurationId"]) is int
                and found > 0
                and type(found := row["MachineAgentId"]) is int
                and found > 0
                and read.date(row["CompletedTime"]) is not None
            ):
                return False
        return True

    @property
    def backup_id(self) -> int:
        """The backup's id."""
        return needed(self, "BackupId", read.identifier)

    @property
    def backup_configuration_id(self) -> int:
        """The backup configuration's id."""
        return needed(self, "BackupConfigurationId", read.identifier)

    @property
    def backup_configuration_name(self) -> str | None:
        """The backup configuration's name."""
        return read.text(self.received.get("BackupConfigurationName"))

    @property
    def machine_agent_id(self) -> int:
        """The agent that backed up."""
        return needed(self, "MachineAgentId", read.identifier)

    @property
    def machine_name(self) -> str | None:
        """The name of the agent's server."""
        return read.text(self.received.get("MachineName"))

    @property
    def completed_time(self) -> datetime.datetime:
        """When it completed."""
        return needed(self, "CompletedTime", read.date)

    @property
    def bytes_searched(self) -> ByteSize | None:
        """The size of the files that were looked at, in bytes."""
        return read.byte_size(self.received.get("BytesSearched"))

    @property
    def errors(self) -> int | None:
        """How many errors there were."""
        return read.integer(self.received.get("NumErrors"))
