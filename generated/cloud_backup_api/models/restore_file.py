# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.restore_file_filter import RestoreFileFilter
from ..models.restore_file_item_type import RestoreFileItemType
from ..types import UNSET, Unset, encode_enum, enum_decoder, in_wire_order

_decode_restore_file_filter = enum_decoder(RestoreFileFilter)
_decode_restore_file_item_type = enum_decoder(RestoreFileItemType)


@_attrs_define(kw_only=True)
class RestoreFile:
    """A file, folder or database that a restore includes or excludes.

    Attributes:
        file_path (str): The path on the server that was backed up.
        filter_ (int | RestoreFileFilter): Whether it is restored: 1, included; 2, excluded.
        restore_id (int | Unset): The restore's id.
        file_item_type (int | RestoreFileItemType | Unset): What it is: 0, a file; 1, a folder; 2,
            a database.
        additional_properties: The object's other fields, by their names on the wire.
    """

    file_path: str
    filter_: int | RestoreFileFilter
    restore_id: int | Unset = UNSET
    file_item_type: int | RestoreFileItemType | Unset = UNSET
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
                "FilePath": self.file_path,
                "Filter": encode_enum(self.filter_, received.get("Filter")),
                "RestoreId": self.restore_id,
                "FileItemType": encode_enum(self.file_item_type, received.get("FileItemType")),
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
        self.file_path = rest.pop("FilePath", UNSET)
        self.filter_ = _decode_restore_file_filter(rest.pop("Filter", UNSET))
        self.restore_id = rest.pop("RestoreId", UNSET)
        self.file_item_type = _decode_restore_file_item_type(rest.pop("FileItemType", UNSET))
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
