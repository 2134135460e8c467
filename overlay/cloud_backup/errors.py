"""What can go wrong, as types.

    CloudBackupError
    ├── CredentialsMissing          no user name, or neither API key nor password
    ├── InsecureURL                 credentials or a token would go by plain http
    ├── AgentNotFound               no machine of that name, or several
    ├── RegionNotFound              the account has no Cloud Backup in that region
    ├── Unreachable                 no answer came: no connection, or none within the timeout
    ├── UsedElsewhere               a client that sends by yours, in another process or event loop
    ├── UnexpectedAnswer            an answer that can't be read, lacks what it must have, or is
    │                               about something else
    ├── WaitTimeout                 a backup or restore was not done in the time given
    │   └── AgentNotOnline          an agent didn't come online in the time given
    ├── NotCompleted                what was waited for, and checked, ended otherwise
    │   ├── BackupFailed            a backup did
    │   └── RestoreFailed           a restore did
    ├── EncryptionUnavailable       the extra encryption isn't installed
    ├── ZoneDataMissing             the machine has no time zone data
    └── StatusError                 an answer with the status of an error
        ├── InvalidRequest          400, and what has no class of its own below 500
        ├── AuthenticationError     401, and whatever Identity says no to
        ├── PermissionDenied        403
        ├── NotFound                404
        ├── Conflict                409
        ├── RateLimited             429, and 413 as OpenStack says it
        └── ServerError             500, and what has no class of its own above
            └── ServiceUnavailable  503

Arguments that cannot be right are refused with a `ValueError` before anything is sent.

Every error says in `attempts` how often the call was sent that it ended.

Every error can be pickled and copied, and none shows or keeps a token, an API key or a password.
"""
# ruff: noqa: N818 - named for what happened: these names are part of the public face

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from difflib import get_close_matches
from email.utils import parsedate_to_datetime
from typing import Any, Final

import httpx

from cloud_backup.secret import MASK, SECRET_HEADERS
from cloud_backup.values.states import is_final
from cloud_backup.wire.errors import LOGIN, CloudBackupError, UnexpectedAnswer

__all__ = [
    "AgentNotFound",
    "AuthenticationError",
    "BackupFailed",
    "CloudBackupError",
    "Conflict",
    "CredentialsMissing",
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
    "status_error",
]

_LONGEST_MESSAGE: Final = 500

_MAY_PASS: Final = (
    httpx.NetworkError,
    httpx.ProxyError,
    httpx.RemoteProtocolError,
    httpx.TimeoutException,
)
_FAILED_INSIDE: Final = frozenset({500, 502, 503, 504})

_SECONDS: Final = re.compile(r"[0-9]{1,15}(?:\.[0-9]*)?")


class CredentialsMissing(CloudBackupError):
    """There is no user name, or neither an API key nor a password; the message says what to set."""


class InsecureURL(CloudBackupError):
    """A URL of plain http, which would show credentials or a token to everybody on the way.

    Nothing was sent there. Only this machine itself (localhost, 127.0.0.1, ::1) is talked to by
    http, unless `allow_http=True` or `RS_ALLOW_HTTP=1` says otherwise.

    Attributes:
        url: The URL.
    """

    def __init__(self, what: str, url: httpx.URL) -> None:
        self.url = str(url)
        super().__init__(
            f"{what} is not https: {url}; RS_ALLOW_HTTP=1 or allow_http=True would let what is "
            "secret go there unencrypted"
        )


class AgentNotFound(CloudBackupError):
    """No agent's machine has the name asked for, or several have.

    Attributes:
        name: The name asked for.
        candidates: The ids of the agents whose machines have it; empty if none has.
    """

    def __init__(self, name: str, candidates: Iterable[int], names: Iterable[str]) -> None:
        self.name = name
        self.candidates = tuple(candidates)
        if self.candidates:
            ids = ", ".join(map(str, self.candidates))
            problem = (
                f"{len(self.candidates)} machines are named {name!r}: give an id, one of {ids}"
            )
        else:
            close = get_close_matches(name, list(names), n=1)
            hint = f"did you mean {close[0]!r}?" if close else "agents.list() has them all"
            problem = f"no agent's machine is named {name!r}: {hint}"
        super().__init__(problem)


class RegionNotFound(CloudBackupError):
    """The account's service catalogue has no Cloud Backup in the region asked for.

    Attributes:
        region: The region asked for, None if none was and the choice is open.
        regions: The regions on offer, sorted.
    """

    def __init__(self, region: str | None, regions: Iterable[str]) -> None:
        self.region = region
        self.regions = tuple(sorted(regions))
        offered = ", ".join(self.regions)
        if not self.regions:
            problem = "the account's service catalogue names no region for Cloud Backup"
        elif region is None:
            problem = f"Cloud Backup is in several regions, name one of them: {offered}"
        else:
            problem = f"no Cloud Backup in region {region!r}; it is in: {offered}"
        super().__init__(problem)


class Unreachable(CloudBackupError):
    """No answer came in time, or none at all; what httpx says about it is the `__cause__`.

    Attributes:
        operation: The operation's id in `openapi.yaml`.
        not_carried_out: Whether it is certain that the call had no effect, since no connection
            came about. Where it isn't, look before you send a call again that changes something.
    """

    def __init__(self, operation: str, reason: str, *, not_carried_out: bool = False) -> None:
        self.operation = operation
        self.not_carried_out = not_carried_out
        super().__init__(f"{operation}: no answer: {reason}")

    @property
    def may_pass(self) -> bool:
        """Whether it is the network's doing, and not that of the URL or the request."""
        return isinstance(self.__cause__, _MAY_PASS)

    @property
    def may_be_carried_out(self) -> bool:
        """Whether a connection came about."""
        return not self.not_carried_out


class UsedElsewhere(CloudBackupError):
    """The client sends by a transport or HTTP client of yours, in another place than before.

    Its connections belong to the process, and in asyncio to the event loop, that it was used in
    first. Nothing was sent. Make a client in each, or leave `http_client` and `transport` out.
    """

    def __init__(self) -> None:
        super().__init__(
            "the client sends by an http_client or transport of yours, and was used in another "
            "process or event loop before: make one in each, or leave http_client and transport out"
        )


class WaitTimeout(CloudBackupError):
    """Backups or restores were not done in the time given; they go on in the service.

    Args:
        what: What was waited for, as a subject of "is not done".
        last: The backup or restore as last seen; None if it was many.
        waited: For how long, in seconds.
        states: The states of all that was waited for, by id; None for the one of `last`.

    Attributes:
        last: The backup or restore as last seen; None if it was many.
        waited: For how long, in seconds.
        states: How many are in which state, those that are done included.
        pending: The state of each that is not done, by id; "Unknown" where nothing has been seen
            of it. Empty where it was one.
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
        self.states = dict(Counter(str(state) for state in states.values()).most_common())
        self.pending = {key: str(state) for key, state in states.items() if not is_final(state)}
        counted = ", ".join(f"{count} {state}" for state, count in self.states.items())
        super().__init__(
            f"{len(self.pending)} of {len(states)} {what} are not done after {waited:.1f} s: "
            f"{counted}"
        )


class NotCompleted(CloudBackupError):
    """A backup or restore ended otherwise than Completed, and that was to be checked.

    Args:
        what: What it was, as a subject of "ended".
        last: The backup or restore as last seen.
        report: Its report; None if the service has none.

    Attributes:
        last: The backup or restore as last seen.
        report: Its report; None if the service has none.
        state: The state it ended in.
    """

    def __init__(self, what: str, last: Any, report: Any = None) -> None:
        self.last = last
        self.report = report
        self.state = str(last.state)
        reason = getattr(report, "reason", None)
        diagnostics = getattr(report, "diagnostics", None)
        said = ", ".join(text for text in (reason, diagnostics) if text)
        super().__init__(f"{what} ended {self.state}" + (f": {said}" if said else ""))


class BackupFailed(NotCompleted):
    """A backup ended otherwise than Completed, and that was to be checked.

    Attributes:
        last: The backup as last seen, a `Backup`.
        report: Its report, a `BackupReport`; None if the service has none.
        state: The state it ended in.
    """


class RestoreFailed(NotCompleted):
    """A restore ended otherwise than Completed, and that was to be checked.

    Attributes:
        last: The restore as last seen, a `Restore`.
        report: Its report, a `RestoreReport`; None if the service has none.
        state: The state it ended in.
    """


class StatusError(CloudBackupError):
    """An answer with the status of an error.

    Args:
        response: The answer, read. The error keeps it with the token of its request masked.
        operation: The operation's id in `openapi.yaml`.

    Attributes:
        status: The HTTP status.
        code: The code in the fault, the status as a rule; None if there is none.
        message: The fault's message; the reason phrase or the body's text where there is no fault.
        operation: The operation's id in `openapi.yaml`; "authenticate" for a login.
        request: The request, its token masked. Its body, after `request.read()`, isn't pickled.
        response: The response.
    """

    def __init__(self, response: httpx.Response, operation: str) -> None:
        self.status = response.status_code
        self.code, self.message = _fault(response)
        self.operation = operation
        self.request = _masked(response.request)
        self.response = response
        response.request = self.request
        response.history = []
        super().__init__(f"{operation}: {self.status} {self.message}")

    def __repr__(self) -> str:
        name = type(self).__name__
        return f"<{name} status={self.status} operation={self.operation} message={self.message!r}>"

    @property
    def retry_after(self) -> float | None:
        """For how many seconds the service asks to be left alone; None if it doesn't say."""
        return _retry_after(self.response)


class InvalidRequest(StatusError):
    """400: the request is not one that the service can act on, or not in this state."""


class AuthenticationError(StatusError):
    """401: the credentials are wrong, or the service refuses a token that has just been issued.

    Identity's other refusals (400, and 403 of a disabled user) are this error as well, their
    `operation` is "authenticate".
    """


class PermissionDenied(StatusError):
    """403: the user's roles do not permit it, or an agent is not ready for it yet."""


class NotFound(StatusError):
    """404: there is no such thing in this account."""


class Conflict(StatusError):
    """409: it contradicts what is there."""


class RateLimited(StatusError):
    """429 or 413: too many requests; `retry_after` may say when to come back."""

    @property
    def may_pass(self) -> bool:
        """It does."""
        return True


class ServerError(StatusError):
    """500 and above: the service failed.

    A 503 too may be of a call that was carried out, whatever it says of when to come back: a
    gateway answers so for a server behind it.
    """

    @property
    def may_pass(self) -> bool:
        """Whether the service is said to be out of order: by 500, 502, 503 or 504."""
        return self.status in _FAILED_INSIDE

    @property
    def may_be_carried_out(self) -> bool:
        """Whether it answers the call itself, and not the login before it."""
        return self.operation != LOGIN


class ServiceUnavailable(ServerError):
    """503: the service is not there at the moment; `retry_after` may say when to come back."""


_BY_STATUS: Final[Mapping[int, type[StatusError]]] = {
    400: InvalidRequest,
    401: AuthenticationError,
    403: PermissionDenied,
    404: NotFound,
    409: Conflict,
    413: RateLimited,
    429: RateLimited,
    503: ServiceUnavailable,
}


def status_error(response: httpx.Response, operation: str) -> StatusError:
    """Make the error that fits a response's status.

    Args:
        response: The answer, read. The error keeps it.
        operation: The operation's id in `openapi.yaml`.
    """
    kind = _BY_STATUS.get(response.status_code)
    if kind is None and response.is_client_error:
        kind = InvalidRequest
    elif kind is None and response.is_server_error:
        kind = ServerError
    return (kind or StatusError)(response, operation)


def _fault(response: httpx.Response) -> tuple[int | None, str]:
    """Read the fault, flat or in a wrapper of one key; anything else says what it can."""
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


def _masked(request: httpx.Request) -> httpx.Request:
    """Copy a request without its token and, for pickles, without its body."""
    headers = httpx.Headers(request.headers)
    for name in SECRET_HEADERS:
        if name in headers:
            headers[name] = MASK
    return httpx.Request(request.method, request.url, headers=headers, stream=request.stream)


def _retry_after(response: httpx.Response) -> float | None:
    """Read Retry-After, in seconds or as a date: it counts from the response's, or from now."""
    value = response.headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(value):
        return float(value)
    try:
        until = _aware(parsedate_to_datetime(value))
    except (ValueError, OverflowError):
        return None
    try:
        now = _aware(parsedate_to_datetime(response.headers.get("Date", "")))
    except (ValueError, OverflowError):
        now = datetime.now(UTC)
    return max(0.0, (until - now).total_seconds())


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
