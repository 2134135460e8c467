# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from typing import Any
from uuid import UUID

import httpx
from cloud_backup.wire.operation import Call, Operation

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.agent_encryption_change import AgentEncryptionChange
from ...models.fault import Fault
from ...types import Response, decode_uuid_body, error_of


def _get_kwargs(*, body: AgentEncryptionChange) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {"method": "post", "url": "/agent/changeencryption"}

    _kwargs["json"] = body.to_dict()
    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def _read(response: httpx.Response) -> UUID | None:
    if response.status_code == 200:
        return decode_uuid_body(response)
    return None


OPERATION: Operation[UUID] = Operation(
    id="changeAgentEncryptionPassword",
    method="POST",
    path="/agent/changeencryption",
    answers="uuid",
    is_idempotent=False,
    awaits_agent=False,
    read=_read,
)
"""What the specification says of it."""


def call(*, body: AgentEncryptionChange) -> Call[UUID]:
    """Make a call of it, for a client to send."""
    return Call(OPERATION, _get_kwargs(body=body), {})


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Fault | UUID | None:
    if response.status_code == 200:
        return _read(response)
    if response.status_code in {400, 401, 403, 404, 500, 503}:
        return error_of(Fault, response, "changeAgentEncryptionPassword")
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def sync_detailed(
    *, client: AuthenticatedClient, body: AgentEncryptionChange
) -> Response[Fault | UUID]:
    """Change the passphrase of an encrypted agent.

    Replaces the passphrase of an agent whose backups are encrypted. It also requires the
    current one. Encrypt both as for `enableAgentEncryption`.

    **Keep the new one safe: without it nothing can be restored.**

    Args:
        body (AgentEncryptionChange): The current and the new passphrase of an encrypted agent.

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


def sync(*, client: AuthenticatedClient, body: AgentEncryptionChange) -> Fault | UUID | None:
    """Change the passphrase of an encrypted agent.

    Replaces the passphrase of an agent whose backups are encrypted. It also requires the
    current one. Encrypt both as for `enableAgentEncryption`.

    **Keep the new one safe: without it nothing can be restored.**

    Args:
        body (AgentEncryptionChange): The current and the new passphrase of an encrypted agent.

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
    *, client: AuthenticatedClient, body: AgentEncryptionChange
) -> Response[Fault | UUID]:
    """Change the passphrase of an encrypted agent.

    Replaces the passphrase of an agent whose backups are encrypted. It also requires the
    current one. Encrypt both as for `enableAgentEncryption`.

    **Keep the new one safe: without it nothing can be restored.**

    Args:
        body (AgentEncryptionChange): The current and the new passphrase of an encrypted agent.

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


async def asyncio(
    *, client: AuthenticatedClient, body: AgentEncryptionChange
) -> Fault | UUID | None:
    """Change the passphrase of an encrypted agent.

    Replaces the passphrase of an agent whose backups are encrypted. It also requires the
    current one. Encrypt both as for `enableAgentEncryption`.

    **Keep the new one safe: without it nothing can be restored.**

    Args:
        body (AgentEncryptionChange): The current and the new passphrase of an encrypted agent.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return (await asyncio_detailed(client=client, body=body)).parsed
