# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, decode_ms_date, encode_ms_date, in_wire_order


@_attrs_define(kw_only=True)
class CompletedBackup:
    """A backup that can be restored.

    Attributes:
        backup_id (int): The backup's id.
        backup_configuration_id (int): The backup configuration's id.
        machine_agent_id (int): The agent that backed up.
        completed_time (datetime.datetime | None): When it completed.
        backup_configuration_name (str | Unset): The backup configuration's name.
        machine_name (str | Unset): The name of the agent's server.
        bytes_searched (int | Unset): The size of the files that were looked at, in bytes.
        num_errors (int | Unset): How many errors there were.
        additional_properties: The object's other fields, by their names on the wire.
    """

    backup_id: int
    backup_configuration_id: int
    machine_agent_id: int
    completed_time: datetime.datetime | None
    backup_configuration_name: str | Unset = UNSET
    machine_name: str | Unset = UNSET
    bytes_searched: int | Unset = UNSET
    num_errors: int | Unset = UNSET
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
                "BackupConfigurationId": self.backup_configuration_id,
                "MachineAgentId": self.machine_agent_id,
                "CompletedTime": encode_ms_date(self.completed_time, received.get("CompletedTime")),
                "BackupConfigurationName": self.backup_configuration_name,
                "MachineName": self.machine_name,
                "BytesSearched": self.bytes_searched,
                "NumErrors": self.num_errors,
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
        self.backup_configuration_id = rest.pop("BackupConfigurationId", UNSET)
        self.machine_agent_id = rest.pop("MachineAgentId", UNSET)
        self.completed_time = decode_ms_date(rest.pop("CompletedTime", UNSET))
        self.backup_configuration_name = rest.pop("BackupConfigurationName", UNSET)
        self.machine_name = rest.pop("MachineName", UNSET)
        self.bytes_searched = rest.pop("BytesSearched", UNSET)
        self.num_errors = rest.pop("NumErrors", UNSET)
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
