"""A call and its answer: what the sync and the async client do alike."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Final, ParamSpec, TypeAlias, TypeVar

import httpx

from cloud_backup.calling.answer import MASKING, Unreadable
from cloud_backup.errors import UnexpectedAnswer, Unreachable
from cloud_backup.secret import SECRET_HEADERS
from cloud_backup.wire.operation import Call
from cloud_backup.wire.view import View

__all__ = ["AsyncSleep", "Sleep", "answer_of", "failure", "note", "responses"]

P = ParamSpec("P")
T = TypeVar("T")

# What asks for something, and what sleeps for so many seconds.
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
    """Collect the responses of all calls made in a `with` block, by whichever client.

        with responses() as received:
            agent = backup.agents.get(213564)
        print(received[-1].headers["Date"])

    Those of errors and of each attempt are there too, in order; those of logins, with tokens, not.
    """
    received: list[httpx.Response] = []
    token = _NOTED.set((*_NOTED.get(), received))
    try:
        yield received
    finally:
        _NOTED.reset(token)


def note(response: httpx.Response) -> None:
    """Add a response to what is being collected: a copy, unpacked and without secret headers."""
    for received in _NOTED.get():
        sent = response.request
        headers = [
            (name, value)
            for name, value in sent.headers.multi_items()
            if name.title() not in SECRET_HEADERS
        ]
        unpacked = httpx.Headers(response.headers)
        unpacked.pop("Content-Encoding", None)
        received.append(
            httpx.Response(
                response.status_code,
                headers=unpacked,
                content=response.extensions.get(MASKING, bytes)(response.content),
                request=httpx.Request(sent.method, sent.url, headers=headers),
            )
        )


def answer_of(call: Call[T], response: httpx.Response) -> T:
    """Return what a success answers with.

    Raises:
        UnexpectedAnswer: It is something else than documented, or about something else than asked.
        ValueError: It isn't JSON.
    """
    answer = call.operation.value(response)
    for name, asked in call.asked.items():
        for each in answer if isinstance(answer, list) else [answer]:
            told = getattr(each, name) if isinstance(each, View) else None
            if told is not None and told != asked:
                raise UnexpectedAnswer(
                    call.operation.id,
                    f"asked for {name} {asked}, answered with {told}",
                    field=name,
                )
    return answer


def failure(
    error: httpx.RequestError | ValueError | RecursionError,
    operation: str,
    is_login: Callable[[httpx.Request], bool],
) -> UnexpectedAnswer | Unreachable:
    """Say as an error of ours why an operation failed without a response.

    What httpx, or decoding a body, raised becomes its cause, without the traceback: the local
    variables in there include headers and bodies. What fails in a login came before the operation.
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
        asked = "authenticate" if of_login else operation
        ours = UnexpectedAnswer(asked, problem, undecodable=not refused)
    error.__cause__ = error.__context__ = None
    ours.__cause__ = error.with_traceback(None)
    return ours
