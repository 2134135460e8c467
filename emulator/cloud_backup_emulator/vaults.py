"""Deletes an agent with its backups, or moves them to another agent."""

from typing import Any

from cloud_backup_emulator.entities import Agent, Backup, BackupConfiguration, Restore
from cloud_backup_emulator.errors import InvalidRequest
from cloud_backup_emulator.restores import restores_of
from cloud_backup_emulator.scheduled_runs import look_again
from cloud_backup_emulator.world import World

__all__ = ["delete_agent", "migrate_vault"]


def delete_agent(world: World, body: dict[str, Any]) -> None:
    """Delete an agent with its configurations, backups and restores."""
    agent = world.get(Agent, body["MachineAgentId"], "MachineAgentId")
    gone = agent.agent_id
    for configuration in world.all(BackupConfiguration, agent_id=gone):
        world.delete(BackupConfiguration, configuration.configuration_id)
    for backup in world.all(Backup, agent_id=gone):
        world.delete(Backup, backup.backup_id)
    for restore in restores_of(world, gone):
        world.delete(Restore, restore.restore_id)
    world.delete(Agent, gone)
    world.look(sweep=True)


def migrate_vault(world: World, body: dict[str, Any]) -> None:
    """Move all of an agent's backups and configurations to another agent.

    Raises:
        InvalidRequest: They are the same, one is encrypted, or the destination has configurations.
    """
    source = world.get(Agent, body["SourceMachineAgentId"], "SourceMachineAgentId")
    destination = world.get(Agent, body["DestinationMachineAgentId"], "DestinationMachineAgentId")
    if source.agent_id == destination.agent_id:
        raise InvalidRequest("DestinationMachineAgentId: same as the source")
    for name, agent in (
        ("SourceMachineAgentId", source),
        ("DestinationMachineAgentId", destination),
    ):
        if agent.document["IsEncrypted"]:
            raise InvalidRequest(f"{name}: agent {agent.agent_id} is encrypted")
    if world.all(
        BackupConfiguration, agent_id=destination.agent_id, **{"document.IsDeleted": False}
    ):
        raise InvalidRequest(
            f"DestinationMachineAgentId: agent {destination.agent_id} has backup configurations"
        )
    for configuration in world.all(BackupConfiguration, agent_id=source.agent_id):
        configuration.agent_id = destination.agent_id
        configuration.document["MachineAgentId"] = destination.agent_id
        world.put(configuration.configuration_id, configuration)
    for backup in world.all(Backup, agent_id=source.agent_id):
        backup.agent_id = destination.agent_id
        world.put(backup.backup_id, backup)
    look_again(world)
