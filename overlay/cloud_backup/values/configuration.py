"""Backup configurations: what an agent backs up, and when, as answered and as sent."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from cloud_backup.errors import UnexpectedAnswer
from cloud_backup.schedules.schedule import Schedule
from cloud_backup.values.backup_path import (
    BackupPath,
    backup_paths,
    check_exclusions,
    to_wire,
    wanted_paths,
)
from cloud_backup.wire.operation import CallOptions
from cloud_backup_api import models

__all__ = [
    "BackupConfiguration",
    "ConfigurationOptions",
    "changed_configuration",
    "copied_configuration",
    "described",
    "new_configuration",
]

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
"""What a new configuration has if nothing else is given."""

_KEPT: Final = (
    *_NEEDED,
    "MissedBackupActionId",
    # The service isn't documented to take these two, but a replacement should lose nothing.
    "BackupPrescript",
    "BackupPostscript",
)
_KEPT_OF_AN_ITEM: Final = ("FilePath", "FilePathEncoded", "FileItemType")


class BackupConfiguration(models.BackupConfiguration):
    """A backup configuration, and when the service answered with it, if that is known."""

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
        """When it runs, in its time zone; None if it is unreadable: `read_schedule()` says why.

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
    """What `configurations.create()` and `update()` take besides.

    Attributes:
        exclude: What it leaves out: `Folder` and `File` values; a text is a folder. Each must lie
            within an included folder. Empty for nothing, which a new one has.
        retention: For how many days backups are kept, 0, 30 or 60; 0, as of a new one, is for ever.
        notify: The mail address to tell of backups; empty, as of a new one, for none.
        notify_success: Whether to tell it of successes; a new one doesn't.
        notify_failure: Whether to tell it of failures; a new one does if there is an address.
        active: Whether it runs as scheduled; a new one does.
        missed: What to do about a backup whose time has passed; a new one makes up for it.
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

    Those that are None are left out. One that can't be right raises a `ValueError`.
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
            fields[field] = to_wire(wanted_paths(given[name], name))
    return fields


def new_configuration(agent_id: int, **given: Any) -> models.BackupConfigurationInput:
    """Return a configuration to create, of the arguments of `configurations.create()`."""
    given = {name: value for name, value in given.items() if value is not None}
    if missing := {"name", "schedule", "include"} - given.keys():
        raise ValueError(f"{min(missing)} is needed")
    given = {"notify_failure": bool(given.get("notify")), **_NEW, **given}
    changes = described(**given)
    notifies = changes["NotifySuccess"] or changes["NotifyFailure"]
    if notifies and not changes["NotifyRecipients"].strip():
        raise ValueError("notify is empty: give the mail address to notify")
    _check_items(changes)
    return models.BackupConfigurationInput.from_dict({"MachineAgentId": agent_id, **changes})


def changed_configuration(
    present: BackupConfiguration, changes: Mapping[str, Any]
) -> models.BackupConfigurationUpdate:
    """Return a changed configuration, all of it, since the service replaces all of it.

    The service answers with the start time in UTC but takes it in the time zone, so `Schedule`
    converts it. A field to keep that is missing or unreadable raises an `UnexpectedAnswer`, which
    says what to give.

    Args:
        present: The configuration as it is.
        changes: The fields to change, as `described()` returns them.
    """
    body = _merged(present, changes)
    if present.backup_configuration_schedule_id is not None:
        body["BackupConfigurationScheduleId"] = present.backup_configuration_schedule_id
    return models.BackupConfigurationUpdate.from_dict(body)


def copied_configuration(
    present: BackupConfiguration, changes: Mapping[str, Any]
) -> models.BackupConfigurationInput:
    """Return a configuration to create that is like another; see `changed_configuration()`."""
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
                raise _unreadable(f"{field} is unreadable: give {argument}")
            body[field] = [
                {key: item[key] for key in _KEPT_OF_AN_ITEM if item.get(key) is not None}
                for item in items
            ]
    if "Frequency" not in changes:
        body |= present.read_schedule().to_wire()
    body |= changes
    for field, argument in _NEEDED.items():
        if body.get(field) is None:
            raise _unreadable(f"the answer has no {field}, which must be sent: give {argument}")
    if not changes.keys().isdisjoint(_PATHS):
        _check_items(body)
    return body


def _unreadable(problem: str) -> UnexpectedAnswer:
    return UnexpectedAnswer("getBackupConfiguration", problem)


def _check_items(fields: Mapping[str, Any]) -> None:
    include, exclude = (
        backup_paths(models.FileItem(item) for item in fields.get(field, [])) for field in _PATHS
    )
    check_exclusions(include, exclude)
