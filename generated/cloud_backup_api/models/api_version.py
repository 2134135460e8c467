# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import ClassVar

from cloud_backup.wire import fields as read
from cloud_backup.wire.view import View


class ApiVersion(View):
    """A version of the API."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = ("id", "status", "links")

    @property
    def id(self) -> str | None:
        """The version, as it is in URLs."""
        return read.text(self.received.get("id"))

    @property
    def status(self) -> str | None:
        """Whether to use it; `CURRENT` is the one to use."""
        return read.text(self.received.get("status"))

    @property
    def links(self) -> tuple[VersionLink, ...]:
        """Where it is."""
        return read.array(
            lambda item: VersionLink.read(item, self.operation), self.received.get("links")
        )


# Below the class, since objects may hold each other.
from ..models.version_link import VersionLink  # noqa: E402
