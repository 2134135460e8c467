"""Serving the emulator by uvicorn."""

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
    """An emulator that answers at a URL.

    Attributes:
        url: The URL, without a slash at the end.
        emulator: The emulator.
    """

    url: str
    emulator: Emulator

    @property
    def auth_url(self) -> str:
        """The URL of Identity."""
        return f"{self.url}/v2.0"

    @property
    def environment(self) -> dict[str, str]:
        """The environment with which clients use it, as the owner of tenant 1234."""
        variables = {
            "RS_USERNAME": "demo",
            "RS_API_KEY": "demo-key",
            "RS_REGION_NAME": "DFW",
            "RS_AUTH_URL": self.auth_url,
        }
        # Clients send secrets by plain http to their own machine, and to others only when told.
        if not is_loopback(urlsplit(self.url).hostname or ""):
            variables["RS_ALLOW_HTTP"] = "1"
        return variables

    def advance(self, seconds: float) -> None:
        """Move its clock ahead.

        Args:
            seconds: By how much: finite, and not below 0.

        Raises:
            ValueError: It is out of that range.
        """
        self.emulator.advance(seconds)

    def fault(self, **fault: Any) -> None:
        """Ask for a fault, as `POST /emulator/faults` does.

        Args:
            fault: The attributes of a `cloud_backup_emulator.faults.Fault`, by their names.

        Raises:
            InvalidRequest: There can't be such a fault; the message names the field.
        """
        self.emulator.faults.add(fault)

    @property
    def requests(self) -> list[dict[str, Any]]:
        """What came in, oldest first, without secrets: what `GET /emulator/requests` answers."""
        return list(self.emulator.requests)


def bind(host: str, port: int) -> socket.socket:
    """Take an address to listen on.

    Args:
        host: The host's name or address.
        port: The port, 0 to 65535; 0 takes a free one.

    Raises:
        EmulatorError: It can't be had.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        # asyncio sends at once what is written to a socket if it is told that this is TCP: else
        # each answer on a connection that is kept waits 40 ms for an acknowledgement.
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
            f"can't listen on {host}:{port}: {error}; name another with --host and --port, "
            "port 0 takes a free one"
        ) from None
    return listener


def url_of(listener: socket.socket) -> str:
    """Give the URL of what listens there."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class _Protocol(H11Protocol):
    """A connection that the application may close, by an extension of ASGI."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        app: Any = self.app

        async def closable(scope: Any, receive: Any, send: Any) -> None:
            extensions = {**scope.get("extensions", {}), EXTENSION: self.transport.close}
            await app({**scope, "extensions": extensions}, receive, send)

        self.app = closable


class _Server(uvicorn.Server):
    """A server that tells when it is ready, and has taken over the signals that stop it."""

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
    """Make a server that says nothing unless it fails.

    Args:
        emulator: The emulator.
        ready: Called once it answers, and stops in good order on a signal.
        allowed_hosts: As for `create_app`.

    Raises:
        EmulatorError: One of the hosts can't be one.
    """
    config = uvicorn.Config(
        create_app(emulator, allowed_hosts=allowed_hosts),
        http=_Protocol,
        ws="none",
        log_level="error",
        access_log=False,
        lifespan="off",
        date_header=False,  # the emulator's own clock tells it
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
    """Serve an emulator on a thread of this process, for as long as the block lasts.

    Args:
        emulator: The emulator, which the caller closes.
        host: The host's name or address.
        port: The port; 0 takes a free one.
        allowed_hosts: As for `create_app`; the host is one of them.

    Raises:
        EmulatorError: The address can't be had, or one of the hosts can't be one.
    """
    with bind(host, port) as listener:
        server = make_server(emulator, allowed_hosts=[host, *allowed_hosts])
        # The listener takes connections already, so nobody has to wait until the thread is there.
        thread = threading.Thread(
            target=server.run, kwargs={"sockets": [listener]}, name="emulator", daemon=True
        )
        thread.start()
        try:
            yield RunningEmulator(url_of(listener), emulator)
        finally:
            server.should_exit = True
            thread.join()
