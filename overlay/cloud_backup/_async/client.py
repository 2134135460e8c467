"""The client that people import."""

import asyncio
from collections.abc import Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self, TypedDict, Unpack

import httpx
from attrs import asdict

from cloud_backup.calling.answer import MAX_ANSWER_SIZE
from cloud_backup.calling.async_http_clients import (
    AsyncHTTPClient,
    AsyncHTTPClients,
    is_tied,
)
from cloud_backup.calling.operations import AsyncSleep
from cloud_backup.calling.retries import Retries
from cloud_backup.secret import Secret
from cloud_backup.signing_in.auth import PLACEHOLDER_URL, RackspaceAuth
from cloud_backup.signing_in.credentials import Credentials
from cloud_backup.signing_in.identity import DEFAULT_AUTH_URL
from cloud_backup.signing_in.token_cache import TokenCache
from cloud_backup_api.api.groups import AsyncGroups

from .client_transport import AsyncClientTransport
from .connection import AsyncConnection

if TYPE_CHECKING:
    from .activity import AsyncActivities
    from .agents import AsyncAgents
    from .backups import AsyncBackups
    from .configurations import AsyncConfigurations
    from .restores import AsyncRestores

DEFAULT_TIMEOUT: Final = httpx.Timeout(connect=10.0, read=30.0, write=30.0, pool=30.0)
"""Seconds for connecting, for each read and write, and for a connection of the pool."""


class AsyncClientOptions(TypedDict, total=False):
    """The arguments of `AsyncCloudBackup` besides credentials."""

    base_url: str | httpx.URL | None
    timeout: float | httpx.Timeout | None
    transport: httpx.AsyncBaseTransport | None
    proxy: str | httpx.URL | httpx.Proxy | None
    headers: Mapping[str, str] | None
    http_client: httpx.AsyncClient | None
    retries: Retries | None
    token_cache: TokenCache | None
    allow_http: bool
    deadline: float | None
    max_answer_size: int
    sleep: AsyncSleep


class AsyncCloudBackup(AsyncGroups):
    """A client of the Cloud Backup API.

    Threads, event loops and forked processes may share it: each process and each loop gets its own
    connections. Use it in a `with` block or close it. The first request logs in.

    Args:
        username: The user's name.
        api_key: The API key. Exactly one of API key and password is needed.
        password: The password.
        tenant_id: The tenant to log in to; None for the user's own.
        region: `DFW`, `ORD`, `IAD`, `LON`, `HKG` or `SYD`, in any letter case; None for the
            account's default region.
        auth_url: Identity's URL.
        base_url: The service's URL with the tenant; None for the one in the service catalogue.
        timeout: Seconds for connecting and for each read and write; None for no limit. By default
            that of `http_client`, if there is one.
        transport: Sends requests in place of httpx's own transport; it is closed with the client.
        proxy: The URL of the proxy to send requests through; None for the one in the environment.
        headers: More headers for every request, logins included.
        http_client: Your own client to send requests with. Its transport, proxies, event hooks,
            headers and (unless given here) timeouts are used; its auth, cookies and base URL are
            not. It is not closed with this client, and excludes `transport` and `proxy`.
        retries: How failed calls are retried; None for `Retries()`.
        token_cache: Where to keep the token between two processes; None for nowhere.
        allow_http: Whether credentials and token may be sent by plain http to other machines.
        deadline: How many seconds a call may take in all, above 0: login, retries, pauses and slow
            bytes included; None for no limit. Methods such as `wait` have their own timeouts.
        max_answer_size: How many bytes an answer may have, unpacked, 1 or more. A larger one is an
            `UnexpectedAnswer`, and the rest of it is not read.
        sleep: Called with seconds to sleep between two attempts or two looks at a restore.

    Attributes:
        sleep: As given.
        api: The generated client, for every operation of the API as it is on the wire:
            `get_restore.asyncio_detailed(1394, client=backup.api)` of
            `cloud_backup_api.api.restores`. It logs in as this client does, but doesn't retry, and
            raises httpx's errors.

    Raises:
        InsecureURL: A URL is plain http and of another machine.
        ValueError: Not exactly one of API key and password, no user name, an invalid URL, a
            deadline or size out of range, or `http_client` with `transport` or `proxy`.

    Any method raises a `CloudBackupError` if it fails; docs/errors.md lists them. Any method that
    makes calls takes `timeout` and `headers` for them, as in `CallOptions`.
    """

    def __init__(
        self,
        username: str,
        api_key: str | Secret | None = None,
        *,
        password: str | Secret | None = None,
        tenant_id: str | None = None,
        region: str | None = None,
        auth_url: str = DEFAULT_AUTH_URL,
        base_url: str | httpx.URL | None = None,
        timeout: float | httpx.Timeout | None = DEFAULT_TIMEOUT,
        transport: httpx.AsyncBaseTransport | None = None,
        proxy: str | httpx.URL | httpx.Proxy | None = None,
        headers: Mapping[str, str] | None = None,
        http_client: httpx.AsyncClient | None = None,
        retries: Retries | None = None,
        token_cache: TokenCache | None = None,
        allow_http: bool = False,
        deadline: float | None = None,
        max_answer_size: int = MAX_ANSWER_SIZE,
        sleep: AsyncSleep = asyncio.sleep,
    ) -> None:
        # First, so that no traceback shows them among the local variables.
        api_key, password = Secret.wrap(api_key), Secret.wrap(password)
        every = httpx.Headers({"Accept": "application/json", "Accept-Encoding": "gzip"})
        tied = is_tied(transport) or http_client is not None
        if http_client is not None:
            if transport is not None or proxy is not None:
                raise ValueError("http_client has its own: give no transport and no proxy")
            transport = AsyncClientTransport(http_client)
            if timeout is DEFAULT_TIMEOUT:
                timeout = http_client.timeout
            every = httpx.Headers({**http_client.headers, **every})
        every.update(headers)
        login = Credentials(
            username=username,
            api_key=api_key,
            password=password,
            tenant_id=tenant_id,
            region=region,
            auth_url=auth_url,
            allow_http=allow_http,
        )
        auth = RackspaceAuth(login, endpoint=base_url, headers=every, token_cache=token_cache)
        self._auth = auth
        make = partial(
            AsyncHTTPClient,
            deadline=deadline,
            max_answer_size=max_answer_size,
            auth=auth,
            base_url=PLACEHOLDER_URL,
            headers=every,
            timeout=timeout,
            transport=transport,
            proxy=proxy,
            follow_redirects=False,  # a redirect would take the token along
        )
        self.sleep = sleep
        self._http = AsyncHTTPClients(make, tied=tied)
        connection = AsyncConnection(
            self._http, sleep, retries or Retries(), auth.is_login, deadline
        )
        super().__init__(connection)
        self.api = connection.api
        self._connection = connection

    # Each is imported on first use: most programs need one or two.

    @cached_property
    def restores(self) -> "AsyncRestores":
        """Restores: what can be restored, restoring it, watching it, and the report."""
        from .restores import AsyncRestores  # noqa: PLC0415

        return AsyncRestores(self._connection)

    @cached_property
    def backups(self) -> "AsyncBackups":
        """Backups: starting one, its state and report, and those that can be restored."""
        from .backups import AsyncBackups  # noqa: PLC0415

        return AsyncBackups(self._connection)

    @cached_property
    def agents(self) -> "AsyncAgents":
        """The agents."""
        from .agents import AsyncAgents  # noqa: PLC0415

        return AsyncAgents(self._connection)

    @cached_property
    def configurations(self) -> "AsyncConfigurations":
        """The backup configurations."""
        from .configurations import AsyncConfigurations  # noqa: PLC0415

        return AsyncConfigurations(self._connection)

    @cached_property
    def activity(self) -> "AsyncActivities":
        """Recent backups, restores and clean-ups."""
        from .activity import AsyncActivities  # noqa: PLC0415

        return AsyncActivities(self._connection)

    @classmethod
    def from_environment(
        cls,
        environ: Mapping[str, str] | None = None,
        *,
        credentials_file: Path | None = None,
        **options: Unpack[AsyncClientOptions],
    ) -> Self:
        """Make a client with credentials from the environment, a file or the keyring.

        The variables are `RS_USERNAME`, `RS_API_KEY` (or `RS_PASSWORD`) and, if needed,
        `RS_REGION_NAME`, `RS_AUTH_URL` and `RS_TENANT_ID`.

        Args:
            environ: The environment; None for `os.environ`.
            credentials_file: The file; None for `~/.rackspace_cloud_credentials`.
            options: `base_url` and what follows it, as for the class; `RS_ALLOW_HTTP=1` is the same
                as `allow_http=True`.

        Raises:
            CredentialsMissing: There are none; the message says what to set.
            InsecureURL, ValueError: As for the class, or `RS_ALLOW_HTTP` is neither 1 nor 0.
        """
        found = Credentials.from_environment(environ, file=credentials_file)
        given: Any = asdict(found, recurse=False, filter=lambda _, value: value is not None)
        given |= options
        given["allow_http"] = found.allow_http or options.get("allow_http", False)
        return cls(**given)

    @property
    def account(self) -> str:
        """User, region, tenant and URLs as text, without secrets."""
        return self._auth.account

    @property
    def service_url(self) -> str | None:
        """The service's URL, with the tenant; None before the first call if it wasn't given."""
        return self._auth.service_url

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._auth!r}>"

    async def __aenter__(self) -> Self:
        """Open the client again, if it was closed."""
        self._http.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the client."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close the client and its connections."""
        await self._http.aclose()
