"""The errors; docs/errors.md shows the tree.

Invalid arguments raise a `ValueError` before anything is sent. Every error can be pickled and
copied, and none shows or keeps a token, an API key or a password.
"""
# ruff: noqa: N818 - named for what happened: these names are public

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any, Final

import httpx

from cloud_backup.secret import MASK, SECRET_HEADERS
from cloud_backup.states import is_final
from cloud_backup.wire.errors import LOGIN, CloudBackupError, UnexpectedAnswer
from cloud_backup.wire.http_date import http_date

__all__ = [
    "AgentNotFound",
    "AgentNotOnline",
    "AuthenticationError",
    "BackupFailed",
    "CloudBackupError",
    "Conflict",
    "CredentialsMissing",
    "EncryptionUnavailable",
    "InsecureURL",
    "InvalidRequest",
    "NotCompleted",
    "NotFound",
    "PermissionDenied",
    "RateLimited",
    "RegionNotFound",
    "RestoreFailed",
    "ServerError",
    "ServiceUnavailable",
    "StatusError",
    "UnexpectedAnswer",
    "Unreachable",
    "UsedElsewhere",
    "WaitTimeout",
    "ZoneDataMissing",
    "status_error",
]

_LONGEST_MESSAGE: Final = 500

_MAY_PASS: Final = (
    httpx.NetworkError,
    httpx.ProxyError,
    httpx.RemoteProtocolError,
    httpx.TimeoutException,
)
_PASSING: Final = frozenset({413, 429, 500, 502, 503, 504})
_SECONDS: Final = re.compile(r"[0-9]{1,15}(?:\.[0-9]*)?")


class CredentialsMissing(CloudBackupError):
    """No user name, or neither an API key nor a password; the message says what to set."""


class InsecureURL(CloudBackupError):
    """A URL is plain http, so anyone on the network could read the credentials or the token.

    Nothing was sent. Only this machine's own URLs (localhost, 127.0.0.1, ::1) may be plain http.
    """

    def __init__(self, what: str, url: httpx.URL) -> None:
        self.url = str(url)
        super().__init__(
            f"{what} is not https: {url}; use https, or set RS_ALLOW_HTTP=1 or allow_http=True to "
            "send secrets there unencrypted"
        )


class AgentNotFound(CloudBackupError):
    """No machine has the given `name`, or several have; `candidates` are their agents' ids."""

    def __init__(self, name: str, candidates: Iterable[int], names: Iterable[str]) -> None:
        self.name = name
        self.candidates = tuple(candidates)
        close = get_close_matches(name, list(names), n=1)
        hint = f"did you mean {close[0]!r}?" if close else "agents.list() lists them all"
        problem = f"no agent's machine is named {name!r}: {hint}"
        if self.candidates:
            ids = ", ".join(map(str, self.candidates))
            problem = f"{len(self.candidates)} machines are named {name!r}: give an id: {ids}"
        super().__init__(problem)


class RegionNotFound(CloudBackupError):
    """The account has no Cloud Backup in `region`, or has several `regions` and none was given."""

    def __init__(self, region: str | None, regions: Iterable[str]) -> None:
        self.region = region
        self.regions = tuple(sorted(regions))
        offered = ", ".join(self.regions)
        problem = f"no Cloud Backup in region {region!r}; it is in: {offered}"
        if not self.regions:
            problem = "the account's service catalogue names no region for Cloud Backup"
        elif region is None:
            problem = f"Cloud Backup is in several regions, name one of them: {offered}"
        super().__init__(problem)


class Unreachable(CloudBackupError):
    """No answer came, or none in time; `__cause__` is httpx's error.

    Attributes:
        operation: The operation's id in `openapi.yaml`.
        not_carried_out: Whether the call definitely had no effect: it wasn't sent.
    """

    def __init__(self, operation: str, reason: str, *, not_carried_out: bool = False) -> None:
        self.operation = operation
        self.not_carried_out = not_carried_out
        super().__init__(f"{operation}: no answer: {reason}")

    @property
    def may_pass(self) -> bool:
        """Whether the network failed, rather than the URL or the request being wrong."""
        return isinstance(self.__cause__, _MAY_PASS)

    @property
    def may_be_carried_out(self) -> bool:
        """Whether the call may have been sent."""
        return not self.not_carried_out


class UsedElsewhere(CloudBackupError):
    """A client with a transport of yours is used in another process or event loop than before."""

    def __init__(self) -> None:
        super().__init__(
            "the client has its own http_client or transport, and was first used in another "
            "process or event loop: make a client in each, or leave out http_client and transport"
        )


class EncryptionUnavailable(CloudBackupError):
    """The package `cryptography` is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "encrypting a passphrase needs the package cryptography: "
            "pip install 'rackspace-cloud-backup[encryption]'"
        )


class ZoneDataMissing(CloudBackupError):
    """This machine has no data about an IANA `zone`, like Windows and slim containers."""

    def __init__(self, zone: str) -> None:
        self.zone = zone
        super().__init__(
            f"there is no data about the time zone {zone!r} on this machine: pip install tzdata"
        )


class WaitTimeout(CloudBackupError):
    """Backups or restores did not finish in time; they go on in the service.

    Attributes:
        last: The backup, restore or agent as last seen; None if there were many.
        waited: The seconds waited.
        states: How many are in which state, finished ones included.
        pending: The states of those that haven't finished, by id, "Unknown" if never seen; empty if
            there was only one.
    """

    def __init__(
        self, what: str, last: Any, waited: float, *, states: Mapping[int, str] | None = None
    ) -> None:
        self.last = last
        self.waited = waited
        self.pending: dict[int, str] = {}
        if states is None:
            self.states: dict[str, int] = {str(last.state): 1}
            super().__init__(f"{what} is not done after {waited:.1f} s, but {last.state}")
            return
        self.states = dict(Counter(map(str, states.values())).most_common())
        self.pending = {key: str(state) for key, state in states.items() if not is_final(state)}
        counted = ", ".join(f"{count} {state}" for state, count in self.states.items())
        super().__init__(
            f"{len(self.pending)} of {len(states)} {what} are not done after {waited:.1f} s: "
            f"{counted}"
        )


class AgentNotOnline(WaitTimeout):
    """An agent was not online in the time given; it may still come online."""

    def __init__(self, last: Any, waited: float) -> None:
        self.last = last
        self.waited = waited
        self.states = {str(last.status): 1}
        self.pending = {}
        # WaitTimeout's message is about what gets done.
        super(WaitTimeout, self).__init__(
            f"agent {last.machine_agent_id} is not online after {waited:.1f} s, but {last.status}"
        )


class NotCompleted(CloudBackupError):
    """A backup or restore ended in another `state` than Completed, and `check=True` was given.

    `last` is the backup or restore as last seen, `report` its report; None if there is none.
    """

    def __init__(self, what: str, last: Any, report: Any = None) -> None:
        self.last = last
        self.report = report
        self.state = str(last.state)
        texts = (getattr(report, name, None) for name in ("reason", "diagnostics"))
        said = ", ".join(filter(None, texts))
        super().__init__(f"{what} ended {self.state}" + (f": {said}" if said else ""))


class BackupFailed(NotCompleted):
    """A backup ended in another state than Completed; `report` is a `BackupReport` or None."""


class RestoreFailed(NotCompleted):
    """A restore ended in another state than Completed; `report` is a `RestoreReport` or None."""


class StatusError(CloudBackupError):
    """The service or Identity answered with an error status.

    Attributes:
        status: The HTTP status.
        code: The code in the fault, usually the status; None if there is none.
        message: The fault's message; without a fault, the body's text or the reason phrase.
        operation: The operation's id in `openapi.yaml`; "authenticate" for a login.
        request: The request, its token masked. Its body, after `request.read()`, isn't pickled.
        response: The response.
    """

    def __init__(self, response: httpx.Response, operation: str) -> None:
        self.status = response.status_code
        self.code, self.message = _fault(response)
        self.operation = operation
        sent = response.request
        headers = httpx.Headers(sent.headers)
        headers.update({name: MASK for name in SECRET_HEADERS if name in headers})
        self.request = httpx.Request(sent.method, sent.url, headers=headers, stream=sent.stream)
        self.response = response
        response.request = self.request
        response.history = []
        super().__init__(f"{operation}: {self.status} {self.message}")

    def __repr__(self) -> str:
        name = type(self).__name__
        return f"<{name} status={self.status} operation={self.operation} message={self.message!r}>"

    @property
    def may_pass(self) -> bool:
        """Whether the status is 413, 429, 500, 502, 503 or 504."""
        return self.status in _PASSING

    @property
    def retry_after(self) -> float | None:
        """The seconds in the `Retry-After` header, or until its date; None if there is none."""
        value = self.response.headers.get("Retry-After", "").strip()
        if _SECONDS.fullmatch(value):
            return float(value)
        until = http_date(value)
        if until is None:
            return None
        now = http_date(self.response.headers.get("Date")) or datetime.now(UTC)
        return max(0.0, (until - now).total_seconds())


class InvalidRequest(StatusError):
    """400, or any status below 500 without a class of its own: the request is invalid."""


class AuthenticationError(StatusError):
    """401: the credentials are wrong, or the service refuses a token that was just issued.

    A login's 400, and its 403 for a disabled user, are too; the operation is "authenticate".
    """


class PermissionDenied(StatusError):
    """403: the user's roles don't permit it, or an agent is not ready yet."""


class NotFound(StatusError):
    """404: there is no such thing in this account."""


class Conflict(StatusError):
    """409: it conflicts with something that exists."""


class RateLimited(StatusError):
    """429 or 413: too many requests; `retry_after` may say when to come back."""


class ServerError(StatusError):
    """500 and above: the service or a gateway failed; the call may have been carried out."""

    @property
    def may_be_carried_out(self) -> bool:
        """Whether it answers the call itself, and not the login before it."""
        return self.operation != LOGIN


class ServiceUnavailable(ServerError):
    """503: the service is not available; `retry_after` may say when to come back."""


_BY_STATUS: Final[Mapping[int, type[StatusError]]] = {
    401: AuthenticationError,
    403: PermissionDenied,
    404: NotFound,
    409: Conflict,
    413: RateLimited,
    429: RateLimited,
    503: ServiceUnavailable,
    4: InvalidRequest,
    5: ServerError,
}
"""The errors by status; those of other statuses by their first digit."""


def status_error(response: httpx.Response, operation: str) -> StatusError:
    """Make the error for a response's status. It keeps the response, which has been read."""
    status = response.status_code
    kind = _BY_STATUS.get(status) or _BY_STATUS.get(status // 100, StatusError)
    return kind(response, operation)


def _fault(response: httpx.Response) -> tuple[int | None, str]:
    """Return code and message of a fault, flat or in an object with one key, or else the text."""
    try:
        body = response.json()
    except ValueError:
        body = None
    if isinstance(body, dict) and "message" not in body and len(body) == 1:
        (body,) = body.values()
    if isinstance(body, dict) and isinstance(message := body.get("message"), str) and message:
        code = body.get("code")
        return (code if isinstance(code, int) else None), message
    text = response.text.strip()
    if not text or "html" in response.headers.get("Content-Type", ""):
        text = response.reason_phrase or "no reason given"
    return None, text if len(text) <= _LONGEST_MESSAGE else f"{text[:_LONGEST_MESSAGE]}…"
