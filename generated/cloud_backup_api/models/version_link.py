# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import ClassVar

from cloud_backup.wire import fields as read
from cloud_backup.wire.view import View


class VersionLink(View):
    """Where a version is."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = ("rel", "href")

    @property
    def rel(self) -> str | None:
        """What the link leads to; `self` is the version."""
        return read.text(self.received.get("rel"))

    @property
    def href(self) -> str | None:
        """The URL."""
        return read.text(self.received.get("href"))
