"""HTTP as it travels, for what no client would send."""

import socket
from collections.abc import Iterable
from urllib.parse import urlsplit


def exchange(url: str, head: str, body: Iterable[bytes] = ()) -> int:
    """Send a request, its head without the last line, and tell the answer's status."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port), timeout=20) as connection:
        connection.sendall(f"{head}\r\nConnection: close\r\n\r\n".encode("latin-1"))
        for chunk in body:
            connection.sendall(chunk)
        answer = connection.makefile("rb").readline()
    return int(answer.split()[1])
