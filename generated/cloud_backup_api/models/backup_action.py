# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import Any, ClassVar

from attrs import define, field
from cloud_backup.wire.request import Request, bounds

from ..models.requested_action import RequestedAction


@define(kw_only=True)
class BackupAction(Request):
    """The start or stop of a backup.

    Attributes:
        action (RequestedAction): Whether to start or to stop.
        id (int): To start, the **backup configuration's** id; to stop, the **backup's** id.
        additional_properties: The object's other fields, by their names on the wire.

    Raises:
        ValueError: A value is out of its bounds.
    """

    WIRE: ClassVar = {"action": "Action", "id": "Id"}

    action: RequestedAction
    id: int = field(validator=bounds(minimum=1))
    additional_properties: dict[str, Any] = field(factory=dict)
