"""A backup configuration: what an agent backs up, and when."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cloud_backup.errors import UnexpectedAnswer
from cloud_backup.schedules.schedule import Schedule
from cloud_backup_api import models

__all__ = ["BackupConfiguration"]


class BackupConfiguration(models.BackupConfiguration):
    """A backup configuration.

    Args:
        received: The object, as JSON has it.
        operation: The operation that answered with it, for errors.
        answered: When, by the service's clock, to convert the start time from UTC; None if that
            isn't known.
    """

    __slots__ = ("_answered",)

    def __init__(
        self,
        received: Mapping[str, Any],
        operation: str = "getBackupConfiguration",
        answered: datetime | None = None,
    ) -> None:
        super().__init__(received, operation)
        self._answered = answered

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.received, self.operation, self._answered)

    @property
    def schedule(self) -> Schedule | None:
        """When it runs, in its time zone; None if it is missing or unreadable.

        `read_schedule()` says why.

        Raises:
            ZoneDataMissing: This machine has no data about the time zone.
        """
        try:
            return self.read_schedule()
        except UnexpectedAnswer:
            return None

    def read_schedule(self) -> Schedule:
        """Read when it runs as `schedule` does, or raise an `UnexpectedAnswer` that says why not.

        Raises:
            ZoneDataMissing: This machine has no data about the time zone.
        """
        return Schedule.from_answer(self, now=self._answered)
