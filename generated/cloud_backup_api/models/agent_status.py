# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import StrEnum


class AgentStatus(StrEnum):
    """Whether an agent is in touch with the service. It is online while its last sign of life is
    less than 26 seconds old.
    """

    ONLINE = "Online"
    OFFLINE = "Offline"
    UNKNOWN = "Unknown"

    def __str__(self) -> str:
        return str(self.value)
