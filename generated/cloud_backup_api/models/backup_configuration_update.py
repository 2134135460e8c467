# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.frequency import Frequency
from ..models.missed_backup_action_id import MissedBackupActionId
from ..models.version_retention import VersionRetention
from ..types import (
    UNSET,
    Unset,
    decode_models,
    encode_enum,
    encode_list,
    encode_model,
    enum_decoder,
    in_wire_order,
)

_decode_frequency = enum_decoder(Frequency)
_decode_missed_backup_action_id = enum_decoder(MissedBackupActionId)
_decode_version_retention = enum_decoder(VersionRetention)


@_attrs_define(kw_only=True)
class BackupConfigurationUpdate:
    """A backup configuration that is to replace another.

    Attributes:
        backup_configuration_name (str): Its name.
        machine_agent_id (int): The agent that is to back up.
        is_active (bool): Whether it is to run as scheduled.
        version_retention (VersionRetention): For how many days old versions of files are kept; 0
            is for ever.
        frequency (Frequency): How often a backup configuration runs.
        start_time_hour (int | None): The hour of the start time in `TimeZoneId`, on a clock of
            12. Null for `Manually` and
            `Hourly`.
        start_time_minute (int | None): The minute of the start time. Null for `Manually` and
            `Hourly`.
        start_time_am_pm (None | str): The half of the day of the start time, `AM` or `PM`. Null,
            or empty, for `Manually` and
            `Hourly`.
        day_of_week_id (int | None): The day of the week, from 0, Sunday, to 6. Null unless
            `Weekly`.
        hour_interval (int | None): Every how many hours. Null unless `Hourly`.
        time_zone_id (str): The time zone of the start time, by the name that Windows has for it,
            such as
            `Eastern Standard Time`.
        notify_recipients (str): The mail address to tell of backups.
        notify_success (bool): Whether to tell it of successes.
        notify_failure (bool): Whether to tell it of failures.
        missed_backup_action_id (MissedBackupActionId | Unset): What to do about a backup whose
            time has passed, as when the server was off: 1, run it as
            soon as possible; 2, wait for the next time that is scheduled.
        inclusions (list[FileItemInput] | Unset): What to back up.
        exclusions (list[FileItemInput] | Unset): What to leave out of that; each within an
            included folder.
        backup_configuration_schedule_id (int | Unset): The id of its schedule, as
            `getBackupConfiguration` has it.
        additional_properties: The object's other fields, by their names on the wire.
    """

    backup_configuration_name: str
    machine_agent_id: int
    is_active: bool
    version_retention: VersionRetention
    frequency: Frequency
    start_time_hour: int | None
    start_time_minute: int | None
    start_time_am_pm: None | str
    day_of_week_id: int | None
    hour_interval: int | None
    time_zone_id: str
    notify_recipients: str
    notify_success: bool
    notify_failure: bool
    missed_backup_action_id: MissedBackupActionId | Unset = UNSET
    inclusions: list[FileItemInput] | Unset = UNSET
    exclusions: list[FileItemInput] | Unset = UNSET
    backup_configuration_schedule_id: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(factory=dict)
    _received: Mapping[str, Any] = _attrs_field(
        factory=dict, alias="_received", repr=False, eq=False
    )

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON has it.

        Fields are in the order in which they were received, texts as they were received while they
        still mean the same; what was not received comes last. An UNSET attribute is left out.
        """
        received = self._received
        return in_wire_order(
            {
                "BackupConfigurationName": self.backup_configuration_name,
                "MachineAgentId": self.machine_agent_id,
                "IsActive": self.is_active,
                "VersionRetention": encode_enum(
                    self.version_retention, received.get("VersionRetention")
                ),
                "Frequency": encode_enum(self.frequency, received.get("Frequency")),
                "StartTimeHour": self.start_time_hour,
                "StartTimeMinute": self.start_time_minute,
                "StartTimeAmPm": self.start_time_am_pm,
                "DayOfWeekId": self.day_of_week_id,
                "HourInterval": self.hour_interval,
                "TimeZoneId": self.time_zone_id,
                "NotifyRecipients": self.notify_recipients,
                "NotifySuccess": self.notify_success,
                "NotifyFailure": self.notify_failure,
                "MissedBackupActionId": encode_enum(
                    self.missed_backup_action_id, received.get("MissedBackupActionId")
                ),
                "Inclusions": encode_list(
                    self.inclusions, received.get("Inclusions"), encode_model
                ),
                "Exclusions": encode_list(
                    self.exclusions, received.get("Exclusions"), encode_model
                ),
                "BackupConfigurationScheduleId": self.backup_configuration_schedule_id,
            },
            self.additional_properties,
            received,
        )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Make one from an object as JSON has it, without calling the constructor.

        No field has to be there, not even a required one: the attribute of an absent field is
        UNSET. A value of another type than the specification's is kept as it is.

        Args:
            src_dict: The object. It is left as it is, and kept: change a copy, if any.
        """
        rest = dict(src_dict)
        self = cls.__new__(cls)
        self._received = src_dict
        self.backup_configuration_name = rest.pop("BackupConfigurationName", UNSET)
        self.machine_agent_id = rest.pop("MachineAgentId", UNSET)
        self.is_active = rest.pop("IsActive", UNSET)
        self.version_retention = _decode_version_retention(rest.pop("VersionRetention", UNSET))
        self.frequency = _decode_frequency(rest.pop("Frequency", UNSET))
        self.start_time_hour = rest.pop("StartTimeHour", UNSET)
        self.start_time_minute = rest.pop("StartTimeMinute", UNSET)
        self.start_time_am_pm = rest.pop("StartTimeAmPm", UNSET)
        self.day_of_week_id = rest.pop("DayOfWeekId", UNSET)
        self.hour_interval = rest.pop("HourInterval", UNSET)
        self.time_zone_id = rest.pop("TimeZoneId", UNSET)
        self.notify_recipients = rest.pop("NotifyRecipients", UNSET)
        self.notify_success = rest.pop("NotifySuccess", UNSET)
        self.notify_failure = rest.pop("NotifyFailure", UNSET)
        self.missed_backup_action_id = _decode_missed_backup_action_id(
            rest.pop("MissedBackupActionId", UNSET)
        )
        self.inclusions = decode_models(FileItemInput, rest.pop("Inclusions", UNSET))
        self.exclusions = decode_models(FileItemInput, rest.pop("Exclusions", UNSET))
        self.backup_configuration_schedule_id = rest.pop("BackupConfigurationScheduleId", UNSET)
        self.additional_properties = rest or {}
        return self

    @property
    def additional_keys(self) -> list[str]:
        """The names of the additional properties."""
        return list(self.additional_properties)

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties


# Below the class, since models may refer to each other.
from ..models.file_item_input import FileItemInput  # noqa: E402
