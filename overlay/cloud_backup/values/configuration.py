"""Backup configurations, as answered and as sent."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from cloud_backup.errors import UnexpectedAnswer
from cloud_backup.schedules.schedule import Schedule
from cloud_backup.values.backup_path import BackupPath, check_exclusions, wanted_paths
from cloud_backup.wire.operation import CallOptions
from cloud_backup_api import models

_NEEDED: Final = {
    "BackupConfigurationName": "name",
    "MachineAgentId": "agent",
    "IsActive": "active",
    "VersionRetention": "retention",
    "NotifyRecipients": "notify",
    "NotifySuccess": "notify_success",
    "NotifyFailure": "notify_failure",
}
"""The fields that are always sent, besides the schedule's, and their arguments."""

_PATHS: Final = {"Inclusions": "include", "Exclusions": "exclude"}

_NEW: Final = {
    "exclude": (),
    "retention": 0,
    "notify": "",
    "notify_success": False,
    "active": True,
    "missed": models.MissedBackupAction.AS_SOON_AS_POSSIBLE,
}
"""The defaults of a new configuration."""

_KEPT: Final = (
    *_NEEDED,
    "MissedBackupActionId",
    # It isn't documented that the service takes these two, but a replacement should lose nothing.
    "BackupPrescript",
    "BackupPostscript",
)
_KEPT_OF_AN_ITEM: Final = ("FilePath", "FilePathEncoded", "FileItemType")


class BackupConfiguration(models.BackupConfiguration):
    """A backup configuration, and when the service sent it, if known."""

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
        """When it runs, in its time zone; None if unreadable: `read_schedule()` says why.

        Raises:
            ZoneDataMissing: This machine has no data about the time zone.
        """
        try:
            return self.read_schedule()
        except UnexpectedAnswer:
            return None

    def read_schedule(self) -> Schedule:
        """Read the schedule, or raise an `UnexpectedAnswer` that says why it is unreadable."""
        return Schedule.from_answer(self, now=self._answered)


class ConfigurationOptions(CallOptions, total=False):
    """Further arguments of `configurations.create()` and `update()`.

    Attributes:
        exclude: What it doesn't back up: `Folder` and `File` values; a string is a folder. Each
            must be in an included folder. By default nothing.
        retention: How many days backups are kept: 0 (the default, for ever), 30 or 60.
        notify: The email address to notify of backups; empty, the default, for none.
        notify_success: Whether to notify of successes; by default not.
        notify_failure: Whether to notify of failures; by default if there is an address.
        active: Whether it runs as scheduled; by default it does.
        missed: What to do about a missed backup; by default to run it as soon as possible.
    """

    exclude: Sequence[BackupPath | str] | None
    retention: int | None
    notify: str | None
    notify_success: bool | None
    notify_failure: bool | None
    active: bool | None
    missed: models.MissedBackupAction | None


_ARGUMENTS: Final = {*_NEEDED.values(), *_PATHS.values(), "schedule", "missed"}


def described(**given: Any) -> dict[str, Any]:
    """Check arguments of `configurations.create()` or `update()`, and return them as fields.

    Those that are None are left out. An invalid one raises a `ValueError`.
    """
    if unknown := sorted(given.keys() - _ARGUMENTS):
        raise TypeError(f"unexpected argument {unknown[0]!r}")
    given = {name: value for name, value in given.items() if value is not None}
    fields = {field: given[name] for field, name in _NEEDED.items() if name in given}
    if not given.get("name", "some").strip():
        raise ValueError("name is empty: a configuration must have one")
    retention = given.get("retention", 0)
    if isinstance(retention, bool) or retention not in tuple(models.VersionRetention):
        raise ValueError(f"retention must be 0 (for ever), 30 or 60 days, not {retention!r}")
    if (schedule := given.get("schedule")) is not None:
        if not isinstance(schedule, Schedule):
            raise ValueError(f"schedule must be a Schedule, not {schedule!r}: see Schedule.daily()")
        fields |= schedule.to_wire()
    if (missed := given.get("missed")) is not None:
        if missed not in tuple(models.MissedBackupAction):
            raise ValueError(f"missed must be a MissedBackupAction, 1 or 2, not {missed!r}")
        fields["MissedBackupActionId"] = int(missed)
    for field, name in _PATHS.items():
        if name in given:
            fields[field] = wanted_paths(given[name], name)
    return fields


def new_configuration(agent_id: int, **given: Any) -> models.BackupConfigurationInput:
    """Return a configuration to create, from the arguments of `configurations.create()`."""
    given = {name: value for name, value in given.items() if value is not None}
    if missing := {"name", "schedule", "include"} - given.keys():
        raise ValueError(f"{min(missing)} is needed")
    given = {"notify_failure": bool(given.get("notify")), **_NEW, **given}
    changes = described(**given)
    notifies = changes["NotifySuccess"] or changes["NotifyFailure"]
    if notifies and not changes["NotifyRecipients"].strip():
        raise ValueError("notify is empty: give the mail address to notify")
    check_exclusions(changes)
    return models.BackupConfigurationInput.from_dict({"MachineAgentId": agent_id, **changes})


def changed_configuration(
    present: BackupConfiguration, changes: Mapping[str, Any]
) -> models.BackupConfigurationUpdate:
    """Return a whole configuration with changes from `described()`, since all of it is replaced.

    The service answers with the start time in UTC but takes it in the time zone, so `Schedule`
    converts it. If a field to keep is missing or unreadable, the `UnexpectedAnswer` says which
    argument to give.
    """
    body = _merged(present, changes)
    if present.backup_configuration_schedule_id is not None:
        body["BackupConfigurationScheduleId"] = present.backup_configuration_schedule_id
    return models.BackupConfigurationUpdate.from_dict(body)


def copied_configuration(
    present: BackupConfiguration, changes: Mapping[str, Any]
) -> models.BackupConfigurationInput:
    """Return a copy of a configuration to create; see `changed_configuration()`."""
    return models.BackupConfigurationInput.from_dict(_merged(present, changes))


def _merged(present: BackupConfiguration, changes: Mapping[str, Any]) -> dict[str, Any]:
    now = present.received
    body = {name: now[name] for name in _KEPT if name in now}
    if now.get("NotifyRecipients", "") is None:
        body["NotifyRecipients"] = ""
    for field, argument in _PATHS.items():
        items = now.get(field)
        if isinstance(items, list) and field not in changes:
            if not all(isinstance(item, dict) for item in items):
                raise UnexpectedAnswer(present.operation, f"{field} is unreadable: give {argument}")
            body[field] = [
                {key: item[key] for key in _KEPT_OF_AN_ITEM if item.get(key) is not None}
                for item in items
            ]
    if "Frequency" not in changes:
        body |= present.read_schedule().to_wire()
    body |= changes
    for field, argument in _NEEDED.items():
        if body.get(field) is None:
            raise UnexpectedAnswer(
                present.operation, f"the answer has no {field}, which must be sent: give {argument}"
            )
    if not changes.keys().isdisjoint(_PATHS):
        check_exclusions(body)
    return body
