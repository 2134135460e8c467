# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from typing import Any

import httpx
from cloud_backup.wire.operation import Call, Operation

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.fault import Fault
from ...models.versions import Versions
from ...types import Response, error_of


def _get_kwargs() -> dict[str, Any]:

    _kwargs: dict[str, Any] = {"method": "get", "url": "/"}

    return _kwargs


def _read(response: httpx.Response) -> Versions | None:
    if response.status_code in {200, 203}:
        return Versions.checked(response.json(), "listVersions")
    return None


OPERATION: Operation[Versions] = Operation(
    id="listVersions",
    method="GET",
    path="/",
    answers="Versions",
    is_idempotent=True,
    awaits_agent=False,
    read=_read,
)
"""What the specification says of it."""


def call() -> Call[Versions]:
    """Make a call of it, for a client to send."""
    return Call(OPERATION, _get_kwargs(), {})


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Fault | Versions | None:
    if response.status_code in {200, 203}:
        return _read(response)
    if response.status_code in {400, 413, 500, 503}:
        return error_of(Fault, response, "listVersions")
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def sync_detailed(*, client: AuthenticatedClient | Client) -> Response[Fault | Versions]:
    """List the versions of the API.

    Lists the versions of the API on offer. Needs no token.

    Returns:
        The response, and what its body says in `parsed`.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    response = client.get_httpx_client().request(**_get_kwargs())
    return Response.of(response, _parse_response(client=client, response=response))


def sync(*, client: AuthenticatedClient | Client) -> Fault | Versions | None:
    """List the versions of the API.

    Lists the versions of the API on offer. Needs no token.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return sync_detailed(client=client).parsed


async def asyncio_detailed(*, client: AuthenticatedClient | Client) -> Response[Fault | Versions]:
    """List the versions of the API.

    Lists the versions of the API on offer. Needs no token.

    Returns:
        The response, and what its body says in `parsed`.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    response = await client.get_async_httpx_client().request(**_get_kwargs())
    return Response.of(response, _parse_response(client=client, response=response))


async def asyncio(*, client: AuthenticatedClient | Client) -> Fault | Versions | None:
    """List the versions of the API.

    Lists the versions of the API on offer. Needs no token.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return (await asyncio_detailed(client=client)).parsed
