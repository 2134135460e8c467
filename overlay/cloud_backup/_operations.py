"""Calling a generated operation: what the sync and the async client do alike."""

from collections.abc import Awaitable, Callable
from typing import ParamSpec, TypeAlias, TypeVar

import httpx

from cloud_backup.errors import UnexpectedAnswer, Unreachable, status_error
from cloud_backup_api.types import Response

__all__ = ["AsyncOperation", "AsyncSleep", "Operation", "Sleep", "expect", "expect_list", "parsed"]

P = ParamSpec("P")
T = TypeVar("T")

Operation: TypeAlias = Callable[P, Response[T]]
"""A generated operation, `sync_detailed`."""

AsyncOperation: TypeAlias = Callable[P, Awaitable[Response[T]]]
"""A generated operation, `asyncio_detailed`."""

Sleep: TypeAlias = Callable[[float], object]
"""Sleeps for so many seconds."""

AsyncSleep: TypeAlias = Callable[[float], Awaitable[object]]
"""Sleeps for so many seconds."""


def parsed(response: Response[T], operation: str) -> T | None:
    """Return what a response's body says.

    Raises:
        StatusError: The response's status is no success.
    """
    if not response.http_response.is_success:
        raise status_error(response.http_response, operation)
    return response.parsed


def expect(kind: type[T], body: object, operation: str) -> T:
    """Return a body as what it must be.

    Raises:
        UnexpectedAnswer: It is something else.
    """
    if not isinstance(body, kind) or isinstance(body, bool):
        raise UnexpectedAnswer(
            operation, f"the answer is no {kind.__name__} but {type(body).__name__}"
        )
    return body


def expect_list(kind: type[T], body: object, operation: str) -> list[T]:
    """Return a body as a list of what it must be one of.

    Raises:
        UnexpectedAnswer: It is something else.
    """
    items: list[object] = expect(list, body, operation)
    return [expect(kind, item, operation) for item in items]


def failure(
    error: httpx.RequestError | ValueError, operation: str
) -> UnexpectedAnswer | Unreachable:
    """Say as an error of ours why an operation failed without a response.

    Args:
        error: Raised by httpx, or by what decodes bodies. It becomes the cause, without the
            traceback: the local variables in there include headers and bodies.
        operation: The operation's id in `openapi.yaml`.
    """
    ours: UnexpectedAnswer | Unreachable
    if isinstance(error, httpx.TransportError):
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        ours = Unreachable(operation, said)
    else:
        ours = UnexpectedAnswer(operation, f"the answer cannot be decoded: {type(error).__name__}")
    error.__cause__ = error.__context__ = None
    ours.__cause__ = error.with_traceback(None)
    return ours
