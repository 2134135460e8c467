# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import ClassVar

from cloud_backup.wire import fields as read
from cloud_backup.wire.view import View


class CatalogService(View):
    """A service that accepts the token."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = ("name", "type", "endpoints")

    @property
    def name(self) -> str | None:
        """Its name; this one is `cloudBackup`."""
        return read.text(self.received.get("name"))

    @property
    def type(self) -> str | None:
        """Its kind; this one is `rax:backup`."""
        return read.text(self.received.get("type"))

    @property
    def endpoints(self) -> tuple[CatalogEndpoint, ...]:
        """Where it can be reached."""
        return read.array(
            lambda item: CatalogEndpoint.read(item, self.operation), self.received.get("endpoints")
        )


# Below the class, since objects may hold each other.
from ..models.catalog_endpoint import CatalogEndpoint  # noqa: E402
