# Derived from _async/connection.py by derive_sync.py: do not edit.

"""What the parts of the client share: the generated client, and the place that calls it."""

from typing import ParamSpec, TypeVar

import httpx

from cloud_backup._operations import Operation, Sleep, failure, parsed
from cloud_backup_api.client import AuthenticatedClient

P = ParamSpec("P")
T = TypeVar("T")


class Connection:
    """The generated client, and how it is called.

    Args:
        http: The HTTP client, which authenticates.
        sleep: What waits between two looks at something.
    """

    def __init__(self, http: httpx.Client, sleep: Sleep) -> None:
        self.http = http
        self.sleep = sleep
        # The token is the business of the HTTP client's auth.
        self.api = AuthenticatedClient(base_url=str(http.base_url), token="")
        self.api.set_httpx_client(http)

    def call(
        self, operation: str, function: Operation[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """Call an operation and return what it answers.

        Raises:
            CloudBackupError: It failed.
        """
        try:
            response = function(*args, **kwargs)
        except (httpx.RequestError, ValueError) as error:
            raised = failure(error, operation)
        else:
            return parsed(response, operation)
        # Outside the handler, which would chain the error with its traceback.
        raise raised
