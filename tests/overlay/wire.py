"""A server of raw TCP that answers with whatever bytes a test wants, as slowly as it wants."""

from __future__ import annotations

import json
import socketserver
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator

TICK = 0.02
"""How many seconds apart two trickled bytes are."""

ACCESS = {
    "access": {
        "token": {"id": "token", "expires": "2099-01-01T00:00:00.000Z"},
        "serviceCatalog": [],
        "user": {"roles": []},
    }
}


def answer(body: Any, *headers: str, status: str = "200 OK") -> bytes:
    """Make an answer, of JSON unless it is bytes."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(content)}", "", ""]
    return "\r\n".join(lines).encode() + content


class Wire:
    """The server.

    Attributes:
        url: Its URL.
        answers: What it answers, by path: bytes, or a function that is given the socket.
        ports: The path and the client's port of each request, in the order they came.
        trickled: How many bytes it has trickled.
        closed: Set for each port of a connection that the client has closed.
    """

    def __init__(self) -> None:
        self.url = ""
        self.answers: dict[str, bytes | Callable[[socket.socket], object]] = {
            "/v2.0/tokens": answer(ACCESS)
        }
        self.ports: list[tuple[str, int]] = []
        self.closed: dict[int, threading.Event] = {}
        self.stopping = threading.Event()
        self.trickled = 0

    def options(self) -> dict[str, Any]:
        """What a client of it is made with."""
        return {
            "username": "demo",
            "api_key": "key",
            "auth_url": f"{self.url}/v2.0",
            "base_url": f"{self.url}/v1.0/1234",
        }

    def trickle(self, content: bytes, whole: int = 500) -> Callable[[socket.socket], None]:
        """Make an answer that goes on byte by byte, and ends after ten seconds."""

        def send(connection: socket.socket) -> None:
            connection.sendall(content)
            for _ in range(whole):
                if self.stopping.wait(TICK):
                    return
                connection.sendall(b" ")
                self.trickled += 1

        return send

    def serve(self, connection: socket.socket) -> None:
        """Answer what comes by a connection, until the client closes it."""
        port = connection.getpeername()[1]
        closed = self.closed.setdefault(port, threading.Event())
        try:
            with connection.makefile("rb") as received:
                while request := received.readline():
                    length = 0
                    while (header := received.readline().strip()) != b"":
                        name, _, value = header.partition(b":")
                        if name.lower() == b"content-length":
                            length = int(value)
                    received.read(length)
                    path = request.split()[1].decode().removeprefix("/v1.0/1234")
                    self.ports.append((path, port))
                    said = self.answers[path]
                    if isinstance(said, bytes):
                        connection.sendall(said)
                    else:
                        said(connection)
        except OSError:
            pass  # the client went away
        finally:
            closed.set()


@contextmanager
def wire() -> Iterator[Wire]:
    """Run a server."""
    made = Wire()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            made.serve(self.request)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        request_queue_size = 100

    with Server(("127.0.0.1", 0), Handler) as server:
        made.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield made
        finally:
            made.stopping.set()
            server.shutdown()
            thread.join()
