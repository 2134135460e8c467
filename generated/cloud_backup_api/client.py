# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

"""Clients: where the service is, and what every call to it shares."""

import ssl
from types import TracebackType
from typing import Any, NoReturn, Self

import httpx
from attrs import define, evolve, field

DEFAULT_TIMEOUT = httpx.Timeout(30, connect=10)
"""At most 30 s without an answer, and 10 s to connect."""


@define
class Client:
    """A client for the operations that need no token.

    Attributes:
        raise_on_unexpected_status: Whether a status that the specification does not have raises
            errors.UnexpectedStatus.
        base_url: The URL that the operations' paths are relative to.
        cookies: Cookies to send with every request.
        headers: Headers to send with every request.
        timeout: How long a request may take; None for no limit. httpx.TimeoutException is raised
            when it has passed.
        verify_ssl: Whether to check the server's certificate, or what to check it against. To be
            turned off in tests only.
        follow_redirects: Whether to follow redirects.
        httpx_args: Further arguments for `httpx.Client` and `httpx.AsyncClient`.
    """

    raise_on_unexpected_status: bool = field(default=False, kw_only=True)
    _base_url: str = field(alias="base_url")
    _cookies: dict[str, str] = field(factory=dict, kw_only=True, alias="cookies", repr=False)
    _headers: dict[str, str] = field(factory=dict, kw_only=True, alias="headers", repr=False)
    _timeout: httpx.Timeout | None = field(default=DEFAULT_TIMEOUT, kw_only=True, alias="timeout")
    _verify_ssl: str | bool | ssl.SSLContext = field(default=True, kw_only=True, alias="verify_ssl")
    _follow_redirects: bool = field(default=False, kw_only=True, alias="follow_redirects")
    _httpx_args: dict[str, Any] = field(factory=dict, kw_only=True, alias="httpx_args", repr=False)
    _client: httpx.Client | None = field(default=None, init=False, repr=False, eq=False)
    _async_client: httpx.AsyncClient | None = field(default=None, init=False, repr=False, eq=False)

    def with_headers(self, headers: dict[str, str]) -> Self:
        """A client like this one, with further headers and connections of its own."""
        return evolve(self, headers={**self._headers, **headers})

    def with_cookies(self, cookies: dict[str, str]) -> Self:
        """A client like this one, with further cookies and connections of its own."""
        return evolve(self, cookies={**self._cookies, **cookies})

    def with_timeout(self, timeout: httpx.Timeout | None) -> Self:
        """A client like this one, with another time limit and connections of its own."""
        return evolve(self, timeout=timeout)

    def _all_headers(self) -> dict[str, str]:
        return self._headers

    def _client_args(self) -> dict[str, Any]:
        return {
            "base_url": self._base_url,
            "cookies": self._cookies,
            "headers": self._all_headers(),
            "timeout": self._timeout,
            "verify": self._verify_ssl,
            "follow_redirects": self._follow_redirects,
            **self._httpx_args,
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

    def set_async_httpx_client(self, async_client: httpx.AsyncClient) -> Self:
        """Use this httpx client. Its own settings hold: cookies, headers, timeout and the rest."""
        self._async_client = async_client
        return self

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        """The asynchronous httpx client in use, made on first use."""
        if self._async_client is None:
            self._async_client = httpx.AsyncClient(**self._client_args())
        return self._async_client

    def __enter__(self) -> Self:
        """Open the httpx client, which can be done once only."""
        self.get_httpx_client().__enter__()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        """Close the httpx client."""
        self.get_httpx_client().__exit__(exc_type, exc_value, traceback)

    async def __aenter__(self) -> Self:
        """Open the asynchronous httpx client, which can be done once only."""
        await self.get_async_httpx_client().__aenter__()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        """Close the asynchronous httpx client."""
        await self.get_async_httpx_client().__aexit__(exc_type, exc_value, traceback)


@define
class AuthenticatedClient(Client):
    """A client that sends a token with every request. It can't be pickled, since the token could.

    Attributes:
        token: The token.
        prefix: What stands before the token in the header, if anything.
        auth_header_name: The header that the token goes in.
    """

    token: str = field(kw_only=True, repr=False)
    prefix: str = field(default="", kw_only=True)
    auth_header_name: str = field(default="X-Auth-Token", kw_only=True)

    def _all_headers(self) -> dict[str, str]:
        token = f"{self.prefix} {self.token}" if self.prefix else self.token
        return {**self._headers, self.auth_header_name: token}

    def __reduce__(self) -> NoReturn:
        msg = (
            "an AuthenticatedClient holds a token, so it can't be pickled; make it where it is used"
        )
        raise TypeError(msg)
