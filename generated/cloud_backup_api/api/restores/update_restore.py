# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from typing import Any

import httpx
from cloud_backup.wire.operation import Call, Operation

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.fault import Fault
from ...models.restore_update import RestoreUpdate
from ...types import Response, error_of


def _get_kwargs(*, body: RestoreUpdate) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {"method": "post", "url": "/restore"}

    _kwargs["json"] = body.to_dict()
    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def _read(response: httpx.Response) -> None:
    return None


OPERATION: Operation[None] = Operation(
    id="updateRestore",
    method="POST",
    path="/restore",
    answers=None,
    is_idempotent=True,
    awaits_agent=False,
    read=_read,
)
"""What the specification says of it."""


def call(*, body: RestoreUpdate) -> Call[None]:
    """Make a call of it, for a client to send."""
    return Call(OPERATION, _get_kwargs(body=body), {})


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Fault | None:
    if response.status_code == 204:
        return _read(response)
    if response.status_code in {400, 401, 403, 404, 500, 503}:
        return error_of(Fault, response, "updateRestore")
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def sync_detailed(*, client: AuthenticatedClient, body: RestoreUpdate) -> Response[Fault]:
    """Update a restore.

    Changes a restore in the state Creating, which hasn't been started. Send all of it, as
    `createRestore` or `getRestore` returned it, with your changes.

    **With `OverwriteFiles` true, files at the destination are overwritten without asking.**

    Args:
        body (RestoreUpdate): The changed form of a restore that hasn't been started.

    Returns:
        The response, and what its body says in `parsed`.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    response = client.get_httpx_client().request(**_get_kwargs(body=body))
    return Response.of(response, _parse_response(client=client, response=response))


def sync(*, client: AuthenticatedClient, body: RestoreUpdate) -> Fault | None:
    """Update a restore.

    Changes a restore in the state Creating, which hasn't been started. Send all of it, as
    `createRestore` or `getRestore` returned it, with your changes.

    **With `OverwriteFiles` true, files at the destination are overwritten without asking.**

    Args:
        body (RestoreUpdate): The changed form of a restore that hasn't been started.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(*, client: AuthenticatedClient, body: RestoreUpdate) -> Response[Fault]:
    """Update a restore.

    Changes a restore in the state Creating, which hasn't been started. Send all of it, as
    `createRestore` or `getRestore` returned it, with your changes.

    **With `OverwriteFiles` true, files at the destination are overwritten without asking.**

    Args:
        body (RestoreUpdate): The changed form of a restore that hasn't been started.

    Returns:
        The response, and what its body says in `parsed`.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    response = await client.get_async_httpx_client().request(**_get_kwargs(body=body))
    return Response.of(response, _parse_response(client=client, response=response))


async def asyncio(*, client: AuthenticatedClient, body: RestoreUpdate) -> Fault | None:
    """Update a restore.

    Changes a restore in the state Creating, which hasn't been started. Send all of it, as
    `createRestore` or `getRestore` returned it, with your changes.

    **With `OverwriteFiles` true, files at the destination are overwritten without asking.**

    Args:
        body (RestoreUpdate): The changed form of a restore that hasn't been started.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return (await asyncio_detailed(client=client, body=body)).parsed
