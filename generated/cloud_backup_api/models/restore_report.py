# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.restore_state import RestoreState
from ..types import (
    UNSET,
    Unset,
    decode_models,
    decode_ms_date,
    encode_enum,
    encode_list,
    encode_model,
    encode_ms_date,
    enum_decoder,
    in_wire_order,
)

_decode_restore_state = enum_decoder(RestoreState)


@_attrs_define(kw_only=True)
class RestoreReport:
    """What became of a restore.

    Attributes:
        duration (str): How long it took, in hours, minutes and seconds; hours may pass 24.
        state (RestoreState | str): The state that it ended in.
        num_files_restored (str): How many files were restored.
        num_bytes_restored (str): Their size, rounded, in binary units.
        num_errors (str): How many errors there were.
        backup_configuration_id (int | Unset): The backup configuration's id.
        backup_configuration_name (str | Unset): The backup configuration's name.
        backup_report_id (int | Unset): The id of the backup that was restored, which is that of
            its report as well.
        restore_point (datetime.datetime | None | Unset): The time of the backup.
        start_time (datetime.datetime | None | Unset): When the restore started.
        completed_time (datetime.datetime | None | Unset): When it ended.
        originating_computer_name (str | Unset): The name of the server that was backed up.
        restore_destination (str | Unset): The name of the server that they were restored to.
        restore_destination_machine_id (int | Unset): The agent that restored.
        reason (str | Unset): How it ended, in a word.
        diagnostics (str | Unset): How it ended, in more words.
        error_list (list[ReportError] | Unset): The errors.
        additional_properties: The object's other fields, by their names on the wire.
    """

    duration: str
    state: RestoreState | str
    num_files_restored: str
    num_bytes_restored: str
    num_errors: str
    backup_configuration_id: int | Unset = UNSET
    backup_configuration_name: str | Unset = UNSET
    backup_report_id: int | Unset = UNSET
    restore_point: datetime.datetime | None | Unset = UNSET
    start_time: datetime.datetime | None | Unset = UNSET
    completed_time: datetime.datetime | None | Unset = UNSET
    originating_computer_name: str | Unset = UNSET
    restore_destination: str | Unset = UNSET
    restore_destination_machine_id: int | Unset = UNSET
    reason: str | Unset = UNSET
    diagnostics: str | Unset = UNSET
    error_list: list[ReportError] | Unset = UNSET
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
                "Duration": self.duration,
                "State": encode_enum(self.state, received.get("State")),
                "NumFilesRestored": self.num_files_restored,
                "NumBytesRestored": self.num_bytes_restored,
                "NumErrors": self.num_errors,
                "BackupConfigurationId": self.backup_configuration_id,
                "BackupConfigurationName": self.backup_configuration_name,
                "BackupReportId": self.backup_report_id,
                "RestorePoint": encode_ms_date(self.restore_point, received.get("RestorePoint")),
                "StartTime": encode_ms_date(self.start_time, received.get("StartTime")),
                "CompletedTime": encode_ms_date(self.completed_time, received.get("CompletedTime")),
                "OriginatingComputerName": self.originating_computer_name,
                "RestoreDestination": self.restore_destination,
                "RestoreDestinationMachineId": self.restore_destination_machine_id,
                "Reason": self.reason,
                "Diagnostics": self.diagnostics,
                "ErrorList": encode_list(self.error_list, received.get("ErrorList"), encode_model),
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
        self.duration = rest.pop("Duration", UNSET)
        self.state = _decode_restore_state(rest.pop("State", UNSET))
        self.num_files_restored = rest.pop("NumFilesRestored", UNSET)
        self.num_bytes_restored = rest.pop("NumBytesRestored", UNSET)
        self.num_errors = rest.pop("NumErrors", UNSET)
        self.backup_configuration_id = rest.pop("BackupConfigurationId", UNSET)
        self.backup_configuration_name = rest.pop("BackupConfigurationName", UNSET)
        self.backup_report_id = rest.pop("BackupReportId", UNSET)
        self.restore_point = decode_ms_date(rest.pop("RestorePoint", UNSET))
        self.start_time = decode_ms_date(rest.pop("StartTime", UNSET))
        self.completed_time = decode_ms_date(rest.pop("CompletedTime", UNSET))
        self.originating_computer_name = rest.pop("OriginatingComputerName", UNSET)
        self.restore_destination = rest.pop("RestoreDestination", UNSET)
        self.restore_destination_machine_id = rest.pop("RestoreDestinationMachineId", UNSET)
        self.reason = rest.pop("Reason", UNSET)
        self.diagnostics = rest.pop("Diagnostics", UNSET)
        self.error_list = decode_models(ReportError, rest.pop("ErrorList", UNSET))
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
from ..models.report_error import ReportError  # noqa: E402
