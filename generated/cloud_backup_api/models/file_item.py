# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.file_item_filter import FileItemFilter
from ..models.file_item_type import FileItemType
from ..types import UNSET, Unset, encode_enum, enum_decoder, in_wire_order

_decode_file_item_filter = enum_decoder(FileItemFilter)
_decode_file_item_type = enum_decoder(FileItemType)


@_attrs_define(kw_only=True)
class FileItem:
    """A file or folder that a backup configuration includes or excludes.

    Attributes:
        file_path (str): The path on the server.
        file_item_type (FileItemType | str): Whether the path is a file's or a folder's.
        file_id (int | Unset): The id of this inclusion or exclusion.
        parent_id (int | Unset): The backup configuration's id.
        file_path_encoded (None | str | Unset): The path in base64, if it was sent so.
        filter_ (FileItemFilter | str | Unset): Whether the path is backed up.
        additional_properties: The object's other fields, by their names on the wire.
    """

    file_path: str
    file_item_type: FileItemType | str
    file_id: int | Unset = UNSET
    parent_id: int | Unset = UNSET
    file_path_encoded: None | str | Unset = UNSET
    filter_: FileItemFilter | str | Unset = UNSET
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
                "FileItemType": encode_enum(self.file_item_type, received.get("FileItemType")),
                "FileId": self.file_id,
                "ParentId": self.parent_id,
                "FilePathEncoded": self.file_path_encoded,
                "Filter": encode_enum(self.filter_, received.get("Filter")),
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
        self.file_item_type = _decode_file_item_type(rest.pop("FileItemType", UNSET))
        self.file_id = rest.pop("FileId", UNSET)
        self.parent_id = rest.pop("ParentId", UNSET)
        self.file_path_encoded = rest.pop("FilePathEncoded", UNSET)
        self.filter_ = _decode_file_item_filter(rest.pop("Filter", UNSET))
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
