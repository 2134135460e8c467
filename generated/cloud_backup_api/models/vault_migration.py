# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import Any, ClassVar

from attrs import define, field
from cloud_backup.wire.request import Request, bounds


@define(kw_only=True)
class VaultMigration(Request):
    """The agents to move backups from and to.

    Attributes:
        source_machine_agent_id (int): The agent that has the backups now.
        destination_machine_agent_id (int): The agent that gets them.
        additional_properties: The object's other fields, by their names on the wire.

    Raises:
        ValueError: A value is out of its bounds.
    """

    WIRE: ClassVar = {
        "source_machine_agent_id": "SourceMachineAgentId",
        "destination_machine_agent_id": "DestinationMachineAgentId",
    }

    source_machine_agent_id: int = field(validator=bounds(minimum=1))
    destination_machine_agent_id: int = field(validator=bounds(minimum=1))
    additional_properties: dict[str, Any] = field(factory=dict)
