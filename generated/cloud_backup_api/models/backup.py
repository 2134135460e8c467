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
    decode_model,
    decode_ms_date,
    encode_enum,
    encode_model,
    encode_ms_date,
    enum_decoder,
    in_wire_order,
)

_decode_backup_state = enum_decoder(BackupState)
_decode_datacenter = enum_decoder(Datacenter)


@_attrs_define(kw_only=True)
class Backup:
    """A run of a backup configuration.

    Attributes:
        backup_id (int): The backup's id.
        backup_configuration_id (int): The backup configuration's id.
        current_state (BackupState | str): Its state.
        machine_agent_id (int): The agent that backs up.
        backup_configuration_name (str | Unset): The backup configuration's name.
        state_change_time (datetime.datetime | None | Unset): Since when it is in this state.
        machine_name (str | Unset): The name of the agent's server.
        datacenter (Datacenter | str | Unset): Where the server is.
        backup_datacenter (Datacenter | str | Unset): Where the backup goes.
        is_encrypted (bool | Unset): Whether it is encrypted.
        encryption_key (PublicKey | Unset): The public half of an agent's RSA key, to encrypt a
            passphrase with.
        additional_properties: The object's other fields, by their names on the wire.
    """

    backup_id: int
    backup_configuration_id: int
    current_state: BackupState | str
    machine_agent_id: int
    backup_configuration_name: str | Unset = UNSET
    state_change_time: datetime.datetime | None | Unset = UNSET
    machine_name: str | Unset = UNSET
    datacenter: Datacenter | str | Unset = UNSET
    backup_datacenter: Datacenter | str | Unset = UNSET
    is_encrypted: bool | Unset = UNSET
    encryption_key: PublicKey | Unset = UNSET
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
                "CurrentState": encode_enum(self.current_state, received.get("CurrentState")),
                "MachineAgentId": self.machine_agent_id,
                "BackupConfigurationName": self.backup_configuration_name,
                "StateChangeTime": encode_ms_date(
                    self.state_change_time, received.get("StateChangeTime")
                ),
                "MachineName": self.machine_name,
                "Datacenter": encode_enum(self.datacenter, received.get("Datacenter")),
                "BackupDatacenter": encode_enum(
                    self.backup_datacenter, received.get("BackupDatacenter")
                ),
                "IsEncrypted": self.is_encrypted,
                "EncryptionKey": encode_model(self.encryption_key, received.get("EncryptionKey")),
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
        self.current_state = _decode_backup_state(rest.pop("CurrentState", UNSET))
        self.machine_agent_id = rest.pop("MachineAgentId", UNSET)
        self.backup_configuration_name = rest.pop("BackupConfigurationName", UNSET)
        self.state_change_time = decode_ms_date(rest.pop("StateChangeTime", UNSET))
        self.machine_name = rest.pop("MachineName", UNSET)
        self.datacenter = _decode_datacenter(rest.pop("Datacenter", UNSET))
        self.backup_datacenter = _decode_datacenter(rest.pop("BackupDatacenter", UNSET))
        self.is_encrypted = rest.pop("IsEncrypted", UNSET)
        self.encryption_key = decode_model(PublicKey, rest.pop("EncryptionKey", UNSET))
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
from ..models.public_key import PublicKey  # noqa: E402
