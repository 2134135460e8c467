# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from cloud_backup.wire import fields as read
from cloud_backup.wire.view import View, needed

from ..models.configuration_backup_state import ConfigurationBackupState
from ..models.datacenter import Datacenter
from ..models.frequency import Frequency
from ..models.missed_backup_action import MissedBackupAction


class BackupConfiguration(View):
    """What an agent backs up, and when. The start time is in UTC, whatever `TimeZoneId` says."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = (
        "backup_configuration_id",
        "backup_configuration_name",
        "machine_agent_id",
        "machine_name",
        "flavor",
        "datacenter",
        "is_encrypted",
        "encryption_key",
        "is_active",
        "is_deleted",
        "version_retention",
        "backup_configuration_schedule_id",
        "missed_backup_action",
        "frequency",
        "start_time_hour",
        "start_time_minute",
        "start_time_am_pm",
        "day_of_week_id",
        "hour_interval",
        "time_zone_id",
        "next_scheduled_run_time",
        "last_run_time",
        "last_run_backup_id",
        "backup_state",
        "notify_recipients",
        "notify_success",
        "notify_failure",
        "backup_prescript",
        "backup_postscript",
        "inclusions",
        "exclusions",
    )
    ESSENTIAL: ClassVar[tuple[str, ...]] = ("backup_configuration_id", "machine_agent_id")

    @classmethod
    def are_usual(cls, rows: list[Any]) -> bool:
        """Return whether the essential fields of all rows are plainly there; may raise if not."""
        for row in rows:
            if not (
                type(found := row["BackupConfigurationId"]) is int
                and found > 0
                and type(found := row["MachineAgentId"]) is int
                and found > 0
            ):
                return False
        return True

    @property
    def backup_configuration_id(self) -> int:
        """The backup configuration's id."""
        return needed(self, "BackupConfigurationId", read.identifier)

    @property
    def backup_configuration_name(self) -> str | None:
        """Its name."""
        return read.text(self.received.get("BackupConfigurationName"))

    @property
    def machine_agent_id(self) -> int:
        """The agent that backs up."""
        return needed(self, "MachineAgentId", read.identifier)

    @property
    def machine_name(self) -> str | None:
        """The name of the agent's server."""
        return read.text(self.received.get("MachineName"))

    @property
    def flavor(self) -> str | None:
        """The kind of server; `RaxCloudServer` is a Cloud Server."""
        return read.text(self.received.get("Flavor"))

    @property
    def datacenter(self) -> Datacenter | str | None:
        """Where the server is."""
        return read.member(Datacenter, self.received.get("Datacenter"))

    @property
    def is_encrypted(self) -> bool | None:
        """Whether the agent's backups are encrypted."""
        return read.boolean(self.received.get("IsEncrypted"))

    @property
    def encryption_key(self) -> PublicKey | None:
        """The public half of an agent's RSA key, to encrypt a passphrase with."""
        return PublicKey.read(self.received.get("EncryptionKey"), self.operation)

    @property
    def is_active(self) -> bool | None:
        """Whether it runs as scheduled."""
        return read.boolean(self.received.get("IsActive"))

    @property
    def is_deleted(self) -> bool | None:
        """Whether it has been deleted."""
        return read.boolean(self.received.get("IsDeleted"))

    @property
    def version_retention(self) -> int | None:
        """For how many days old versions of files are kept; 0 is for ever."""
        return read.integer(self.received.get("VersionRetention"))

    @property
    def backup_configuration_schedule_id(self) -> int | None:
        """The id of its schedule."""
        return read.identifier(self.received.get("BackupConfigurationScheduleId"))

    @property
    def missed_backup_action(self) -> MissedBackupAction | int | None:
        """What to do about a backup whose time has passed: 1, run it as soon as possible; 2,
        wait for the next time that is scheduled.
        """
        return read.numeric_member(MissedBackupAction, self.received.get("MissedBackupActionId"))

    @property
    def frequency(self) -> Frequency | str | None:
        """How often it runs."""
        return read.member(Frequency, self.received.get("Frequency"))

    @property
    def start_time_hour(self) -> int | None:
        """The hour of the start time, on a clock of 12; null where none applies."""
        return read.integer(self.received.get("StartTimeHour"))

    @property
    def start_time_minute(self) -> int | None:
        """The minute of the start time; null where none applies."""
        return read.integer(self.received.get("StartTimeMinute"))

    @property
    def start_time_am_pm(self) -> str | None:
        """The half of the day of the start time; empty or null where none applies."""
        return read.text(self.received.get("StartTimeAmPm"))

    @property
    def day_of_week_id(self) -> int | None:
        """On which day it runs, from 0, Sunday, to 6; null unless weekly."""
        return read.integer(self.received.get("DayOfWeekId"))

    @property
    def hour_interval(self) -> int | None:
        """Every how many hours it runs; null unless hourly."""
        return read.integer(self.received.get("HourInterval"))

    @property
    def time_zone_id(self) -> str | None:
        """The time zone that it was scheduled in, by the name that Windows has for it."""
        return read.text(self.received.get("TimeZoneId"))

    @property
    def next_scheduled_run_time(self) -> datetime.datetime | None:
        """When it runs next; null, or .NET's minimum date, if nothing is scheduled."""
        return read.date(self.received.get("NextScheduledRunTime"))

    @property
    def last_run_time(self) -> datetime.datetime | None:
        """When it ran last; null if it never has."""
        return read.date(self.received.get("LastRunTime"))

    @property
    def last_run_backup_id(self) -> int | None:
        """The id of the backup that it made then, to get its report by."""
        return read.identifier(self.received.get("LastRunBackupReportId"))

    @property
    def backup_state(self) -> ConfigurationBackupState | str | None:
        """The state of its backup."""
        return read.member(ConfigurationBackupState, self.received.get("BackupState"))

    @property
    def notify_recipients(self) -> str | None:
        """The mail address that is told of backups."""
        return read.text(self.received.get("NotifyRecipients"))

    @property
    def notify_success(self) -> bool | None:
        """Whether it is told of successes."""
        return read.boolean(self.received.get("NotifySuccess"))

    @property
    def notify_failure(self) -> bool | None:
        """Whether it is told of failures."""
        return read.boolean(self.received.get("NotifyFailure"))

    @property
    def backup_prescript(self) -> str | None:
        """The script that runs before a backup; empty if there is none."""
        return read.text(self.received.get("BackupPrescript"))

    @property
    def backup_postscript(self) -> str | None:
        """The script that runs after a backup; empty if there is none."""
        return read.text(self.received.get("BackupPostscript"))

    @property
    def inclusions(self) -> tuple[FileItem, ...]:
        """What it backs up."""
        return read.array(
            lambda item: FileItem.read(item, self.operation), self.received.get("Inclusions")
        )

    @property
    def exclusions(self) -> tuple[FileItem, ...]:
        """What it leaves out of that."""
        return read.array(
            lambda item: FileItem.read(item, self.operation), self.received.get("Exclusions")
        )


# Below the class, since objects may hold each other.
from ..models.file_item import FileItem  # noqa: E402
from ..models.public_key import PublicKey  # noqa: E402
