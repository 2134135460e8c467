# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from typing import Any
from urllib.parse import quote

import httpx
from cloud_backup.wire.operation import Call, Operation

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.backup import Backup
from ...models.fault import Fault
from ...types import Response, error_of


def _get_kwargs(backup_id: int) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/backup/{backup_id}".format(backup_id=quote(str(backup_id), safe="")),
    }

    return _kwargs


def _read(response: httpx.Response) -> Backup | None:
    if response.status_code == 200:
        return Backup.checked(response.json(), "getBackup")
    return None


OPERATION: Operation[Backup] = Operation(
    id="getBackup",
    method="GET",
    path="/backup/{backupId}",
    answers="Backup",
    is_idempotent=True,
    awaits_agent=False,
    read=_read,
)
"""What the specification says of it."""


def call(backup_id: int) -> Call[Backup]:
    """Make a call of it, for a client to send."""
    return Call(OPERATION, _get_kwargs(backup_id=backup_id), {"backup_id": backup_id})


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Backup | Fault | None:
    if response.status_code == 200:
        return _read(response)
    if response.status_code in {400, 401, 403, 404, 500, 503}:
        return error_of(Fault, response, "getBackup")
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def sync_detailed(backup_id: int, *, client: AuthenticatedClient) -> Response[Backup | Fault]:
    """Get a backup.

    Returns a backup, most importantly its state. While it runs, poll every 5 to 60 seconds. It
    is finished when its state is `Completed`, `CompletedWithErrors`, `Stopped`, `Skipped`,
    `Failed` or `Missed`.

    Args:
        backup_id (int): The backup's id; its report has the same id.

    Returns:
        The response, and what its body says in `parsed`.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    response = client.get_httpx_client().request(**_get_kwargs(backup_id=backup_id))
    return Response.of(response, _parse_response(client=client, response=response))


def sync(backup_id: int, *, client: AuthenticatedClient) -> Backup | Fault | None:
    """Get a backup.

    Returns a backup, most importantly its state. While it runs, poll every 5 to 60 seconds. It
    is finished when its state is `Completed`, `CompletedWithErrors`, `Stopped`, `Skipped`,
    `Failed` or `Missed`.

    Args:
        backup_id (int): The backup's id; its report has the same id.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return sync_detailed(backup_id=backup_id, client=client).parsed


async def asyncio_detailed(
    backup_id: int, *, client: AuthenticatedClient
) -> Response[Backup | Fault]:
    """Get a backup.

    Returns a backup, most importantly its state. While it runs, poll every 5 to 60 seconds. It
    is finished when its state is `Completed`, `CompletedWithErrors`, `Stopped`, `Skipped`,
    `Failed` or `Missed`.

    Args:
        backup_id (int): The backup's id; its report has the same id.

    Returns:
        The response, and what its body says in `parsed`.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    response = await client.get_async_httpx_client().request(**_get_kwargs(backup_id=backup_id))
    return Response.of(response, _parse_response(client=client, response=response))


async def asyncio(backup_id: int, *, client: AuthenticatedClient) -> Backup | Fault | None:
    """Get a backup.

    Returns a backup, most importantly its state. While it runs, poll every 5 to 60 seconds. It
    is finished when its state is `Completed`, `CompletedWithErrors`, `Stopped`, `Skipped`,
    `Failed` or `Missed`.

    Args:
        backup_id (int): The backup's id; its report has the same id.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return (await asyncio_detailed(backup_id=backup_id, client=client)).parsed
