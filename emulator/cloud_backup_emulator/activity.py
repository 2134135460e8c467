"""Activity: what agents have been doing, newest first."""

from cloud_backup_emulator.agent_facts import name_and_place
from cloud_backup_emulator.backups import configuration_facts, is_configuration_deleted, state_of
from cloud_backup_emulator.entities import Agent, Backup, Document, Restore, VerbatimActivity
from cloud_backup_emulator.ms_date import ms_date
from cloud_backup_emulator.restores import restore_state, restores_of
from cloud_backup_emulator.world import World

__all__ = ["list_activity", "list_agent_activity"]


def list_activity(world: World) -> list[Document]:
    """List the activity of all agents."""
    return _newest_first(world, None)


def list_agent_activity(world: World, agent_id: int) -> list[Document]:
    """List the activity that an agent is the source or the destination of."""
    world.get(Agent, agent_id, "agentId")
    return _newest_first(world, agent_id)


def _newest_first(world: World, agent_id: int | None) -> list[Document]:
    verbatim = [entry.document for entry in world.all(VerbatimActivity)]
    told = {entry["BackupId"] for entry in verbatim if entry["Type"] == "Backup"}
    if agent_id is None:
        backups, restores = world.all(Backup), world.all(Restore)
    else:
        backups, restores = world.all(Backup, agent_id=agent_id), restores_of(world, agent_id)
        verbatim = [
            entry
            for entry in verbatim
            if agent_id in (entry["SourceMachineAgentId"], entry["DestinationMachineAgentId"])
        ]
    entries = [
        *verbatim,
        *(_of_backup(world, backup) for backup in backups if backup.backup_id not in told),
        *(_of_restore(world, restore) for restore in restores),
    ]
    return sorted(entries, key=lambda entry: (-_time(entry), entry["ID"]))


def _time(entry: Document) -> int:
    date: str = entry["TimeOfActivity"]
    return int(date.removeprefix("/Date(").removesuffix(")/"))


def _of_backup(world: World, backup: Backup) -> Document:
    state = state_of(backup, world.now)
    return {
        "ID": backup.backup_id,
        "Type": "Backup",
        **_source(world, backup.configuration_id, backup.agent_id),
        "DestinationMachineAgentId": 0,
        "DestinationMachineName": "",
        "CurrentState": state.name,
        "TimeOfActivity": ms_date(state.since),
        "BackupId": backup.backup_id,
    }


def _of_restore(world: World, restore: Restore) -> Document:
    state = restore_state(restore, world.now)
    destination = name_and_place(world.find(Agent, restore.destination_id))
    document = restore.document
    return {
        "ID": restore.restore_id,
        "Type": "Restore",
        **_source(world, document["BackupConfigurationId"], document["BackupMachineId"]),
        "DestinationMachineAgentId": restore.destination_id,
        "DestinationMachineName": destination["MachineName"],
        "DestinationDatacenter": destination["Datacenter"],
        "CurrentState": state.name,
        "TimeOfActivity": ms_date(state.since),
        "BackupId": restore.backup_id,
    }


def _source(world: World, configuration_id: int, agent_id: int) -> Document:
    source = name_and_place(world.find(Agent, agent_id))
    return {
        "ParentId": configuration_id,
        "DisplayName": configuration_facts(world, configuration_id)["BackupConfigurationName"],
        "IsBackupConfigurationDeleted": is_configuration_deleted(world, configuration_id),
        "SourceMachineAgentId": agent_id,
        "SourceMachineName": source["MachineName"],
        "SourceDatacenter": source["Datacenter"],
    }
