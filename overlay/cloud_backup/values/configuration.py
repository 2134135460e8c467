"""A backup configuration: what an agent backs up, and when."""

from datetime import datetime
from typing import Self

from attrs import field, frozen

from cloud_backup.values.fields import Fields, count, date, flag, identifier, text
from cloud_backup_api import models

__all__ = ["BackupConfiguration"]


@frozen(kw_only=True)
class BackupConfiguration:
    """A backup configuration.

    Attributes:
        backup_configuration_id: The configuration.
        backup_configuration_name: Its name.
        machine_agent_id: The agent whose files it backs up.
        machine_name: The agent's machine.
        frequency: `Manually`, `Hourly`, `Daily` or `Weekly`.
        version_retention: For how many days backups are kept; 0 is for ever.
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
    frequency: str | None
    version_retention: int | None
    is_active: bool | None
    is_deleted: bool | None
    is_encrypted: bool | None
    next_scheduled_run_time: datetime | None
    last_run_time: datetime | None
    last_run_backup_id: int | None
    raw: models.BackupConfiguration = field(repr=False, eq=False)

    @classmethod
    def from_raw(cls, raw: models.BackupConfiguration, operation: str) -> Self:
        """Make it from the generated model."""
        fields = Fields(raw, operation)
        return cls(
            backup_configuration_id=fields.needed("backup_configuration_id", identifier),
            backup_configuration_name=fields.optional("backup_configuration_name", text),
            machine_agent_id=fields.needed("machine_agent_id", identifier),
            machine_name=fields.optional("machine_name", text),
            frequency=fields.optional("frequency", text),
            version_retention=fields.optional("version_retention", count),
            is_active=fields.optional("is_active", flag),
            is_deleted=fields.optional("is_deleted", flag),
            is_encrypted=fields.optional("is_encrypted", flag),
            next_scheduled_run_time=fields.optional("next_scheduled_run_time", date),
            last_run_time=fields.optional("last_run_time", date),
            last_run_backup_id=fields.optional("last_run_backup_report_id", identifier),
            raw=raw,
        )
