# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import Any, ClassVar

from attrs import define, field
from cloud_backup.wire.request import UNSET, Request, Unset

from ..models.datacenter import Datacenter


@define(kw_only=True)
class AgentUpdate(Request):
    """Where and how an agent backs up.

    Attributes:
        backup_data_center (Datacenter | Unset): Where its backups go; unchanged if omitted.
        use_service_net (bool): Whether backups go over ServiceNet, Rackspace's internal network.
        additional_properties: The object's other fields, by their names on the wire.

    Raises:
        ValueError: A value is out of its bounds.
    """

    WIRE: ClassVar = {"backup_data_center": "BackupDataCenter", "use_service_net": "UseServiceNet"}

    backup_data_center: Datacenter | Unset = field(default=UNSET)
    use_service_net: bool
    additional_properties: dict[str, Any] = field(factory=dict)
