# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import ClassVar

from cloud_backup.wire import fields as read
from cloud_backup.wire.view import View


class Role(View):
    """A role that a user has."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = ("id", "name", "description")

    @property
    def id(self) -> str | None:
        """Its id."""
        return read.text(self.received.get("id"))

    @property
    def name(self) -> str | None:
        """Its name, such as `cloudbackup:observer`."""
        return read.text(self.received.get("name"))

    @property
    def description(self) -> str | None:
        """What it is for."""
        return read.text(self.received.get("description"))
