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
        backup_configuration_id (int): The backup configuration's id.
        backup_configuration_name (str): The backup configuration's name.
        backup_report_id (int): The id of the backup that was restored, which is that of its
            report as well.
        restore_point (datetime.datetime | None): The time of the backup.
        start_time (datetime.datetime | None): When the restore started.
        completed_time (datetime.datetime | None): When it ended.
        duration (str): How long it took, in hours, minutes and seconds; hours may pass 24.
        originating_computer_name (str): The name of the server that was backed up.
        state (RestoreState | str): The state that it ended in.
        num_files_restored (str): How many files were restored.
        num_bytes_restored (str): Their size, rounded, in binary units.
        restore_destination (str): The name of the server that they were restored to.
        restore_destination_machine_id (int): The agent that restored.
        num_errors (str): How many errors there were.
        reason (str): How it ended, in a word.
        diagnostics (str): How it ended, in more words.
        error_list (list[ReportError]): The errors.
        additional_properties: The object's other fields, by their names on the wire.
    """

    backup_configuration_id: int
    backup_configuration_name: str
    backup_report_id: int
    restore_point: datetime.datetime | None
    start_time: datetime.datetime | None
    completed_time: datetime.datetime | None
    duration: str
    originating_computer_name: str
    state: RestoreState | str
    num_files_restored: str
    num_bytes_restored: str
    restore_destination: str
    restore_destination_machine_id: int
    num_errors: str
    reason: str
    diagnostics: str
    error_list: list[ReportError]
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
                "BackupConfigurationName": self.backup_configuration_name,
                "BackupReportId": self.backup_report_id,
                "RestorePoint": encode_ms_date(self.restore_point, received.get("RestorePoint")),
                "StartTime": encode_ms_date(self.start_time, received.get("StartTime")),
                "CompletedTime": encode_ms_date(self.completed_time, received.get("CompletedTime")),
                "Duration": self.duration,
                "OriginatingComputerName": self.originating_computer_name,
                "State": encode_enum(self.state, received.get("State")),
                "NumFilesRestored": self.num_files_restored,
                "NumBytesRestored": self.num_bytes_restored,
                "RestoreDestination": self.restore_destination,
                "RestoreDestinationMachineId": self.restore_destination_machine_id,
                "NumErrors": self.num_errors,
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
        self.backup_configuration_id = rest.pop("BackupConfigurationId", UNSET)
        self.backup_configuration_name = rest.pop("BackupConfigurationName", UNSET)
        self.backup_report_id = rest.pop("BackupReportId", UNSET)
        self.restore_point = decode_ms_date(rest.pop("RestorePoint", UNSET))
        self.start_time = decode_ms_date(rest.pop("StartTime", UNSET))
        self.completed_time = decode_ms_date(rest.pop("CompletedTime", UNSET))
        self.duration = rest.pop("Duration", UNSET)
        self.originating_computer_name = rest.pop("OriginatingComputerName", UNSET)
        self.state = _decode_restore_state(rest.pop("State", UNSET))
        self.num_files_restored = rest.pop("NumFilesRestored", UNSET)
        self.num_bytes_restored = rest.pop("NumBytesRestored", UNSET)
        self.restore_destination = rest.pop("RestoreDestination", UNSET)
        self.restore_destination_machine_id = rest.pop("RestoreDestinationMachineId", UNSET)
        self.num_errors = rest.pop("NumErrors", UNSET)
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
