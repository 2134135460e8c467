"""A login at Identity (v2.0 of its API): the request, and what its answer says."""

import ipaddress
import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import httpx
from attrs import frozen

from cloud_backup.errors import (
    AuthenticationError,
    InsecureURL,
    RegionNotFound,
    StatusError,
    UnexpectedAnswer,
    status_error,
)
from cloud_backup.secret import Secret, Secrets, fields_masked
from cloud_backup.signing_in.credentials import Credentials
from cloud_backup.wire.errors import LOGIN
from cloud_backup.wire.http_date import http_date
from cloud_backup_api.models import Access

DEFAULT_AUTH_URL: Final = "https://identity.api.rackspacecloud.com/v2.0"
"""Rackspace's Identity, the same for all regions."""

SERVICE_TYPE: Final = "rax:backup"
"""Cloud Backup's type in the service catalogue."""

_MARGIN: Final = 5 * 60.0
"""How many seconds before its end a token is not used any more."""

_NO_JSON: Final = object()
_REFUSED: Final = frozenset({400, 401, 403})


@frozen
class Session:
    """A token, and where it is used."""

    token: Secret
    endpoint: httpx.URL
    fresh_until: float
    """In seconds since 1970; infinity for ever."""


class Identity:
    """Makes the request of a login and reads the answer; for the arguments see `RackspaceAuth`."""

    def __init__(
        self,
        login: Credentials,
        endpoint: str | httpx.URL | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        if not login.username:
            raise ValueError("username is empty")
        if (login.api_key is None) == (login.password is None):
            given = "neither" if login.api_key is None else "both"
            raise ValueError(f"exactly one of api_key and password is needed, not {given}")
        self.login = login
        self.secrets = Secrets(login.api_key, login.password)
        self.url = self.secure(login_url(login.auth_url or DEFAULT_AUTH_URL), "auth_url")
        self.endpoint = None if endpoint is None else self.secure(http_url(endpoint), "base_url")
        self._headers = httpx.Headers(headers)

    def secure(self, url: httpx.URL, what: str) -> httpx.URL:
        """Return a URL that secrets may be sent to; raise an `InsecureURL` if it is plain http."""
        if url.scheme == "https" or self.login.allow_http or _is_here(url.host):
            return url
        raise InsecureURL(what, url)

    @property
    def key(self) -> tuple[str | None, ...]:
        """What makes this login different from others, without its secret."""
        login = self.login
        endpoint = None if self.endpoint is None else str(self.endpoint)
        region = login.region and login.region.casefold()
        return str(self.url), login.username, login.tenant_id, region, endpoint

    def request(self) -> httpx.Request:
        """Make the request of a login. Exceptions and pickles don't have its body, a stream."""
        login = self.login
        auth: dict[str, Any] = {} if login.tenant_id is None else {"tenantId": login.tenant_id}
        for method, name, secret in (
            ("RAX-KSKEY:apiKeyCredentials", "apiKey", login.api_key),
            ("passwordCredentials", "password", login.password),
        ):
            if secret is not None:
                auth[method] = {"username": login.username, name: secret.reveal()}
        body = json.dumps({"auth": auth}).encode()
        headers = {
            **self._headers,
            "host": self.url.netloc.decode("ascii"),
            "accept": "application/json",
            "content-type": "application/json",
            "content-length": str(len(body)),
        }
        return httpx.Request("POST", self.url, headers=headers, stream=httpx.ByteStream(body))

    def session(self, response: httpx.Response, now: float) -> Session:
        """Read the answer to a login; `now` is in seconds since 1970."""
        if not response.is_success:
            raise self._error(response)
        answer = _json(response)
        access = Access.read(answer.get("access"), LOGIN) if isinstance(answer, dict) else None
        token = None if access is None else access.token
        secret = None if token is None else Secret.wrap(token.id)
        if access is None or token is None or secret is None:
            undecodable = answer is _NO_JSON
            problem = "the answer is not JSON" if undecodable else "the answer has no token"
            raise UnexpectedAnswer(LOGIN, problem, field="access.token.id", undecodable=undecodable)
        self.secrets.add(secret)
        # Removed, so that no traceback from here on shows it among the local variables.
        access.received["token"].pop("id")
        try:
            endpoint = self.endpoint or self.secure(
                _endpoint(access, self.login.region), "the endpoint in the service catalogue"
            )
            issued = http_date(response.headers.get("Date")) or datetime.fromtimestamp(now, UTC)
            return Session(secret, endpoint, now + _lifetime(token.expires, issued))
        except (InsecureURL, RegionNotFound, UnexpectedAnswer) as error:
            self.secrets.clean_error(error)
            raised = error.with_traceback(None)
            raised.__context__ = None
        # Outside the handler, and without the catalogue among the local variables.
        del answer, access, token
        raise raised

    def _error(self, response: httpx.Response) -> StatusError:
        self.secrets.clean(response)
        said = _json(response)
        if isinstance(said, dict) and "access" in said:
            # It isn't meant to be used, but it is a token.
            said = fields_masked(said)
            request = response.request
            response = httpx.Response(response.status_code, json=said, request=request)
        if response.status_code in _REFUSED:
            return AuthenticationError(response, LOGIN)
        return status_error(response, LOGIN)


def login_url(url: str | httpx.URL) -> httpx.URL:
    """Make the URL of a login from Identity's, with or without `/v2.0`, `/tokens`, slashes."""
    base = http_url(url)
    path = base.path.rstrip("/").removesuffix("/tokens").rstrip("/").removesuffix("/v2.0")
    return base.copy_with(path=f"{path}/v2.0/tokens", query=None, fragment=None)


def http_url(url: str | httpx.URL) -> httpx.URL:
    """Parse an absolute URL of http or https without a user name; otherwise a `ValueError`."""
    # What stands before an @ may be a password.
    shown = "with an @" if "@" in str(url) else repr(str(url))
    try:
        parsed = httpx.URL(url.strip() if isinstance(url, str) else url)
    except httpx.InvalidURL:
        parsed = httpx.URL()
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise ValueError(f"invalid URL {shown}: expected something like 'https://example.com/v2.0'")
    if parsed.userinfo:
        raise ValueError(
            f"the URL of {parsed.host} must have no user name or password: URLs are logged"
        )
    return parsed


def _is_here(host: str) -> bool:
    """Whether a host is this machine, whatever a name server says."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _json(response: httpx.Response) -> Any:
    try:
        return response.json()
    except ValueError:
        return _NO_JSON  # instead of an error that holds the text


def _endpoint(access: Access, region: str | None) -> httpx.URL:
    """Return the service's URL in a region, in any letter case.

    Without a region, that of the default region, or the one without a region, or the only one.
    """
    urls: dict[str | None, str] = {}
    for service in access.service_catalog:
        for endpoint in service.endpoints if service.type == SERVICE_TYPE else ():
            if endpoint.public_url is not None:
                urls.setdefault(endpoint.region, endpoint.public_url)
    if not urls:
        raise UnexpectedAnswer(
            LOGIN,
            f"the service catalogue has no endpoint of type {SERVICE_TYPE}: "
            "the account has no Cloud Backup",
            field="access.serviceCatalog",
        )
    folded = {name and name.casefold(): url for name, url in reversed(urls.items())}
    default = access.user.rax_aut_hdefault_region if access.user else None
    wanted = default if region is None else region
    chosen = folded.get(wanted and wanted.casefold())
    if chosen is None and region is None:
        chosen = folded.get(None) or (next(iter(urls.values())) if len(urls) == 1 else None)
    if chosen is None:
        raise RegionNotFound(region, filter(None, urls))
    try:
        return http_url(chosen)
    except ValueError as error:
        raise UnexpectedAnswer(
            LOGIN, f"the endpoint in the service catalogue: {error}", field="publicURL"
        ) from None


def _lifetime(until: datetime | None, issued: datetime) -> float:
    """Return for how many seconds to use a token, by the server's clock."""
    if until is None:
        return math.inf
    seconds = ((until if until.tzinfo else until.replace(tzinfo=UTC)) - issued).total_seconds()
    return seconds - min(_MARGIN, seconds / 2)
