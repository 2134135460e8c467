# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import Any, ClassVar

from attrs import define, field
from cloud_backup.wire.request import Request


@define(kw_only=True)
class BackupConfigurationEnabling(Request):
    """Whether a backup configuration runs on schedule.

    Attributes:
        enable (bool): True to enable it, false to disable it.
        additional_properties: The object's other fields, by their names on the wire.

    Raises:
        ValueError: A value is out of its bounds.
    """

    WIRE: ClassVar = {"enable": "Enable"}

    enable: bool
    additional_properties: dict[str, Any] = field(factory=dict)
