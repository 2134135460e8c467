# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import Any, ClassVar

from attrs import define, field
from cloud_backup.wire.request import Request, bounds


@define(kw_only=True)
class AgentEnabling(Request):
    """Whether an agent is enabled.

    Attributes:
        machine_agent_id (int): The agent's id.
        enable (bool): True to enable it, false to disable it.
        additional_properties: The object's other fields, by their names on the wire.

    Raises:
        ValueError: A value is out of its bounds.
    """

    WIRE: ClassVar = {"machine_agent_id": "MachineAgentId", "enable": "Enable"}

    machine_agent_id: int = field(validator=bounds(minimum=1))
    enable: bool
    additional_properties: dict[str, Any] = field(factory=dict)
