"""The client that people import."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import httpx

from cloud_backup._operations import AsyncSleep
from cloud_backup._secret import Secret
from cloud_backup.auth import PLACEHOLDER_URL, RackspaceAuth
from cloud_backup.credentials import Credentials
from cloud_backup.identity import DEFAULT_AUTH_URL

from .activity import AsyncActivities
from .agents import AsyncAgents
from .backups import AsyncBackups
from .configurations import AsyncConfigurations
from .connection import AsyncConnection
from .restores import AsyncRestores

DEFAULT_TIMEOUT: Final = httpx.Timeout(30.0, connect=10.0)
"""In seconds, for each of connecting, sending and receiving."""


class AsyncCloudBackup:
    """A client of the Cloud Backup API.

    It may be shared. Use it in a `with` block or close it. The first request logs in.

    Args:
        username: The user's name.
        api_key: The API key. Exactly one of API key and password is needed.
        password: The password.
        tenant_id: The tenant to log in to; None for the user's own.
        region: `DFW`, `ORD`, `IAD`, `LON`, `HKG` or `SYD`, in any letter case; None for the
            account's default region.
        auth_url: Identity's URL.
        base_url: The service's URL with the tenant; None for the one in the service catalogue.
        timeout: For how long to wait for an answer, in seconds.
        transport: What sends requests in place of httpx's own; it is closed with the client.
        sleep: What waits between two looks at a restore, given seconds.

    Attributes:
        restores: What can be restored, restoring it, watching it, and the report.
        backups: Making a backup, and those that can be restored.
        agents: The agents.
        configurations: The backup configurations.
        activity: What has been going on.

    Raises:
        ValueError: Not exactly one of API key and password, no user name, or no URL.

    What its methods raise is in `cloud_backup.errors`.
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
        sleep: AsyncSleep = asyncio.sleep,
    ) -> None:
        # First of all, so that no traceback shows them among the local variables.
        api_key = Secret.wrap(api_key)
        password = Secret.wrap(password)
        auth = RackspaceAuth(
            username,
            api_key,
            password=password,
            tenant_id=tenant_id,
            region=region,
            auth_url=auth_url,
            endpoint=base_url,
        )
        self._auth = auth
        self._http = httpx.AsyncClient(
            auth=auth,
            base_url=PLACEHOLDER_URL,
            headers={"Accept": "application/json"},
            timeout=timeout,
            transport=transport,
            follow_redirects=False,  # a redirect would take the token along
        )
        connection = AsyncConnection(self._http, sleep)
        self.restores = AsyncRestores(connection)
        self.backups = AsyncBackups(connection)
        self.agents = AsyncAgents(connection)
        self.configurations = AsyncConfigurations(connection)
        self.activity = AsyncActivities(connection)

    @classmethod
    def from_environment(
        cls,
        environ: Mapping[str, str] | None = None,
        *,
        credentials_file: Path | None = None,
        base_url: str | httpx.URL | None = None,
        timeout: float | httpx.Timeout | None = DEFAULT_TIMEOUT,
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: AsyncSleep = asyncio.sleep,
    ) -> Self:
        """Make a client with the credentials in the environment, or else in a file.

        The variables are `RS_USERNAME`, `RS_API_KEY` (or `RS_PASSWORD`), and, where wanted,
        `RS_REGION_NAME`, `RS_AUTH_URL` and `RS_TENANT_ID`.

        Args:
            environ: The environment; `os.environ` if None.
            credentials_file: The file; `~/.rackspace_cloud_credentials` if None.
            base_url: As for the class.
            timeout: As for the class.
            transport: As for the class.
            sleep: As for the class.

        Raises:
            CredentialsMissing: Neither has what is needed; the message says what to set.
        """
        credentials = Credentials.from_environment(environ, file=credentials_file)
        return cls(
            credentials.username,
            credentials.api_key,
            password=credentials.password,
            tenant_id=credentials.tenant_id,
            region=credentials.region,
            auth_url=credentials.auth_url or DEFAULT_AUTH_URL,
            base_url=base_url,
            timeout=timeout,
            transport=transport,
            sleep=sleep,
        )

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._auth!r}>"

    async def __aenter__(self) -> Self:
        """Open the client; it opens by itself too."""
        await self._http.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the client."""
        await self._http.__aexit__(kind, error, traceback)

    async def aclose(self) -> None:
        """Close the client and its connections."""
        await self._http.aclose()
