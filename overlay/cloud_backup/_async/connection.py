"""What the parts of the client share: the generated client, and how it is called."""

import logging
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, Unpack

import httpx
from attrs import define, field

from cloud_backup.calling.async_http_clients import AsyncHTTPClients
from cloud_backup.calling.deadline import left, within
from cloud_backup.calling.http_clients import Api
from cloud_backup.calling.operations import AsyncSleep, answer_of, failure, note
from cloud_backup.calling.retries import Attempts, Retries, summary
from cloud_backup.errors import CloudBackupError, status_error
from cloud_backup.signing_in.auth import PLACEHOLDER_URL
from cloud_backup.wire.operation import Call, CallOptions
from cloud_backup.wire.request import UNSET, Unset
from cloud_backup.wire.view import LOGGER

T = TypeVar("T")


@define(eq=False, repr=False)
class AsyncConnection:
    """The generated client, and how it is called.

    Args:
        http: The HTTP clients, which authenticate.
        sleep: Sleeps between two attempts, and between two looks at something.
        retries: How failed calls are retried.
        is_login: Returns whether a request is a login.
        deadline: How many seconds a call may take, login, retries and pauses included; None for no
            limit.
    """

    http: AsyncHTTPClients
    sleep: AsyncSleep
    retries: Retries
    _is_login: Callable[[httpx.Request], bool]
    _deadline: float | None
    api: Api = field(init=False)

    def __attrs_post_init__(self) -> None:
        # The auth of the HTTP client sets the token.
        self.api = Api(base_url=str(PLACEHOLDER_URL), token="", http=self.http)

    async def call(self, call: Call[T], **options: Unpack[CallOptions]) -> T:
        """Call an operation, with retries, and return its answer."""
        return (await self.respond(call, **options))[0]

    async def respond(
        self,
        call: Call[T],
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,  # noqa: ASYNC109 - httpx's
        headers: Mapping[str, str] | None = None,
    ) -> tuple[T, httpx.Response]:
        """Do what `call` does, and return the response as well."""
        if isinstance(timeout, int | float) and not timeout > 0:
            raise ValueError(f"timeout must be above 0 seconds, not {timeout!r}")
        request = call.request
        if timeout is not UNSET:
            request = {**request, "timeout": timeout}
        if headers:
            merged = httpx.Headers(headers)
            merged.update(request.get("headers"))
            request = {**request, "headers": merged}
        with within(self._deadline):
            attempts = Attempts(self.retries, call.operation)
            while True:
                try:
                    return await self._attempt(call, request)
                except CloudBackupError as error:
                    pause = attempts.pause(error)
                    if pause is not None:
                        await self.sleep(pause)
                    # An attempt without any time left would only hide why the last one failed.
                    if pause is None or left() == 0:
                        attempts.end(error)
                        raise
                attempts.next(pause)

    async def _attempt(self, call: Call[T], request: dict[str, Any]) -> tuple[T, httpx.Response]:
        operation = call.operation
        began = self.retries.clock()
        client = self.http.current()
        # Outside the `try`: a request that can't be built is not an answer that can't be decoded.
        # In a list, and taken out of it, so that no traceback shows its URL as a local variable.
        built = [client.build_request(**request)]
        try:
            response = await client.send(built.pop())
            note(response)
            if LOGGER.isEnabledFor(logging.DEBUG):
                LOGGER.debug(
                    "%s: %s %s: %d in %.3f s",
                    operation.id,
                    operation.method,
                    response.request.url.path,
                    response.status_code,
                    self.retries.clock() - began,
                )
            if response.is_success:
                return answer_of(call, response), response
            raised: CloudBackupError = status_error(response, operation.id)
        except (httpx.RequestError, ValueError, RecursionError) as error:
            raised = failure(error, operation.id, self._is_login)
            LOGGER.debug(
                "%s: %s in %.3f s", operation.id, summary(raised), self.retries.clock() - began
            )
        # Outside the handler, which would chain the error with its traceback.
        raise raised
