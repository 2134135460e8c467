"""A backup configuration: what an agent backs up, and when."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import IntEnum
from typing import Self

import httpx
from attrs import field, frozen

from cloud_backup.encryption import PublicKey
from cloud_backup.errors import UnexpectedAnswer
from cloud_backup.schedule import Frequency, Schedule
from cloud_backup.values.backup_path import BackupPath, backup_paths
from cloud_backup.values.fields import (
    Fields,
    count,
    date,
    flag,
    identifier,
    member,
    public_key,
    text,
)
from cloud_backup_api import models

__all__ = ["BackupConfiguration", "MissedBackupAction", "date_of"]


class MissedBackupAction(IntEnum):
    """What to do about a backup whose time has passed, as when the machine was off."""

    AS_SOON_AS_POSSIBLE = 1
    NEXT_SCHEDULED_TIME = 2


@frozen(kw_only=True)
class BackupConfiguration:
    """A backup configuration.

    Attributes:
        backup_configuration_id: The configuration.
        backup_configuration_name: Its name.
        machine_agent_id: The agent whose files it backs up.
        machine_name: The agent's machine.
        frequency: How often it runs; a text, where it is one that this library doesn't know.
        version_retention: For how many days backups are kept; 0 is for ever.
        missed_backup_action: What is done about a backup whose time has passed.
        inclusions: The files and folders that it backs up.
        exclusions: What it leaves out of them.
        notify_recipients: The mail address that is told of backups.
        notify_success: Whether it is told of successes.
        notify_failure: Whether it is told of failures.
        is_active: Whether it runs as scheduled.
        is_deleted: Whether it has been deleted: it is still answered then.
        is_encrypted: Whether its backups are encrypted.
        next_scheduled_run_time: When it runs next.
        last_run_time: When it ran last.
        last_run_backup_id: The backup that it made then.
        raw: The generated model.
    """

    backup_configuration_id: int
    backup_configuration_name: str | None
    machine_agent_id: int
    machine_name: str | None
    frequency: Frequency | str | None
    version_retention: int | None
    missed_backup_action: MissedBackupAction | None
    inclusions: tuple[BackupPath, ...]
    exclusions: tuple[BackupPath, ...]
    notify_recipients: str | None
    notify_success: bool | None
    notify_failure: bool | None
    is_active: bool | None
    is_deleted: bool | None
    is_encrypted: bool | None
    next_scheduled_run_time: datetime | None
    last_run_time: datetime | None
    last_run_backup_id: int | None
    raw: models.BackupConfiguration = field(repr=False, eq=False)
    _answered: datetime | None = field(default=None, alias="answered", repr=False, eq=False)

    @property
    def schedule(self) -> Schedule | None:
        """When it runs, in its time zone; None where the service says nothing that can be read.

        `read_schedule()` says why it can't be read.

        Raises:
            ZoneDataMissing: This machine has no data about the time zone.
        """
        try:
            return self.read_schedule()
        except UnexpectedAnswer:
            return None

    def read_schedule(self, operation: str = "getBackupConfiguration") -> Schedule:
        """Read when it runs, as `schedule` does, or say why that can't be read.

        Args:
            operation: The operation that answered with it, for errors.

        Raises:
            UnexpectedAnswer: A field of the schedule is missing or can't be right.
            ZoneDataMissing: This machine has no data about the time zone.
        """
        return Schedule.from_raw(self.raw, operation, now=self._answered)

    @property
    def encryption_key(self) -> PublicKey | None:
        """Its agent's key, to encrypt a passphrase with; None where there is none that can be."""
        return public_key(self.raw.encryption_key)

    @classmethod
    def from_raw(
        cls, raw: models.BackupConfiguration, operation: str, answered: datetime | None = None
    ) -> Self:
        """Make it from the generated model.

        Args:
            raw: The model.
            operation: The operation that answered with it, for errors.
            answered: When, by the service's clock: the start time that the answer has in UTC was
                right then. None where that is not known.
        """
        fields = Fields(raw, operation)
        return cls(
            backup_configuration_id=fields.needed("backup_configuration_id", identifier),
            backup_configuration_name=fields.optional("backup_configuration_name", text),
            machine_agent_id=fields.needed("machine_agent_id", identifier),
            machine_name=fields.optional("machine_name", text),
            frequency=fields.optional("frequency", member(Frequency)),
            version_retention=fields.optional("version_retention", count),
            missed_backup_action=fields.optional(
                "missed_backup_action_id", lambda value: MissedBackupAction(count(value))
            ),
            inclusions=backup_paths(raw.inclusions),
            exclusions=backup_paths(raw.exclusions),
            notify_recipients=fields.optional("notify_recipients", text),
            notify_success=fields.optional("notify_success", flag),
            notify_failure=fields.optional("notify_failure", flag),
            is_active=fields.optional("is_active", flag),
            is_deleted=fields.optional("is_deleted", flag),
            is_encrypted=fields.optional("is_encrypted", flag),
            next_scheduled_run_time=fields.optional("next_scheduled_run_time", date),
            last_run_time=fields.optional("last_run_time", date),
            last_run_backup_id=fields.optional("last_run_backup_report_id", identifier),
            raw=raw,
            answered=answered,
        )


def date_of(response: httpx.Response) -> datetime | None:
    """Return when a response was sent, by the clock of who sent it; None where it doesn't say."""
    try:
        date = parsedate_to_datetime(response.headers.get("Date", ""))
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
