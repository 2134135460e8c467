"""Agents: what the published examples ask for, and what comes back."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Final
from uuid import UUID

from cloud_backup.wire.byte_size import ByteSize
from cloud_backup_api.api.agents import (
    change_agent_encryption_password,
    delete_agent,
    enable_agent_encryption,
    get_agent,
    get_agent_by_host_server,
    list_agents,
    migrate_vault,
    set_agent_enabled,
    set_agent_log_level,
    update_agent,
    wake_agents,
)
from cloud_backup_api.models import (
    AgentDeletion,
    AgentEnabling,
    AgentEncryption,
    AgentEncryptionChange,
    AgentLogLevel,
    AgentStatus,
    AgentUpdate,
    Datacenter,
    LogLevel,
    VaultMigration,
)

from .keys import ENCRYPTED_PASSWORD, NEW_ENCRYPTED_PASSWORD, WHOLE_MODULUS
from .replay import Replay

HOST_SERVER: Final = UUID("87c3b6e1-fb1a-41f9-91e5-313ae35a5a06")
CONTAINER: Final = "https://storage101.DC.clouddrive.com/v1/yourAccount/CloudBackup_v2_0_yourUUID"

REPLAYS: Final[dict[str, Replay]] = {
    "listAgents": Replay(
        list_agents.sync_detailed,
        [
            {
                "machine_agent_id": 213563,
                "machine_name": "Web Server2",
                "agent_version": "1.05.005848",
                "architecture": "64-bit",
                "operating_system": "Windows Server 2012",
                "ip_address": "192.168.1.1",
                "flavor": "RaxCloudServer",
                "datacenter": Datacenter.DFW,
                "backup_container": "https://storage101.DC.clouddrive.com/v1/yourAccount/CloudBackup_v2_0_yourUUID",
                "vault_size": ByteSize.parse("35.3 MB"),
                "cleanup_allowed": True,
                "is_disabled": False,
                "is_encrypted": True,
                "public_key": {"modulus_hex": WHOLE_MODULUS, "exponent_hex": 10001},
                "status": AgentStatus.ONLINE,
                "use_service_net": True,
            },
            {
                "machine_agent_id": 213564,
                "machine_name": "Web Server",
                "agent_version": "1.05.005848",
                "architecture": "64-bit",
                "operating_system": "Windows Server 2012",
                "ip_address": "192.168.1.3",
                "flavor": "RaxCloudServer",
                "datacenter": Datacenter.DFW,
                "backup_container": "https://storage101.DC.clouddrive.com/v1/yourAccount/CloudBackup_v2_0_yourUUID",
                "vault_size": ByteSize.parse("35.3 MB"),
                "cleanup_allowed": True,
                "is_disabled": False,
                "is_encrypted": True,
                "public_key": {"modulus_hex": WHOLE_MODULUS, "exponent_hex": 10001},
                "status": AgentStatus.ONLINE,
                "use_service_net": True,
            },
        ],
    ),
    "getAgent": Replay(
        partial(get_agent.sync_detailed, 213564),
        {
            "machine_agent_id": 213564,
            "machine_name": "Web Server",
            "host_server_id": UUID("87c3b6e1-fb1a-41f9-91e5-313ae35a5a06"),
            "agent_version": "1.05.005848",
            "architecture": "64-bit",
            "operating_system": "Windows Server 2012",
            "ip_address": "192.168.1.1",
            "flavor": "RaxCloudServer",
            "datacenter": Datacenter.DFW,
            "vault_size": ByteSize.parse("35.3 MB"),
            "cleanup_allowed": True,
            "is_disabled": False,
            "is_encrypted": True,
            "public_key": {"modulus_hex": WHOLE_MODULUS, "exponent_hex": "10001"},
            "status": AgentStatus.ONLINE,
            "last_successful_backup_time": datetime(2013, 1, 10, 11, 30, tzinfo=UTC),
            "use_service_net": True,
        },
    ),
    "getAgentByHostServer": Replay(
        partial(get_agent_by_host_server.sync_detailed, HOST_SERVER),
        {
            "machine_agent_id": 213564,
            "machine_name": "Web Server",
            "host_server_id": UUID("87c3b6e1-fb1a-41f9-91e5-313ae35a5a06"),
            "agent_version": "1.05.005848",
            "architecture": "64-bit",
            "operating_system": "Windows Server 2012",
            "ip_address": "192.168.1.1",
            "flavor": "RaxCloudServer",
            "datacenter": Datacenter.DFW,
            "backup_container": "https://storage101.DC.clouddrive.com/v1/yourAccount/CloudBackup_v2_0_yourUUID",
            "vault_size": ByteSize.parse("35.3 MB"),
            "cleanup_allowed": True,
            "is_disabled": False,
            "is_encrypted": True,
            "public_key": {"modulus_hex": WHOLE_MODULUS, "exponent_hex": "10001"},
            "status": AgentStatus.ONLINE,
            "last_successful_backup_time": datetime(2013, 1, 10, 11, 30, tzinfo=UTC),
            "use_service_net": True,
        },
    ),
    "updateAgent": Replay(
        partial(
            update_agent.sync_detailed,
            213564,
            body=AgentUpdate(backup_data_center=Datacenter.DFW, use_service_net=True),
        ),
        {
            "machine_agent_id": 213564,
            "machine_name": "Web Server",
            "agent_version": "1.05.005848",
            "architecture": "64-bit",
            "operating_system": "Windows Server 2012",
            "ip_address": "192.168.1.1",
            "flavor": "RaxCloudServer",
            "datacenter": Datacenter.DFW,
            "backup_datacenter": Datacenter.DFW,
            "vault_size": ByteSize.parse("35.3 MB"),
            "cleanup_allowed": True,
            "is_disabled": False,
            "is_encrypted": True,
            "public_key": {"modulus_hex": WHOLE_MODULUS, "exponent_hex": "10001"},
            "status": AgentStatus.ONLINE,
            "last_successful_backup_time": datetime(2013, 1, 21, 7, 23, tzinfo=UTC),
            "use_service_net": True,
            "use_failover_uri": True,
        },
    ),
    "setAgentEnabled.enable": Replay(
        partial(
            set_agent_enabled.sync_detailed,
            body=AgentEnabling(machine_agent_id=92384579, enable=True),
        ),
    ),
    "setAgentEnabled.disable": Replay(
        partial(
            set_agent_enabled.sync_detailed,
            body=AgentEnabling(machine_agent_id=92384579, enable=False),
        ),
    ),
    "enableAgentEncryption": Replay(
        partial(
            enable_agent_encryption.sync_detailed,
            body=AgentEncryption(machine_agent_id=869, encrypted_password_hex=ENCRYPTED_PASSWORD),
        ),
        UUID("0cee72c7-015c-493b-b5fe-a896ae444c34"),
    ),
    "changeAgentEncryptionPassword": Replay(
        partial(
            change_agent_encryption_password.sync_detailed,
            body=AgentEncryptionChange(
                machine_agent_id=869,
                old_encrypted_password_hex=ENCRYPTED_PASSWORD,
                new_encrypted_password_hex=NEW_ENCRYPTED_PASSWORD,
            ),
        ),
        UUID("0cee72c7-015c-493b-b5fe-a896ae444c34"),
    ),
    "deleteAgent": Replay(
        partial(delete_agent.sync_detailed, body=AgentDeletion(machine_agent_id=92384579)),
    ),
    "migrateVault": Replay(
        partial(
            migrate_vault.sync_detailed,
            body=VaultMigration(source_machine_agent_id=1, destination_machine_agent_id=2),
        ),
    ),
    "setAgentLogLevel": Replay(
        partial(
            set_agent_log_level.sync_detailed,
            body=AgentLogLevel(machine_agent_id=1311839, logging_level_id=LogLevel.ALL),
        ),
    ),
    "wakeAgents": Replay(wake_agents.sync_detailed),
}
