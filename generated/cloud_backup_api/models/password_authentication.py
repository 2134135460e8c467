# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import Any, ClassVar

from attrs import define, field
from cloud_backup.wire.request import UNSET, Request, Unset


@define(kw_only=True)
class PasswordAuthentication(Request):
    """A login with a password.

    Attributes:
        password_credentials (PasswordCredentials): A user's name and password.
        tenant_id (str | Unset): The account to log in to, if the user has several.
        additional_properties: The object's other fields, by their names on the wire.

    Raises:
        ValueError: A value is out of its bounds.
    """

    WIRE: ClassVar = {"password_credentials": "passwordCredentials", "tenant_id": "tenantId"}

    password_credentials: PasswordCredentials
    tenant_id: str | Unset = field(default=UNSET)
    additional_properties: dict[str, Any] = field(factory=dict)


# Below the class, since objects may hold each other.
from ..models.password_credentials import PasswordCredentials  # noqa: E402
