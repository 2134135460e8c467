# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import Any, ClassVar

from attrs import define, field
from cloud_backup.wire.request import Request, bounds


@define(kw_only=True)
class AgentDeletion(Request):
    """The agent to delete, with its backups.

    Attributes:
        machine_agent_id (int): The agent's id.
        additional_properties: The object's other fields, by their names on the wire.

    Raises:
        ValueError: A value is out of its bounds.
    """

    WIRE: ClassVar = {"machine_agent_id": "MachineAgentId"}

    machine_agent_id: int = field(validator=bounds(minimum=1))
    additional_properties: dict[str, Any] = field(factory=dict)
