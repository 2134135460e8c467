# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from typing import Any

import httpx
from cloud_backup.wire.operation import Call, Operation, exactly

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.backup_action import BackupAction
from ...models.fault import Fault
from ...types import Response, error_of


def _get_kwargs(*, body: BackupAction) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {"method": "post", "url": "/backup/action-requested"}

    _kwargs["json"] = body.to_dict()
    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def _read(response: httpx.Response) -> int | None:
    if response.status_code == 200:
        return exactly(int, response.json(), "requestBackupAction")
    return None


OPERATION: Operation[int | None] = Operation(
    id="requestBackupAction",
    method="POST",
    path="/backup/action-requested",
    answers=None,
    is_idempotent=False,
    awaits_agent=True,
    read=_read,
)
"""What the specification says of it."""


def call(*, body: BackupAction) -> Call[int | None]:
    """Make a call of it, for a client to send."""
    return Call(OPERATION, _get_kwargs(body=body), {})


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Fault | int | None:
    if response.status_code == 200 or response.status_code == 204:
        return _read(response)
    if response.status_code in {400, 401, 403, 404, 500, 503}:
        return error_of(Fault, response, "requestBackupAction")
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def sync_detailed(*, client: AuthenticatedClient, body: BackupAction) -> Response[Fault | int]:
    """Start or stop a backup.

    `StartManual` starts a backup now, whatever the schedule says. `Id` is the **backup
    configuration's**, and the answer is the new backup's id, a bare number.

    `StopManual` stops a running backup. `Id` is the **backup's**, and the answer is empty.

    To start, the agent must be online: wake it first (`wakeAgents`). A 403 may only mean that
    it isn't ready yet: retry for about 20 seconds. The answer means that the request was
    accepted, not that the work is done: poll `CurrentState` with `getBackup`.

    Args:
        body (BackupAction): The start or stop of a backup.

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


def sync(*, client: AuthenticatedClient, body: BackupAction) -> Fault | int | None:
    """Start or stop a backup.

    `StartManual` starts a backup now, whatever the schedule says. `Id` is the **backup
    configuration's**, and the answer is the new backup's id, a bare number.

    `StopManual` stops a running backup. `Id` is the **backup's**, and the answer is empty.

    To start, the agent must be online: wake it first (`wakeAgents`). A 403 may only mean that
    it isn't ready yet: retry for about 20 seconds. The answer means that the request was
    accepted, not that the work is done: poll `CurrentState` with `getBackup`.

    Args:
        body (BackupAction): The start or stop of a backup.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(
    *, client: AuthenticatedClient, body: BackupAction
) -> Response[Fault | int]:
    """Start or stop a backup.

    `StartManual` starts a backup now, whatever the schedule says. `Id` is the **backup
    configuration's**, and the answer is the new backup's id, a bare number.

    `StopManual` stops a running backup. `Id` is the **backup's**, and the answer is empty.

    To start, the agent must be online: wake it first (`wakeAgents`). A 403 may only mean that
    it isn't ready yet: retry for about 20 seconds. The answer means that the request was
    accepted, not that the work is done: poll `CurrentState` with `getBackup`.

    Args:
        body (BackupAction): The start or stop of a backup.

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


async def asyncio(*, client: AuthenticatedClient, body: BackupAction) -> Fault | int | None:
    """Start or stop a backup.

    `StartManual` starts a backup now, whatever the schedule says. `Id` is the **backup
    configuration's**, and the answer is the new backup's id, a bare number.

    `StopManual` stops a running backup. `Id` is the **backup's**, and the answer is empty.

    To start, the agent must be online: wake it first (`wakeAgents`). A 403 may only mean that
    it isn't ready yet: retry for about 20 seconds. The answer means that the request was
    accepted, not that the work is done: poll `CurrentState` with `getBackup`.

    Args:
        body (BackupAction): The start or stop of a backup.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return (await asyncio_detailed(client=client, body=body)).parsed
