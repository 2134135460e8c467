# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import Any, ClassVar

from attrs import define, field
from cloud_backup.wire.request import Request, bounds


@define(kw_only=True)
class ApiKeyCredentials(Request):
    """A user's name and API key.

    Attributes:
        username (str): The user's name.
        api_key (str): The user's API key.
        additional_properties: The object's other fields, by their names on the wire.

    Raises:
        ValueError: A value is out of its bounds.
    """

    WIRE: ClassVar = {"username": "username", "api_key": "apiKey"}

    username: str = field(validator=bounds(min_length=1))
    api_key: str = field(repr=False, validator=bounds(min_length=1))
    additional_properties: dict[str, Any] = field(factory=dict)
