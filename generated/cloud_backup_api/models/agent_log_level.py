# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import Any, ClassVar

from attrs import define, field
from cloud_backup.wire.request import Request, bounds


@define(kw_only=True)
class AgentLogLevel(Request):
    """How much an agent is to log.

    Attributes:
        machine_agent_id (int): The agent's id.
        logging_level_id (int): From 1, which logs what is FATAL only, to 6, which logs ALL, TRACE
            included.
        additional_properties: The object's other fields, by their names on the wire.

    Raises:
        ValueError: A value is out of its bounds.
    """

    WIRE: ClassVar = {"machine_agent_id": "MachineAgentId", "logging_level_id": "LoggingLevelId"}

    machine_agent_id: int = field(validator=bounds(minimum=1))
    logging_level_id: int = field(validator=bounds(minimum=1, maximum=6))
    additional_properties: dict[str, Any] = field(factory=dict)
