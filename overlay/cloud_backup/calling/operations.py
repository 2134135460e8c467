"""Calling a generated operation: what the sync and the async client do alike."""

from collections.abc import Awaitable, Callable
from typing import Final, ParamSpec, TypeAlias, TypeVar

import httpx

from cloud_backup.calling.answer import Unreadable
from cloud_backup.errors import UnexpectedAnswer, Unreachable, status_error
from cloud_backup.wire.view import View
from cloud_backup_api.types import Response

__all__ = [
    "AsyncOperation",
    "AsyncSleep",
    "Operation",
    "Sleep",
    "asked_for",
    "expect",
    "expect_list",
    "failure",
    "parsed",
]

P = ParamSpec("P")
T = TypeVar("T")
W = TypeVar("W", bound=View)

Operation: TypeAlias = Callable[P, Response[T]]
"""A generated operation, `sync_detailed`."""

AsyncOperation: TypeAlias = Callable[P, Awaitable[Response[T]]]
"""A generated operation, `asyncio_detailed`."""

Sleep: TypeAlias = Callable[[float], object]
"""Sleeps for so many seconds."""

Ask: TypeAlias = Callable[P, T]
"""Asks for something."""

AsyncAsk: TypeAlias = Callable[P, Awaitable[T]]
"""Asks for something."""

AsyncSleep: TypeAlias = Callable[[float], Awaitable[object]]
"""Sleeps for so many seconds."""


_NOT_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
"""What httpx raises before it has sent anything."""


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
        raise UnexpectedAnswer(operation, f"expected {kind.__name__}, got {type(body).__name__}")
    return body


def expect_list(kind: type[T], body: object, operation: str) -> list[T]:
    """Return a body as a list of what `wire.view.rows` has made of its rows.

    Raises:
        UnexpectedAnswer: The body is no list.
    """
    items: list[T] = expect(list, body, operation)
    if items:
        expect(kind, items[0], operation)
    return items


def asked_for(answer: W, name: str, asked: object) -> W:
    """Return an answer, if it is about what was asked for.

    Args:
        answer: The answer.
        name: The attribute with its id; one that the answer doesn't have says nothing.
        asked: The id that was asked for.

    Raises:
        UnexpectedAnswer: It is about something else.
    """
    told = getattr(answer, name)
    if told is None or told == asked:
        return answer
    raise UnexpectedAnswer(
        answer.operation, f"asked for {name} {asked}, answered with {told}", field=name
    )


def failure(
    error: httpx.RequestError | ValueError | RecursionError,
    operation: str,
    is_login: Callable[[httpx.Request], bool],
) -> UnexpectedAnswer | Unreachable:
    """Say as an error of ours why an operation failed without a response.

    Args:
        error: Raised by httpx, or by what decodes bodies. It becomes the cause, without the
            traceback: the local variables in there include headers and bodies.
        operation: The operation's id in `openapi.yaml`.
        is_login: Tells whether a request is a login: what fails there came before the operation.
    """
    ours: UnexpectedAnswer | Unreachable
    of_login = _has_request(error, is_login)
    if isinstance(error, httpx.TransportError):
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        not_carried_out = of_login or isinstance(error, _NOT_SENT)
        ours = Unreachable(operation, said, not_carried_out=not_carried_out)
    else:
        refused = isinstance(error, Unreadable)
        problem = str(error) if refused else f"the answer can't be decoded: {type(error).__name__}"
        asked = "authenticate" if of_login else operation
        ours = UnexpectedAnswer(asked, problem, undecodable=not refused)
    error.__cause__ = error.__context__ = None
    ours.__cause__ = error.with_traceback(None)
    return ours


def _has_request(error: Exception, such: Callable[[httpx.Request], bool]) -> bool:
    try:
        return isinstance(error, httpx.RequestError) and such(error.request)
    except RuntimeError:  # it has none
        return False
