# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from typing import Any
from urllib.parse import quote

import httpx
from cloud_backup.wire.operation import Call, Operation

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.fault import Fault
from ...models.restore import Restore
from ...types import Response, error_of


def _get_kwargs(restore_id: int) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/restore/{restore_id}".format(restore_id=quote(str(restore_id), safe="")),
    }

    return _kwargs


def _read(response: httpx.Response) -> Restore | None:
    if response.status_code == 200:
        return Restore.checked(response.json(), "getRestore")
    return None


OPERATION: Operation[Restore] = Operation(
    id="getRestore",
    method="GET",
    path="/restore/{restoreId}",
    answers="Restore",
    is_idempotent=True,
    awaits_agent=False,
    read=_read,
)
"""What the specification says of it."""


def call(restore_id: int) -> Call[Restore]:
    """Make a call of it, for a client to send."""
    return Call(OPERATION, _get_kwargs(restore_id=restore_id), {"restore_id": restore_id})


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Fault | Restore | None:
    if response.status_code == 200:
        return _read(response)
    if response.status_code in {400, 401, 403, 404, 500, 503}:
        return error_of(Fault, response, "getRestore")
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def sync_detailed(restore_id: int, *, client: AuthenticatedClient) -> Response[Fault | Restore]:
    """Get a restore.

    Returns a restore, most importantly its state. While it runs, poll every 5 to 60 seconds. It
    is finished when `RestoreStateId` is 3 (Completed), 8 (CompletedWithErrors), 4 (Stopped) or
    5 (Failed). `listRestoreFiles` returns its inclusions and exclusions.

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


def sync(restore_id: int, *, client: AuthenticatedClient) -> Fault | Restore | None:
    """Get a restore.

    Returns a restore, most importantly its state. While it runs, poll every 5 to 60 seconds. It
    is finished when `RestoreStateId` is 3 (Completed), 8 (CompletedWithErrors), 4 (Stopped) or
    5 (Failed). `listRestoreFiles` returns its inclusions and exclusions.

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


async def asyncio_detailed(
    restore_id: int, *, client: AuthenticatedClient
) -> Response[Fault | Restore]:
    """Get a restore.

    Returns a restore, most importantly its state. While it runs, poll every 5 to 60 seconds. It
    is finished when `RestoreStateId` is 3 (Completed), 8 (CompletedWithErrors), 4 (Stopped) or
    5 (Failed). `listRestoreFiles` returns its inclusions and exclusions.

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


async def asyncio(restore_id: int, *, client: AuthenticatedClient) -> Fault | Restore | None:
    """Get a restore.

    Returns a restore, most importantly its state. While it runs, poll every 5 to 60 seconds. It
    is finished when `RestoreStateId` is 3 (Completed), 8 (CompletedWithErrors), 4 (Stopped) or
    5 (Failed). `listRestoreFiles` returns its inclusions and exclusions.

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
