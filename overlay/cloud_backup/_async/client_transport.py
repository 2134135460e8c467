"""Sending with a user's own `httpx.AsyncClient`."""

import httpx


class AsyncClientTransport(httpx.AsyncBaseTransport):
    """A transport that sends with a user's client and doesn't close it.

    Requests arrive complete: the client's own auth, cookies and base URL are not used, and it
    follows no redirects.
    """

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; raise what the client raises."""
        return await self._client.send(request, stream=True, auth=None, follow_redirects=False)
