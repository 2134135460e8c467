# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from typing import Any

import httpx
from cloud_backup.wire.operation import Call, Operation

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.authentication_request import AuthenticationRequest
from ...models.authentication_response import AuthenticationResponse
from ...models.identity_fault import IdentityFault
from ...types import Response, error_of


def _get_kwargs(*, body: AuthenticationRequest) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {"method": "post", "url": "/tokens"}

    _kwargs["json"] = body.to_dict()
    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def _read(response: httpx.Response) -> AuthenticationResponse | None:
    if response.status_code == 200:
        return AuthenticationResponse.checked(response.json(), "authenticate")
    return None


OPERATION: Operation[AuthenticationResponse] = Operation(
    id="authenticate",
    method="POST",
    path="/tokens",
    answers="AuthenticationResponse",
    is_idempotent=True,
    awaits_agent=False,
    read=_read,
)
"""What the specification says of it."""


def call(*, body: AuthenticationRequest) -> Call[AuthenticationResponse]:
    """Make a call of it, for a client to send."""
    return Call(OPERATION, _get_kwargs(body=body), {})


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> AuthenticationResponse | IdentityFault | None:
    if response.status_code == 200:
        return _read(response)
    if response.status_code in {400, 401, 403, 404, 500, 503}:
        return error_of(IdentityFault, response, "authenticate")
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def sync_detailed(
    *, client: AuthenticatedClient | Client, body: AuthenticationRequest
) -> Response[AuthenticationResponse | IdentityFault]:
    """Get a token.

    Exchanges a user name, with an API key or a password, for a token and the service catalogue.

    The token is valid for 24 hours. Share it among all calls. In its last hour, this returns a
    new one.

    Args:
        body (AuthenticationRequest): A login.

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


def sync(
    *, client: AuthenticatedClient | Client, body: AuthenticationRequest
) -> AuthenticationResponse | IdentityFault | None:
    """Get a token.

    Exchanges a user name, with an API key or a password, for a token and the service catalogue.

    The token is valid for 24 hours. Share it among all calls. In its last hour, this returns a
    new one.

    Args:
        body (AuthenticationRequest): A login.

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
    *, client: AuthenticatedClient | Client, body: AuthenticationRequest
) -> Response[AuthenticationResponse | IdentityFault]:
    """Get a token.

    Exchanges a user name, with an API key or a password, for a token and the service catalogue.

    The token is valid for 24 hours. Share it among all calls. In its last hour, this returns a
    new one.

    Args:
        body (AuthenticationRequest): A login.

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
    *, client: AuthenticatedClient | Client, body: AuthenticationRequest
) -> AuthenticationResponse | IdentityFault | None:
    """Get a token.

    Exchanges a user name, with an API key or a password, for a token and the service catalogue.

    The token is valid for 24 hours. Share it among all calls. In its last hour, this returns a
    new one.

    Args:
        body (AuthenticationRequest): A login.

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return (await asyncio_detailed(client=client, body=body)).parsed
