# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.agent_status import AgentStatus
from ..models.datacenter import Datacenter
from ..types import (
    UNSET,
    Unset,
    decode_model,
    decode_ms_date,
    decode_uuid,
    encode_enum,
    encode_model,
    encode_ms_date,
    encode_uuid,
    enum_decoder,
    in_wire_order,
)

_decode_agent_status = enum_decoder(AgentStatus)
_decode_datacenter = enum_decoder(Datacenter)


@_attrs_define(kw_only=True)
class Agent:
    """The program on a server that backs up and restores. Which fields an agent has depends on the
    operation that answers with it.

    Attributes:
        machine_agent_id (int): The agent's id.
        machine_name (str | Unset): The name of the server.
        host_server_id (UUID | Unset): The Cloud Server's id; other servers have none.
        agent_version (str | Unset): The version of the agent's software.
        architecture (str | Unset): The server's architecture, `64-bit` or `32-bit`.
        operating_system (str | Unset): The server's operating system.
        operating_system_version (str | Unset): Its version, perhaps empty.
        ip_address (str | Unset): The server's address.
        flavor (str | Unset): The kind of server; `RaxCloudServer` is a Cloud Server.
        datacenter (Datacenter | str | Unset): Where the server is.
        backup_datacenter (Datacenter | str | Unset): Where its backups go.
        backup_data_center (Datacenter | str | Unset): Where its backups go, spelt as
            `updateAgent` answers it.
        backup_container (str | Unset): The URL of the container in Cloud Files that holds the
            backups.
        backup_vault_size (None | str | Unset): How much its backups take up, rounded, in binary
            units.
        cleanup_allowed (bool | Unset): Whether what has expired may be cleaned up.
        is_disabled (bool | Unset): Whether it is disabled.
        is_encrypted (bool | Unset): Whether its backups are encrypted.
        public_key (PublicKey | Unset): The public half of an agent's RSA key, to encrypt a
            passphrase with.
        status (AgentStatus | str | Unset): Whether it is in touch with the service; not reliable
            in `listAgents`.
        time_of_last_successful_backup (datetime.datetime | None | Unset): When its newest backup
            completed; null if none has.
        use_service_net (bool | str | Unset): Whether backups go through ServiceNet, Rackspace's
            internal network.
            `getAgentByHostServer` has it as text.
        use_failover_uri (bool | Unset): Whether it uses the service's failover address.
        additional_properties: The object's other fields, by their names on the wire.
    """

    machine_agent_id: int
    machine_name: str | Unset = UNSET
    host_server_id: UUID | Unset = UNSET
    agent_version: str | Unset = UNSET
    architecture: str | Unset = UNSET
    operating_system: str | Unset = UNSET
    operating_system_version: str | Unset = UNSET
    ip_address: str | Unset = UNSET
    flavor: str | Unset = UNSET
    datacenter: Datacenter | str | Unset = UNSET
    backup_datacenter: Datacenter | str | Unset = UNSET
    backup_data_center: Datacenter | str | Unset = UNSET
    backup_container: str | Unset = UNSET
    backup_vault_size: None | str | Unset = UNSET
    cleanup_allowed: bool | Unset = UNSET
    is_disabled: bool | Unset = UNSET
    is_encrypted: bool | Unset = UNSET
    public_key: PublicKey | Unset = UNSET
    status: AgentStatus | str | Unset = UNSET
    time_of_last_successful_backup: datetime.datetime | None | Unset = UNSET
    use_service_net: bool | str | Unset = UNSET
    use_failover_uri: bool | Unset = UNSET
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
                "MachineAgentId": self.machine_agent_id,
                "MachineName": self.machine_name,
                "HostServerId": encode_uuid(self.host_server_id, received.get("HostServerId")),
                "AgentVersion": self.agent_version,
                "Architecture": self.architecture,
                "OperatingSystem": self.operating_system,
                "OperatingSystemVersion": self.operating_system_version,
                "IPAddress": self.ip_address,
                "Flavor": self.flavor,
                "Datacenter": encode_enum(self.datacenter, received.get("Datacenter")),
                "BackupDatacenter": encode_enum(
                    self.backup_datacenter, received.get("BackupDatacenter")
                ),
                "BackupDataCenter": encode_enum(
                    self.backup_data_center, received.get("BackupDataCenter")
                ),
                "BackupContainer": self.backup_container,
                "BackupVaultSize": self.backup_vault_size,
                "CleanupAllowed": self.cleanup_allowed,
                "IsDisabled": self.is_disabled,
                "IsEncrypted": self.is_encrypted,
                "PublicKey": encode_model(self.public_key, received.get("PublicKey")),
                "Status": encode_enum(self.status, received.get("Status")),
                "TimeOfLastSuccessfulBackup": encode_ms_date(
                    self.time_of_last_successful_backup, received.get("TimeOfLastSuccessfulBackup")
                ),
                "UseServiceNet": self.use_service_net,
                "UseFailoverUri": self.use_failover_uri,
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
        self.machine_agent_id = rest.pop("MachineAgentId", UNSET)
        self.machine_name = rest.pop("MachineName", UNSET)
        self.host_server_id = decode_uuid(rest.pop("HostServerId", UNSET))
        self.agent_version = rest.pop("AgentVersion", UNSET)
        self.architecture = rest.pop("Architecture", UNSET)
        self.operating_system = rest.pop("OperatingSystem", UNSET)
        self.operating_system_version = rest.pop("OperatingSystemVersion", UNSET)
        self.ip_address = rest.pop("IPAddress", UNSET)
        self.flavor = rest.pop("Flavor", UNSET)
        self.datacenter = _decode_datacenter(rest.pop("Datacenter", UNSET))
        self.backup_datacenter = _decode_datacenter(rest.pop("BackupDatacenter", UNSET))
        self.backup_data_center = _decode_datacenter(rest.pop("BackupDataCenter", UNSET))
        self.backup_container = rest.pop("BackupContainer", UNSET)
        self.backup_vault_size = rest.pop("BackupVaultSize", UNSET)
        self.cleanup_allowed = rest.pop("CleanupAllowed", UNSET)
        self.is_disabled = rest.pop("IsDisabled", UNSET)
        self.is_encrypted = rest.pop("IsEncrypted", UNSET)
        self.public_key = decode_model(PublicKey, rest.pop("PublicKey", UNSET))
        self.status = _decode_agent_status(rest.pop("Status", UNSET))
        self.time_of_last_successful_backup = decode_ms_date(
            rest.pop("TimeOfLastSuccessfulBackup", UNSET)
        )
        self.use_service_net = rest.pop("UseServiceNet", UNSET)
        self.use_failover_uri = rest.pop("UseFailoverUri", UNSET)
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
