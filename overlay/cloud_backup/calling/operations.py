"""A call and its answer: what the sync and the async client do alike."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Final, ParamSpec, TypeAlias, TypeVar

import httpx

from cloud_backup.calling.answer import MASKING, Unreadable
from cloud_backup.errors import UnexpectedAnswer, Unreachable
from cloud_backup.secret import SECRET_HEADERS
from cloud_backup.wire.errors import LOGIN
from cloud_backup.wire.operation import Call
from cloud_backup.wire.view import View

P = ParamSpec("P")
T = TypeVar("T")

# Functions that fetch something, and functions that sleep for some seconds.
Ask: TypeAlias = Callable[P, T]
AsyncAsk: TypeAlias = Callable[P, Awaitable[T]]
Sleep: TypeAlias = Callable[[float], object]
AsyncSleep: TypeAlias = Callable[[float], Awaitable[object]]

_NOTED: Final[ContextVar[tuple[list[httpx.Response], ...]]] = ContextVar("noted", default=())

_NOT_SENT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
"""What httpx raises before it has sent anything."""


@contextmanager
def responses() -> Iterator[list[httpx.Response]]:
    """Collect the responses of all calls in a `with` block, made by any client.

        with responses() as received:
            agent = backup.agents.get(213564)
        print(received[-1].headers["Date"])

    The list has the responses of errors and of all attempts, in order, but not those of logins,
    which contain tokens.
    """
    received: list[httpx.Response] = []
    token = _NOTED.set((*_NOTED.get(), received))
    try:
        yield received
    finally:
        _NOTED.reset(token)


def note(response: httpx.Response) -> None:
    """Add a copy of a response, unpacked and without secret headers, to what `responses` has."""
    for received in _NOTED.get():
        sent = response.request
        headers, unpacked = httpx.Headers(sent.headers), httpx.Headers(response.headers)
        unpacked.pop("Content-Encoding", None)
        for name in SECRET_HEADERS:
            headers.pop(name, None)
        received.append(
            httpx.Response(
                response.status_code,
                headers=unpacked,
                content=response.extensions.get(MASKING, bytes)(response.content),
                request=httpx.Request(sent.method, sent.url, headers=headers),
            )
        )


def answer_of(call: Call[T], response: httpx.Response) -> T:
    """Return the answer of a successful call.

    Raises:
        UnexpectedAnswer: It isn't what is documented, or isn't about what was asked for.
        ValueError: It isn't JSON.
    """
    answer = call.operation.value(response)
    for name, asked in call.asked.items():
        for each in answer if isinstance(answer, list) else [answer]:
            told = getattr(each, name) if isinstance(each, View) else None
            if told is not None and told != asked:
                raise UnexpectedAnswer(
                    call.operation.id,
                    f"asked for {name} {asked}, got {told}",
                    field=name,
                )
    return answer


def failure(
    error: httpx.RequestError | ValueError | RecursionError,
    operation: str,
    is_login: Callable[[httpx.Request], bool],
) -> UnexpectedAnswer | Unreachable:
    """Make our error for an operation that failed without a response.

    The error of httpx or of decoding becomes its cause, without the traceback, whose local
    variables include headers and bodies. If a login failed, the operation itself wasn't sent.
    """
    ours: UnexpectedAnswer | Unreachable
    of_login = False
    with suppress(RuntimeError):  # it has no request
        if isinstance(error, httpx.RequestError):
            of_login, sent = is_login(error.request), error.request
            error.request = httpx.Request(sent.method, sent.url)  # without token and API key
    if isinstance(error, httpx.TransportError):
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        not_carried_out = of_login or isinstance(error, _NOT_SENT)
        ours = Unreachable(operation, said, not_carried_out=not_carried_out)
    else:
        refused = isinstance(error, Unreadable)
        problem = str(error) if refused else f"the answer can't be decoded: {type(error).__name__}"
        failed = LOGIN if of_login else operation
        ours = UnexpectedAnswer(failed, problem, undecodable=not refused)
    error.__cause__ = error.__context__ = None
    ours.__cause__ = error.with_traceback(None)
    return ours
