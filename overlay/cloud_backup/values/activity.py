"""What has been going on: backups, restores, cleanups."""

from datetime import datetime
from typing import Final, Self

from attrs import define, field

from cloud_backup.states import ActivityType, is_final, is_successful
from cloud_backup.values.fields import Fields, flag, identifier, member, text
from cloud_backup_api import models

__all__ = ["SHOWN", "Activity"]


@define(repr=False)
class Activity:
    """A backup, a restore or a cleanup.

    There may be thousands of them in an answer, so each reads what it is asked for from the
    generated model, and only then.

    Args:
        raw: The generated model.
        operation: The operation that answered with it, for errors.

    Immutable like the other values, though by properties: a frozen class takes longer to make.
    """

    _raw: models.Activity
    _operation: str = field(default="listActivity", eq=False)

    @property
    def raw(self) -> models.Activity:
        """The generated model."""
        return self._raw

    @property
    def id(self) -> int:
        """The activity: the id of the backup or restore, where it is one."""
        return self._fields.needed("id", identifier)

    @property
    def type(self) -> ActivityType | str:
        """Which of the three; a text, where it is one that this library doesn't know."""
        return self._fields.needed("type_", member(ActivityType))

    @property
    def state(self) -> str | None:
        """The state of the backup or restore, as they name them."""
        return self._fields.optional("current_state", text)

    @property
    def display_name(self) -> str | None:
        """The name of its configuration."""
        return self._fields.optional("display_name", text)

    @property
    def time_of_activity(self) -> datetime | None:
        """When it was."""
        moment = self._raw.time_of_activity
        return moment if isinstance(moment, datetime) else None

    @property
    def parent_id(self) -> int | None:
        """The configuration; None for a cleanup."""
        return self._fields.optional("parent_id", identifier)

    @property
    def backup_id(self) -> int | None:
        """The backup, where one belongs to it."""
        return self._fields.optional("backup_id", identifier)

    @property
    def source_machine_agent_id(self) -> int | None:
        """The agent whose files it is about."""
        return self._fields.optional("source_machine_agent_id", identifier)

    @property
    def source_machine_name(self) -> str | None:
        """Its machine."""
        return self._fields.optional("source_machine_name", text)

    @property
    def destination_machine_agent_id(self) -> int | None:
        """The agent that restores; None where there is none."""
        return self._fields.optional("destination_machine_agent_id", identifier)

    @property
    def destination_machine_name(self) -> str | None:
        """Its machine."""
        return self._fields.optional("destination_machine_name", text)

    @property
    def is_backup_configuration_deleted(self) -> bool | None:
        """Whether the configuration has been deleted since."""
        return self._fields.optional("is_backup_configuration_deleted", flag)

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
        """Make it from the generated model.

        Raises:
            UnexpectedAnswer: It has no id or no type, without which it is of no use.
        """
        made = cls(raw, operation)
        # The usual is seen at a glance; what is odd takes a closer look.
        if type(raw.id) is not int or raw.id <= 0 or type(raw.type_) is not models.ActivityType:
            _ = made.id, made.type  # they raise
        return made

    @property
    def _fields(self) -> Fields:
        return Fields(self._raw, self._operation)

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={getattr(self, name)!r}" for name in SHOWN)
        return f"{type(self).__name__}({told})"


SHOWN: Final = (
    "id",
    "type",
    "state",
    "display_name",
    "time_of_activity",
    "parent_id",
    "backup_id",
    "source_machine_agent_id",
    "source_machine_name",
    "destination_machine_agent_id",
    "destination_machine_name",
    "is_backup_configuration_deleted",
)
"""The attributes that its repr shows, and that tables and JSON of the command line have."""
