"""Facts about agents: whether they are online, their keys, and what other objects repeat."""

from typing import Any, Final

from cloud_backup_emulator.entities import Agent, Document
from cloud_backup_emulator.errors import Forbidden, InvalidRequest

__all__ = ["WAKING", "is_online", "name_and_place", "online_from", "public_key", "require_ready"]

WAKING: Final = 15_000
"""How long an agent takes to come online after waking, in milliseconds."""

HEARTBEATS: Final = 70_000
"""How long a woken agent sends heartbeats, in milliseconds."""

ONLINE: Final = 26_000
"""How long after its last heartbeat an agent counts as online, in milliseconds."""

EXPONENT: Final = 10001
"""65537 in hexadecimal digits, as the service writes it, even as a number."""


def is_online(agent: Agent, now: int) -> bool:
    """Return whether an agent is online at a time."""
    return online_from(agent, now) == now


def online_from(agent: Agent, now: int) -> int | None:
    """Return when an agent is next online, from a time on; None if not before it is woken."""
    if agent.awake == "always":
        return now
    if agent.awake == "never" or agent.woken is None:
        return None
    if now >= agent.woken + HEARTBEATS + ONLINE:
        return None
    return max(now, agent.woken + WAKING)


def require_ready(agent: Agent, now: int) -> None:
    """Refuse work for an agent that can't do it.

    Raises:
        InvalidRequest: It is disabled.
        Forbidden: It is offline; the message says what to do.
    """
    if agent.document["IsDisabled"]:
        raise InvalidRequest(f"agent {agent.agent_id} is disabled; enable it first")
    if not is_online(agent, now):
        raise Forbidden(
            f"agent {agent.agent_id} is not ready: it is offline; wake it and try again in 10 to "
            "20 seconds"
        )


def public_key(agent: Agent, *, exponent: int | str = EXPONENT) -> Document:
    """Return an agent's public key in wire format."""
    p, q = (int(prime, 16) for prime in agent.key)
    return {"ModulusHex": f"{p * q:X}", "ExponentHex": exponent}


def name_and_place(agent: Agent | None) -> dict[str, Any]:
    """Return the fields of an agent that other objects repeat; defaults if it is deleted."""
    document = {} if agent is None else agent.document
    return {
        "MachineName": document.get("MachineName", ""),
        "Flavor": document.get("Flavor", "RaxCloudServer"),
        "Datacenter": document.get("Datacenter", "DFW"),
    }
