"""The world that the emulator starts with: the one of the published API reference.

`starting_data.yaml` has the agents, configurations, backups, restores and activity that the
reference shows, under the ids and with the values that it shows; `agent_keys.json` has keys for the
agents, whole ones, since the reference cuts them short.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from cloud_backup_emulator.entities import (
    Agent,
    Backup,
    BackupConfiguration,
    Restore,
    VerbatimActivity,
)
from cloud_backup_emulator.store import Store
from cloud_backup_emulator.yaml_data import read_yaml

__all__ = ["fill"]


def fill(store: Store, now: int) -> None:
    """Put the starting data into a store, within a transaction of the caller's.

    Args:
        store: The store; it holds no entities.
        now: The time, in milliseconds since 1970: restores that wait were created now, backups
            that run were started now.
    """
    data, keys = _read()
    for tenant, world in data.items():
        for agent in world.get("agents", []):
            agent_id = agent["MachineAgentId"]
            document = {**_AGENT, **agent}
            awake = document.pop("awake", "always")
            store.put(tenant, agent_id, Agent(agent_id, keys[str(agent_id)], awake, document))
        for configuration in world.get("configurations", []):
            document = {**_CONFIGURATION, **configuration}
            configuration_id = document["BackupConfigurationId"]
            store.put(
                tenant,
                configuration_id,
                BackupConfiguration(configuration_id, document["MachineAgentId"], document),
            )
        for backup in world.get("backups", []):
            fields = {"started": now, **backup} if "work" in backup else backup
            store.put(tenant, backup["backup_id"], Backup(**fields))
        for restore in world.get("restores", []):
            fields = restore if "state" in restore else {**restore, "changed": now}
            document = {"RestoreId": restore["restore_id"], **restore["document"]}
            store.put(
                tenant,
                restore["restore_id"],
                Restore(
                    backup_id=document["BackupId"],
                    destination_id=document["DestinationMachineId"],
                    **{**fields, "document": document},
                ),
            )
        for activity in world.get("activity", []):
            store.put(tenant, activity["ID"], VerbatimActivity(activity["ID"], activity))


@cache
def _read() -> tuple[dict[str, Any], dict[str, list[str]]]:
    package = files("cloud_backup_emulator")
    data = read_yaml(package / "starting_data.yaml")
    keys = json.loads((package / "agent_keys.json").read_text(encoding="utf-8"))
    return data, keys["keys"]


_AGENT: dict[str, Any] = {
    "AgentVersion": "1.05.005848",
    "Architecture": "64-bit",
    "Flavor": "RaxCloudServer",
    "BackupVaultSize": "35.3 MB",
    "BackupContainer": "https://storage101.DC.clouddrive.com/v1/yourAccount/CloudBackup_v2_0_yourUUID",
    "CleanupAllowed": True,
    "Datacenter": "DFW",
    "IPAddress": "192.168.1.1",
    "IsDisabled": False,
    "IsEncrypted": False,
    "OperatingSystem": "Windows Server 2012",
    "OperatingSystemVersion": "",
    "TimeOfLastSuccessfulBackup": None,
    "UseServiceNet": True,
}
"""What an agent of the starting data has unless it says otherwise."""

_CONFIGURATION: dict[str, Any] = {
    "BackupPrescript": "",
    "BackupPostscript": "",
    "IsActive": True,
    "IsDeleted": False,
    "VersionRetention": 0,
    "MissedBackupActionId": 1,
    "Frequency": "Manually",
    "StartTimeHour": None,
    "StartTimeMinute": None,
    "StartTimeAmPm": "",
    "DayOfWeekId": None,
    "HourInterval": None,
    "TimeZoneId": "Eastern Standard Time",
    "NextScheduledRunTime": None,
    "LastRunTime": None,
    "LastRunBackupReportId": None,
    "NotifyRecipients": "user@rackspace.com",
    "NotifySuccess": False,
    "NotifyFailure": True,
    "Inclusions": [],
    "Exclusions": [],
}
"""What a configuration of the starting data has unless it says otherwise."""
