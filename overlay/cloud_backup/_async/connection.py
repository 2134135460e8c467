"""What the parts of the client share: the generated client, and the place that calls it."""

from typing import ParamSpec, TypeVar

import httpx

from cloud_backup._operations import AsyncOperation, AsyncSleep, failure, parsed
from cloud_backup_api.client import AuthenticatedClient

P = ParamSpec("P")
T = TypeVar("T")


class AsyncConnection:
    """The generated client, and how it is called.

    Args:
        http: The HTTP client, which authenticates.
        sleep: What waits between two looks at something.
    """

    def __init__(self, http: httpx.AsyncClient, sleep: AsyncSleep) -> None:
        self.http = http
        self.sleep = sleep
        # The token is the business of the HTTP client's auth.
        self.api = AuthenticatedClient(base_url=str(http.base_url), token="")
        self.api.set_async_httpx_client(http)

    async def call(
        self, operation: str, function: AsyncOperation[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """Call an operation and return what it answers.

        Raises:
            CloudBackupError: It failed.
        """
        try:
            response = await function(*args, **kwargs)
        except (httpx.RequestError, ValueError) as error:
            raised = failure(error, operation)
        else:
            return parsed(response, operation)
        # Outside the handler, which would chain the error with its traceback.
        raise raised
