# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import ClassVar

from cloud_backup.wire import fields as read
from cloud_backup.wire.view import View


class CatalogEndpoint(View):
    """Where a service can be reached."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = ("region", "tenant_id", "public_url")

    @property
    def region(self) -> str | None:
        """The region, such as `DFW`. Omitted if one endpoint serves all regions."""
        return read.text(self.received.get("region"))

    @property
    def tenant_id(self) -> str | None:
        """The account."""
        return read.text(self.received.get("tenantId"))

    @property
    def public_url(self) -> str | None:
        """The URL, tenant included."""
        return read.text(self.received.get("publicURL"))
