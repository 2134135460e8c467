"""The HTTP clients that send calls: within deadlines, and not shared where that does harm.

Two processes or event loops that read from the same connection get each other's answers, so each
has its own client here. A caller's own transport or client can't be made again: it may be used only
where it was used first. A synchronous program doesn't need to import `async_http_clients`.
"""

import os
import ssl
from collections.abc import Callable
from concurrent.futures import Future
from functools import cached_property, lru_cache, partial
from threading import Thread
from typing import Any, Final, Generic, Self, TypeVar, cast

import httpx
from attrs import define, field
from httpx._client import BaseClient

from cloud_backup.calling.answer import accept
from cloud_backup.calling.deadline import LONGEST, left, within
from cloud_backup.errors import UsedElsewhere
from cloud_backup_api.client import AuthenticatedClient

C = TypeVar("C", bound=BaseClient)

SENT: Final = "cloud_backup.sent"
"""The extension of a request that may have been sent."""

_MUCH: Final = 1024 * 1024
"""How many bytes of a long answer are read at once: httpx's 64 KiB take a fifth longer."""

_SLICE: Final = 4096
"""How many bytes are written at once if there is a deadline."""


def is_tied(transport: httpx.BaseTransport | httpx.AsyncBaseTransport | None) -> bool:
    """Whether a caller's transport may have connections. Those that answer in process don't."""
    in_process = httpx.MockTransport | httpx.ASGITransport | httpx.WSGITransport
    return transport is not None and not isinstance(transport, in_process)


class _LateTLS(ssl.SSLContext):
    """The certificates that httpx trusts, read for the first TLS connection, since that is slow."""

    def __new__(cls) -> Self:
        return super().__new__(cls, ssl.PROTOCOL_TLS_CLIENT)

    @cached_property
    def _context(self) -> ssl.SSLContext:
        try:
            context = httpx.create_ssl_context()
        except OSError as error:
            file = os.environ.get("SSL_CERT_FILE")
            problem = f"no TLS: the certificates of SSL_CERT_FILE={file} can't be read: {error}"
            raise httpx.UnsupportedProtocol(problem) from None
        context.set_alpn_protocols(self._protocols)
        return context

    def set_alpn_protocols(self, alpn_protocols: Any) -> None:
        # httpcore leaves the connection open if this fails, so nothing is read here.
        self._protocols = alpn_protocols

    def wrap_socket(self, *args: Any, **kwargs: Any) -> ssl.SSLSocket:
        return self._context.wrap_socket(*args, **kwargs)

    def wrap_bio(self, *args: Any, **kwargs: Any) -> ssl.SSLObject:
        return self._context.wrap_bio(*args, **kwargs)


class _Cookies(httpx.Cookies):
    """Cookies, extracted only from responses that set some."""

    def extract_cookies(self, response: httpx.Response) -> None:
        if "Set-Cookie" in response.headers:
            super().extract_cookies(response)


class LimitedClient(BaseClient):
    """An HTTP client within limits: what sync and async have in common.

    Args:
        deadline: How many seconds a call may take, its login included; None for no limit.
        max_answer_size: How many bytes an answer may have, unpacked.
        options: Those of `httpx.Client`.

    Raises:
        ValueError: A limit is out of range.
    """

    def __init__(self, *, deadline: float | None, max_answer_size: int, **options: Any) -> None:
        if deadline is not None and not deadline > 0:
            raise ValueError(f"deadline must be above 0 seconds, not {deadline!r}")
        if not max_answer_size >= 1:
            raise ValueError(f"max_answer_size must be 1 byte or more, not {max_answer_size!r}")
        options["verify"] = _LateTLS()
        super().__init__(**options)
        self._deadline = deadline
        self._max_answer_size = max_answer_size
        vars(self)["_cookies"] = _Cookies()
        self._absolute = lru_cache(lambda url: BaseClient.build_request(self, "GET", url).url)

    def build_request(self, method: str, url: httpx.URL | str, **options: Any) -> httpx.Request:
        """Make a request. Parsing its URL takes longer than anything else, so that is cached."""
        return super().build_request(method, self._absolute(url), **options)

    def _about_to_send(self, request: httpx.Request) -> None:
        """Shorten the timeouts to the time that is left. A login has none of its own."""
        timeouts = request.extensions.get("timeout") or self.timeout.as_dict()
        timeouts = {
            name: _in_time(timeout, httpx.ConnectTimeout, request)
            for name, timeout in timeouts.items()
        }
        request.extensions = {**request.extensions, "timeout": timeouts, SENT: True}

    def _received(self, response: httpx.Response) -> None:
        accept(response, self._max_answer_size)


class HTTPClient(LimitedClient, httpx.Client):
    """An `httpx.Client` within limits."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.event_hooks = {"request": [self._about_to_send], "response": [self._received]}
        for transport in {self._transport, *self._mounts.values()}:
            # httpx has no argument for this. It limits the sum of all waits, not only each.
            pool = getattr(transport, "_pool", None)
            if pool is not None and hasattr(pool, "_network_backend"):
                vars(pool)["_network_backend"] = _Network(pool._network_backend)  # noqa: SLF001

    def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        """Send a request, within the deadline."""
        with within(self._deadline):
            return super().send(request, **options)


class _Wrapped:
    """Passes on whatever it doesn't do itself."""

    def __init__(self, wrapped: Any) -> None:
        self._wrapped = wrapped

    def __getattr__(self, name: str) -> Any:
        return getattr(self._wrapped, name)


class _Network(_Wrapped):
    """A network backend of httpcore's whose waits end with the deadline."""

    def connect_tcp(self, *args: Any, **kwargs: Any) -> "_Stream":
        # This includes looking up the host and trying all of its addresses.
        connect = partial(self._wrapped.connect_tcp, *args, **kwargs)
        seconds = left()
        return _Stream(connect() if seconds is None else _connected(connect, seconds))


class _Stream(_Wrapped):
    """A connection whose waits end with the deadline, however many there are."""

    _more = 0
    """How many bytes to read at least, once an answer turns out to be long."""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        timeout = _in_time(timeout, httpx.ReadTimeout)
        received: bytes = self._wrapped.read(max(max_bytes, self._more), timeout)
        self._more = _MUCH if len(received) >= max_bytes else 0
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        size = _SLICE if left() is not None else len(buffer) or 1
        for start in range(0, len(buffer), size):
            part = buffer[start : start + size]
            self._wrapped.write(part, _in_time(timeout, httpx.WriteTimeout))

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> "_Stream":
        timeout = _in_time(timeout, httpx.ConnectTimeout)
        return _Stream(self._wrapped.start_tls(ssl_context, server_hostname, timeout))


def _in_time(
    timeout: float | None,
    too_late: type[httpx.TimeoutException],
    request: httpx.Request | None = None,
) -> float | None:
    """Return a timeout no longer than the time left; raise if there is none left."""
    seconds = left()
    if seconds == 0:
        raise too_late("the time is up", request=request)
    limits = [each for each in (timeout, seconds) if each is not None]
    return min(*limits, LONGEST) if limits else None


def _connected(connect: Callable[[], Any], seconds: float) -> Any:
    """Connect in a thread, since looking up a host can't be interrupted."""
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


class ClientOfEach(Generic[C]):
    """A client for each place: for each process, or for each event loop.

    Args:
        make: Makes a client.
        tied: Whether it sends with a caller's transport or client that may have connections.
    """

    _here: Callable[[], Any]
    """Returns the place that it is called in."""

    def __init__(self, make: Callable[[], C], *, tied: bool) -> None:
        self._make = make
        self._tied = tied
        # A client of another place is neither used nor closed here, not even by being dropped. The
        # first, of no place yet, is made now, so that invalid options are refused now.
        self._clients: dict[Any, C] = {None: make()}
        self._first: Any = None
        self._closed = False

    def current(self) -> C:
        """Return the client of this place.

        Raises:
            UsedElsewhere: It sends with a caller's transport that was used in another place.
            RuntimeError: It is closed.
        """
        here = self._here()
        return self._clients.get(here) or self._another(here)

    def _another(self, here: Any) -> C:
        if self._closed:
            raise RuntimeError(
                "the client is closed: open another, or use it in a with block again"
            )
        if self._tied and self._first not in {None, here}:
            raise UsedElsewhere
        self._first = here
        return self._clients.setdefault(here, self._clients.pop(None, None) or self._make())

    def open(self) -> None:
        """Open it again, if it was closed."""
        self._closed = False

    def _left(self) -> list[C]:
        """Note that it is closed, and return the clients to close here."""
        self._closed = True
        ended = (self._clients.pop(place, None) for place in (self._here(), None))
        return [client for client in ended if client is not None]


class HTTPClients(ClientOfEach[HTTPClient]):
    """A client for each process."""

    _here = staticmethod(os.getpid)

    def close(self) -> None:
        """Close the client of this process."""
        for client in self._left():
            client.close()


@define
class Api(AuthenticatedClient):
    """The generated client, which sends with the HTTP client of the place that it is called in."""

    http: ClientOfEach[Any] = field(kw_only=True, repr=False)

    def get_httpx_client(self) -> httpx.Client:
        """Return the HTTP client of this process."""
        return cast("httpx.Client", self.http.current())

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        """Return the HTTP client of the running event loop."""
        return cast("httpx.AsyncClient", self.http.current())
