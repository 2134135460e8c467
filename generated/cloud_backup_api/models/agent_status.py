# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import StrEnum


class AgentStatus(StrEnum):
    """Whether an agent is online: its last heartbeat is less than 26 seconds old."""

    ONLINE = "Online"
    OFFLINE = "Offline"
    UNKNOWN = "Unknown"

    def __str__(self) -> str:
        return str(self.value)

    @property
    def is_online(self) -> bool:
        """Whether it is in touch with the service."""
        return self in _IS_ONLINE


_IS_ONLINE = frozenset(map(AgentStatus, ["Online"]))
