"""One authentication flow, run for an `httpx.Client` or an `httpx.AsyncClient`.

A flow is a generator that yields requests to be sent, the one to authenticate and others before it,
and futures to be waited for; what came of each is sent in. How to wait is all that differs.

These are classes where generator functions would be shorter, for the sake of `close`: httpx closes
a flow while it handles the error for which it gives up, and only a function that is called then can
see that error. A flow is told of a failed request by that error, thrown in.
"""

import asyncio
import sys
from collections.abc import AsyncGenerator, Generator
from concurrent.futures import Future
from types import TracebackType
from typing import Any, NoReturn, TypeAlias

import httpx

from cloud_backup.calling.deadline import left

__all__ = ["AsyncAuthFlow", "Flow", "SyncAuthFlow"]

Flow: TypeAlias = Generator[httpx.Request | Future[Any], Any, None]
"""Yields a request, and takes its response; or a future, and takes its result."""


class SyncAuthFlow(Generator[httpx.Request, httpx.Response, None]):
    """A flow whose waiting blocks the thread.

    Args:
        flow: The flow.
        request: The request to authenticate. The body of its response is read if it is an error,
            that of any other's response always.
    """

    def __init__(self, flow: Flow, request: httpx.Request) -> None:
        self._flow = flow
        self._request = request
        self._asked: httpx.Request | None = None

    def send(self, response: httpx.Response | None) -> httpx.Request:
        """Take a response, None at first, and return the next request."""
        if response is None:
            self._request.read()
        elif self._asked is not self._request or not response.is_success:
            response.read()
        step = self._flow.send(response)
        while isinstance(step, Future):
            step = self._flow.send(self._outcome(step))
        self._asked = step
        return step

    def _outcome(self, awaited: Future[Any]) -> Any:
        try:
            return awaited.result(left())
        except TimeoutError:
            message = "the time is up while another call logs in"
            raise httpx.ConnectTimeout(message, request=self._request) from None

    def throw(
        self,
        kind: Any,
        value: object = None,
        _traceback: TracebackType | None = None,
    ) -> NoReturn:
        """End the flow with an error."""
        self._flow.close()
        raise kind if value is None else value  # type: ignore[misc]

    def close(self) -> None:
        """End the flow."""
        _close(self._flow)


class AsyncAuthFlow(AsyncGenerator[httpx.Request, httpx.Response]):
    """A flow whose waiting leaves the event loop, one of asyncio, to others.

    Args:
        flow: The flow.
        request: The request to authenticate. The body of its response is read if it is an error,
            that of any other's response always.
    """

    def __init__(self, flow: Flow, request: httpx.Request) -> None:
        self._flow = flow
        self._request = request
        self._asked: httpx.Request | None = None

    async def asend(self, response: httpx.Response | None) -> httpx.Request:
        """Take a response, None at first, and return the next request."""
        if response is None:
            await self._request.aread()
        elif self._asked is not self._request or not response.is_success:
            await response.aread()
        try:
            step = self._flow.send(response)
            while isinstance(step, Future):
                step = self._flow.send(await asyncio.wrap_future(step))
        except StopIteration:
            raise StopAsyncIteration from None
        self._asked = step
        return step

    async def athrow(
        self,
        kind: Any,
        value: object = None,
        _traceback: TracebackType | None = None,
    ) -> NoReturn:
        """End the flow with an error."""
        self._flow.close()
        raise kind if value is None else value  # type: ignore[misc]

    async def aclose(self) -> None:
        """End the flow."""
        _close(self._flow)


def _close(flow: Flow) -> None:
    reason = sys.exception()
    if not isinstance(reason, httpx.TransportError):
        flow.close()
        return
    traceback = reason.__traceback__
    try:
        flow.throw(reason)
    except (httpx.TransportError, StopIteration):
        flow.close()
    finally:
        reason.__traceback__ = traceback  # without the frames in here, where nothing went wrong
