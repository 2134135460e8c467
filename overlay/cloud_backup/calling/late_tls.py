"""TLS that costs nothing until it is used."""

import ssl
from functools import cached_property
from typing import Any, Self

import httpx

__all__ = ["LateTLS"]


class LateTLS(ssl.SSLContext):
    """What httpx trusts, read when the first TLS connection is made.

    It takes tens of milliseconds, and each process and event loop has a client of its own; a
    service on this machine, by plain http, needs none of it.
    """

    def __new__(cls) -> Self:
        """Make one that trusts nobody by itself."""
        return super().__new__(cls, ssl.PROTOCOL_TLS_CLIENT)

    @cached_property
    def _context(self) -> ssl.SSLContext:
        return httpx.create_ssl_context()

    def set_alpn_protocols(self, alpn_protocols: Any) -> None:
        """Say which protocols to offer, which is what comes first."""
        self._context.set_alpn_protocols(alpn_protocols)

    def wrap_socket(self, *args: Any, **kwargs: Any) -> ssl.SSLSocket:
        """Begin TLS on a socket."""
        return self._context.wrap_socket(*args, **kwargs)

    def wrap_bio(self, *args: Any, **kwargs: Any) -> ssl.SSLObject:
        """Begin TLS on buffers, as asyncio does."""
        return self._context.wrap_bio(*args, **kwargs)
