"""The HTTP clients of asyncio: like those in `http_clients`, but one for each event loop."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import Any, Final

import httpx

from cloud_backup.calling.deadline import left, within
from cloud_backup.calling.http_clients import SENT, ClientOfEach, LimitedClient, is_tied

__all__ = ["AsyncHTTPClient", "AsyncHTTPClients", "is_tied"]

_GRACE: Final = 0.02
"""How many seconds httpx gets to raise its own timeouts first, which say more."""


class AsyncHTTPClient(LimitedClient, httpx.AsyncClient):
    """An `httpx.AsyncClient` within limits."""

    def __init__(self, **options: Any) -> None:
        async def about_to_send(request: httpx.Request) -> None:
            self._about_to_send(request)

        async def received(response: httpx.Response) -> None:
            self._received(response)

        super().__init__(**options)
        self.event_hooks = {"request": [about_to_send], "response": [received]}
        self.held = self._until_the_loop_ends()

    async def _until_the_loop_ends(self) -> AsyncGenerator[None, None]:
        try:
            yield
        finally:
            await self.aclose()

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
                kind = httpx.ReadTimeout if SENT in request.extensions else httpx.ConnectTimeout
                raise kind("the time is up", request=request) from None


class AsyncHTTPClients(ClientOfEach[AsyncHTTPClient]):
    """A client for each event loop, closed when the loop is shut down."""

    _here = staticmethod(asyncio.get_running_loop)

    def _another(self, here: asyncio.AbstractEventLoop) -> AsyncHTTPClient:
        client = super()._another(here)
        for loop in list(self._clients):
            if loop is not None and loop.is_closed():
                self._clients.pop(loop, None)
        # Connections can be closed only while their loop runs. A loop that is shut down, such as by
        # `asyncio.run`, closes the asynchronous generators that it knows.
        with suppress(StopIteration):  # raised once it has yielded
            anext(client.held).__await__().send(None)
        return client

    async def aclose(self) -> None:
        """Close the client of the running loop. The other loops close theirs when they end."""
        for client in self._left():
            await client.aclose()
            await client.held.aclose()
