"""The starting data: the world of the published API reference.

`starting_data.yaml` has the reference's agents, configurations, backups, restores and activity,
with their ids and values. `agent_keys.json` has complete keys for the agents, because the reference
truncates them.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import cycle
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cloud_backup_emulator.accounts import Account
from cloud_backup_emulator.entities import (
    Agent,
    Backup,
    BackupConfiguration,
    Restore,
    VerbatimActivity,
)
from cloud_backup_emulator.passphrases import digest
from cloud_backup_emulator.seed import Seed
from cloud_backup_emulator.store import Store
from cloud_backup_emulator.yaml_data import read_yaml

__all__ = ["STARTING_DATA", "add_machines", "agent_keys", "agent_of"]


def _plant(store: Store, now: int) -> None:
    """Add it to a store. Running backups, and restores in Creating, start now."""
    data, keys = _data(), agent_keys()
    for tenant, world in data.items():
        for agent in world.get("agents", []):
            agent_id = agent["MachineAgentId"]
            store.put(tenant, agent_id, agent_of(tenant, agent, keys[str(agent_id)]))
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
def _data() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(files("cloud_backup_emulator") / "starting_data.yaml")
    return data


@cache
def agent_keys() -> dict[str, list[str]]:
    """Return the agents' RSA keys: the two primes in hexadecimal digits, by agent id."""
    keys = json.loads(
        (files("cloud_backup_emulator") / "agent_keys.json").read_text(encoding="utf-8")
    )
    found: dict[str, list[str]] = keys["keys"]
    return found


def agent_of(tenant: str, entry: dict[str, Any], key: list[str]) -> Agent:
    """Return the agent of an entry in a file, which may have `awake`, `passphrase`, `machine`.

    A Cloud Server always gets a HostServerId; other machines have none.
    """
    document = {**_AGENT, **entry}
    agent_id = document["MachineAgentId"]
    awake = document.pop("awake", "always")
    passphrase = document.pop("passphrase", None)
    machine = document.pop("machine", None)
    kept = None if passphrase is None else digest(passphrase.encode())
    if document["Flavor"] == _CLOUD_SERVER:
        made = uuid5(NAMESPACE_URL, f"urn:rackspace:{tenant}:{agent_id}")
        document["HostServerId"] = document.get("HostServerId", str(made)).lower()
    return Agent(agent_id, key, awake, document, passphrase=kept, machine=machine)


def add_machines(store: Store, machines: Mapping[str, Path]) -> None:
    """Add an agent of tenant 1234 for each machine, or give its existing agent the folder.

    Args:
        store: The store, in the caller's transaction.
        machines: The folders, by machine name.
    """
    there = {
        agent.document["MachineName"]: agent
        for tenant, agent in store.having(Agent, "machine")
        if tenant == _OWNERS_TENANT
    }
    for (name, folder), key in zip(machines.items(), cycle(agent_keys().values())):
        agent = there.get(name)
        if agent is None:
            entry = {**_MACHINE, "MachineAgentId": store.next_id(), "MachineName": name}
            agent = agent_of(_OWNERS_TENANT, entry, key)
        agent.machine = str(folder.absolute())
        store.put(_OWNERS_TENANT, agent.agent_id, agent)


_CLOUD_SERVER = "RaxCloudServer"
_OWNERS_TENANT = "1234"
_MACHINE = {"OperatingSystem": "Linux", "BackupVaultSize": "0 bytes"}

_AGENT: dict[str, Any] = {
    "AgentVersion": "1.05.005848",
    "Architecture": "64-bit",
    "Flavor": _CLOUD_SERVER,
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
"""The default fields of an agent."""

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
"""The default fields of a configuration in the starting data."""


def _account(username: str, user_id: str, tenant: str, role: str) -> Account:
    return Account(
        username,
        user_id,
        tenant,
        [role],
        api_key=f"{username}-key",
        password=f"{username}-password",
    )


STARTING_DATA = Seed(
    accounts=(
        _account("demo", "101", "1234", "identity:user-admin"),
        _account("creator", "102", "1234", "cloudbackup:creator"),
        _account("observer", "103", "1234", "cloudbackup:observer"),
        replace(_account("other", "201", "5678", "identity:user-admin"), regions=[]),
    ),
    plant=_plant,
)
"""The world of the published API reference."""
