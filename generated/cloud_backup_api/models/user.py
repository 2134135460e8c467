# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import ClassVar

from cloud_backup.wire import fields as read
from cloud_backup.wire.view import View


class User(View):
    """A user."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = ("id", "name", "roles", "rax_aut_hdefault_region")

    @property
    def id(self) -> str | None:
        """The user's id."""
        return read.text(self.received.get("id"))

    @property
    def name(self) -> str | None:
        """The user's name."""
        return read.text(self.received.get("name"))

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that the user has."""
        return read.array(lambda item: Role.read(item, self.operation), self.received.get("roles"))

    @property
    def rax_aut_hdefault_region(self) -> str | None:
        """The region to use if none is chosen."""
        return read.text(self.received.get("RAX-AUTH:defaultRegion"))


# Below the class, since objects may hold each other.
from ..models.role import Role  # noqa: E402
