"""Sending by somebody else's `httpx.AsyncClient`."""

import httpx


class AsyncClientTransport(httpx.AsyncBaseTransport):
    """A transport that sends by a client of the user's, which it leaves open.

    The requests are complete when they come here: the client's own auth, cookies and base URL have
    no part in them, and redirects are not followed.

    Args:
        client: The client.
    """

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request.

        Raises:
            httpx.HTTPError: What the client raises.
        """
        response = await self._client.send(request, stream=True, auth=None, follow_redirects=False)
        headers = response.headers
        if response.is_stream_consumed:
            # An event hook has read it, and it is decoded already.
            headers = headers.copy()
            for name in ("Content-Encoding", "Content-Length", "Transfer-Encoding"):
                headers.pop(name, None)
            return httpx.Response(response.status_code, headers=headers, content=response.content)
        return httpx.Response(
            response.status_code,
            headers=headers,
            stream=response.stream,
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Leave the client open: it isn't ours."""
