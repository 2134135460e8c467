# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import Any, ClassVar

from attrs import define, field
from cloud_backup.wire.request import Request


@define(kw_only=True)
class AuthenticationRequest(Request):
    """A login.

    Attributes:
        auth (ApiKeyAuthentication | PasswordAuthentication): A login with an API key or with a
            password.
        additional_properties: The object's other fields, by their names on the wire.

    Raises:
        ValueError: A value is out of its bounds.
    """

    WIRE: ClassVar = {"auth": "auth"}

    auth: ApiKeyAuthentication | PasswordAuthentication
    additional_properties: dict[str, Any] = field(factory=dict)


# Below the class, since objects may hold each other.
from ..models.api_key_authentication import ApiKeyAuthentication  # noqa: E402
from ..models.password_authentication import PasswordAuthentication  # noqa: E402
