# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from cloud_backup.wire import fields as read
from cloud_backup.wire.view import View, needed

from ..models.activity_state import ActivityState
from ..models.activity_type import ActivityType
from ..models.datacenter import Datacenter


class Activity(View):
    """A backup, a restore or a clean-up."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = (
        "id",
        "type",
        "parent_id",
        "display_name",
        "is_backup_configuration_deleted",
        "source_machine_agent_id",
        "source_machine_name",
        "source_datacenter",
        "destination_machine_agent_id",
        "destination_machine_name",
        "destination_datacenter",
        "state",
        "time_of_activity",
        "backup_id",
    )
    ESSENTIAL: ClassVar[tuple[str, ...]] = ("id", "type")

    @classmethod
    def are_usual(cls, rows: list[Any]) -> bool:
        """Return whether the essential fields of all rows are plainly there; may raise if not."""
        for row in rows:
            if not (
                type(found := row["ID"]) is int
                and found > 0
                and type(found := row["Type"]) is str
                and found
            ):
                return False
        return True

    @property
    def id(self) -> int:
        """The activity's id."""
        return needed(self, "ID", read.identifier)

    @property
    def type(self) -> ActivityType | str:
        """What was done."""
        return needed(self, "Type", lambda value: read.member(ActivityType, value))

    @property
    def parent_id(self) -> int | None:
        """The backup configuration's id; 0 for a clean-up."""
        return read.identifier(self.received.get("ParentId"))

    @property
    def display_name(self) -> str | None:
        """The backup configuration's name."""
        return read.text(self.received.get("DisplayName"))

    @property
    def is_backup_configuration_deleted(self) -> bool | None:
        """Whether the backup configuration has been deleted."""
        return read.boolean(self.received.get("IsBackupConfigurationDeleted"))

    @property
    def source_machine_agent_id(self) -> int | None:
        """The agent whose files it is about."""
        return read.identifier(self.received.get("SourceMachineAgentId"))

    @property
    def source_machine_name(self) -> str | None:
        """The name of its server."""
        return read.text(self.received.get("SourceMachineName"))

    @property
    def source_datacenter(self) -> Datacenter | str | None:
        """Where that is."""
        return read.member(Datacenter, self.received.get("SourceDatacenter"))

    @property
    def destination_machine_agent_id(self) -> int | None:
        """The agent that restores; 0 where there is none."""
        return read.identifier(self.received.get("DestinationMachineAgentId"))

    @property
    def destination_machine_name(self) -> str | None:
        """The name of its server; empty where there is none."""
        return read.text(self.received.get("DestinationMachineName"))

    @property
    def destination_datacenter(self) -> Datacenter | str | None:
        """Where that is."""
        return read.member(Datacenter, self.received.get("DestinationDatacenter"))

    @property
    def state(self) -> ActivityState | str | None:
        """Its state."""
        return read.member(ActivityState, self.received.get("CurrentState"))

    @property
    def time_of_activity(self) -> datetime.datetime | None:
        """When it was."""
        return read.date(self.received.get("TimeOfActivity"))

    @property
    def backup_id(self) -> int | None:
        """The backup that it is about, if it is about one."""
        return read.identifier(self.received.get("BackupId"))

    @property
    def is_final(self) -> bool:
        """Whether it stays in this state; False if that isn't known."""
        return getattr(self.state, "is_final", False)

    @property
    def is_successful(self) -> bool:
        """Whether it did all that it was to do, without errors; False if that isn't known."""
        return getattr(self.state, "is_successful", False)
