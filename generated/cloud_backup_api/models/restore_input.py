# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.datacenter import Datacenter
from ..types import UNSET, Unset, encode_enum, enum_decoder, in_wire_order

_decode_datacenter = enum_decoder(Datacenter)


@_attrs_define(kw_only=True)
class RestoreInput:
    """What to restore, and where to.

    Attributes:
        backup_id (int): The backup to restore.
        backup_machine_id (int): The agent that made it. Its server doesn't have to be online.
        destination_machine_id (int): The agent that is to restore, on whose server the files are
            to be written.
        destination_path (str): The folder to write the files to.
        overwrite_files (bool): Whether to overwrite files that are there.
        backup_data_center (Datacenter | Unset): Where the agent that backed up is, or was.
        additional_properties: The object's other fields, by their names on the wire.
    """

    backup_id: int
    backup_machine_id: int
    destination_machine_id: int
    destination_path: str
    overwrite_files: bool
    backup_data_center: Datacenter | Unset = UNSET
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
                "BackupMachineId": self.backup_machine_id,
                "DestinationMachineId": self.destination_machine_id,
                "DestinationPath": self.destination_path,
                "OverwriteFiles": self.overwrite_files,
                "BackupDataCenter": encode_enum(
                    self.backup_data_center, received.get("BackupDataCenter")
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
        self.backup_id = rest.pop("BackupId", UNSET)
        self.backup_machine_id = rest.pop("BackupMachineId", UNSET)
        self.destination_machine_id = rest.pop("DestinationMachineId", UNSET)
        self.destination_path = rest.pop("DestinationPath", UNSET)
        self.overwrite_files = rest.pop("OverwriteFiles", UNSET)
        self.backup_data_center = _decode_datacenter(rest.pop("BackupDataCenter", UNSET))
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
