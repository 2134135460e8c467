# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from typing import Any
from urllib.parse import quote

import httpx
from cloud_backup.wire.operation import Call, Operation

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.fault import Fault
from ...types import Response, error_of


def _get_kwargs(backup_configuration_id: int) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/backup-configuration/{backup_configuration_id}".format(
            backup_configuration_id=quote(str(backup_configuration_id), safe="")
        ),
    }

    return _kwargs


def _read(response: httpx.Response) -> None:
    return None


OPERATION: Operation[None] = Operation(
    id="deleteBackupConfiguration",
    method="DELETE",
    path="/backup-configuration/{backupConfigurationId}",
    answers=None,
    is_idempotent=False,
    awaits_agent=False,
    read=_read,
)
"""What the specification says of it."""


def call(backup_configuration_id: int) -> Call[None]:
    """Make a call of it, for a client to send."""
    return Call(OPERATION, _get_kwargs(backup_configuration_id=backup_configuration_id), {})


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Fault | None:
    if response.status_code == 200:
        return _read(response)
    if response.status_code in {400, 401, 403, 404, 500, 503}:
        return error_of(Fault, response, "deleteBackupConfiguration")
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def sync_detailed(backup_configuration_id: int, *, client: AuthenticatedClient) -> Response[Fault]:
    """Delete a backup configuration.

    Deletes a backup configuration: it no longer runs, and **its backups can no longer be
    restored**. To pause it, use `setBackupConfigurationEnabled`.

    Requires a role that may delete.

    Args:
        backup_configuration_id (int): The backup configuration's id.

    Returns:
        The response, and what its body says in `parsed`.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    response = client.get_httpx_client().request(
        **_get_kwargs(backup_configuration_id=backup_configuration_id)
    )
    return Response.of(response, _parse_response(client=client, response=response))


def sync(backup_configuration_id: int, *, client: AuthenticatedClient) -> Fault | None:
    """Delete a backup configuration.

    Deletes a backup configuration: it no longer runs, and **its backups can no longer be
    restored**. To pause it, use `setBackupConfigurationEnabled`.

    Requires a role that may delete.

    Args:
        backup_configuration_id (int): The backup configuration's id.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return sync_detailed(backup_configuration_id=backup_configuration_id, client=client).parsed


async def asyncio_detailed(
    backup_configuration_id: int, *, client: AuthenticatedClient
) -> Response[Fault]:
    """Delete a backup configuration.

    Deletes a backup configuration: it no longer runs, and **its backups can no longer be
    restored**. To pause it, use `setBackupConfigurationEnabled`.

    Requires a role that may delete.

    Args:
        backup_configuration_id (int): The backup configuration's id.

    Returns:
        The response, and what its body says in `parsed`.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    response = await client.get_async_httpx_client().request(
        **_get_kwargs(backup_configuration_id=backup_configuration_id)
    )
    return Response.of(response, _parse_response(client=client, response=response))


async def asyncio(backup_configuration_id: int, *, client: AuthenticatedClient) -> Fault | None:
    """Delete a backup configuration.

    Deletes a backup configuration: it no longer runs, and **its backups can no longer be
    restored**. To pause it, use `setBackupConfigurationEnabled`.

    Requires a role that may delete.

    Args:
        backup_configuration_id (int): The backup configuration's id.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return (
        await asyncio_detailed(backup_configuration_id=backup_configuration_id, client=client)
    ).parsed
