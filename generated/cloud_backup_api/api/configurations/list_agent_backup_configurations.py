# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from typing import Any
from urllib.parse import quote

import httpx
from cloud_backup.wire.operation import Call, Operation
from cloud_backup.wire.view import rows

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.backup_configuration import BackupConfiguration
from ...models.fault import Fault
from ...types import Response, error_of


def _get_kwargs(machine_agent_id: int) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/backup-configuration/system/{machine_agent_id}".format(
            machine_agent_id=quote(str(machine_agent_id), safe="")
        ),
    }

    return _kwargs


def _read(response: httpx.Response) -> list[BackupConfiguration] | None:
    if response.status_code == 200:
        return rows(BackupConfiguration, response.json(), "listAgentBackupConfigurations")
    return None


OPERATION: Operation[list[BackupConfiguration]] = Operation(
    id="listAgentBackupConfigurations",
    method="GET",
    path="/backup-configuration/system/{machineAgentId}",
    answers="BackupConfiguration",
    is_idempotent=True,
    awaits_agent=False,
    read=_read,
)
"""What the specification says of it."""


def call(machine_agent_id: int) -> Call[list[BackupConfiguration]]:
    """Make a call of it, for a client to send."""
    return Call(
        OPERATION,
        _get_kwargs(machine_agent_id=machine_agent_id),
        {"machine_agent_id": machine_agent_id},
    )


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Fault | list[BackupConfiguration] | None:
    if response.status_code == 200:
        return _read(response)
    if response.status_code in {400, 401, 403, 404, 500, 503}:
        return error_of(Fault, response, "listAgentBackupConfigurations")
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def sync_detailed(
    machine_agent_id: int, *, client: AuthenticatedClient
) -> Response[Fault | list[BackupConfiguration]]:
    """List the backup configurations of an agent.

    Lists an agent's backup configurations.

    Args:
        machine_agent_id (int): The agent's id.

    Returns:
        The response, and what its body says in `parsed`.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    response = client.get_httpx_client().request(**_get_kwargs(machine_agent_id=machine_agent_id))
    return Response.of(response, _parse_response(client=client, response=response))


def sync(
    machine_agent_id: int, *, client: AuthenticatedClient
) -> Fault | list[BackupConfiguration] | None:
    """List the backup configurations of an agent.

    Lists an agent's backup configurations.

    Args:
        machine_agent_id (int): The agent's id.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return sync_detailed(machine_agent_id=machine_agent_id, client=client).parsed


async def asyncio_detailed(
    machine_agent_id: int, *, client: AuthenticatedClient
) -> Response[Fault | list[BackupConfiguration]]:
    """List the backup configurations of an agent.

    Lists an agent's backup configurations.

    Args:
        machine_agent_id (int): The agent's id.

    Returns:
        The response, and what its body says in `parsed`.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    response = await client.get_async_httpx_client().request(
        **_get_kwargs(machine_agent_id=machine_agent_id)
    )
    return Response.of(response, _parse_response(client=client, response=response))


async def asyncio(
    machine_agent_id: int, *, client: AuthenticatedClient
) -> Fault | list[BackupConfiguration] | None:
    """List the backup configurations of an agent.

    Lists an agent's backup configurations.

    Args:
        machine_agent_id (int): The agent's id.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return (await asyncio_detailed(machine_agent_id=machine_agent_id, client=client)).parsed
