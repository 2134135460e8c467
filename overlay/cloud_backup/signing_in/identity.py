"""A login at Identity (v2.0 of its API): the request, and what its answer says.

Nothing here sends anything; `cloud_backup.signing_in.auth` does.
"""

import ipaddress
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import httpx
from attrs import field, frozen

from cloud_backup.errors import (
    AuthenticationError,
    InsecureURL,
    RegionNotFound,
    StatusError,
    UnexpectedAnswer,
    status_error,
)
from cloud_backup.secret import Secret, Secrets, fields_masked

__all__ = ["DEFAULT_AUTH_URL", "Identity", "Session", "http_url", "login_url", "secure"]

DEFAULT_AUTH_URL: Final = "https://identity.api.rackspacecloud.com/v2.0"
"""Rackspace's Identity, the same for all regions."""

SERVICE_TYPE: Final = "rax:backup"
"""Cloud Backup's type in the service catalogue."""

OPERATION: Final = "authenticate"

_NO_JSON: Final = object()
_REFUSED: Final = frozenset({400, 401, 403})


@frozen
class Session:
    """What a login gives.

    Attributes:
        token: The token.
        endpoint: The service's URL in the region, which holds the tenant.
        lifetime: For how many seconds the token was good when it was issued, by the clock of the
            server that issued it; None if the answer doesn't say.
    """

    token: Secret
    endpoint: httpx.URL
    lifetime: float | None


@frozen
class Identity:
    """Identity, as one user sees it.

    Attributes:
        url: Where a login is sent to.
        username: The user's name.
        api_key: The API key; None if there is a password.
        password: The password; None if there is an API key.
        tenant_id: The tenant to log in to; None for the user's own.
        region: The region whose endpoint is wanted; None for the account's default.
        endpoint: The service's URL, if the catalogue is not to be asked.
        headers: More headers of a login.
        allow_http: Whether plain http will do for the service; else only on this machine.
    """

    url: httpx.URL
    username: str
    api_key: Secret | None
    password: Secret | None
    tenant_id: str | None
    region: str | None
    endpoint: httpx.URL | None
    headers: httpx.Headers = field(factory=httpx.Headers, repr=False)
    allow_http: bool = False

    @property
    def key(self) -> tuple[str | None, ...]:
        """What tells this login from others, without its secret."""
        region = None if self.region is None else self.region.casefold()
        endpoint = None if self.endpoint is None else str(self.endpoint)
        return str(self.url), self.username, self.tenant_id, region, endpoint

    def request(self) -> httpx.Request:
        """Make the request of a login.

        The body is a stream: unlike content it is neither kept with the request in an exception
        nor in a pickle.
        """
        if self.api_key is not None:
            method = "RAX-KSKEY:apiKeyCredentials"
            secret = {"apiKey": self.api_key.reveal()}
        else:
            assert self.password is not None  # noqa: S101 - RackspaceAuth asks for one of the two
            method = "passwordCredentials"
            secret = {"password": self.password.reveal()}
        auth: dict[str, Any] = {method: {"username": self.username, **secret}}
        if self.tenant_id is not None:
            auth["tenantId"] = self.tenant_id
        body = json.dumps({"auth": auth}).encode()
        headers = httpx.Headers(self.headers)
        headers.update(
            {
                "Host": self.url.netloc.decode("ascii"),
                "Accept": "application/json",
                "Content-Type": "application/json",
                "Content-Length": str(len(body)),
            }
        )
        return httpx.Request("POST", self.url, headers=headers, stream=httpx.ByteStream(body))

    def session(self, response: httpx.Response, now: datetime) -> Session:
        """Read the answer to a login.

        Args:
            response: The answer, read.
            now: The time, for an answer that has no `Date`.

        Raises:
            AuthenticationError: Identity refuses the credentials.
            InsecureURL: The endpoint in the catalogue is plain http, elsewhere than here.
            RegionNotFound: The catalogue has no Cloud Backup in the region.
            StatusError: Identity answered with another error.
            UnexpectedAnswer: The answer cannot be read, or lacks the token or the endpoint.
        """
        if not response.is_success:
            raise self._error(response)
        answer: Any
        try:
            answer = response.json()
        except ValueError:
            answer = _NO_JSON  # raised below, apart from an error that holds the text
        if answer is _NO_JSON:
            raise UnexpectedAnswer(
                OPERATION, "the answer is no JSON", field="access.token.id", undecodable=True
            )
        try:
            access = answer["access"]
            # Taken out, so that no traceback from here on shows it among the local variables.
            token = Secret(_text(access["token"].pop("id")))
            expires = access["token"].get("expires")
        except (LookupError, TypeError, AttributeError):
            raise UnexpectedAnswer(
                OPERATION, "the answer has no token", field="access.token.id"
            ) from None
        raised: InsecureURL | RegionNotFound | UnexpectedAnswer
        try:
            return Session(
                token=token,
                endpoint=self.endpoint or self._secure(_endpoint(access, self.region)),
                lifetime=_lifetime(expires, response.headers.get("Date"), now),
            )
        except (InsecureURL, RegionNotFound, UnexpectedAnswer) as error:
            raised = self._masked(error, token)
        # Outside the handler, and without what the catalogue says among the local variables.
        del answer, access, expires
        raise raised

    def _secure(self, endpoint: httpx.URL) -> httpx.URL:
        what = "the endpoint in the service catalogue"
        return secure(endpoint, what, allow_http=self.allow_http)

    def _masked(
        self, error: InsecureURL | RegionNotFound | UnexpectedAnswer, token: Secret
    ) -> InsecureURL | RegionNotFound | UnexpectedAnswer:
        """Make an error again, without the secrets that it may quote."""
        secrets = Secrets(self.api_key, self.password, token)
        if isinstance(error, RegionNotFound):
            return RegionNotFound(error.region, map(secrets.masked_text, error.regions))
        if isinstance(error, InsecureURL):
            error.url = secrets.masked_text(error.url)
            error.args = (secrets.masked_text(str(error)),)
            return error.with_traceback(None)
        problem = secrets.masked_text(str(error)).removeprefix(f"{OPERATION}: ")
        return UnexpectedAnswer(OPERATION, problem, field=error.field)

    def _error(self, response: httpx.Response) -> StatusError:
        Secrets(self.api_key, self.password).clean(response)
        try:
            said = response.json()
        except ValueError:
            said = None
        if isinstance(said, dict) and "access" in said:
            # A token that nobody is to use is a token nevertheless.
            request = response.request
            said = fields_masked(said)
            response = httpx.Response(response.status_code, json=said, request=request)
        if response.status_code in _REFUSED:
            return AuthenticationError(response, OPERATION)
        return status_error(response, OPERATION)


def login_url(url: str | httpx.URL) -> httpx.URL:
    """Make the URL of a login from Identity's, with or without `/v2.0`, `/tokens`, slashes.

    Raises:
        ValueError: It is no absolute HTTP URL.
    """
    base = http_url(url)
    path = base.path.rstrip("/").removesuffix("/tokens").rstrip("/")
    if not path.endswith("/v2.0"):
        path += "/v2.0"
    return base.copy_with(path=f"{path}/tokens", query=None, fragment=None)


def http_url(url: str | httpx.URL) -> httpx.URL:
    """Parse an absolute URL of http or https.

    Raises:
        ValueError: It is none.
    """
    try:
        parsed = httpx.URL(url.strip() if isinstance(url, str) else url)
    except httpx.InvalidURL as error:
        # What stands before an @ may be a password.
        shown = "it has an @" if "@" in str(url) else f"{url!r}: {error}"
        raise ValueError(f"no URL: {shown}") from None
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        shown = "it has an @" if "@" in str(url) else repr(url)
        raise ValueError(f"no absolute URL of http or https: {shown}")
    if parsed.userinfo:
        # URLs are shown and logged.
        raise ValueError(f"no user name or password may be in the URL of {parsed.host}")
    return parsed


def secure(url: httpx.URL, what: str, *, allow_http: bool) -> httpx.URL:
    """Return a URL that what is secret may be sent to.

    Args:
        url: The URL.
        what: What it is called in the error.
        allow_http: Whether plain http will do anywhere; else only on this machine.

    Raises:
        InsecureURL: It is plain http.
    """
    if url.scheme == "https" or allow_http or _is_here(url.host):
        return url
    raise InsecureURL(what, url)


def _is_here(host: str) -> bool:
    """Whether a host is this machine, whatever a name server says."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError
    return value


def _endpoint(access: Any, region: str | None) -> httpx.URL:
    """Choose the service's URL: the one of the region, in any letter case.

    Where none is asked for: of the default region, or else the region-less one, or else the only.
    """
    by_region: dict[str | None, str] = {}
    names: dict[str, str] = {}
    for name, url in _endpoints(access):
        key = name.casefold() if name else None
        by_region.setdefault(key, url)
        if name:
            names.setdefault(name.casefold(), name)
    if not by_region:
        raise UnexpectedAnswer(
            OPERATION,
            f"the service catalogue has no endpoint of type {SERVICE_TYPE}: "
            "the account has no Cloud Backup",
            field="access.serviceCatalog",
        )
    if region is not None:
        chosen = by_region.get(region.casefold())
    else:
        user = access.get("user")
        default = user.get("RAX-AUTH:defaultRegion") if isinstance(user, dict) else None
        chosen = by_region.get(default.casefold()) if isinstance(default, str) else None
        chosen = chosen or by_region.get(None)
        if chosen is None and len(by_region) == 1:
            (chosen,) = by_region.values()
    if chosen is None:
        raise RegionNotFound(region, names.values())
    try:
        return http_url(chosen)
    except ValueError as error:
        raise UnexpectedAnswer(
            OPERATION, f"the endpoint in the service catalogue is {error}", field="publicURL"
        ) from None


def _endpoints(access: Any) -> Iterator[tuple[str | None, str]]:
    """Yield region, if any, and public URL of each of the service's endpoints."""
    catalogue = access.get("serviceCatalog")
    for service in catalogue if isinstance(catalogue, list) else ():
        if not isinstance(service, dict) or service.get("type") != SERVICE_TYPE:
            continue
        endpoints = service.get("endpoints")
        for endpoint in endpoints if isinstance(endpoints, list) else ():
            if isinstance(endpoint, dict) and isinstance(endpoint.get("publicURL"), str):
                region = endpoint.get("region")
                yield region if isinstance(region, str) and region else None, endpoint["publicURL"]


def _lifetime(expires: Any, date: str | None, now: datetime) -> float | None:
    """Say how long the token lives, by the clock of the server: it may be another than ours."""
    try:
        until = datetime.fromisoformat(expires)
    except (TypeError, ValueError):
        return None
    try:
        issued = parsedate_to_datetime(date) if date else now
    except ValueError:
        issued = now
    return (_aware(until) - _aware(issued)).total_seconds()


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
