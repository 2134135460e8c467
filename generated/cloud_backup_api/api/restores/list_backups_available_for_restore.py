# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from typing import Any

import httpx
from cloud_backup.wire.operation import Call, Operation
from cloud_backup.wire.view import rows

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.available_backup import AvailableBackup
from ...models.fault import Fault
from ...types import Response, error_of


def _get_kwargs() -> dict[str, Any]:

    _kwargs: dict[str, Any] = {"method": "get", "url": "/backup/availableforrestore"}

    return _kwargs


def _read(response: httpx.Response) -> list[AvailableBackup] | None:
    if response.status_code == 200:
        return rows(AvailableBackup, response.json(), "listBackupsAvailableForRestore")
    return None


OPERATION: Operation[list[AvailableBackup]] = Operation(
    id="listBackupsAvailableForRestore",
    method="GET",
    path="/backup/availableforrestore",
    answers="AvailableBackup",
    is_idempotent=True,
    awaits_agent=False,
    read=_read,
)
"""What the specification says of it."""


def call() -> Call[list[AvailableBackup]]:
    """Make a call of it, for a client to send."""
    return Call(OPERATION, _get_kwargs(), {})


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Fault | list[AvailableBackup] | None:
    if response.status_code == 200:
        return _read(response)
    if response.status_code in {400, 401, 403, 404, 500, 503}:
        return error_of(Fault, response, "listBackupsAvailableForRestore")
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def sync_detailed(*, client: AuthenticatedClient) -> Response[Fault | list[AvailableBackup]]:
    """List what can be restored.

    Lists the backup configurations that have something to restore: they have completed at least
    once, aren't deleted, and not all of their backups have expired. Start a restore here, then
    choose one of the configuration's backups with `listCompletedBackups`.

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


def sync(*, client: AuthenticatedClient) -> Fault | list[AvailableBackup] | None:
    """List what can be restored.

    Lists the backup configurations that have something to restore: they have completed at least
    once, aren't deleted, and not all of their backups have expired. Start a restore here, then
    choose one of the configuration's backups with `listCompletedBackups`.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return sync_detailed(client=client).parsed


async def asyncio_detailed(
    *, client: AuthenticatedClient
) -> Response[Fault | list[AvailableBackup]]:
    """List what can be restored.

    Lists the backup configurations that have something to restore: they have completed at least
    once, aren't deleted, and not all of their backups have expired. Start a restore here, then
    choose one of the configuration's backups with `listCompletedBackups`.

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


async def asyncio(*, client: AuthenticatedClient) -> Fault | list[AvailableBackup] | None:
    """List what can be restored.

    Lists the backup configurations that have something to restore: they have completed at least
    once, aren't deleted, and not all of their backups have expired. Start a restore here, then
    choose one of the configuration's backups with `listCompletedBackups`.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return (await asyncio_detailed(client=client)).parsed
