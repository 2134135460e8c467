# Derived from _async/client_transport.py by derive_sync.py: do not edit.

"""Sending with a user's own `httpx.AsyncClient`."""

import httpx


class ClientTransport(httpx.BaseTransport):
    """A transport that sends with a user's client and doesn't close it.

    Requests arrive complete: the client's own auth, cookies and base URL are not used, and it
    follows no redirects.
    """

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; raise what the client raises."""
        return self._client.send(request, stream=True, auth=None, follow_redirects=False)
