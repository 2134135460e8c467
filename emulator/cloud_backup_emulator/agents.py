"""Agents: which there are, whether they are online, waking them up."""

import re
from typing import Any, Final

from cloud_backup_emulator.entities import Agent, Document
from cloud_backup_emulator.errors import Forbidden
from cloud_backup_emulator.world import World

__all__ = [
    "get_agent",
    "is_online",
    "list_agents",
    "public_key",
    "require_online",
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

_DETAILS_ONLY: Final = ("HostServerId",)
_LIST_ONLY: Final = ("BackupContainer",)


def is_online(agent: Agent, now: int) -> bool:
    """Tell whether an agent is in touch with the service at a time."""
    if agent.awake == "always":
        return True
    if agent.awake == "never" or agent.woken is None:
        return False
    return agent.woken + WAKING <= now < agent.woken + HEARTBEATS + ONLINE


def require_online(agent: Agent, now: int) -> None:
    """Refuse work for an agent that isn't in touch.

    Raises:
        Forbidden: It isn't; the message says what to do.
    """
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
            **{n: v for n, v in agent.document.items() if n not in _DETAILS_ONLY},
            "TimeOfLastSuccessfulBackup": None,
            "PublicKey": public_key(agent),
            "Status": "Online" if agent.awake == "always" else "Offline",
        }
        for agent in sorted(world.all(Agent), key=lambda agent: agent.agent_id)
    ]


def get_agent(world: World, agent_id: int) -> Document:
    """Tell all about an agent."""
    agent = world.get(Agent, agent_id, "machineAgentId")
    return {
        **{n: v for n, v in agent.document.items() if n not in _LIST_ONLY},
        # As text here, as a number in the list: both are seen.
        "PublicKey": public_key(agent, exponent=str(EXPONENT)),
        "Status": "Online" if is_online(agent, world.now) else "Offline",
    }


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


_SIZES: Final = ("bytes", "KB", "MB", "GB", "TB")
_TRAILING_ZERO: Final = re.compile(r"\.0$")


def size_text(size: int) -> str:
    """Write a size as the service does: binary units, one decimal at the most."""
    value: float = size
    for unit in _SIZES:
        if value < 1024 or unit == _SIZES[-1]:  # noqa: PLR2004 - binary units
            number = str(size) if unit == "bytes" else _TRAILING_ZERO.sub("", f"{value:.1f}")
            return f"{number} {unit}"
        value /= 1024
    raise AssertionError


def name_and_place(agent: Agent | None) -> dict[str, Any]:
    """Give what other objects repeat of an agent; of a deleted one nothing is known."""
    document = {} if agent is None else agent.document
    return {
        "MachineName": document.get("MachineName", ""),
        "Flavor": document.get("Flavor", "RaxCloudServer"),
        "Datacenter": document.get("Datacenter", "DFW"),
    }
