# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import ClassVar

from cloud_backup.wire import fields as read
from cloud_backup.wire.view import View


class Fault(View):
    """What went wrong."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = ("code", "message")

    @property
    def code(self) -> int | None:
        """The status code of the answer."""
        return read.integer(self.received.get("code"))

    @property
    def message(self) -> str | None:
        """What went wrong, in words."""
        return read.text(self.received.get("message"))
