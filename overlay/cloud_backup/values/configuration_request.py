"""What the service is sent of a backup configuration: a new one, a changed one, a copy."""

from collections.abc import Mapping, Sequence
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
from cloud_backup.values.configuration import BackupConfiguration
from cloud_backup_api import models
from cloud_backup_api.models import MissedBackupAction

__all__ = ["changed_configuration", "copied_configuration", "described", "new_configuration"]

_RETENTIONS: Final = (0, 30, 60)

_NEEDED: Final = {
    "BackupConfigurationName": "name",
    "MachineAgentId": "agent",
    "IsActive": "active",
    "VersionRetention": "retention",
    "NotifyRecipients": "notify",
    "NotifySuccess": "notify_success",
    "NotifyFailure": "notify_failure",
}
"""What is always sent, the schedule apart, and the arguments that say it."""

_KEPT: Final = (
    *_NEEDED,
    "MissedBackupActionId",
    # Neither is documented to be taken, but what is replaced as a whole should lose nothing.
    "BackupPrescript",
    "BackupPostscript",
)
_KEPT_OF_AN_ITEM: Final = ("FilePath", "FilePathEncoded", "FileItemType")


def described(
    *,
    name: str | None = None,
    schedule: Schedule | None = None,
    include: Sequence[BackupPath | str] | None = None,
    exclude: Sequence[BackupPath | str] | None = None,
    retention: int | None = None,
    notify: str | None = None,
    notify_success: bool | None = None,
    notify_failure: bool | None = None,
    active: bool | None = None,
    missed: MissedBackupAction | int | None = None,
) -> dict[str, Any]:
    """Return what is given of a configuration as the service takes it.

    Args:
        name: Its name.
        schedule: When it runs.
        include: What it backs up; a text is a folder.
        exclude: What it leaves out of that.
        retention: For how many days backups are kept, 0, 30 or 60; 0 is for ever.
        notify: The mail address to tell of backups; empty for none.
        notify_success: Whether to tell it of successes.
        notify_failure: Whether to tell it of failures.
        active: Whether it runs as scheduled.
        missed: What to do about a backup whose time has passed.

    Raises:
        ValueError: One of them can't be right; the message says which and why.
    """
    fields: dict[str, Any] = {
        "BackupConfigurationName": name,
        "VersionRetention": retention,
        "NotifyRecipients": notify,
        "NotifySuccess": notify_success,
        "NotifyFailure": notify_failure,
        "IsActive": active,
    }
    if name is not None and not name.strip():
        raise ValueError("name is empty: a configuration must have one")
    if retention is not None and (isinstance(retention, bool) or retention not in _RETENTIONS):
        raise ValueError(f"retention must be 0 (for ever), 30 or 60 days, not {retention!r}")
    if schedule is not None:
        if not isinstance(schedule, Schedule):
            raise ValueError(f"schedule must be a Schedule, not {schedule!r}: see Schedule.daily()")
        fields |= schedule.to_wire()
    if missed is not None:
        if missed not in tuple(MissedBackupAction):
            raise ValueError(f"missed must be a MissedBackupAction, 1 or 2, not {missed!r}")
        fields["MissedBackupActionId"] = int(missed)
    if include is not None:
        fields["Inclusions"] = to_wire(wanted_paths(include, "include"))
    if exclude is not None:
        fields["Exclusions"] = to_wire(wanted_paths(exclude, "exclude"))
    # A None of the schedule's is one to send.
    return {
        field: value
        for field, value in fields.items()
        if value is not None or field not in (*_NEEDED, "MissedBackupActionId")
    }


def new_configuration(agent_id: int, changes: Mapping[str, Any]) -> models.BackupConfigurationInput:
    """Return a configuration to create.

    Args:
        agent_id: The agent.
        changes: All there is to say of it, as `described()` returns it.

    Raises:
        ValueError: It can't be right as a whole.
    """
    told = changes["NotifySuccess"] or changes["NotifyFailure"]
    if told and not changes["NotifyRecipients"].strip():
        raise ValueError("notify is empty: it must be a mail address where someone is to be told")
    _check_items(changes["Inclusions"], changes["Exclusions"])
    return models.BackupConfigurationInput.from_dict({"MachineAgentId": agent_id, **changes})


def changed_configuration(
    present: BackupConfiguration, changes: Mapping[str, Any]
) -> models.BackupConfigurationUpdate:
    """Return a configuration as it is to be, all of it, since all of it is replaced.

    The service answers the start time in UTC but takes it in the time zone: sent back as it came
    it would move. So it is sent as `Schedule` reads it.

    Args:
        present: The configuration as it is.
        changes: What is to be otherwise, as `described()` returns it.

    Raises:
        ValueError: The changes don't go with what stays.
        UnexpectedAnswer: What stays can't be told from the answer; give it as an argument.
        ZoneDataMissing: This machine has no data about the schedule's time zone.
    """
    body = _as_it_is(present, changes)
    schedule_id = present.backup_configuration_schedule_id
    if schedule_id is not None:
        body["BackupConfigurationScheduleId"] = schedule_id
    return models.BackupConfigurationUpdate.from_dict(body)


def copied_configuration(
    present: BackupConfiguration, changes: Mapping[str, Any]
) -> models.BackupConfigurationInput:
    """Return a configuration to create that is like another.

    Args:
        present: The other.
        changes: What is to be otherwise, as the service takes it.

    Raises:
        UnexpectedAnswer: What is to be the same can't be told from the answer.
        ZoneDataMissing: This machine has no data about the schedule's time zone.
    """
    return models.BackupConfigurationInput.from_dict(_as_it_is(present, changes))


def _as_it_is(present: BackupConfiguration, changes: Mapping[str, Any]) -> dict[str, Any]:
    operation = "getBackupConfiguration"
    now = dict(present.received)
    body = {name: now[name] for name in _KEPT if name in now}
    if now.get("NotifyRecipients", "") is None:
        body["NotifyRecipients"] = ""
    for name in ("Inclusions", "Exclusions"):
        items = now.get(name)
        if isinstance(items, list) and name not in changes:
            if not all(isinstance(item, dict) for item in items):
                argument = "include" if name == "Inclusions" else "exclude"
                raise UnexpectedAnswer(operation, f"{name} is unreadable: give {argument}")
            body[name] = [
                {key: item[key] for key in _KEPT_OF_AN_ITEM if item.get(key) is not None}
                for item in items
            ]
    if "Frequency" not in changes:
        body |= present.read_schedule().to_wire()
    body |= changes
    for name, argument in _NEEDED.items():
        if body.get(name) is None:
            raise UnexpectedAnswer(
                operation, f"the answer has no {name}, which must be sent: give {argument}"
            )
    if "Inclusions" in changes or "Exclusions" in changes:
        _check_items(body.get("Inclusions", []), body.get("Exclusions", []))
    return body


def _check_items(include: Sequence[Any], exclude: Sequence[Any]) -> None:
    first, second = (
        backup_paths(models.FileItem(item) for item in items) for items in (include, exclude)
    )
    check_exclusions(first, second)
