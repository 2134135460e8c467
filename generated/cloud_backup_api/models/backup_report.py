# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.backup_state import BackupState
from ..models.datacenter import Datacenter
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

_decode_backup_state = enum_decoder(BackupState)
_decode_datacenter = enum_decoder(Datacenter)


@_attrs_define(kw_only=True)
class BackupReport:
    """What became of a backup.

    Attributes:
        backup_id (int): The backup's id, which is the report's as well.
        state (BackupState | str): The state that it ended in.
        num_errors (int): How many errors there were.
        backup_configuration_id (int | Unset): The backup configuration's id.
        backup_configuration_name (str | Unset): The backup configuration's name.
        backup_configuration_is_deleted (bool | Unset): Whether the backup configuration has been
            deleted.
        computer_name (str | Unset): The name of the agent's server.
        machine_agent_id (int | Unset): The agent that backed up.
        datacenter (Datacenter | str | Unset): Where the server is.
        backup_datacenter (Datacenter | str | Unset): Where the backup went.
        snapshot_id (Any | Unset): The id of the snapshot that it made in the vault.
        can_restore (bool | Unset): Whether it can be restored.
        start_time (datetime.datetime | None | Unset): When it started.
        completed_time (datetime.datetime | None | Unset): When it ended.
        duration (str | Unset): How long it took, in hours, minutes and seconds; hours may pass
            24.
        files_searched (str | Unset): How many files were looked at.
        bytes_searched (str | Unset): Their size, rounded, in binary units.
        files_backed_up (str | Unset): How many files were backed up.
        bytes_backed_up (str | Unset): Their size, rounded, in binary units.
        reason (str | Unset): How it ended, in a word.
        diagnostics (str | Unset): How it ended, in more words.
        error_list (list[ReportError] | Unset): The errors.
        additional_properties: The object's other fields, by their names on the wire.
    """

    backup_id: int
    state: BackupState | str
    num_errors: int
    backup_configuration_id: int | Unset = UNSET
    backup_configuration_name: str | Unset = UNSET
    backup_configuration_is_deleted: bool | Unset = UNSET
    computer_name: str | Unset = UNSET
    machine_agent_id: int | Unset = UNSET
    datacenter: Datacenter | str | Unset = UNSET
    backup_datacenter: Datacenter | str | Unset = UNSET
    snapshot_id: Any | Unset = UNSET
    can_restore: bool | Unset = UNSET
    start_time: datetime.datetime | None | Unset = UNSET
    completed_time: datetime.datetime | None | Unset = UNSET
    duration: str | Unset = UNSET
    files_searched: str | Unset = UNSET
    bytes_searched: str | Unset = UNSET
    files_backed_up: str | Unset = UNSET
    bytes_backed_up: str | Unset = UNSET
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
                "BackupId": self.backup_id,
                "State": encode_enum(self.state, received.get("State")),
                "NumErrors": self.num_errors,
                "BackupConfigurationId": self.backup_configuration_id,
                "BackupConfigurationName": self.backup_configuration_name,
                "BackupConfigurationIsDeleted": self.backup_configuration_is_deleted,
                "ComputerName": self.computer_name,
                "MachineAgentId": self.machine_agent_id,
                "Datacenter": encode_enum(self.datacenter, received.get("Datacenter")),
                "BackupDatacenter": encode_enum(
                    self.backup_datacenter, received.get("BackupDatacenter")
                ),
                "SnapshotId": self.snapshot_id,
                "CanRestore": self.can_restore,
                "StartTime": encode_ms_date(self.start_time, received.get("StartTime")),
                "CompletedTime": encode_ms_date(self.completed_time, received.get("CompletedTime")),
                "Duration": self.duration,
                "FilesSearched": self.files_searched,
                "BytesSearched": self.bytes_searched,
                "FilesBackedUp": self.files_backed_up,
                "BytesBackedUp": self.bytes_backed_up,
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
        self.backup_id = rest.pop("BackupId", UNSET)
        self.state = _decode_backup_state(rest.pop("State", UNSET))
        self.num_errors = rest.pop("NumErrors", UNSET)
        self.backup_configuration_id = rest.pop("BackupConfigurationId", UNSET)
        self.backup_configuration_name = rest.pop("BackupConfigurationName", UNSET)
        self.backup_configuration_is_deleted = rest.pop("BackupConfigurationIsDeleted", UNSET)
        self.computer_name = rest.pop("ComputerName", UNSET)
        self.machine_agent_id = rest.pop("MachineAgentId", UNSET)
        self.datacenter = _decode_datacenter(rest.pop("Datacenter", UNSET))
        self.backup_datacenter = _decode_datacenter(rest.pop("BackupDatacenter", UNSET))
        self.snapshot_id = rest.pop("SnapshotId", UNSET)
        self.can_restore = rest.pop("CanRestore", UNSET)
        self.start_time = decode_ms_date(rest.pop("StartTime", UNSET))
        self.completed_time = decode_ms_date(rest.pop("CompletedTime", UNSET))
        self.duration = rest.pop("Duration", UNSET)
        self.files_searched = rest.pop("FilesSearched", UNSET)
        self.bytes_searched = rest.pop("BytesSearched", UNSET)
        self.files_backed_up = rest.pop("FilesBackedUp", UNSET)
        self.bytes_backed_up = rest.pop("BytesBackedUp", UNSET)
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
