# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, in_wire_order


@_attrs_define(kw_only=True)
class ReportError:
    """An error in a report.

    Attributes:
        backup_report_id (int | Unset): The id that the agent's report has.
        list_index (int | Unset): The error's place in the agent's list.
        error_type (int | Unset): The kind of error.
        error_desc (str | Unset): The kind of error, in words.
        exception_desc (str | Unset): What happened.
        exception_details (str | Unset): What happened, with the place in the agent's program.
        exception_code (int | Unset): The operating system's code for it.
        path (str | Unset): The file that it happened to.
        additional_properties: The object's other fields, by their names on the wire.
    """

    backup_report_id: int | Unset = UNSET
    list_index: int | Unset = UNSET
    error_type: int | Unset = UNSET
    error_desc: str | Unset = UNSET
    exception_desc: str | Unset = UNSET
    exception_details: str | Unset = UNSET
    exception_code: int | Unset = UNSET
    path: str | Unset = UNSET
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
                "BackupReportID": self.backup_report_id,
                "ListIndex": self.list_index,
                "ErrorType": self.error_type,
                "ErrorDesc": self.error_desc,
                "ExceptionDesc": self.exception_desc,
                "ExceptionDetails": self.exception_details,
                "ExceptionCode": self.exception_code,
                "Path": self.path,
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
        self.backup_report_id = rest.pop("BackupReportID", UNSET)
        self.list_index = rest.pop("ListIndex", UNSET)
        self.error_type = rest.pop("ErrorType", UNSET)
        self.error_desc = rest.pop("ErrorDesc", UNSET)
        self.exception_desc = rest.pop("ExceptionDesc", UNSET)
        self.exception_details = rest.pop("ExceptionDetails", UNSET)
        self.exception_code = rest.pop("ExceptionCode", UNSET)
        self.path = rest.pop("Path", UNSET)
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
