# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.activity_state import ActivityState
from ..models.activity_type import ActivityType
from ..models.datacenter import Datacenter
from ..types import (
    UNSET,
    Unset,
    decode_ms_date,
    encode_enum,
    encode_ms_date,
    enum_decoder,
    in_wire_order,
)

_decode_activity_state = enum_decoder(ActivityState)
_decode_activity_type = enum_decoder(ActivityType)
_decode_datacenter = enum_decoder(Datacenter)


@_attrs_define(kw_only=True)
class Activity:
    """A backup, a restore or a clean-up.

    Attributes:
        id (int): The activity's id.
        type_ (ActivityType | str): What was done.
        parent_id (int | Unset): The backup configuration's id; 0 for a clean-up.
        display_name (str | Unset): The backup configuration's name.
        is_backup_configuration_deleted (bool | Unset): Whether the backup configuration has been
            deleted.
        source_machine_agent_id (int | Unset): The agent whose files it is about.
        source_machine_name (str | Unset): The name of its server.
        source_datacenter (Datacenter | str | Unset): Where that is.
        destination_machine_agent_id (int | Unset): The agent that restores; 0 where there is
            none.
        destination_machine_name (str | Unset): The name of its server; empty where there is none.
        destination_datacenter (Datacenter | str | Unset): Where that is.
        current_state (ActivityState | str | Unset): Its state.
        time_of_activity (datetime.datetime | None | Unset): When it was.
        backup_id (int | Unset): The backup that it is about, if it is about one.
        additional_properties: The object's other fields, by their names on the wire.
    """

    id: int
    type_: ActivityType | str
    parent_id: int | Unset = UNSET
    display_name: str | Unset = UNSET
    is_backup_configuration_deleted: bool | Unset = UNSET
    source_machine_agent_id: int | Unset = UNSET
    source_machine_name: str | Unset = UNSET
    source_datacenter: Datacenter | str | Unset = UNSET
    destination_machine_agent_id: int | Unset = UNSET
    destination_machine_name: str | Unset = UNSET
    destination_datacenter: Datacenter | str | Unset = UNSET
    current_state: ActivityState | str | Unset = UNSET
    time_of_activity: datetime.datetime | None | Unset = UNSET
    backup_id: int | Unset = UNSET
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
                "ID": self.id,
                "Type": encode_enum(self.type_, received.get("Type")),
                "ParentId": self.parent_id,
                "DisplayName": self.display_name,
                "IsBackupConfigurationDeleted": self.is_backup_configuration_deleted,
                "SourceMachineAgentId": self.source_machine_agent_id,
                "SourceMachineName": self.source_machine_name,
                "SourceDatacenter": encode_enum(
                    self.source_datacenter, received.get("SourceDatacenter")
                ),
                "DestinationMachineAgentId": self.destination_machine_agent_id,
                "DestinationMachineName": self.destination_machine_name,
                "DestinationDatacenter": encode_enum(
                    self.destination_datacenter, received.get("DestinationDatacenter")
                ),
                "CurrentState": encode_enum(self.current_state, received.get("CurrentState")),
                "TimeOfActivity": encode_ms_date(
                    self.time_of_activity, received.get("TimeOfActivity")
                ),
                "BackupId": self.backup_id,
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
        self.id = rest.pop("ID", UNSET)
        self.type_ = _decode_activity_type(rest.pop("Type", UNSET))
        self.parent_id = rest.pop("ParentId", UNSET)
        self.display_name = rest.pop("DisplayName", UNSET)
        self.is_backup_configuration_deleted = rest.pop("IsBackupConfigurationDeleted", UNSET)
        self.source_machine_agent_id = rest.pop("SourceMachineAgentId", UNSET)
        self.source_machine_name = rest.pop("SourceMachineName", UNSET)
        self.source_datacenter = _decode_datacenter(rest.pop("SourceDatacenter", UNSET))
        self.destination_machine_agent_id = rest.pop("DestinationMachineAgentId", UNSET)
        self.destination_machine_name = rest.pop("DestinationMachineName", UNSET)
        self.destination_datacenter = _decode_datacenter(rest.pop("DestinationDatacenter", UNSET))
        self.current_state = _decode_activity_state(rest.pop("CurrentState", UNSET))
        self.time_of_activity = decode_ms_date(rest.pop("TimeOfActivity", UNSET))
        self.backup_id = rest.pop("BackupId", UNSET)
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
