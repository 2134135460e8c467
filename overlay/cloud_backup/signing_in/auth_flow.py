"""One authentication flow, run for an `httpx.Client` or an `httpx.AsyncClient`.

A flow is a generator that yields requests to be sent, the one to authenticate and others before it,
and futures to be waited for; it is sent the response or result of each. Only the waiting differs.

Generator functions would be shorter, but httpx closes a flow while it handles the error that it
gives up for, and only a method that is called then can see that error. The flow gets it thrown in.
"""

import sys
from collections.abc import AsyncGenerator, Generator
from concurrent.futures import Future
from importlib import import_module
from types import TracebackType
from typing import Any, NoReturn, TypeAlias

import httpx

from cloud_backup.calling.deadline import left

__all__ = ["AuthFlow", "Flow"]

Flow: TypeAlias = Generator[httpx.Request | Future[Any], Any, None]
"""Yields a request, and is sent its response; or a future, and is sent its result."""

_Sent: TypeAlias = httpx.Response | None


class AuthFlow(
    Generator[httpx.Request, httpx.Response, None], AsyncGenerator[httpx.Request, httpx.Response]
):
    """A flow that blocks the thread while it waits, or leaves asyncio's event loop to others.

    Args:
        flow: The flow.
        request: The request to authenticate. The body of its response is read if it is an error,
            those of other responses always.
    """

    def __init__(self, flow: Flow, request: httpx.Request) -> None:
        self._flow = flow
        self._request = request
        self._asked: httpx.Request | None = None

    def send(self, response: _Sent) -> httpx.Request:
        """Take a response, None at first, and return the next request."""
        if response is None:
            self._request.read()
        elif self._must_be_read(response):
            response.read()
        step = self._flow.send(response)
        while isinstance(step, Future):
            step = self._flow.send(self._outcome(step))
        self._asked = step
        return step

    async def asend(self, response: _Sent) -> httpx.Request:
        """Take a response, None at first, and return the next request."""
        if response is None:
            await self._request.aread()
        elif self._must_be_read(response):
            await response.aread()
        try:
            step = self._flow.send(response)
            while isinstance(step, Future):
                step = self._flow.send(await import_module("asyncio").wrap_future(step))
        except StopIteration:
            raise StopAsyncIteration from None
        self._asked = step
        return step

    def _must_be_read(self, response: httpx.Response) -> bool:
        return self._asked is not self._request or not response.is_success

    def _outcome(self, awaited: Future[Any]) -> Any:
        try:
            return awaited.result(left())
        except TimeoutError:
            message = "the time is up while another call logs in"
            raise httpx.ConnectTimeout(message, request=self._request) from None

    def throw(self, kind: Any, value: object = None, _: TracebackType | None = None) -> NoReturn:
        """End the flow with an error."""
        self._flow.close()
        raise kind if value is None else value  # type: ignore[misc]

    async def athrow(
        self, kind: Any, value: object = None, _: TracebackType | None = None
    ) -> NoReturn:
        """End the flow with an error."""
        self.throw(kind, value)

    def close(self) -> None:
        """End the flow."""
        reason = sys.exception()
        if not isinstance(reason, httpx.TransportError):
            self._flow.close()
            return
        traceback = reason.__traceback__
        try:
            self._flow.throw(reason)
        except (httpx.TransportError, StopIteration):
            self._flow.close()
        finally:
            reason.__traceback__ = traceback  # without the frames in here, where nothing failed

    async def aclose(self) -> None:
        """End the flow."""
        self.close()
