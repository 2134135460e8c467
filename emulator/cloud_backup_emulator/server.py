"""Serves the emulator with uvicorn."""

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from cloud_backup_emulator.app import create_app
from cloud_backup_emulator.disconnect import EXTENSION
from cloud_backup_emulator.emulator import Emulator
from cloud_backup_emulator.errors import EmulatorError
from cloud_backup_emulator.hosts import is_loopback

__all__ = ["RunningEmulator", "bind", "make_server", "serve", "url_of"]


@dataclass(frozen=True)
class RunningEmulator:
    """A running emulator.

    Attributes:
        url: Its URL, without a trailing slash.
        emulator: The emulator.
    """

    url: str
    emulator: Emulator

    @property
    def auth_url(self) -> str:
        """Identity's URL."""
        return f"{self.url}/v2.0"

    @property
    def environment(self) -> dict[str, str]:
        """Environment variables for clients, as the owner of tenant 1234."""
        variables = {
            "RS_USERNAME": "demo",
            "RS_API_KEY": "demo-key",
            "RS_REGION_NAME": "DFW",
            "RS_AUTH_URL": self.auth_url,
        }
        # Clients send secrets over plain http only to their own machine, unless allowed.
        if not is_loopback(urlsplit(self.url).hostname or ""):
            variables["RS_ALLOW_HTTP"] = "1"
        return variables

    def advance(self, seconds: float) -> None:
        """Advance its clock.

        Args:
            seconds: By how much: finite, not negative.

        Raises:
            ValueError: `seconds` is out of that range.
        """
        self.emulator.advance(seconds)

    def fault(self, **fault: Any) -> None:
        """Add a fault, as `POST /emulator/faults` does.

        Args:
            fault: The attributes of a `cloud_backup_emulator.faults.Fault`.

        Raises:
            InvalidRequest: The fault is invalid; the message names the field.
        """
        self.emulator.faults.add(fault)

    @property
    def requests(self) -> list[dict[str, Any]]:
        """The latest requests, oldest first, without secrets, as in `GET /emulator/requests`."""
        return list(self.emulator.requests)


def bind(host: str, port: int) -> socket.socket:
    """Open a listening socket.

    Args:
        host: The host's name or address.
        port: The port, 0 to 65535; 0 picks a free one.

    Raises:
        EmulatorError: The address isn't available.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        # asyncio disables Nagle's algorithm only if the protocol is given: otherwise each answer
        # on a kept-alive connection waits 40 ms for an acknowledgement.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, port))
            listener.listen(128)
        except BaseException:
            listener.close()
            raise
    except (OSError, UnicodeError) as error:
        raise EmulatorError(
            f"can't listen on {host}:{port}: {error}; use another --host or --port; "
            "port 0 picks a free one"
        ) from None
    return listener


def url_of(listener: socket.socket) -> str:
    """Return the URL of a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class _Protocol(H11Protocol):
    """A connection that the application can close, by an ASGI extension."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        app: Any = self.app

        async def closable(scope: Any, receive: Any, send: Any) -> None:
            extensions = {**scope.get("extensions", {}), EXTENSION: self.transport.close}
            await app({**scope, "extensions": extensions}, receive, send)

        self.app = closable


class _Server(uvicorn.Server):
    """A server that reports when it is ready, with its signal handlers installed."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._ready()


def make_server(
    emulator: Emulator,
    ready: Callable[[], None] = lambda: None,
    *,
    allowed_hosts: Iterable[str] = (),
) -> uvicorn.Server:
    """Return a server that logs only errors.

    Args:
        emulator: The emulator.
        ready: Called once it accepts requests and handles signals.
        allowed_hosts: As for `create_app`.

    Raises:
        EmulatorError: A host is invalid.
    """
    config = uvicorn.Config(
        create_app(emulator, allowed_hosts=allowed_hosts),
        http=_Protocol,
        ws="none",
        log_level="error",
        access_log=False,
        lifespan="off",
        date_header=False,  # the emulator sets it from its own clock
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    return _Server(config, ready)


@contextmanager
def serve(
    emulator: Emulator,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    allowed_hosts: Iterable[str] = (),
) -> Iterator[RunningEmulator]:
    """Serve an emulator in a thread of this process, for the duration of a block.

    Args:
        emulator: The emulator, which the caller closes.
        host: The host's name or address.
        port: The port; 0 picks a free one.
        allowed_hosts: As for `create_app`, besides `host`.

    Raises:
        EmulatorError: The address isn't available, or a host is invalid.
    """
    with bind(host, port) as listener:
        server = make_server(emulator, allowed_hosts=[host, *allowed_hosts])
        # The listener already accepts connections, so there is no need to wait for the thread.
        thread = threading.Thread(
            target=server.run, kwargs={"sockets": [listener]}, name="emulator", daemon=True
        )
        thread.start()
        try:
            yield RunningEmulator(url_of(listener), emulator)
        finally:
            server.should_exit = True
            thread.join()
