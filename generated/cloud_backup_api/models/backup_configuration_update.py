# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import Any, ClassVar

from attrs import define, field
from cloud_backup.wire.request import UNSET, Request, Unset, bounds

from ..models.frequency import Frequency
from ..models.missed_backup_action import MissedBackupAction
from ..models.version_retention import VersionRetention


@define(kw_only=True)
class BackupConfigurationUpdate(Request):
    """The replacement of a backup configuration.

    Attributes:
        backup_configuration_name (str): Its name.
        machine_agent_id (int): The agent that backs up.
        is_active (bool): Whether it runs on schedule.
        version_retention (VersionRetention): How many days old versions of files are kept; 0
            means for ever.
        missed_backup_action_id (MissedBackupAction | Unset): What to do about a missed backup,
            for example if the server was off: 1, run it as soon as possible; 2, wait for the next
            scheduled time.
        frequency (Frequency): How often a backup configuration runs.
        start_time_hour (int | None): The hour of the start time in `TimeZoneId`, from 1 to 12.
            Null for `Manually` and `Hourly`.
        start_time_minute (int | None): The minute of the start time. Null for `Manually` and
            `Hourly`.
        start_time_am_pm (None | str): `AM` or `PM` of the start time. Null or empty for
            `Manually` and `Hourly`.
        day_of_week_id (int | None): The day of the week, from 0 for Sunday to 6. Null unless
            `Weekly`.
        hour_interval (int | None): The hours between two runs. Null unless `Hourly`.
        time_zone_id (str): The time zone of the start time, by its Windows name, such as `Eastern
            Standard Time`.
        notify_recipients (str): The email address to notify of backups.
        notify_success (bool): Whether to notify of successes.
        notify_failure (bool): Whether to notify of failures.
        inclusions (list[FileItemInput] | Unset): What to back up.
        exclusions (list[FileItemInput] | Unset): What to leave out of that; each within an
            included folder.
        backup_configuration_schedule_id (int | Unset): The id of its schedule, as returned by
            `getBackupConfiguration`.
        additional_properties: The object's other fields, by their names on the wire.

    Raises:
        ValueError: A value is out of its bounds.
    """

    WIRE: ClassVar = {
        "backup_configuration_name": "BackupConfigurationName",
        "machine_agent_id": "MachineAgentId",
        "is_active": "IsActive",
        "version_retention": "VersionRetention",
        "missed_backup_action_id": "MissedBackupActionId",
        "frequency": "Frequency",
        "start_time_hour": "StartTimeHour",
        "start_time_minute": "StartTimeMinute",
        "start_time_am_pm": "StartTimeAmPm",
        "day_of_week_id": "DayOfWeekId",
        "hour_interval": "HourInterval",
        "time_zone_id": "TimeZoneId",
        "notify_recipients": "NotifyRecipients",
        "notify_success": "NotifySuccess",
        "notify_failure": "NotifyFailure",
        "inclusions": "Inclusions",
        "exclusions": "Exclusions",
        "backup_configuration_schedule_id": "BackupConfigurationScheduleId",
    }

    backup_configuration_name: str = field(validator=bounds(min_length=1))
    machine_agent_id: int = field(validator=bounds(minimum=1))
    is_active: bool
    version_retention: VersionRetention
    missed_backup_action_id: MissedBackupAction | Unset = field(default=UNSET)
    frequency: Frequency
    start_time_hour: int | None = field(validator=bounds(minimum=1, maximum=12))
    start_time_minute: int | None = field(validator=bounds(minimum=0, maximum=59))
    start_time_am_pm: None | str = field(validator=bounds(pattern="^(AM|PM)?$"))
    day_of_week_id: int | None = field(validator=bounds(minimum=0, maximum=6))
    hour_interval: int | None = field(validator=bounds(minimum=1, maximum=23))
    time_zone_id: str = field(validator=bounds(min_length=1))
    notify_recipients: str
    notify_success: bool
    notify_failure: bool
    inclusions: list[FileItemInput] | Unset = field(default=UNSET)
    exclusions: list[FileItemInput] | Unset = field(default=UNSET)
    backup_configuration_schedule_id: int | Unset = field(
        default=UNSET, validator=bounds(minimum=1)
    )
    additional_properties: dict[str, Any] = field(factory=dict)


# Below the class, since objects may hold each other.
from ..models.file_item_input import FileItemInput  # noqa: E402
