# Derived from _async/client_transport.py by derive_sync.py: do not edit.

"""Sending by somebody else's `httpx.AsyncClient`."""

import httpx


class ClientTransport(httpx.BaseTransport):
    """A transport that sends by a client of the user's, which it leaves open.

    The requests are complete when they come here: the client's own auth, cookies and base URL have
    no part in them, and redirects are not followed.

    Args:
        client: The client.
    """

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request.

        Raises:
            httpx.HTTPError: What the client raises.
        """
        response = self._client.send(request, stream=True, auth=None, follow_redirects=False)
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

    def close(self) -> None:
        """Leave the client open: it isn't ours."""
