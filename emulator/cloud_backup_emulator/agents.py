"""Agents: listing, waking and changing them."""

from typing import Any, Final
from uuid import uuid4

from cloud_backup_emulator.agent_facts import EXPONENT, WAKING, is_online, public_key
from cloud_backup_emulator.backups import last_success
from cloud_backup_emulator.entities import Agent, Document
from cloud_backup_emulator.errors import InvalidRequest, NotFound
from cloud_backup_emulator.ms_date import ms_date
from cloud_backup_emulator.passphrases import decrypted, digest, is_passphrase
from cloud_backup_emulator.scheduled_runs import look_again
from cloud_backup_emulator.world import World

__all__ = [
    "change_agent_encryption_password",
    "enable_agent_encryption",
    "get_agent",
    "get_agent_by_host_server",
    "list_agents",
    "set_agent_enabled",
    "set_agent_log_level",
    "update_agent",
    "wake_agents",
]

# An agent's fields depend on the operation.
_NOT_LISTED: Final = frozenset({"LoggingLevelId"})
_NOT_IN_DETAILS: Final = frozenset({"BackupContainer", "LoggingLevelId"})
_NOT_BY_SERVER: Final = frozenset({"LoggingLevelId"})
_NOT_UPDATED: Final = frozenset({"BackupContainer", "HostServerId", "LoggingLevelId"})


def list_agents(world: World) -> list[Document]:
    """List the agents.

    `Status` ignores wake-ups: the real service's list isn't reliable either, and clients must cope.
    """
    return [
        {
            **_without(agent, _NOT_LISTED),
            "TimeOfLastSuccessfulBackup": None,
            "PublicKey": public_key(agent),
            "Status": "Online" if agent.awake == "always" else "Offline",
        }
        for agent in sorted(world.all(Agent), key=lambda agent: agent.agent_id)
    ]


def get_agent(world: World, agent_id: int) -> Document:
    """Return an agent."""
    return _details(world, world.get(Agent, agent_id, "machineAgentId"), _NOT_IN_DETAILS)


def get_agent_by_host_server(world: World, host_server_id: str) -> Document:
    """Return the agent of a Cloud Server.

    Raises:
        NotFound: No agent runs on this server.
    """
    for agent in world.all(Agent, **{"document.HostServerId": host_server_id.lower()}):
        # Only this operation sends it as text.
        use = {"UseServiceNet": str(agent.document["UseServiceNet"]).lower()}
        return _details(world, agent, _NOT_BY_SERVER) | use
    raise NotFound(f"hostServerId: there is no agent on server {host_server_id}")


def update_agent(world: World, agent_id: int, body: dict[str, Any]) -> Document:
    """Change an agent's data centre and its use of ServiceNet.

    Raises:
        InvalidRequest: The account has no server in that data centre.
    """
    agent = world.get(Agent, agent_id, "machineAgentId")
    place = body.get("BackupDataCenter", agent.document.get("BackupDataCenter"))
    if place is not None and all(o.document["Datacenter"] != place for o in world.all(Agent)):
        raise InvalidRequest(f"BackupDataCenter: the account has no server in {place}")
    agent.document["UseServiceNet"] = body["UseServiceNet"]
    if place is not None:
        agent.document["BackupDataCenter"] = place
    world.put(agent_id, agent)
    return _details(world, agent, _NOT_UPDATED) | {
        "BackupDataCenter": place or agent.document["Datacenter"],
        "UseFailoverUri": True,
    }


def set_agent_enabled(world: World, body: dict[str, Any]) -> None:
    """Enable or disable an agent. A disabled one runs no backups or restores."""
    agent = world.get(Agent, body["MachineAgentId"], "MachineAgentId")
    agent.document["IsDisabled"] = not body["Enable"]
    world.put(agent.agent_id, agent)
    look_again(world)


def set_agent_log_level(world: World, body: dict[str, Any]) -> None:
    """Set how much an agent logs."""
    agent = world.get(Agent, body["MachineAgentId"], "MachineAgentId")
    agent.document["LoggingLevelId"] = body["LoggingLevelId"]
    world.put(agent.agent_id, agent)


def enable_agent_encryption(world: World, body: dict[str, Any]) -> str:
    """Encrypt all future backups of an agent. This can't be undone.

    Returns:
        A UUID whose meaning the service doesn't document.

    Raises:
        InvalidRequest: It is already encrypted, or the passphrase can't be decrypted.
    """
    agent = world.get(Agent, body["MachineAgentId"], "MachineAgentId")
    if agent.document["IsEncrypted"]:
        raise InvalidRequest(f"MachineAgentId: agent {agent.agent_id} is already encrypted")
    field = "EncryptedPasswordHex"
    agent.passphrase = digest(decrypted(agent, body[field], field))
    agent.document["IsEncrypted"] = True
    world.put(agent.agent_id, agent)
    return str(uuid4())


def change_agent_encryption_password(world: World, body: dict[str, Any]) -> str:
    """Change the passphrase of an encrypted agent, given the current one.

    Returns:
        A UUID whose meaning the service doesn't document.

    Raises:
        InvalidRequest: It isn't encrypted, a passphrase can't be decrypted, or the current one is
            wrong.
    """
    agent = world.get(Agent, body["MachineAgentId"], "MachineAgentId")
    if not agent.document["IsEncrypted"] or agent.passphrase is None:
        raise InvalidRequest(f"MachineAgentId: agent {agent.agent_id} is not encrypted")
    old, new = "OldEncryptedPasswordHex", "NewEncryptedPasswordHex"
    if not is_passphrase(agent.passphrase, decrypted(agent, body[old], old)):
        raise InvalidRequest(f"{old}: wrong passphrase for agent {agent.agent_id}")
    agent.passphrase = digest(decrypted(agent, body[new], new))
    world.put(agent.agent_id, agent)
    return str(uuid4())


def _details(world: World, agent: Agent, without: frozenset[str]) -> Document:
    succeeded = last_success(world, agent.agent_id)
    return {
        **_without(agent, without),
        **({} if succeeded is None else {"TimeOfLastSuccessfulBackup": ms_date(succeeded)}),
        # Text here, but a number in the list, as in the reference.
        "PublicKey": public_key(agent, exponent=str(EXPONENT)),
        "Status": "Online" if is_online(agent, world.now) else "Offline",
    }


def _without(agent: Agent, names: frozenset[str]) -> Document:
    return {name: value for name, value in agent.document.items() if name not in names}


def wake_agents(world: World) -> None:
    """Wake all of the tenant's agents. Those that can come online do so after 15 s."""
    for agent in world.all(Agent, awake="when woken"):
        if is_online(agent, world.now):
            # It stays online, without the time it takes to wake up.
            agent.woken = world.now - WAKING
        elif agent.woken is None or world.now >= agent.woken + WAKING:
            agent.woken = world.now
        # Otherwise it is already waking up: waking it again doesn't change when.
        world.put(agent.agent_id, agent)
    look_again(world)
