# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.datacenter import Datacenter
from ..models.restore_state_id import RestoreStateId
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

_decode_datacenter = enum_decoder(Datacenter)
_decode_restore_state_id = enum_decoder(RestoreStateId)


@_attrs_define(kw_only=True)
class Restore:
    """A restore of a backup, or the preparations for one.

    Attributes:
        restore_id (int): The restore's id.
        restore_state_id (int | RestoreStateId): Its state.
        backup_id (int): The backup that is restored.
        destination_machine_id (int): The agent that restores, on whose server the files are
            written.
        destination_path (str): The folder that the files are written to.
        backup_configuration_id (int | Unset): The backup configuration that the backup is of.
        backup_configuration_name (str | Unset): The backup configuration's name.
        backup_restore_point (datetime.datetime | None | Unset): The time of the backup, to which
            files are put back.
        backup_machine_id (int | Unset): The agent that backed up.
        backup_machine_name (str | Unset): The name of its server.
        backup_flavor (str | Unset): The kind of server; `RaxCloudServer` is a Cloud Server.
        backup_data_center (Datacenter | str | Unset): Where the agent that backed up is, or was.
        machine_agent_id (int | Unset): An agent's id.
        destination_machine_name (str | Unset): The name of its server.
        overwrite_files (bool | Unset): Whether files that are there are overwritten.
        is_encrypted (bool | Unset): Whether the backup is encrypted, so that a passphrase is
            needed to start.
        encrypted_password (None | str | Unset): The passphrase, encrypted; null if there is none.
        public_key (PublicKey | Unset): The public half of an agent's RSA key, to encrypt a
            passphrase with.
        inclusions (list[Any] | Unset): What is restored; `listRestoreFiles` is sure to have it.
        exclusions (list[Any] | Unset): What is left out of that; `listRestoreFiles` is sure to
            have it.
        additional_properties: The object's other fields, by their names on the wire.
    """

    restore_id: int
    restore_state_id: int | RestoreStateId
    backup_id: int
    destination_machine_id: int
    destination_path: str
    backup_configuration_id: int | Unset = UNSET
    backup_configuration_name: str | Unset = UNSET
    backup_restore_point: datetime.datetime | None | Unset = UNSET
    backup_machine_id: int | Unset = UNSET
    backup_machine_name: str | Unset = UNSET
    backup_flavor: str | Unset = UNSET
    backup_data_center: Datacenter | str | Unset = UNSET
    machine_agent_id: int | Unset = UNSET
    destination_machine_name: str | Unset = UNSET
    overwrite_files: bool | Unset = UNSET
    is_encrypted: bool | Unset = UNSET
    encrypted_password: None | str | Unset = _attrs_field(default=UNSET, repr=False)
    public_key: PublicKey | Unset = UNSET
    inclusions: list[Any] | Unset = UNSET
    exclusions: list[Any] | Unset = UNSET
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
                "RestoreId": self.restore_id,
                "RestoreStateId": encode_enum(
                    self.restore_state_id, received.get("RestoreStateId")
                ),
                "BackupId": self.backup_id,
                "DestinationMachineId": self.destination_machine_id,
                "DestinationPath": self.destination_path,
                "BackupConfigurationId": self.backup_configuration_id,
                "BackupConfigurationName": self.backup_configuration_name,
                "BackupRestorePoint": encode_ms_date(
                    self.backup_restore_point, received.get("BackupRestorePoint")
                ),
                "BackupMachineId": self.backup_machine_id,
                "BackupMachineName": self.backup_machine_name,
                "BackupFlavor": self.backup_flavor,
                "BackupDataCenter": encode_enum(
                    self.backup_data_center, received.get("BackupDataCenter")
                ),
                "MachineAgentId": self.machine_agent_id,
                "DestinationMachineName": self.destination_machine_name,
                "OverwriteFiles": self.overwrite_files,
                "IsEncrypted": self.is_encrypted,
                "EncryptedPassword": self.encrypted_password,
                "PublicKey": encode_model(self.public_key, received.get("PublicKey")),
                "Inclusions": self.inclusions,
                "Exclusions": self.exclusions,
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
        self.restore_id = rest.pop("RestoreId", UNSET)
        self.restore_state_id = _decode_restore_state_id(rest.pop("RestoreStateId", UNSET))
        self.backup_id = rest.pop("BackupId", UNSET)
        self.destination_machine_id = rest.pop("DestinationMachineId", UNSET)
        self.destination_path = rest.pop("DestinationPath", UNSET)
        self.backup_configuration_id = rest.pop("BackupConfigurationId", UNSET)
        self.backup_configuration_name = rest.pop("BackupConfigurationName", UNSET)
        self.backup_restore_point = decode_ms_date(rest.pop("BackupRestorePoint", UNSET))
        self.backup_machine_id = rest.pop("BackupMachineId", UNSET)
        self.backup_machine_name = rest.pop("BackupMachineName", UNSET)
        self.backup_flavor = rest.pop("BackupFlavor", UNSET)
        self.backup_data_center = _decode_datacenter(rest.pop("BackupDataCenter", UNSET))
        self.machine_agent_id = rest.pop("MachineAgentId", UNSET)
        self.destination_machine_name = rest.pop("DestinationMachineName", UNSET)
        self.overwrite_files = rest.pop("OverwriteFiles", UNSET)
        self.is_encrypted = rest.pop("IsEncrypted", UNSET)
        self.encrypted_password = rest.pop("EncryptedPassword", UNSET)
        self.public_key = decode_model(PublicKey, rest.pop("PublicKey", UNSET))
        self.inclusions = rest.pop("Inclusions", UNSET)
        self.exclusions = rest.pop("Exclusions", UNSET)
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
