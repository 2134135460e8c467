# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import ClassVar

from cloud_backup.wire import fields as read
from cloud_backup.wire.view import View


class Versions(View):
    """The available versions of the API."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = ("versions",)

    @property
    def versions(self) -> tuple[ApiVersion, ...]:
        """The versions."""
        return read.array(
            lambda item: ApiVersion.read(item, self.operation), self.received.get("versions")
        )


# Below the class, since objects may hold each other.
from ..models.api_version import ApiVersion  # noqa: E402
