# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import Any, ClassVar

from attrs import define, field
from cloud_backup.wire.request import UNSET, Request, Unset, bounds

from ..models.datacenter import Datacenter


@define(kw_only=True)
class RestoreInput(Request):
    """What to restore, and where.

    Attributes:
        backup_id (int): The backup to restore.
        backup_machine_id (int): The agent that made the backup. Its server needn't be online.
        destination_machine_id (int): The agent that restores, to whose server the files are
            written.
        destination_path (str): The folder to write the files to.
        overwrite_files (bool): Whether to overwrite existing files.
        backup_data_center (Datacenter | Unset): Where the agent that backed up is, or was.
        additional_properties: The object's other fields, by their names on the wire.

    Raises:
        ValueError: A value is out of its bounds.
    """

    WIRE: ClassVar = {
        "backup_id": "BackupId",
        "backup_machine_id": "BackupMachineId",
        "destination_machine_id": "DestinationMachineId",
        "destination_path": "DestinationPath",
        "overwrite_files": "OverwriteFiles",
        "backup_data_center": "BackupDataCenter",
    }

    backup_id: int = field(validator=bounds(minimum=1))
    backup_machine_id: int = field(validator=bounds(minimum=1))
    destination_machine_id: int = field(validator=bounds(minimum=1))
    destination_path: str = field(validator=bounds(min_length=1))
    overwrite_files: bool
    backup_data_center: Datacenter | Unset = field(default=UNSET)
    additional_properties: dict[str, Any] = field(factory=dict)
