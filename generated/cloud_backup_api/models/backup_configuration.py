# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.configuration_backup_state import ConfigurationBackupState
from ..models.datacenter import Datacenter
from ..models.frequency import Frequency
from ..models.missed_backup_action_id import MissedBackupActionId
from ..models.version_retention import VersionRetention
from ..types import (
    UNSET,
    Unset,
    decode_model,
    decode_models,
    decode_ms_date,
    encode_enum,
    encode_list,
    encode_model,
    encode_ms_date,
    enum_decoder,
    in_wire_order,
)

_decode_configuration_backup_state = enum_decoder(ConfigurationBackupState)
_decode_datacenter = enum_decoder(Datacenter)
_decode_frequency = enum_decoder(Frequency)
_decode_missed_backup_action_id = enum_decoder(MissedBackupActionId)
_decode_version_retention = enum_decoder(VersionRetention)


@_attrs_define(kw_only=True)
class BackupConfiguration:
    """What an agent backs up, and when. The start time is in UTC, whatever `TimeZoneId` says.

    Attributes:
        backup_configuration_id (int): The backup configuration's id.
        machine_agent_id (int): The agent that backs up.
        backup_configuration_name (str | Unset): Its name.
        machine_name (str | Unset): The name of the agent's server.
        flavor (str | Unset): The kind of server; `RaxCloudServer` is a Cloud Server.
        datacenter (Datacenter | str | Unset): Where the server is.
        is_encrypted (bool | Unset): Whether the agent's backups are encrypted.
        encryption_key (PublicKey | Unset): The public half of an agent's RSA key, to encrypt a
            passphrase with.
        is_active (bool | Unset): Whether it runs as scheduled.
        is_deleted (bool | Unset): Whether it has been deleted.
        version_retention (int | Unset | VersionRetention): For how many days old versions of
            files are kept; 0 is for ever.
        backup_configuration_schedule_id (int | Unset): The id of its schedule.
        missed_backup_action_id (int | MissedBackupActionId | Unset): What to do about a backup
            whose time has passed: 1, run it as soon as possible; 2, wait
            for the next time that is scheduled.
        frequency (Frequency | str | Unset): How often it runs.
        start_time_hour (int | None | Unset): The hour of the start time, on a clock of 12; null
            where none applies.
        start_time_minute (int | None | Unset): The minute of the start time; null where none
            applies.
        start_time_am_pm (None | str | Unset): The half of the day of the start time; empty or
            null where none applies.
        day_of_week_id (int | None | Unset): On which day it runs, from 0, Sunday, to 6; null
            unless weekly.
        hour_interval (int | None | Unset): Every how many hours it runs; null unless hourly.
        time_zone_id (str | Unset): The time zone that it was scheduled in, by the name that
            Windows has for it.
        next_scheduled_run_time (datetime.datetime | None | Unset): When it runs next; null, or
            .NET's minimum date, if nothing is scheduled.
        last_run_time (datetime.datetime | None | Unset): When it ran last; null if it never has.
        last_run_backup_report_id (int | None | Unset): The id of the backup that it made then, to
            get its report by.
        backup_state (ConfigurationBackupState | str | Unset): The state of its backup.
        notify_recipients (str | Unset): The mail address that is told of backups.
        notify_success (bool | Unset): Whether it is told of successes.
        notify_failure (bool | Unset): Whether it is told of failures.
        backup_prescript (str | Unset): The script that runs before a backup; empty if there is
            none.
        backup_postscript (str | Unset): The script that runs after a backup; empty if there is
            none.
        inclusions (list[FileItem] | Unset): What it backs up.
        exclusions (list[FileItem] | Unset): What it leaves out of that.
        additional_properties: The object's other fields, by their names on the wire.
    """

    backup_configuration_id: int
    machine_agent_id: int
    backup_configuration_name: str | Unset = UNSET
    machine_name: str | Unset = UNSET
    flavor: str | Unset = UNSET
    datacenter: Datacenter | str | Unset = UNSET
    is_encrypted: bool | Unset = UNSET
    encryption_key: PublicKey | Unset = UNSET
    is_active: bool | Unset = UNSET
    is_deleted: bool | Unset = UNSET
    version_retention: int | Unset | VersionRetention = UNSET
    backup_configuration_schedule_id: int | Unset = UNSET
    missed_backup_action_id: int | MissedBackupActionId | Unset = UNSET
    frequency: Frequency | str | Unset = UNSET
    start_time_hour: int | None | Unset = UNSET
    start_time_minute: int | None | Unset = UNSET
    start_time_am_pm: None | str | Unset = UNSET
    day_of_week_id: int | None | Unset = UNSET
    hour_interval: int | None | Unset = UNSET
    time_zone_id: str | Unset = UNSET
    next_scheduled_run_time: datetime.datetime | None | Unset = UNSET
    last_run_time: datetime.datetime | None | Unset = UNSET
    last_run_backup_report_id: int | None | Unset = UNSET
    backup_state: ConfigurationBackupState | str | Unset = UNSET
    notify_recipients: str | Unset = UNSET
    notify_success: bool | Unset = UNSET
    notify_failure: bool | Unset = UNSET
    backup_prescript: str | Unset = UNSET
    backup_postscript: str | Unset = UNSET
    inclusions: list[FileItem] | Unset = UNSET
    exclusions: list[FileItem] | Unset = UNSET
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
                "BackupConfigurationId": self.backup_configuration_id,
                "MachineAgentId": self.machine_agent_id,
                "BackupConfigurationName": self.backup_configuration_name,
                "MachineName": self.machine_name,
                "Flavor": self.flavor,
                "Datacenter": encode_enum(self.datacenter, received.get("Datacenter")),
                "IsEncrypted": self.is_encrypted,
                "EncryptionKey": encode_model(self.encryption_key, received.get("EncryptionKey")),
                "IsActive": self.is_active,
                "IsDeleted": self.is_deleted,
                "VersionRetention": encode_enum(
                    self.version_retention, received.get("VersionRetention")
                ),
                "BackupConfigurationScheduleId": self.backup_configuration_schedule_id,
                "MissedBackupActionId": encode_enum(
                    self.missed_backup_action_id, received.get("MissedBackupActionId")
                ),
                "Frequency": encode_enum(self.frequency, received.get("Frequency")),
                "StartTimeHour": self.start_time_hour,
                "StartTimeMinute": self.start_time_minute,
                "StartTimeAmPm": self.start_time_am_pm,
                "DayOfWeekId": self.day_of_week_id,
                "HourInterval": self.hour_interval,
                "TimeZoneId": self.time_zone_id,
                "NextScheduledRunTime": encode_ms_date(
                    self.next_scheduled_run_time, received.get("NextScheduledRunTime")
                ),
                "LastRunTime": encode_ms_date(self.last_run_time, received.get("LastRunTime")),
                "LastRunBackupReportId": self.last_run_backup_report_id,
                "BackupState": encode_enum(self.backup_state, received.get("BackupState")),
                "NotifyRecipients": self.notify_recipients,
                "NotifySuccess": self.notify_success,
                "NotifyFailure": self.notify_failure,
                "BackupPrescript": self.backup_prescript,
                "BackupPostscript": self.backup_postscript,
                "Inclusions": encode_list(
                    self.inclusions, received.get("Inclusions"), encode_model
                ),
                "Exclusions": encode_list(
                    self.exclusions, received.get("Exclusions"), encode_model
                ),
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
        self.backup_configuration_id = rest.pop("BackupConfigurationId", UNSET)
        self.machine_agent_id = rest.pop("MachineAgentId", UNSET)
        self.backup_configuration_name = rest.pop("BackupConfigurationName", UNSET)
        self.machine_name = rest.pop("MachineName", UNSET)
        self.flavor = rest.pop("Flavor", UNSET)
        self.datacenter = _decode_datacenter(rest.pop("Datacenter", UNSET))
        self.is_encrypted = rest.pop("IsEncrypted", UNSET)
        self.encryption_key = decode_model(PublicKey, rest.pop("EncryptionKey", UNSET))
        self.is_active = rest.pop("IsActive", UNSET)
        self.is_deleted = rest.pop("IsDeleted", UNSET)
        self.version_retention = _decode_version_retention(rest.pop("VersionRetention", UNSET))
        self.backup_configuration_schedule_id = rest.pop("BackupConfigurationScheduleId", UNSET)
        self.missed_backup_action_id = _decode_missed_backup_action_id(
            rest.pop("MissedBackupActionId", UNSET)
        )
        self.frequency = _decode_frequency(rest.pop("Frequency", UNSET))
        self.start_time_hour = rest.pop("StartTimeHour", UNSET)
        self.start_time_minute = rest.pop("StartTimeMinute", UNSET)
        self.start_time_am_pm = rest.pop("StartTimeAmPm", UNSET)
        self.day_of_week_id = rest.pop("DayOfWeekId", UNSET)
        self.hour_interval = rest.pop("HourInterval", UNSET)
        self.time_zone_id = rest.pop("TimeZoneId", UNSET)
        self.next_scheduled_run_time = decode_ms_date(rest.pop("NextScheduledRunTime", UNSET))
        self.last_run_time = decode_ms_date(rest.pop("LastRunTime", UNSET))
        self.last_run_backup_report_id = rest.pop("LastRunBackupReportId", UNSET)
        self.backup_state = _decode_configuration_backup_state(rest.pop("BackupState", UNSET))
        self.notify_recipients = rest.pop("NotifyRecipients", UNSET)
        self.notify_success = rest.pop("NotifySuccess", UNSET)
        self.notify_failure = rest.pop("NotifyFailure", UNSET)
        self.backup_prescript = rest.pop("BackupPrescript", UNSET)
        self.backup_postscript = rest.pop("BackupPostscript", UNSET)
        self.inclusions = decode_models(FileItem, rest.pop("Inclusions", UNSET))
        self.exclusions = decode_models(FileItem, rest.pop("Exclusions", UNSET))
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
from ..models.file_item import FileItem  # noqa: E402
from ..models.public_key import PublicKey  # noqa: E402
