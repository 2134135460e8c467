"""What is known of an agent: whether it is online, its key, what other objects repeat of it."""

from typing import Any, Final

from cloud_backup_emulator.entities import Agent, Document
from cloud_backup_emulator.errors import Forbidden, InvalidRequest

__all__ = ["WAKING", "is_online", "name_and_place", "online_from", "public_key", "require_ready"]

WAKING: Final = 15_000
"""How long it takes an agent to come online after it was woken up, in milliseconds."""

HEARTBEATS: Final = 70_000
"""For how long an agent that was woken up gives signs of life."""

ONLINE: Final = 26_000
"""For how long after its last sign of life an agent counts as online."""

EXPONENT: Final = 10001
"""65537 in hexadecimal digits, which is how the service writes it, even as a number."""


def is_online(agent: Agent, now: int) -> bool:
    """Tell whether an agent is in touch with the service at a time."""
    return online_from(agent, now) == now


def online_from(agent: Agent, now: int) -> int | None:
    """Tell when an agent is in touch, from a time on; None if never, unless it is woken up."""
    if agent.awake == "always":
        return now
    if agent.awake == "never" or agent.woken is None:
        return None
    if now >= agent.woken + HEARTBEATS + ONLINE:
        return None
    return max(now, agent.woken + WAKING)


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


def name_and_place(agent: Agent | None) -> dict[str, Any]:
    """Give what other objects repeat of an agent; of a deleted one nothing is known."""
    document = {} if agent is None else agent.document
    return {
        "MachineName": document.get("MachineName", ""),
        "Flavor": document.get("Flavor", "RaxCloudServer"),
        "Datacenter": document.get("Datacenter", "DFW"),
    }
