# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import ClassVar

from cloud_backup.wire.view import View


class AuthenticationResponse(View):
    """The answer to a login."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = ("access",)

    @property
    def access(self) -> Access | None:
        """A token, its services and its user."""
        return Access.read(self.received.get("access"), self.operation)


# Below the class, since objects may hold each other.
from ..models.access import Access  # noqa: E402
