# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

"""Types that the endpoints share."""

import json
from http import HTTPStatus
from typing import Generic, Self, TypeVar
from uuid import UUID

import httpx
from attrs import define, field
from cloud_backup.wire.fields import uuid
from cloud_backup.wire.request import UNSET, Unset
from cloud_backup.wire.view import View

T = TypeVar("T")
V = TypeVar("V", bound=View)

_STATUSES = frozenset(HTTPStatus)


@define(kw_only=True)
class Response(Generic[T]):
    """A response from an endpoint.

    Attributes:
        status_code: The status, as an `http.HTTPStatus` if that has it.
        content: The body's bytes.
        headers: The headers.
        parsed: The body, decoded; None if there is none, or if that of an error isn't as documented.
        http_response: The response as httpx gave it.
    """

    status_code: int
    content: bytes = field(repr=False)
    headers: httpx.Headers = field(repr=False)
    parsed: T | None
    http_response: httpx.Response = field(repr=False, eq=False)

    @classmethod
    def of(cls, response: httpx.Response, parsed: T | None) -> Self:
        """Wrap a response of httpx.

        Args:
            response: The response, its body read.
            parsed: The body, decoded.
        """
        status = response.status_code
        return cls(
            status_code=HTTPStatus(status) if status in _STATUSES else status,
            content=response.content,
            headers=response.headers,
            parsed=parsed,
            http_response=response,
        )


def error_of(kind: type[V], response: httpx.Response, operation: str) -> V | None:
    """The object in the body of an error; None if the body is anything else."""
    try:
        body = response.json()
    except ValueError:  # a proxy's page of HTML, say
        return None
    return kind.checked(body, operation) if isinstance(body, dict) else None


def decode_uuid_body(response: httpx.Response) -> UUID | None:
    """The UUID in a body: a string of JSON, or the bare text."""
    try:
        body = response.json()
    except json.JSONDecodeError as error:
        try:
            return UUID(response.text.strip())
        except ValueError:
            raise error from None
    return uuid(body)


__all__ = ["UNSET", "Response", "Unset"]
