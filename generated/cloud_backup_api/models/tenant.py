# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import ClassVar

from cloud_backup.wire import fields as read
from cloud_backup.wire.view import View


class Tenant(View):
    """An account."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = ("id", "name")

    @property
    def id(self) -> str | None:
        """Its number."""
        return read.text(self.received.get("id"))

    @property
    def name(self) -> str | None:
        """Its name."""
        return read.text(self.received.get("name"))
