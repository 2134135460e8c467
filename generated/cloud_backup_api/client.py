# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

"""Clients: where the service is, and what every call to it shares."""

import ssl
from typing import Any, NoReturn, Self

import httpx
from attrs import define, evolve, field

DEFAULT_TIMEOUT = httpx.Timeout(30, connect=10)
"""At most 30 s without an answer, and 10 s to connect."""


@define(kw_only=True)
class Client:
    """A client for the operations that need no token.

    Attributes:
        base_url: The URL that the operations' paths are relative to.
        raise_on_unexpected_status: Whether a status that the specification does not have raises
            errors.UnexpectedStatus.
        cookies: Cookies to send with every request.
        headers: Headers to send with every request.
        timeout: How long a request may take; None for no limit. httpx.TimeoutException is raised
            when it has passed.
        verify_ssl: Whether to check the server's certificate, or what to check it against. To be
            turned off in tests only.
        follow_redirects: Whether to follow redirects.
        httpx_args: Further arguments for `httpx.Client` and `httpx.AsyncClient`.
    """

    base_url: str
    raise_on_unexpected_status: bool = False
    cookies: dict[str, str] = field(factory=dict, repr=False)
    headers: dict[str, str] = field(factory=dict, repr=False)
    timeout: httpx.Timeout | None = DEFAULT_TIMEOUT
    verify_ssl: str | bool | ssl.SSLContext = True
    follow_redirects: bool = False
    httpx_args: dict[str, Any] = field(factory=dict, repr=False)
    _client: httpx.Client | None = field(default=None, init=False, repr=False, eq=False)
    _async_client: httpx.AsyncClient | None = field(default=None, init=False, repr=False, eq=False)

    def with_headers(self, headers: dict[str, str]) -> Self:
        """A client like this one, with further headers and connections of its own."""
        return evolve(self, headers=self.headers | headers)

    def with_cookies(self, cookies: dict[str, str]) -> Self:
        """A client like this one, with further cookies and connections of its own."""
        return evolve(self, cookies=self.cookies | cookies)

    def with_timeout(self, timeout: httpx.Timeout | None) -> Self:
        """A client like this one, with another time limit and connections of its own."""
        return evolve(self, timeout=timeout)

    def _all_headers(self) -> dict[str, str]:
        return self.headers

    def _client_args(self) -> dict[str, Any]:
        return {
            "base_url": self.base_url,
            "cookies": self.cookies,
            "headers": self._all_headers(),
            "timeout": self.timeout,
            "verify": self.verify_ssl,
            "follow_redirects": self.follow_redirects,
            **self.httpx_args,
        }

    def set_httpx_client(self, client: httpx.Client) -> Self:
        """Use this httpx client. Its own settings hold: cookies, headers, timeout and the rest."""
        self._client = client
        return self

    def get_httpx_client(self) -> httpx.Client:
        """The httpx client in use, made on first use."""
        if self._client is None:
            self._client = httpx.Client(**self._client_args())
        return self._client

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        """Close the httpx client."""
        self.get_httpx_client().close()

    def set_async_httpx_client(self, client: httpx.AsyncClient) -> Self:
        """Use this httpx client. Its own settings hold: cookies, headers, timeout and the rest."""
        self._async_client = client
        return self

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        """The httpx client in use, made on first use."""
        if self._async_client is None:
            self._async_client = httpx.AsyncClient(**self._client_args())
        return self._async_client

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc: object) -> None:
        """Close the httpx client."""
        await self.get_async_httpx_client().aclose()


@define(kw_only=True)
class AuthenticatedClient(Client):
    """A client that sends a token with every request. It can't be pickled, since the token could.

    Attributes:
        token: The token.
        prefix: What stands before the token in the header, if anything.
        auth_header_name: The header that the token goes in.
    """

    token: str = field(repr=False)
    prefix: str = ""
    auth_header_name: str = "X-Auth-Token"

    def _all_headers(self) -> dict[str, str]:
        token = f"{self.prefix} {self.token}" if self.prefix else self.token
        return {**self.headers, self.auth_header_name: token}

    def __reduce__(self) -> NoReturn:
        msg = (
            "an AuthenticatedClient holds a token, so it can't be pickled; make it where it is used"
        )
        raise TypeError(msg)
