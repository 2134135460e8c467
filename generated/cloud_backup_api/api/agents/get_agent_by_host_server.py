# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx
from cloud_backup.wire.operation import Call, Operation

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.agent import Agent
from ...models.fault import Fault
from ...types import Response, error_of


def _get_kwargs(host_server_id: UUID) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/agent/server/{host_server_id}".format(
            host_server_id=quote(str(host_server_id), safe="")
        ),
    }

    return _kwargs


def _read(response: httpx.Response) -> Agent | None:
    if response.status_code == 200:
        return Agent.checked(response.json(), "getAgentByHostServer")
    return None


OPERATION: Operation[Agent] = Operation(
    id="getAgentByHostServer",
    method="GET",
    path="/agent/server/{hostServerId}",
    answers="Agent",
    is_idempotent=True,
    awaits_agent=False,
    read=_read,
)
"""What the specification says of it."""


def call(host_server_id: UUID) -> Call[Agent]:
    """Make a call of it, for a client to send."""
    return Call(
        OPERATION, _get_kwargs(host_server_id=host_server_id), {"host_server_id": host_server_id}
    )


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Agent | Fault | None:
    if response.status_code == 200:
        return _read(response)
    if response.status_code in {400, 401, 403, 404, 500, 503}:
        return error_of(Fault, response, "getAgentByHostServer")
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def sync_detailed(host_server_id: UUID, *, client: AuthenticatedClient) -> Response[Agent | Fault]:
    """Get the agent of a server.

    Returns everything about the agent that runs on a Cloud Server.

    Args:
        host_server_id (UUID): The Cloud Server's id.

    Returns:
        The response, and what its body says in `parsed`.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    response = client.get_httpx_client().request(**_get_kwargs(host_server_id=host_server_id))
    return Response.of(response, _parse_response(client=client, response=response))


def sync(host_server_id: UUID, *, client: AuthenticatedClient) -> Agent | Fault | None:
    """Get the agent of a server.

    Returns everything about the agent that runs on a Cloud Server.

    Args:
        host_server_id (UUID): The Cloud Server's id.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return sync_detailed(host_server_id=host_server_id, client=client).parsed


async def asyncio_detailed(
    host_server_id: UUID, *, client: AuthenticatedClient
) -> Response[Agent | Fault]:
    """Get the agent of a server.

    Returns everything about the agent that runs on a Cloud Server.

    Args:
        host_server_id (UUID): The Cloud Server's id.

    Returns:
        The response, and what its body says in `parsed`.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    response = await client.get_async_httpx_client().request(
        **_get_kwargs(host_server_id=host_server_id)
    )
    return Response.of(response, _parse_response(client=client, response=response))


async def asyncio(host_server_id: UUID, *, client: AuthenticatedClient) -> Agent | Fault | None:
    """Get the agent of a server.

    Returns everything about the agent that runs on a Cloud Server.

    Args:
        host_server_id (UUID): The Cloud Server's id.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return (await asyncio_detailed(host_server_id=host_server_id, client=client)).parsed
