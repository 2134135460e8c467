# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, decode_ms_date, encode_ms_date, in_wire_order


@_attrs_define(kw_only=True)
class AvailableBackup:
    """A backup configuration that has something to restore.

    Attributes:
        backup_configuration_id (int): The backup configuration's id.
        machine_agent_id (int): The agent that backed up.
        backup_configuration_name (str | Unset): The backup configuration's name.
        machine_name (str | Unset): The name of the agent's server.
        is_encrypted (bool | Unset): Whether a passphrase is needed to restore it.
        public_key_hex (int | Unset): The public exponent of the agent's key, a number whose
            digits are hexadecimal: 10001 is
            65537.
        public_key_mod (str | Unset): The modulus of the agent's key, in hexadecimal digits.
        flavor (str | Unset): The kind of server; `RaxCloudServer` is a Cloud Server.
        last_successful_backup_time (datetime.datetime | None | Unset): When its newest backup
            completed.
        additional_properties: The object's other fields, by their names on the wire.
    """

    backup_configuration_id: int
    machine_agent_id: int
    backup_configuration_name: str | Unset = UNSET
    machine_name: str | Unset = UNSET
    is_encrypted: bool | Unset = UNSET
    public_key_hex: int | Unset = UNSET
    public_key_mod: str | Unset = UNSET
    flavor: str | Unset = UNSET
    last_successful_backup_time: datetime.datetime | None | Unset = UNSET
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
                "IsEncrypted": self.is_encrypted,
                "PublicKeyHex": self.public_key_hex,
                "PublicKeyMod": self.public_key_mod,
                "Flavor": self.flavor,
                "LastSuccessfulBackupTime": encode_ms_date(
                    self.last_successful_backup_time, received.get("LastSuccessfulBackupTime")
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
        self.is_encrypted = rest.pop("IsEncrypted", UNSET)
        self.public_key_hex = rest.pop("PublicKeyHex", UNSET)
        self.public_key_mod = rest.pop("PublicKeyMod", UNSET)
        self.flavor = rest.pop("Flavor", UNSET)
        self.last_successful_backup_time = decode_ms_date(
            rest.pop("LastSuccessfulBackupTime", UNSET)
        )
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
