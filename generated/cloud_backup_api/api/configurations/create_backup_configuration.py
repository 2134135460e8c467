# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from typing import Any

import httpx
from cloud_backup.wire.operation import Call, Operation

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.backup_configuration import BackupConfiguration
from ...models.backup_configuration_input import BackupConfigurationInput
from ...models.fault import Fault
from ...types import Response, error_of


def _get_kwargs(*, body: BackupConfigurationInput) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {"method": "post", "url": "/backup-configuration"}

    _kwargs["json"] = body.to_dict()
    headers["Content-Type"] = "application/json"
    _kwargs["headers"] = headers
    return _kwargs


def _read(response: httpx.Response) -> BackupConfiguration | None:
    if response.status_code == 200:
        return BackupConfiguration.checked(response.json(), "createBackupConfiguration")
    return None


OPERATION: Operation[BackupConfiguration] = Operation(
    id="createBackupConfiguration",
    method="POST",
    path="/backup-configuration",
    answers="BackupConfiguration",
    is_idempotent=False,
    awaits_agent=False,
    read=_read,
)
"""What the specification says of it."""


def call(*, body: BackupConfigurationInput) -> Call[BackupConfiguration]:
    """Make a call of it, for a client to send."""
    return Call(OPERATION, _get_kwargs(body=body), {})


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> BackupConfiguration | Fault | None:
    if response.status_code == 200:
        return _read(response)
    if response.status_code in {400, 401, 403, 404, 409, 500, 503}:
        return error_of(Fault, response, "createBackupConfiguration")
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def sync_detailed(
    *, client: AuthenticatedClient, body: BackupConfigurationInput
) -> Response[BackupConfiguration | Fault]:
    """Create a backup configuration.

    Sets what an agent backs up, and when. Each exclusion must lie within an included folder.
    The configurations of an agent may take up 1 MB.

    Send the start time in the time zone `TimeZoneId`. The answer has it in UTC, whatever its
    `TimeZoneId` says: 7:30 PM "Eastern Standard Time" in August comes back as 11:30 PM.

    Args:
        body (BackupConfigurationInput): What an agent backs up, and when. `Frequency`
            determines the fields of the schedule; the
            others must be null:

            | Frequency | start time | `DayOfWeekId` | `HourInterval` |
            |---|---|---|---|
            | `Manually` | null | null | null |
            | `Hourly` | null | null | 1 to 23 |
            | `Daily` | hour, minute, AM or PM | null | null |
            | `Weekly` | hour, minute, AM or PM | 0 to 6 | null |

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
    *, client: AuthenticatedClient, body: BackupConfigurationInput
) -> BackupConfiguration | Fault | None:
    """Create a backup configuration.

    Sets what an agent backs up, and when. Each exclusion must lie within an included folder.
    The configurations of an agent may take up 1 MB.

    Send the start time in the time zone `TimeZoneId`. The answer has it in UTC, whatever its
    `TimeZoneId` says: 7:30 PM "Eastern Standard Time" in August comes back as 11:30 PM.

    Args:
        body (BackupConfigurationInput): What an agent backs up, and when. `Frequency`
            determines the fields of the schedule; the
            others must be null:

            | Frequency | start time | `DayOfWeekId` | `HourInterval` |
            |---|---|---|---|
            | `Manually` | null | null | null |
            | `Hourly` | null | null | 1 to 23 |
            | `Daily` | hour, minute, AM or PM | null | null |
            | `Weekly` | hour, minute, AM or PM | 0 to 6 | null |

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
    *, client: AuthenticatedClient, body: BackupConfigurationInput
) -> Response[BackupConfiguration | Fault]:
    """Create a backup configuration.

    Sets what an agent backs up, and when. Each exclusion must lie within an included folder.
    The configurations of an agent may take up 1 MB.

    Send the start time in the time zone `TimeZoneId`. The answer has it in UTC, whatever its
    `TimeZoneId` says: 7:30 PM "Eastern Standard Time" in August comes back as 11:30 PM.

    Args:
        body (BackupConfigurationInput): What an agent backs up, and when. `Frequency`
            determines the fields of the schedule; the
            others must be null:

            | Frequency | start time | `DayOfWeekId` | `HourInterval` |
            |---|---|---|---|
            | `Manually` | null | null | null |
            | `Hourly` | null | null | 1 to 23 |
            | `Daily` | hour, minute, AM or PM | null | null |
            | `Weekly` | hour, minute, AM or PM | 0 to 6 | null |

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
    *, client: AuthenticatedClient, body: BackupConfigurationInput
) -> BackupConfiguration | Fault | None:
    """Create a backup configuration.

    Sets what an agent backs up, and when. Each exclusion must lie within an included folder.
    The configurations of an agent may take up 1 MB.

    Send the start time in the time zone `TimeZoneId`. The answer has it in UTC, whatever its
    `TimeZoneId` says: 7:30 PM "Eastern Standard Time" in August comes back as 11:30 PM.

    Args:
        body (BackupConfigurationInput): What an agent backs up, and when. `Frequency`
            determines the fields of the schedule; the
            others must be null:

            | Frequency | start time | `DayOfWeekId` | `HourInterval` |
            |---|---|---|---|
            | `Manually` | null | null | null |
            | `Hourly` | null | null | 1 to 23 |
            | `Daily` | hour, minute, AM or PM | null | null |
            | `Weekly` | hour, minute, AM or PM | 0 to 6 | null |

    Returns:
        What the response's body says; None if that isn't documented.

    Raises:
        errors.UnexpectedStatus: The specification has no such status, and
            client.raise_on_unexpected_status is True.
        httpx.HTTPError: No answer came, or none within the client's timeout.
        ValueError: The body of a success is not JSON.
    """

    return (await asyncio_detailed(client=client, body=body)).parsed
