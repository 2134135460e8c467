# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from typing import Any
from urllib.parse import quote

import httpx
from cloud_backup.wire.operation import Call, Operation

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.agent import Agent
from ...models.agent_update import AgentUpdate
from ...models.fault import Fault
from ...types import Response, error_of


def _get_kwargs(machine_agent_id: int, *, body: AgentUpdate) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/agent/{machine_agent_id}".format(
            machine_agent_id=quote(str(machine_agent_id), safe="")
        ),
    }

    _kwargs["json"] = body.to_dict()
    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def _read(response: httpx.Response) -> Agent | None:
    if response.status_code == 200:
        return Agent.checked(response.json(), "updateAgent")
    return None


OPERATION: Operation[Agent] = Operation(
    id="updateAgent",
    method="POST",
    path="/agent/{machineAgentId}",
    answers="Agent",
    is_idempotent=True,
    awaits_agent=False,
    read=_read,
)
"""What the specification says of it."""


def call(machine_agent_id: int, *, body: AgentUpdate) -> Call[Agent]:
    """Make a call of it, for a client to send."""
    return Call(
        OPERATION,
        _get_kwargs(machine_agent_id=machine_agent_id, body=body),
        {"machine_agent_id": machine_agent_id},
    )


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Agent | Fault | None:
    if response.status_code == 200:
        return _read(response)
    if response.status_code in {400, 401, 403, 404, 500, 503}:
        return error_of(Fault, response, "updateAgent")
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def sync_detailed(
    machine_agent_id: int, *, client: AuthenticatedClient, body: AgentUpdate
) -> Response[Agent | Fault]:
    """Update where and how an agent backs up.

    Changes the data centre of the agent's backups, or whether they go over ServiceNet,
    Rackspace's internal network.

    It fails if the account has no server in that data centre.

    Args:
        machine_agent_id (int): The agent's id.
        body (AgentUpdate): Where and how an agent backs up.

    Returns:
        The response, and what its body says in `parsed`.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    response = client.get_httpx_client().request(
        **_get_kwargs(machine_agent_id=machine_agent_id, body=body)
    )
    return Response.of(response, _parse_response(client=client, response=response))


def sync(
    machine_agent_id: int, *, client: AuthenticatedClient, body: AgentUpdate
) -> Agent | Fault | None:
    """Update where and how an agent backs up.

    Changes the data centre of the agent's backups, or whether they go over ServiceNet,
    Rackspace's internal network.

    It fails if the account has no server in that data centre.

    Args:
        machine_agent_id (int): The agent's id.
        body (AgentUpdate): Where and how an agent backs up.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return sync_detailed(machine_agent_id=machine_agent_id, client=client, body=body).parsed


async def asyncio_detailed(
    machine_agent_id: int, *, client: AuthenticatedClient, body: AgentUpdate
) -> Response[Agent | Fault]:
    """Update where and how an agent backs up.

    Changes the data centre of the agent's backups, or whether they go over ServiceNet,
    Rackspace's internal network.

    It fails if the account has no server in that data centre.

    Args:
        machine_agent_id (int): The agent's id.
        body (AgentUpdate): Where and how an agent backs up.

    Returns:
        The response, and what its body says in `parsed`.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    response = await client.get_async_httpx_client().request(
        **_get_kwargs(machine_agent_id=machine_agent_id, body=body)
    )
    return Response.of(response, _parse_response(client=client, response=response))


async def asyncio(
    machine_agent_id: int, *, client: AuthenticatedClient, body: AgentUpdate
) -> Agent | Fault | None:
    """Update where and how an agent backs up.

    Changes the data centre of the agent's backups, or whether they go over ServiceNet,
    Rackspace's internal network.

    It fails if the account has no server in that data centre.

    Args:
        machine_agent_id (int): The agent's id.
        body (AgentUpdate): Where and how an agent backs up.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return (
        await asyncio_detailed(machine_agent_id=machine_agent_id, client=client, body=body)
    ).parsed
