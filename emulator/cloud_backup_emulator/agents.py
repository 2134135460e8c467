"""Agents: which there are, whether they are online, waking them up, changing them."""

from typing import Any, Final

from cloud_backup_emulator.entities import Agent, Document
from cloud_backup_emulator.errors import Forbidden, InvalidRequest, NotFound
from cloud_backup_emulator.world import World

__all__ = [
    "get_agent",
    "get_agent_by_host_server",
    "is_online",
    "list_agents",
    "name_and_place",
    "public_key",
    "require_ready",
    "set_agent_enabled",
    "set_agent_log_level",
    "update_agent",
    "wake_agents",
]

WAKING: Final = 15_000
"""How long it takes an agent to come online after it was woken up, in milliseconds."""

HEARTBEATS: Final = 70_000
"""For how long an agent that was woken up gives signs of life."""

ONLINE: Final = 26_000
"""For how long after its last sign of life an agent counts as online."""

EXPONENT: Final = 10001
"""65537 in hexadecimal digits, which is how the service writes it, even as a number."""

# Which fields an agent has depends on the operation that answers with it.
_NOT_LISTED: Final = frozenset({"HostServerId", "LoggingLevelId"})
_NOT_IN_DETAILS: Final = frozenset({"BackupContainer", "LoggingLevelId"})
_NOT_BY_SERVER: Final = frozenset({"LoggingLevelId"})
_NOT_UPDATED: Final = frozenset({"BackupContainer", "HostServerId", "LoggingLevelId"})


def is_online(agent: Agent, now: int) -> bool:
    """Tell whether an agent is in touch with the service at a time."""
    if agent.awake == "always":
        return True
    if agent.awake == "never" or agent.woken is None:
        return False
    return agent.woken + WAKING <= now < agent.woken + HEARTBEATS + ONLINE


def require_ready(agent: Agent, now: int) -> None:
    """Refuse work for an agent that can't take it up.

    Raises:
        InvalidRequest: It is disabled.
        Forbidden: It isn't in touch; the message says what to do.
    """
    if agent.document["IsDisabled"]:
        raise InvalidRequest(f"agent {agent.agent_id} is disabled; enable it first")
    if not is_online(agent, now):
        raise Forbidden(
            f"agent {agent.agent_id} is not ready: it is offline; wake it up and try again "
            "after 10 to 20 seconds"
        )


def public_key(agent: Agent, *, exponent: int | str = EXPONENT) -> Document:
    """Give an agent's public key as it travels."""
    p, q = (int(prime, 16) for prime in agent.key)
    return {"ModulusHex": f"{p * q:X}", "ExponentHex": exponent}


def list_agents(world: World) -> list[Document]:
    """List the agents.

    `Status` is that of an agent that nobody has woken up: the list of the service isn't reliable
    in that, and clients have to know it.
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
    """Tell all about an agent."""
    return _details(world, world.get(Agent, agent_id, "machineAgentId"), _NOT_IN_DETAILS)


def get_agent_by_host_server(world: World, host_server_id: str) -> Document:
    """Tell all about the agent of a server.

    Raises:
        NotFound: No agent runs on such a server.
    """
    for agent in world.all(Agent):
        if agent.document.get("HostServerId", "").lower() == host_server_id.lower():
            # Here, and only here, this travels as text.
            use = {"UseServiceNet": str(agent.document["UseServiceNet"]).lower()}
            return _details(world, agent, _NOT_BY_SERVER) | use
    raise NotFound(f"hostServerId: there is no agent on a server {host_server_id}")


def update_agent(world: World, agent_id: int, body: dict[str, Any]) -> Document:
    """Change where and how an agent backs up.

    Raises:
        InvalidRequest: The account has no servers in that data centre.
    """
    agent = world.get(Agent, agent_id, "machineAgentId")
    place = body.get("BackupDataCenter", agent.document.get("BackupDataCenter"))
    if place is not None and all(o.document["Datacenter"] != place for o in world.all(Agent)):
        raise InvalidRequest(f"BackupDataCenter: the account has no servers in {place}")
    agent.document["UseServiceNet"] = body["UseServiceNet"]
    if place is not None:
        agent.document["BackupDataCenter"] = place
    world.put(agent_id, agent)
    return _details(world, agent, _NOT_UPDATED) | {
        "BackupDataCenter": place or agent.document["Datacenter"],
        "UseFailoverUri": True,
    }


def set_agent_enabled(world: World, body: dict[str, Any]) -> None:
    """Enable or disable an agent; a disabled one takes up no work."""
    agent = world.get(Agent, body["MachineAgentId"], "MachineAgentId")
    agent.document["IsDisabled"] = not body["Enable"]
    world.put(agent.agent_id, agent)


def set_agent_log_level(world: World, body: dict[str, Any]) -> None:
    """Set how much an agent logs."""
    agent = world.get(Agent, body["MachineAgentId"], "MachineAgentId")
    agent.document["LoggingLevelId"] = body["LoggingLevelId"]
    world.put(agent.agent_id, agent)


def _details(world: World, agent: Agent, without: frozenset[str]) -> Document:
    return {
        **_without(agent, without),
        # As text here, as a number in the list: both are seen.
        "PublicKey": public_key(agent, exponent=str(EXPONENT)),
        "Status": "Online" if is_online(agent, world.now) else "Offline",
    }


def _without(agent: Agent, names: frozenset[str]) -> Document:
    return {name: value for name, value in agent.document.items() if name not in names}


def wake_agents(world: World) -> None:
    """Wake up all agents of the tenant: those that can be come online after a while."""
    for agent in world.all(Agent):
        if agent.awake != "when woken":
            continue
        if is_online(agent, world.now):
            # It is in touch, so nothing is lost of the time it takes to come online.
            agent.woken = world.now - WAKING
        elif agent.woken is None or world.now >= agent.woken + WAKING:
            agent.woken = world.now
        # Else it is on its way: waking it up again makes it neither sooner nor later.
        world.put(agent.agent_id, agent)


def name_and_place(agent: Agent | None) -> dict[str, Any]:
    """Give what other objects repeat of an agent; of a deleted one nothing is known."""
    document = {} if agent is None else agent.document
    return {
        "MachineName": document.get("MachineName", ""),
        "Flavor": document.get("Flavor", "RaxCloudServer"),
        "Datacenter": document.get("Datacenter", "DFW"),
    }
