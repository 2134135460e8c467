# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from typing import Any
from urllib.parse import quote

import httpx
from cloud_backup.wire.operation import Call, Operation

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.fault import Fault
from ...types import Response, error_of


def _get_kwargs(restore_id: int) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/restore/files/{restore_id}".format(restore_id=quote(str(restore_id), safe="")),
    }

    return _kwargs


def _read(response: httpx.Response) -> None:
    return None


OPERATION: Operation[None] = Operation(
    id="deleteRestoreFile",
    method="DELETE",
    path="/restore/files/{restoreId}",
    answers=None,
    is_idempotent=False,
    awaits_agent=False,
    read=_read,
)
"""What the specification says of it."""


def call(restore_id: int) -> Call[None]:
    """Make a call of it, for a client to send."""
    return Call(OPERATION, _get_kwargs(restore_id=restore_id), {})


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Fault | None:
    if response.status_code == 204:
        return _read(response)
    if response.status_code in {400, 401, 403, 404, 500, 503}:
        return error_of(Fault, response, "deleteRestoreFile")
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def sync_detailed(restore_id: int, *, client: AuthenticatedClient) -> Response[Fault]:
    """Delete what a restore includes and excludes.

    Deletes the inclusions and exclusions of a restore. The reference titles this operation
    "Delete a restore configuration" and says that it deletes one file, but its id is the
    restore's.

    Requires a role that may delete.

    Args:
        restore_id (int): The restore's id.

    Returns:
        The response, and what its body says in `parsed`.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    response = client.get_httpx_client().request(**_get_kwargs(restore_id=restore_id))
    return Response.of(response, _parse_response(client=client, response=response))


def sync(restore_id: int, *, client: AuthenticatedClient) -> Fault | None:
    """Delete what a restore includes and excludes.

    Deletes the inclusions and exclusions of a restore. The reference titles this operation
    "Delete a restore configuration" and says that it deletes one file, but its id is the
    restore's.

    Requires a role that may delete.

    Args:
        restore_id (int): The restore's id.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return sync_detailed(restore_id=restore_id, client=client).parsed


async def asyncio_detailed(restore_id: int, *, client: AuthenticatedClient) -> Response[Fault]:
    """Delete what a restore includes and excludes.

    Deletes the inclusions and exclusions of a restore. The reference titles this operation
    "Delete a restore configuration" and says that it deletes one file, but its id is the
    restore's.

    Requires a role that may delete.

    Args:
        restore_id (int): The restore's id.

    Returns:
        The response, and what its body says in `parsed`.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    response = await client.get_async_httpx_client().request(**_get_kwargs(restore_id=restore_id))
    return Response.of(response, _parse_response(client=client, response=response))


async def asyncio(restore_id: int, *, client: AuthenticatedClient) -> Fault | None:
    """Delete what a restore includes and excludes.

    Deletes the inclusions and exclusions of a restore. The reference titles this operation
    "Delete a restore configuration" and says that it deletes one file, but its id is the
    restore's.

    Requires a role that may delete.

    Args:
        restore_id (int): The restore's id.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return (await asyncio_detailed(restore_id=restore_id, client=client)).parsed
