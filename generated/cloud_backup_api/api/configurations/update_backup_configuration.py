# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from typing import Any
from urllib.parse import quote

import httpx
from cloud_backup.wire.operation import Call, Operation

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.backup_configuration_update import BackupConfigurationUpdate
from ...models.fault import Fault
from ...types import Response, error_of


def _get_kwargs(backup_configuration_id: int, *, body: BackupConfigurationUpdate) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/backup-configuration/{backup_configuration_id}".format(
            backup_configuration_id=quote(str(backup_configuration_id), safe="")
        ),
    }

    _kwargs["json"] = body.to_dict()
    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def _read(response: httpx.Response) -> None:
    return None


OPERATION: Operation[None] = Operation(
    id="updateBackupConfiguration",
    method="PUT",
    path="/backup-configuration/{backupConfigurationId}",
    answers=None,
    is_idempotent=True,
    awaits_agent=False,
    read=_read,
)
"""What the specification says of it."""


def call(backup_configuration_id: int, *, body: BackupConfigurationUpdate) -> Call[None]:
    """Make a call of it, for a client to send."""
    return Call(
        OPERATION, _get_kwargs(backup_configuration_id=backup_configuration_id, body=body), {}
    )


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Fault | None:
    if response.status_code == 200:
        return _read(response)
    if response.status_code in {400, 401, 403, 404, 500, 503}:
        return error_of(Fault, response, "updateBackupConfiguration")
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def sync_detailed(
    backup_configuration_id: int, *, client: AuthenticatedClient, body: BackupConfigurationUpdate
) -> Response[Fault]:
    """Replace a backup configuration.

    Replaces all of a backup configuration, including inclusions and exclusions. Its backups are
    kept.

    The start time in answers is in UTC, but in requests it is in `TimeZoneId`. Convert it
    before you send it back, or the schedule shifts.

    There is no body in the answer; use `getBackupConfiguration` for the result.

    Args:
        backup_configuration_id (int): The backup configuration's id.
        body (BackupConfigurationUpdate): The replacement of a backup configuration.

    Returns:
        The response, and what its body says in `parsed`.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    response = client.get_httpx_client().request(
        **_get_kwargs(backup_configuration_id=backup_configuration_id, body=body)
    )
    return Response.of(response, _parse_response(client=client, response=response))


def sync(
    backup_configuration_id: int, *, client: AuthenticatedClient, body: BackupConfigurationUpdate
) -> Fault | None:
    """Replace a backup configuration.

    Replaces all of a backup configuration, including inclusions and exclusions. Its backups are
    kept.

    The start time in answers is in UTC, but in requests it is in `TimeZoneId`. Convert it
    before you send it back, or the schedule shifts.

    There is no body in the answer; use `getBackupConfiguration` for the result.

    Args:
        backup_configuration_id (int): The backup configuration's id.
        body (BackupConfigurationUpdate): The replacement of a backup configuration.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return sync_detailed(
        backup_configuration_id=backup_configuration_id, client=client, body=body
    ).parsed


async def asyncio_detailed(
    backup_configuration_id: int, *, client: AuthenticatedClient, body: BackupConfigurationUpdate
) -> Response[Fault]:
    """Replace a backup configuration.

    Replaces all of a backup configuration, including inclusions and exclusions. Its backups are
    kept.

    The start time in answers is in UTC, but in requests it is in `TimeZoneId`. Convert it
    before you send it back, or the schedule shifts.

    There is no body in the answer; use `getBackupConfiguration` for the result.

    Args:
        backup_configuration_id (int): The backup configuration's id.
        body (BackupConfigurationUpdate): The replacement of a backup configuration.

    Returns:
        The response, and what its body says in `parsed`.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    response = await client.get_async_httpx_client().request(
        **_get_kwargs(backup_configuration_id=backup_configuration_id, body=body)
    )
    return Response.of(response, _parse_response(client=client, response=response))


async def asyncio(
    backup_configuration_id: int, *, client: AuthenticatedClient, body: BackupConfigurationUpdate
) -> Fault | None:
    """Replace a backup configuration.

    Replaces all of a backup configuration, including inclusions and exclusions. Its backups are
    kept.

    The start time in answers is in UTC, but in requests it is in `TimeZoneId`. Convert it
    before you send it back, or the schedule shifts.

    There is no body in the answer; use `getBackupConfiguration` for the result.

    Args:
        backup_configuration_id (int): The backup configuration's id.
        body (BackupConfigurationUpdate): The replacement of a backup configuration.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return (
        await asyncio_detailed(
            backup_configuration_id=backup_configuration_id, client=client, body=body
        )
    ).parsed
