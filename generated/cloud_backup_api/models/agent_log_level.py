# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import Any, ClassVar

from attrs import define, field
from cloud_backup.wire.request import Request, bounds

from ..models.log_level import LogLevel


@define(kw_only=True)
class AgentLogLevel(Request):
    """How much an agent logs.

    Attributes:
        machine_agent_id (int): The agent's id.
        logging_level_id (LogLevel): How much an agent logs: everything at least as severe as
            this. The first and the last level are documented; those between are log4j's.
        additional_properties: The object's other fields, by their names on the wire.

    Raises:
        ValueError: A value is out of its bounds.
    """

    WIRE: ClassVar = {"machine_agent_id": "MachineAgentId", "logging_level_id": "LoggingLevelId"}

    machine_agent_id: int = field(validator=bounds(minimum=1))
    logging_level_id: LogLevel
    additional_properties: dict[str, Any] = field(factory=dict)
