"""Authentication: a token from Identity with every request, shared and renewed in time.

`RackspaceAuth` is an `httpx.Auth`, so a login uses the transport, proxies, timeouts and event hooks
of the client that it is for.
"""

import copy
import os
import sys
import threading
import time
from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from concurrent.futures import Future
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from types import TracebackType
from typing import Any, Final, NoReturn, TypeAlias

import httpx

from cloud_backup.calling.answer import MASKING
from cloud_backup.calling.deadline import left
from cloud_backup.calling.operations import note
from cloud_backup.errors import CloudBackupError, InsecureURL
from cloud_backup.secret import MASK, Secrets
from cloud_backup.signing_in.credentials import Credentials
from cloud_backup.signing_in.identity import Identity, Session
from cloud_backup.signing_in.token_cache import TokenCache
from cloud_backup.wire.view import LOGGER

PLACEHOLDER_URL: Final = httpx.URL("https://cloud-backup.invalid")
"""The base URL of clients for which `RackspaceAuth` finds the service.

`.invalid` never resolves (RFC 6761), so a request without this auth goes nowhere.
"""

TOKEN_HEADER: Final = "X-Auth-Token"  # noqa: S105 - a header's name

_Step: TypeAlias = httpx.Request | httpx.Response | Future[Any]
_SessionFlow: TypeAlias = Generator[_Step, Any, Session]


class _Login:
    """A login under way, which others may wait for."""

    def __init__(self) -> None:
        # Its result is a session, the error of the login, or None if the login was given up.
        self.future: Future[Session | Exception | None] = Future()
        # Once it runs, nobody who waits can cancel it.
        self.future.set_running_or_notify_cancel()
        self.thread = threading.get_ident()
        self.process = os.getpid()


class RackspaceAuth(httpx.Auth):
    """Rackspace's token authentication, with the service's URL from the catalogue.

    The first request logs in. Requests to `PLACEHOLDER_URL` go to the region's endpoint in the
    service catalogue, with the token; `/` of the placeholder is the root of the endpoint's host,
    where the versions are listed. Requests to the endpoint's own origin get the token too. Any
    other request is sent unchanged.

    The token is renewed five minutes before it expires, by the clock of the server that issued it,
    and once when the service answers 401. It may be shared by any number of clients, threads, and
    asyncio tasks, in any event loops: one logs in, and the others wait. If the login fails, they
    fail with the same error; if it is cancelled, another one takes over.

    Don't follow redirects (httpx doesn't by default): httpx would send the token along.

    Args:
        login: Who logs in, and where. Exactly one of API key and password is needed.
        endpoint: The service's URL; None for the one in the catalogue.
        headers: More headers of a login.
        token_cache: Where to keep the token from one process to the next; None for nowhere.
        clock: Returns the time in seconds since 1970.

    Raises:
        InsecureURL: A URL is plain http, and not this machine's own.
        ValueError: Not exactly one of API key and password, no user name, or an invalid URL.

    A request may raise, besides httpx's errors, `AuthenticationError` if the credentials are wrong,
    `InsecureURL`, `RegionNotFound`, `UnexpectedAnswer`, or another `StatusError` of Identity.
    """

    def __init__(
        self,
        login: Credentials,
        *,
        endpoint: str | httpx.URL | None = None,
        headers: Mapping[str, str] | None = None,
        token_cache: TokenCache | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._identity = Identity(login, endpoint, headers)
        self._token_cache = token_cache
        self._clock = clock
        # The service may echo a token, the present or an earlier one, in any answer.
        self._secrets = self._identity.secrets
        self._tokens = Secrets()
        # Reentrant, since the garbage collector may close a flow at any point.
        self._lock = threading.RLock()
        self._session: Session | None = None
        self._login: _Login | None = None

    @property
    def account(self) -> str:
        """User, region, tenant and URLs in words, without a secret and without logging in."""
        given = self._identity.login
        words = (
            ("region", given.region and given.region.upper()),
            ("tenant", given.tenant_id),
            ("service", self._identity.endpoint),
            ("at", self._identity.url),
        )
        return ", ".join([given.username, *(f"{name} {value}" for name, value in words if value)])

    @property
    def service_url(self) -> str | None:
        """The service's URL, with the tenant; None before the first login if it wasn't given."""
        return str((self._session or self._identity).endpoint or "") or None

    def __repr__(self) -> str:
        given = self._identity.login
        return (
            f"{type(self).__name__}(username={given.username!r}, region={given.region!r}, "
            f"auth_url={str(self._identity.url)!r})"
        )

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled or copied."""
        raise TypeError(
            "RackspaceAuth is not pickled or copied: it holds secrets and a token that is shared; "
            "make one where it is needed, from the same credentials"
        )

    def is_login(self, request: httpx.Request) -> bool:
        """Whether a request is a login."""
        # Comparing hosts is faster than comparing URLs, and nearly always enough.
        login = self._identity.url
        return request.url.host == login.host and request.url == login

    def sync_auth_flow(self, request: httpx.Request) -> "_AuthFlow":
        """Authenticate a request of an `httpx.Client`."""
        return _AuthFlow(self._steps(request, blocking=True), request)

    def async_auth_flow(self, request: httpx.Request) -> "_AuthFlow":
        """Authenticate a request of an `httpx.AsyncClient`, on asyncio."""
        return _AuthFlow(self._steps(request, blocking=False), request)

    def _steps(self, request: httpx.Request, *, blocking: bool) -> Generator[_Step, Any, None]:
        """Authenticate a request, in steps that `_AuthFlow` takes."""
        asked = str(request.url)
        if self.is_login(request):
            yield request
            return
        refused: Session | None = None
        attached = False
        try:
            for _ in range(2):
                session = yield from self._authenticated(refused, blocking=blocking)
                url = _locate(asked, str(session.endpoint))
                if url is None:
                    yield request
                    return
                request.url = url
                request.headers["Host"] = url.netloc.decode("ascii")
                request.headers[TOKEN_HEADER] = session.token.reveal()
                attached = True
                try:
                    response = yield request
                except httpx.TransportError as error:
                    self._secrets.learn(request)
                    self._secrets.clean_error(error)
                    raise
                if not response.is_success:
                    yield response
                    self._secrets.learn(request)
                # The body of a login's response holds the token.
                history = response.history
                response.history = [each for each in history if each.url != self._identity.url]
                self._mask(response)
                if response.status_code != httpx.codes.UNAUTHORIZED:
                    return
                if refused is None:
                    note(response)  # the caller sees only the next one
                refused = session
                if self._token_cache is not None:
                    self._token_cache.drop(self._identity.key, session.token)
        finally:
            if attached:
                # It was sent; it must not show in exceptions, responses or pickles.
                request.headers[TOKEN_HEADER] = MASK

    def _authenticated(self, refused: Session | None, *, blocking: bool) -> _SessionFlow:
        """Return a fresh session other than the refused one; log in if there is none."""
        led: _Login | None = None
        try:
            while True:
                with self._lock:
                    session = self._session
                    if (
                        session is not None
                        and session is not refused
                        and self._clock() < session.fresh_until
                    ):
                        return session
                    login = self._login
                    # A login that was under way before a fork won't be finished in this process.
                    if login is None or login.process != os.getpid():
                        login = led = self._login = _Login()
                # A synchronous call in an event loop must not wait for a login in its own thread,
                # which it blocks. It logs in by itself.
                if login is led or (blocking and login.thread == threading.get_ident()):
                    led = led or _Login()
                    kept = self._kept() if refused is None else None
                    session = kept or (yield from self._log_in(led))
                    with self._lock:
                        self._session = session
                        self._secrets.add(session.token)
                        self._tokens.add(session.token)
                    self._finish(led, session)
                    return session
                outcome: Session | Exception | None = yield login.future
                if isinstance(outcome, Session):
                    return outcome
                if outcome is not None:
                    raise _another(outcome)
        finally:
            if led is not None and not led.future.done():
                self._finish(led, None)

    def _log_in(self, login: _Login) -> _SessionFlow:
        """Log in; if that fails, so do all who wait for it."""
        request = self._identity.request()
        try:
            response = yield request
            yield response
            session = self._identity.session(response, self._clock())
        except httpx.TransportError as error:
            self._secrets.learn(request)
            self._secrets.clean_error(error)
            if _failed(request, error):
                self._finish(login, error)
            raise
        except CloudBackupError as error:
            self._finish(login, error)
            raise
        LOGGER.debug("authenticate: logged in at %s", self._identity.url)
        if self._token_cache is not None:
            self._token_cache.save(self._identity.key, session)
        return session

    def _kept(self) -> Session | None:
        """Return the session on disk; None if there is no usable one."""
        if self._token_cache is None:
            return None
        kept = self._token_cache.load(self._identity.key, self._clock())
        if kept is None or self._identity.endpoint not in {None, kept.endpoint}:
            return None
        try:
            self._identity.secure(kept.endpoint, "the endpoint on disk")
        except InsecureURL:
            return None
        LOGGER.debug("authenticate: using the token on disk")
        return kept

    def _finish(self, login: _Login, outcome: Session | Exception | None) -> None:
        with self._lock:
            if self._login is login:
                self._login = None
        login.future.set_result(outcome)

    def _mask(self, response: httpx.Response) -> None:
        """Mask the secrets that a response echoes; in a success, tokens only."""
        if response.is_success:
            self._tokens.clean(response)
            response.extensions = {**response.extensions, MASKING: self._tokens.masked_json}
        else:
            self._secrets.clean(response)


class _AuthFlow(
    Generator[httpx.Request, httpx.Response, None], AsyncGenerator[httpx.Request, httpx.Response]
):
    """Takes the steps of a flow for an `httpx.Client` or an `httpx.AsyncClient`.

    A step is a request, whose response the flow is sent; a response to read; or a future, whose
    result it is sent. httpx closes a flow while it handles the error that it gives up for; only a
    method can see that error, and throws it into the flow.
    """

    def __init__(self, steps: Generator[_Step, Any, None], request: httpx.Request) -> None:
        self._steps = steps
        self._request = request

    def send(self, response: httpx.Response | None) -> httpx.Request:
        if response is None:
            self._request.read()
        step = self._steps.send(response)
        while not isinstance(step, httpx.Request):
            # What is read or awaited is no local variable: a traceback would show it.
            step = self._steps.send(self._done(step))
        return step

    def _done(self, step: httpx.Response | Future[Any]) -> Any:
        if isinstance(step, httpx.Response):
            return step.read()
        try:
            return step.result(left())
        except TimeoutError:
            problem = "the time is up while another call logs in"
            raise httpx.ConnectTimeout(problem, request=self._request) from None

    async def asend(self, response: httpx.Response | None) -> httpx.Request:
        if response is None:
            await self._request.aread()
        wrap_future = import_module("asyncio").wrap_future
        try:
            step = self._steps.send(response)
            while not isinstance(step, httpx.Request):
                step = self._steps.send(
                    await (wrap_future(step) if isinstance(step, Future) else step.aread())
                )
        except StopIteration:
            raise StopAsyncIteration from None
        return step

    def throw(self, kind: Any, value: object = None, _: TracebackType | None = None) -> NoReturn:
        self._steps.close()
        raise kind if value is None else value  # type: ignore[misc]

    async def athrow(
        self, kind: Any, value: object = None, _: TracebackType | None = None
    ) -> NoReturn:
        self.throw(kind, value)

    def close(self) -> None:
        error = sys.exception()
        if isinstance(error, httpx.TransportError):
            traceback = error.__traceback__
            with suppress(httpx.TransportError, StopIteration):
                self._steps.throw(error)
            error.__traceback__ = traceback  # without the frames in here, where nothing failed
        self._steps.close()

    async def aclose(self) -> None:
        self.close()


@lru_cache
def _locate(url: str, endpoint: str) -> httpx.URL | None:
    """Return the URL to send a request to; None if it isn't for the service.

    Cached, since URLs are slow to parse and to compare.
    """
    asked, service = httpx.URL(url), httpx.URL(endpoint)
    origins = [(each.scheme, each.netloc) for each in (asked, service, PLACEHOLDER_URL)]
    if origins[0] != origins[2]:
        return asked if origins[0] == origins[1] else None
    if asked.raw_path == b"/":
        return service.copy_with(raw_path=b"/")
    base = service.raw_path.partition(b"?")[0].rstrip(b"/")
    return service.copy_with(raw_path=base + asked.raw_path)


def _failed(request: httpx.Request, error: httpx.TransportError) -> bool:
    """Whether this request failed: a flow may be closed while another error is handled."""
    try:
        return error.request is request
    except RuntimeError:  # the error has no request
        return False


def _another(error: Exception) -> Exception:
    """Copy an error, so that each waiting call raises one with its own traceback."""
    try:
        return copy.copy(error)
    except TypeError:  # from a custom transport, and can't be copied
        return error
