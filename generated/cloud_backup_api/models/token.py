# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

import datetime
from typing import ClassVar

from cloud_backup.wire import fields as read
from cloud_backup.wire.view import View


class Token(View):
    """A token."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = ("id", "expires", "tenant")
    SECRET: ClassVar[frozenset[str]] = frozenset(["id"])

    @property
    def id(self) -> str | None:
        """The token itself, for `X-Auth-Token`."""
        return read.text(self.received.get("id"))

    @property
    def expires(self) -> datetime.datetime | None:
        """When it expires."""
        return read.date_time(self.received.get("expires"))

    @property
    def tenant(self) -> Tenant | None:
        """An account."""
        return Tenant.read(self.received.get("tenant"), self.operation)


# Below the class, since objects may hold each other.
from ..models.tenant import Tenant  # noqa: E402
