"""The HTTP clients that calls go by: within deadlines, and never shared where that does harm.

A connection belongs to the process that opened it, and in asyncio to the event loop as well: two
that read from one get each other's answers. So each process, and each loop, has a client of its own
here. What the caller has brought, a transport or a client, can't be made once more: it stays where
it was used first.
"""

import asyncio
import os
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import lru_cache, partial
from threading import Thread
from typing import Any, Final, TypeAlias, TypeVar

import httpx
from attrs import define, field

from cloud_backup.calling.answer import accept
from cloud_backup.calling.deadline import left, within
from cloud_backup.calling.late_tls import LateTLS
from cloud_backup.errors import UsedElsewhere
from cloud_backup_api.client import AuthenticatedClient

__all__ = [
    "Api",
    "AsyncApi",
    "AsyncHTTPClient",
    "AsyncHTTPClients",
    "HTTPClient",
    "HTTPClients",
    "check_limits",
    "is_tied",
]

T = TypeVar("T")

_Hooks: TypeAlias = dict[str, list[Callable[..., Any]]]

_SENT: Final = "cloud_backup.sent"
"""The extension of a request that may have been sent."""

_GRACE: Final = 0.02
"""For how many seconds httpx may be late with its own timeouts, which say more."""

_SLICE: Final = 4096
"""How many bytes a socket takes at once, if it takes any."""


def check_limits(deadline: float | None, max_answer_size: int) -> None:
    """Refuse limits that can't be.

    Raises:
        ValueError: One is out of range.
    """
    if deadline is not None and not deadline > 0:
        raise ValueError(f"deadline must be above 0 seconds, not {deadline!r}")
    if not max_answer_size >= 1:
        raise ValueError(f"max_answer_size must be 1 byte or more, not {max_answer_size!r}")


def is_tied(transport: httpx.BaseTransport | httpx.AsyncBaseTransport | None) -> bool:
    """Whether a caller's transport may hold connections. Those that answer in process don't."""
    in_process = httpx.MockTransport | httpx.ASGITransport | httpx.WSGITransport
    return transport is not None and not isinstance(transport, in_process)


class _Cookies(httpx.Cookies):
    """Cookies that aren't looked for in a response that sets none."""

    def extract_cookies(self, response: httpx.Response) -> None:
        if "Set-Cookie" in response.headers:
            super().extract_cookies(response)


class HTTPClient(httpx.Client):
    """An HTTP client within limits.

    Args:
        deadline: For how many seconds a call may take, its login included; None for any time.
        max_answer_size: How many bytes an answer may have, unpacked.
        options: Those of `httpx.Client`.
    """

    def __init__(self, *, deadline: float | None, max_answer_size: int, **options: Any) -> None:
        hooks: _Hooks = {
            "request": [self._about_to_send],
            "response": [partial(accept, limit=max_answer_size)],
        }
        super().__init__(event_hooks=hooks, verify=LateTLS(), **options)
        vars(self)["_cookies"] = _Cookies()
        self._deadline = deadline
        self._absolute = lru_cache(lambda url: httpx.Client.build_request(self, "GET", url).url)
        for transport in {self._transport, *self._mounts.values()}:
            # httpx has no argument for this. Without it each wait would be shortened, not all.
            pool = getattr(transport, "_pool", None)
            if pool is not None and hasattr(pool, "_network_backend"):
                vars(pool)["_network_backend"] = _Network(pool._network_backend)  # noqa: SLF001

    def build_request(self, method: str, url: httpx.URL | str, **options: Any) -> httpx.Request:
        """Make a request. Taking a URL apart takes longer than all else, so that is kept."""
        return super().build_request(method, self._absolute(url), **options)

    def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        """Send a request, within the deadline."""
        with within(self._deadline):
            return super().send(request, **options)

    def _about_to_send(self, request: httpx.Request) -> None:
        _shorten(request, self.timeout)


class AsyncHTTPClient(httpx.AsyncClient):
    """An HTTP client within limits.

    Args:
        deadline: For how many seconds a call may take, its login included; None for any time.
        max_answer_size: How many bytes an answer may have, unpacked.
        options: Those of `httpx.AsyncClient`.
    """

    def __init__(self, *, deadline: float | None, max_answer_size: int, **options: Any) -> None:
        async def received(response: httpx.Response) -> None:
            accept(response, max_answer_size)

        hooks: _Hooks = {"request": [self._about_to_send], "response": [received]}
        super().__init__(event_hooks=hooks, verify=LateTLS(), **options)
        vars(self)["_cookies"] = _Cookies()
        self._deadline = deadline
        self._absolute = lru_cache(
            lambda url: httpx.AsyncClient.build_request(self, "GET", url).url
        )

    def build_request(self, method: str, url: httpx.URL | str, **options: Any) -> httpx.Request:
        """Make a request. Taking a URL apart takes longer than all else, so that is kept."""
        return super().build_request(method, self._absolute(url), **options)

    async def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        """Send a request, within the deadline."""
        with within(self._deadline):
            seconds = left()
            if seconds is None:
                return await super().send(request, **options)
            try:
                async with asyncio.timeout(seconds + _GRACE):
                    return await super().send(request, **options)
            except TimeoutError:
                kind = httpx.ReadTimeout if _SENT in request.extensions else httpx.ConnectTimeout
                raise kind("the time is up", request=request) from None

    async def _about_to_send(self, request: httpx.Request) -> None:
        _shorten(request, self.timeout)


def _shorten(request: httpx.Request, usual: httpx.Timeout) -> None:
    """Let no wait of a request be longer than there is time. A login has no timeouts of its own.

    Raises:
        httpx.ConnectTimeout: There is no time.
    """
    seconds = left()
    if seconds is None:
        request.extensions.setdefault("timeout", usual.as_dict())
        return
    if seconds == 0:
        raise httpx.ConnectTimeout("the time is up", request=request)
    timeouts = request.extensions.get("timeout") or usual.as_dict()
    timeouts = {
        name: seconds if timeout is None else min(timeout, seconds)
        for name, timeout in timeouts.items()
    }
    request.extensions = {**request.extensions, "timeout": timeouts, _SENT: True}


class _Network:
    """A network backend of httpcore's whose waits end with the deadline."""

    def __init__(self, network: Any) -> None:
        self._network = network

    def connect_tcp(self, *args: Any, **kwargs: Any) -> "_Stream":
        """Connect, looking up the host and trying all its addresses in the time that is left."""
        connect = partial(self._network.connect_tcp, *args, **kwargs)
        seconds = left()
        return _Stream(connect() if seconds is None else _connected(connect, seconds))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._network, name)


class _Stream:
    """A connection whose waits end with the deadline, however many there are."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Receive something."""
        received: bytes = self._stream.read(max_bytes, _at_most(timeout, httpx.ReadTimeout))
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send something."""
        if left() is None:
            self._stream.write(buffer, timeout)
            return
        for start in range(0, len(buffer), _SLICE):
            part = buffer[start : start + _SLICE]
            self._stream.write(part, _at_most(timeout, httpx.WriteTimeout))

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> "_Stream":
        """Encrypt from here on."""
        timeout = _at_most(timeout, httpx.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, timeout))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _at_most(timeout: float | None, too_late: type[httpx.TimeoutException]) -> float | None:
    seconds = left()
    if seconds == 0:
        raise too_late("the time is up")
    if seconds is None or timeout is None:
        return timeout if seconds is None else seconds
    return min(timeout, seconds)


def _connected(connect: Callable[[], Any], seconds: float) -> Any:
    """Connect in a thread: looking up a host can't be interrupted."""
    made: Future[Any] = Future()

    def run() -> None:
        try:
            made.set_result(connect())
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            made.set_exception(error)

    Thread(target=run, daemon=True, name="cloud_backup connects").start()
    try:
        return made.result(seconds)
    except TimeoutError:
        made.add_done_callback(lambda late: late.exception() or late.result().close())
        raise httpx.ConnectTimeout("the time is up") from None


class HTTPClients:
    """A client for each process.

    Args:
        make: Makes one.
        tied: Whether what it sends by is the caller's, and may hold connections.
    """

    def __init__(self, make: Callable[[], HTTPClient], *, tied: bool) -> None:
        self._make = make
        self._tied = tied
        self._spare = [make()]  # what can't be right is refused now
        # That of another process is neither used nor closed here, not even by being dropped.
        self._of_process: dict[int, HTTPClient] = {}
        self._first: int | None = None
        self._closed = False

    def current(self) -> HTTPClient:
        """Return the client of this process.

        Raises:
            UsedElsewhere: It sends by what is the caller's, in another process than before.
            RuntimeError: It is closed.
        """
        process = os.getpid()
        client = self._of_process.get(process)
        if client is not None:
            return client
        _check(closed=self._closed, elsewhere=self._tied and self._first not in {None, process})
        self._first = process
        return self._of_process.setdefault(process, _taken(self._spare) or self._make())

    def open(self) -> None:
        """Open it, again if it has been closed."""
        self._closed = False

    def close(self) -> None:
        """Close the client of this process."""
        self._closed = True
        for client in (self._of_process.pop(os.getpid(), None), _taken(self._spare)):
            if client is not None:
                client.close()


class AsyncHTTPClients:
    """A client for each event loop, which is closed when the loop is shut down.

    Args:
        make: Makes one.
        tied: Whether what it sends by is the caller's, and may hold connections.
    """

    def __init__(self, make: Callable[[], AsyncHTTPClient], *, tied: bool) -> None:
        self._make = make
        self._tied = tied
        self._spare = [make()]  # what can't be right is refused now
        self._of_loop: dict[asyncio.AbstractEventLoop, _Held] = {}
        self._first: asyncio.AbstractEventLoop | None = None
        self._closed = False

    def current(self) -> AsyncHTTPClient:
        """Return the client of the running loop.

        Raises:
            UsedElsewhere: It sends by what is the caller's, in another loop than before.
            RuntimeError: It is closed, or no loop is running.
        """
        loop = asyncio.get_running_loop()
        held = self._of_loop.get(loop)
        if held is not None:
            return held.client
        _check(closed=self._closed, elsewhere=self._tied and self._first not in {None, loop})
        self._first = loop
        for other in list(self._of_loop):
            if other.is_closed():
                self._of_loop.pop(other, None)
        held = self._of_loop[loop] = _Held(_taken(self._spare) or self._make())
        return held.client

    def open(self) -> None:
        """Open it, again if it has been closed."""
        self._closed = False

    async def aclose(self) -> None:
        """Close the client of the running loop. Those of other loops are closed at their ends."""
        self._closed = True
        if (spare := _taken(self._spare)) is not None:
            await spare.aclose()
        held = self._of_loop.pop(asyncio.get_running_loop(), None)
        if held is not None:
            await held.until_the_loop_ends.aclose()


class _Held:
    """A client of one event loop.

    Connections can be closed only while their loop runs, and a loop that is shut down (by
    `asyncio.run`, say) closes the asynchronous generators that it knows: one of these holds it.
    """

    def __init__(self, client: AsyncHTTPClient) -> None:
        self.client = client
        self.until_the_loop_ends = self._hold()
        with suppress(StopIteration):  # how it says that it has yielded
            anext(self.until_the_loop_ends).__await__().send(None)

    async def _hold(self) -> AsyncGenerator[None, None]:
        try:
            yield
        finally:
            await self.client.aclose()


def _taken(spare: list[T]) -> T | None:
    """Take what there is. Of several threads one gets it."""
    with suppress(IndexError):
        return spare.pop()
    return None


def _check(*, closed: bool, elsewhere: bool) -> None:
    if closed:
        raise RuntimeError("the client is closed: open another, or use it in a with block again")
    if elsewhere:
        raise UsedElsewhere


@define
class Api(AuthenticatedClient):
    """The generated client, which sends by the HTTP client of the place that it is called in."""

    http: HTTPClients = field(kw_only=True, repr=False)

    def get_httpx_client(self) -> httpx.Client:
        """Return the HTTP client of this process."""
        return self.http.current()


@define
class AsyncApi(AuthenticatedClient):
    """The generated client, which sends by the HTTP client of the place that it is called in."""

    http: AsyncHTTPClients = field(kw_only=True, repr=False)

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        """Return the HTTP client of the running event loop."""
        return self.http.current()
