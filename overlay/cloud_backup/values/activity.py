"""What has been going on: backups, restores, cleanups."""

from datetime import datetime
from typing import Self

from attrs import field, frozen

from cloud_backup.states import ActivityType, is_final, is_successful
from cloud_backup.values.fields import Fields, date, flag, identifier, member, text
from cloud_backup_api import models

__all__ = ["Activity"]


@frozen(kw_only=True)
class Activity:
    """A backup, a restore or a cleanup.

    Attributes:
        id: The activity.
        type: Which of the three; a text, where it is one that this library doesn't know.
        state: The state of the backup or restore, as they name them.
        display_name: The name of its configuration.
        time_of_activity: When it was.
        parent_id: The configuration; None for a cleanup.
        backup_id: The backup, where one belongs to it.
        source_machine_agent_id: The agent whose files it is about.
        source_machine_name: Its machine.
        destination_machine_agent_id: The agent that restores; None where there is none.
        destination_machine_name: Its machine.
        is_backup_configuration_deleted: Whether the configuration has been deleted since.
        raw: The generated model.
    """

    id: int
    type: ActivityType | str
    state: str | None
    display_name: str | None
    time_of_activity: datetime | None
    parent_id: int | None
    backup_id: int | None
    source_machine_agent_id: int | None
    source_machine_name: str | None
    destination_machine_agent_id: int | None
    destination_machine_name: str | None
    is_backup_configuration_deleted: bool | None
    raw: models.Activity = field(repr=False, eq=False)

    @property
    def is_final(self) -> bool:
        """Whether it stays in its state."""
        return self.state is not None and is_final(self.state)

    @property
    def is_successful(self) -> bool:
        """Whether all went well: it is completed, and without errors."""
        return self.state is not None and is_successful(self.state)

    @classmethod
    def from_raw(cls, raw: models.Activity, operation: str) -> Self:
        """Make it from the generated model."""
        fields = Fields(raw, operation)
        return cls(
            id=fields.needed("id", identifier),
            type=fields.needed("type_", member(ActivityType)),
            state=fields.optional("current_state", text),
            display_name=fields.optional("display_name", text),
            time_of_activity=fields.optional("time_of_activity", date),
            parent_id=fields.optional("parent_id", identifier),
            backup_id=fields.optional("backup_id", identifier),
            source_machine_agent_id=fields.optional("source_machine_agent_id", identifier),
            source_machine_name=fields.optional("source_machine_name", text),
            destination_machine_agent_id=fields.optional(
                "destination_machine_agent_id", identifier
            ),
            destination_machine_name=fields.optional("destination_machine_name", text),
            is_backup_configuration_deleted=fields.optional(
                "is_backup_configuration_deleted", flag
            ),
            raw=raw,
        )
