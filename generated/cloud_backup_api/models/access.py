# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import ClassVar

from cloud_backup.wire import fields as read
from cloud_backup.wire.view import View


class Access(View):
    """A token, its services and its user."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = ("token", "service_catalog", "user")

    @property
    def token(self) -> Token | None:
        """A token."""
        return Token.read(self.received.get("token"), self.operation)

    @property
    def service_catalog(self) -> tuple[CatalogService, ...]:
        """The services that accept the token."""
        return read.array(
            lambda item: CatalogService.read(item, self.operation),
            self.received.get("serviceCatalog"),
        )

    @property
    def user(self) -> User | None:
        """A user."""
        return User.read(self.received.get("user"), self.operation)


# Below the class, since objects may hold each other.
from ..models.catalog_service import CatalogService  # noqa: E402
from ..models.token import Token  # noqa: E402
from ..models.user import User  # noqa: E402
