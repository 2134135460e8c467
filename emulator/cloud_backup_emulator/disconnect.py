"""Responses that break the connection: before they start, or in the middle."""

from typing import Any, Final

from starlette.responses import Response

__all__ = ["EXTENSION", "Disconnect"]

EXTENSION: Final = "cloud_backup_emulator.close"
"""The ASGI extension: a function that closes the connection after flushing it."""


class Disconnect(Response):
    """Closes the connection before a response, or in the middle of it.

    Without a connection to close, as in process, the application raises `ConnectionResetError`.

    Args:
        response: The response.
        when: "before" or "during"; without a body, both mean before.
    """

    def __init__(self, response: Response, when: str) -> None:
        super().__init__(response.body, response.status_code, dict(response.headers))
        self._when = when

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Send the part before the break, and close the connection."""
        close = scope.get("extensions", {}).get(EXTENSION)
        half = len(self.body) // 2
        if self._when == "during" and half:
            start = {"status": self.status_code, "headers": self.raw_headers}
            await send({"type": "http.response.start", **start})
            body = bytes(self.body)[:half]
            await send({"type": "http.response.body", "body": body, "more_body": True})
        if close is None:
            raise ConnectionResetError("a fault closed the connection")
        close()
        # Until the server notices, it would complain about an incomplete response.
        while (await receive())["type"] != "http.disconnect":
            pass
