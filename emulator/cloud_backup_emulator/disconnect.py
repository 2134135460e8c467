"""Connections that break: before a response, or in the middle of it."""

from typing import Any, Final

from starlette.responses import Response

__all__ = ["EXTENSION", "Disconnect"]

EXTENSION: Final = "cloud_backup_emulator.close"
"""The ASGI extension, a function that closes the connection once what was sent is on its way."""


class Disconnect(Response):
    """A response that the connection is closed before, or in the middle of.

    Where the server can't close connections, as there are none in process, `ConnectionResetError`
    comes out of the application.

    Args:
        response: The response.
        when: "before" or "during"; a response without a body has only a before.
    """

    def __init__(self, response: Response, when: str) -> None:
        super().__init__(response.body, response.status_code, dict(response.headers))
        self._when = when

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Send what is to come through, and close the connection."""
        close = scope.get("extensions", {}).get(EXTENSION)
        half = len(self.body) // 2
        if self._when == "during" and half:
            start = {"status": self.status_code, "headers": self.raw_headers}
            await send({"type": "http.response.start", **start})
            body = bytes(self.body)[:half]
            await send({"type": "http.response.body", "body": body, "more_body": True})
        if close is None:
            raise ConnectionResetError("the connection is closed, as a fault asked for")
        close()
        # Until the server has noticed, it would complain of a response that isn't whole.
        while (await receive())["type"] != "http.disconnect":
            pass
