"""Activity: backups and restores, newest first."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from cloud_backup_emulator.agent_facts import name_and_place
from cloud_backup_emulator.backups import configuration_facts, is_configuration_deleted, state_of
from cloud_backup_emulator.entities import Agent, Backup, Document, Restore, VerbatimActivity
from cloud_backup_emulator.job_states import BUSY, State
from cloud_backup_emulator.ms_date import ms_date
from cloud_backup_emulator.restores import restore_state, restores_of
from cloud_backup_emulator.world import World

__all__ = ["current_activity", "list_activity", "list_agent_activity"]


@dataclass(frozen=True, slots=True)
class _Entry:
    """An activity, described lazily: describing takes longer than sorting."""

    state: State
    own_id: int
    describe: Callable[[State], Document]

    @property
    def place(self) -> tuple[int, int]:
        return (-self.state.since, self.own_id)


def list_activity(world: World) -> list[Document]:
    """List the activity of all agents."""
    return _newest_first(_entries(world, None))


def list_agent_activity(world: World, agent_id: int) -> list[Document]:
    """List the activity with an agent as source or destination."""
    world.get(Agent, agent_id, "agentId")
    return _newest_first(_entries(world, agent_id))


def current_activity(world: World, most: int) -> tuple[list[Document], int]:
    """Return running activity, then the newest.

    Args:
        world: The tenant's world.
        most: The most to return.

    Returns:
        The activity, and its total number.
    """
    entries = _entries(world, None)
    entries.sort(key=lambda entry: (entry.state.name not in BUSY, entry.place))
    return _described(entries[:most]), len(entries)


def _newest_first(entries: list[_Entry]) -> list[Document]:
    return _described(sorted(entries, key=lambda entry: entry.place))


def _described(entries: list[_Entry]) -> list[Document]:
    return [entry.describe(entry.state) for entry in entries]


def _entries(world: World, agent_id: int | None) -> list[_Entry]:
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
    return [
        *map(_of_verbatim, verbatim),
        *(
            _Entry(
                state_of(backup, world.now), backup.backup_id, partial(_of_backup, world, backup)
            )
            for backup in backups
            if backup.backup_id not in told
        ),
        *(
            _Entry(
                restore_state(restore, world.now),
                restore.restore_id,
                partial(_of_restore, world, restore),
            )
            for restore in restores
        ),
    ]


def _of_verbatim(document: Document) -> _Entry:
    date: str = document["TimeOfActivity"]
    since = int(date.removeprefix("/Date(").removesuffix(")/"))
    return _Entry(State(document["CurrentState"], since), document["ID"], lambda _state: document)


def _of_backup(world: World, backup: Backup, state: State) -> Document:
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


def _of_restore(world: World, restore: Restore, state: State) -> Document:
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
