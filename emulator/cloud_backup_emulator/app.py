"""The emulator over HTTP: routes built from the contract, and the emulator's own controls."""

import asyncio
import json
import math
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from email.utils import formatdate
from functools import partial
from importlib.resources import files
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from cloud_backup_emulator.contract import FORM, IDENTITY, JSON, SERVICE, Operation
from cloud_backup_emulator.disconnect import Disconnect
from cloud_backup_emulator.emulator import Answer, Call, Emulator
from cloud_backup_emulator.errors import InvalidRequest, Refusal, TooLarge
from cloud_backup_emulator.faults import FAULTS, Fault
from cloud_backup_emulator.hosts import Hosts
from cloud_backup_emulator.identity import iso8601
from cloud_backup_emulator.path_tree import PathTree

__all__ = ["create_app"]

LARGEST_BODY: Final = 4 * 1024 * 1024
"""How many bytes a body may have: four times the service's limit for configurations."""

MOST_THROWN_AWAY: Final = 1024 * 1024 * 1024
"""How many bytes of a refused body are read and discarded."""

TENANT: Final = "1234"
"""The tenant in the URLs of `/emulator/openapi.json`."""

DEEPEST: Final = 20
"""How many nested objects of a request are logged."""

MOST_ROWS: Final = 50
MOST_REQUESTS: Final = 20
"""How many rows of each list, and how many requests, the page shows."""

PAGE: Final = files("cloud_backup_emulator") / "page"
PAGE_TYPES: Final = {"html": "text/html", "css": "text/css", "js": "text/javascript"}
PAGE_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Vary": "Accept",
}

Endpoint = Callable[[Request], Awaitable[Response]]

_SERVICE_BASES: Final = ("/v1.0", "/v1.0/{tenant_id}")
_BASES: Final = {SERVICE: ("",), IDENTITY: ("/v2.0",)}

_IDENTITY_KINDS: Final = {
    400: "badRequest",
    401: "unauthorized",
    403: "forbidden",
    404: "itemNotFound",
    413: "overLimit",
    503: "serviceUnavailable",
}
_SHOWN_OF_A_LOGIN: Final = frozenset({"username", "tenantId", "tenantName"})
_REDACTED: Final = "[redacted]"
_ABSOLUTE: Final = re.compile(r"https?://(?P<host>[^/]*)(?P<path>.*)", re.IGNORECASE | re.DOTALL)


def create_app(emulator: Emulator | None = None, *, allowed_hosts: Iterable[str] = ()) -> Starlette:
    """Return the ASGI application of an emulator.

    Args:
        emulator: The emulator, which the caller closes; None creates one in memory, with the
            starting data, closed when the application is garbage-collected, or at exit.
        allowed_hosts: More host names and addresses to accept requests for, and from whose pages,
            besides loopback ones: "testserver" for `starlette.testclient`.

    Raises:
        EmulatorError: A host is invalid.
    """
    return _Application(emulator or Emulator(), Hosts(allowed_hosts)).starlette()


class _Application:
    def __init__(self, emulator: Emulator, hosts: Hosts) -> None:
        self.emulator = emulator
        self._hosts = hosts
        self._by_path = self._paths()

    def starlette(self) -> Starlette:
        app = Starlette(
            routes=[Route("/{path:path}", _any_method(self._find))],
            middleware=[Middleware(_Guard, self.refusal)],
        )
        app.state.emulator = self.emulator
        return app

    def refusal(self, request: Request) -> Response | None:
        """Return the refusal of a request that comes from another site; None for any other."""
        headers = request.headers
        # A request without a Host isn't a browser's.
        if not all(map(self._hosts.has, headers.getlist("Host"))):
            name, what = "Host", "the emulator doesn't accept this name"
        elif not all(map(self._hosts.has_origin, headers.getlist("Origin"))):
            name, what = "Origin", "the emulator doesn't accept requests from this site's pages"
        elif not request.scope["path"].startswith("/"):
            return self._nothing_there(request)
        else:
            return None
        message = f"{name}: {what}; start it with --allowed-host NAME to allow it"
        return self._response(403, {"code": 403, "message": message})

    def _paths(self) -> PathTree[Endpoint]:
        """Return the endpoint of each path: the contract's paths and the controls."""
        by_path: dict[str, dict[str, Operation]] = {}
        for operation in self.emulator.contract.operations.values():
            by_path.setdefault(operation.path, {})[operation.method] = operation
        paths = PathTree[Endpoint]()
        for path, operations in by_path.items():
            endpoint = self._endpoint(operations)
            for base in _BASES.get(next(iter(operations.values())).tag, _SERVICE_BASES):
                paths.add(base + path, endpoint)
        for name, endpoint in self._controls().items():
            paths.add(f"/emulator/{name}", _protected(endpoint))
        return paths

    def _endpoint(self, operations: Mapping[str, Operation]) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            operation = operations.get(request.method)
            if operation is None:
                return self._not_allowed(sorted(operations))
            return await self._call(operation, request)

        return endpoint

    async def _find(self, request: Request) -> Response:
        # The service accepts paths with a trailing slash or `.json`.
        path = request.scope["path"].rstrip("/").removesuffix(".json")
        if not path and request.method == "GET" and _wants_page(request):
            return self._page("page.html")
        found = self._by_path.find(path or "/")
        if found is None:
            return self._nothing_there(request)
        endpoint, request.scope["path_params"] = found
        return await endpoint(request)

    def _not_allowed(self, methods: list[str]) -> Response:
        allowed = ", ".join(methods)
        fault = {"code": 405, "message": f"this path accepts {allowed}"}
        return self._response(405, fault, {"Allow": allowed})

    async def _call(self, operation: Operation, request: Request) -> Response:
        sent: list[Any] = []
        try:
            text = await _body(request)
        except TooLarge as refusal:
            answer = _refused(operation, refusal)
            self._remember(operation, request, sent, answer, None)
            return _Unread(self._response(answer.status, answer.body), request)

        def decoded() -> Any:
            if text or operation.body_required:
                sent.append(_decoded(operation, request, text))
            return sent[0] if sent else None

        fault = self.emulator.faults.take(operation.operation_id)
        if fault is not None and fault.latency:
            await asyncio.sleep(fault.latency)
        answer = Answer(500)
        try:
            if fault is None or fault.carried_out:
                answer = self._answer(operation, request, decoded)
            if fault is not None and fault.status is not None:
                answer = _answer_of(fault, fault.status, operation, answer)
        finally:
            self._remember(operation, request, sent, answer, fault)
        return self._response_with(answer, fault)

    def _remember(
        self,
        operation: Operation,
        request: Request,
        sent: list[Any],
        answer: Answer,
        fault: Fault | None,
    ) -> None:
        self.emulator.requests.append(
            {
                "time": iso8601(self.emulator.clock.now()),
                "method": request.method,
                "path": request.url.path,
                "operation": operation.operation_id,
                "authenticated": "X-Auth-Token" in request.headers,
                "body": _redacted(operation, sent[0], shown=operation.tag != IDENTITY)
                if sent
                else None,
                "status": answer.status,
                "fault": None if fault is None else fault.named(),
            }
        )

    def _answer(self, operation: Operation, request: Request, decoded: Callable[[], Any]) -> Answer:
        parameters = dict(request.path_params)
        try:
            return self.emulator.call(
                Call(
                    operation=operation,
                    tenant=parameters.pop("tenant_id", None),
                    parameters=parameters,
                    others=partial(_sent, request),
                    body=decoded,
                    token=request.headers.get("X-Auth-Token"),
                    host=_host(request),
                )
            )
        except Refusal as refusal:
            return _refused(operation, refusal)

    def _response_with(self, answer: Answer, fault: Fault | None) -> Response:
        """Return the response, modified by the fault."""
        headers = {"X-Emulator-Answer": "example"} if answer.is_example else {}
        if fault is None:
            return self._response(answer.status, answer.body, headers)
        if fault.retry_after is not None:
            headers["Retry-After"] = str(fault.retry_after)
        response = self._response(answer.status, answer.body, headers)
        if fault.malformed:
            response = _malformed(response)
        return response if fault.disconnect is None else Disconnect(response, fault.disconnect)

    def _nothing_there(self, request: Request) -> Response:
        message = f"there is nothing at {request.url.path}"
        return self._response(404, {"code": 404, "message": message})

    def _response(
        self, status: int, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        response = Response(status_code=status, headers=headers)
        if body is not None:
            text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
            # The service escapes the slashes of its dates.
            text = text.replace('"/Date(', '"\\/Date(').replace(')/"', ')\\/"')
            response = Response(
                text.encode(), status, headers, media_type="application/json; charset=utf-8"
            )
        return self._dated(response)

    def _dated(self, response: Response) -> Response:
        # In the emulator's time, so that clients can tell how long their token lives.
        response.headers["Date"] = formatdate(self.emulator.clock.now() / 1000, usegmt=True)
        return response

    def _controls(self) -> dict[str, Endpoint]:
        """Return the endpoints of the emulator's own controls, by name."""
        controls: dict[str, dict[str, Callable[[Any], Any]]] = {
            "health": {"GET": self._health},
            "reset": {"POST": self._reset},
            "clock": {"GET": self._clock, "POST": self._advance},
            "faults": {
                "GET": self._faults,
                "POST": self._add_fault,
                "DELETE": self._clear_faults,
            },
            "requests": {"GET": self._requests},
            "world": {"GET": self._world},
        }
        return {
            "openapi": self._openapi,
            "page.css": self._page_part("page.css"),
            "page.js": self._page_part("page.js"),
            **{name: self._control(by_method) for name, by_method in controls.items()},
        }

    async def _openapi(self, request: Request) -> Response:
        document = self.emulator.contract.served_at(_host(request), TENANT)
        return self._response(200, document)

    def _page_part(self, name: str) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            return self._page(name) if request.method == "GET" else self._not_allowed(["GET"])

        return endpoint

    def _page(self, name: str) -> Response:
        """Return one of the files of the page for browsers."""
        media_type = PAGE_TYPES[name.rpartition(".")[2]]
        content = (PAGE / name).read_bytes()
        return self._dated(Response(content, headers=PAGE_HEADERS, media_type=media_type))

    def _control(self, by_method: Mapping[str, Callable[[Any], Any]]) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            control = by_method.get(request.method)
            if control is None:
                return self._not_allowed(sorted(by_method))
            try:
                text = await _body(request)
            except TooLarge as refusal:
                fault = {"code": refusal.status, "message": refusal.message}
                return _Unread(self._response(refusal.status, fault), request)
            try:
                given = _json(text) if text.strip() else None
                # Both may have to wait for transfers.
                if control in (self._advance, self._reset):
                    answer = await asyncio.to_thread(control, given)
                else:
                    answer = control(given)
            except Refusal as refusal:
                return self._response(refusal.status, {"code": 400, "message": refusal.message})
            except (ValueError, RecursionError):
                return self._response(400, {"code": 400, "message": "the body is not JSON"})
            return self._response(200 if answer is not None else 204, answer)

        return endpoint

    def _health(self, _body: Any) -> Any:
        return {
            "status": "ok",
            "time": iso8601(self.emulator.clock.now()),
            "operations": {"emulated": self.emulator.emulated, "example": self.emulator.examples},
        }

    def _reset(self, _body: Any) -> None:
        self.emulator.reset()

    def _clock(self, _body: Any) -> Any:
        clock = self.emulator.clock
        return {"now": iso8601(clock.now()), "rate": clock.rate}

    def _advance(self, body: Any) -> Any:
        seconds = body.get("advance_seconds") if isinstance(body, dict) else None
        if not isinstance(seconds, int | float) or isinstance(seconds, bool):
            raise InvalidRequest("advance_seconds: expected a number of seconds")
        try:
            self.emulator.advance(seconds)
        except (ValueError, OverflowError) as error:
            raise InvalidRequest(f"advance_seconds: {error}") from None
        return self._clock(None)

    def _faults(self, _body: Any) -> Any:
        return self.emulator.faults.listed()

    def _add_fault(self, body: Any) -> Any:
        self.emulator.faults.add(body)
        return self.emulator.faults.listed()

    def _clear_faults(self, _body: Any) -> None:
        self.emulator.faults.clear()

    def _requests(self, _body: Any) -> Any:
        return list(self.emulator.requests)

    def _world(self, _body: Any) -> Any:
        requests = self.emulator.requests.last(MOST_REQUESTS)
        return {
            **self._clock(None),
            "tenants": self.emulator.tenants(MOST_ROWS),
            "requests": [{**entry, "body": None} for entry in requests],
        }


class _any_method:  # noqa: N801 - stands for a function
    """An endpoint that receives every method: the contract decides which it accepts."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            response = await self._endpoint(Request(scope, receive))
        except ClientDisconnect:
            return  # in the middle of its body
        await response(scope, receive, send)


class _Guard:
    """Passes on requests that aren't refused, with their target in origin form.

    Args:
        app: The application behind it.
        refusal: Returns the response if a request is refused, or None.
    """

    def __init__(self, app: Any, refusal: Callable[[Request], Response | None]) -> None:
        self._app = app
        self._refusal = refusal

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Refuse a request, or pass it on."""
        if scope["type"] == "http":
            scope = _origin_form(scope)
            refusal = self._refusal(Request(scope))
            if refusal is not None:
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)


class _Unread(Response):
    """A response to a request whose body isn't read completely.

    The rest of the body is read and discarded before the connection may close: a client that sends
    the whole body before it reads the response would otherwise get a connection reset.
    """

    def __init__(self, response: Response, request: Request) -> None:
        super().__init__(response.body, response.status_code, dict(response.headers))
        # With an Expect header, the client hasn't started sending the body.
        self._is_coming = "Expect" not in request.headers

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Send the response, and discard the rest of the request."""
        del scope
        start = {"status": self.status_code, "headers": self.raw_headers}
        await send({"type": "http.response.start", **start})
        await send({"type": "http.response.body", "body": self.body, "more_body": True})
        passed = 0
        while self._is_coming and passed < MOST_THROWN_AWAY:
            message = await receive()
            passed += len(message.get("body", b""))
            self._is_coming = message.get("more_body", False)
        await send({"type": "http.response.body", "body": b""})


def _protected(endpoint: Endpoint) -> Endpoint:
    """Keep other sites from embedding a control's responses, as those of the page."""

    async def protected(request: Request) -> Response:
        response = await endpoint(request)
        response.headers.update(PAGE_HEADERS)
        return response

    return protected


def _origin_form(scope: Any) -> Any:
    """Split a target such as `http://host/path`: its host overrides the header."""
    target = _ABSOLUTE.fullmatch(scope["path"])
    if target is None:
        return scope
    headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
    headers.append((b"host", target["host"].encode("latin-1", "replace")))
    path = target["path"] or "/"
    return {**scope, "path": path, "raw_path": path.encode(), "headers": headers}


async def _body(request: Request) -> bytes:
    """Read a body, up to its limit.

    Raises:
        TooLarge: It is larger.
    """
    message = f"the body is larger than {LARGEST_BODY // 2**20} MB"
    announced = request.headers.get("Content-Length", "")
    if announced.isdecimal() and (len(announced) > 20 or int(announced) > LARGEST_BODY):  # noqa: PLR2004
        raise TooLarge(message)
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > LARGEST_BODY:
            raise TooLarge(message)
    return bytes(read)


def _wants_page(request: Request) -> bool:
    """Return whether a request is a browser's: it accepts HTML, and doesn't list JSON first."""
    accepted = request.headers.get("Accept", "").lower().split(",")
    types = [part.split(";")[0].strip() for part in accepted]
    return "text/html" in types and JSON not in types[: types.index("text/html")]


def _sent(request: Request, place: str, name: str) -> Sequence[str]:
    if place == "query":
        return request.query_params.getlist(name)
    if place == "header":
        return request.headers.getlist(name)
    return [request.cookies[name]] if name in request.cookies else []


def _refused(operation: Operation, refusal: Refusal) -> Answer:
    return Answer(refusal.status, _fault(operation, refusal.status, refusal.message))


def _host(request: Request) -> str:
    """Return the URL by which the emulator was called, without a trailing slash."""
    host = request.headers.get("Host")
    return f"{request.scope['scheme']}://{host}" if host else str(request.base_url).rstrip("/")


def _decoded(operation: Operation, request: Request, text: bytes) -> Any:
    """Decode a body."""
    media_type = request.headers.get("Content-Type", "").split(";")[0].strip().lower()
    try:
        # The log level is documented as a form, but real clients send JSON.
        if media_type == FORM and operation.body_type == FORM:
            return dict(parse_qsl(text.decode("ascii"), strict_parsing=True))
        if media_type and not media_type.endswith("json"):
            raise InvalidRequest(f"Content-Type: expected {operation.body_type}")
        return _json(text)
    except (ValueError, RecursionError):
        raise InvalidRequest("the body is malformed") from None


def _json(text: bytes) -> Any:
    """Decode JSON in UTF-8 that can be stored and sent back.

    Raises:
        ValueError: It can't.
        RecursionError: It is nested too deeply.
    """
    sent = json.loads(text.decode("utf-8"), parse_constant=_no_constant)
    if rb"\ud" in text.lower():
        # An escaped lone surrogate is valid JSON, but can't be encoded.
        json.dumps(sent, ensure_ascii=False).encode("utf-8")
    return sent


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _malformed(response: Response) -> Response:
    """Truncate a body, in a complete response whose length matches."""
    headers = {"Content-Type": "application/json; charset=utf-8", **response.headers}
    del headers["content-length"]
    body = bytes(response.body)
    return Response(body[: len(body) // 2] or b'{"', response.status_code, headers)


def _answer_of(fault: Fault, status: int, operation: Operation, answer: Answer) -> Answer:
    if status < FAULTS:
        return replace(answer, status=status)
    return Answer(status, _fault(operation, status, fault.message))


def _fault(operation: Operation, status: int, message: str) -> dict[str, Any]:
    fault = {"code": status, "message": message}
    if operation.tag == IDENTITY:
        return {_IDENTITY_KINDS.get(status, "identityFault"): fault}
    return fault


def _redacted(operation: Operation, node: Any, *, shown: bool, depth: int = 0) -> Any:
    """Copy a body without its secrets; of a login, only the user and tenant remain."""
    if depth > DEEPEST:
        return _REDACTED
    if isinstance(node, dict):
        return {
            name: _redacted(operation, value, shown=_is_shown(operation, name), depth=depth + 1)
            for name, value in node.items()
        }
    if isinstance(node, list):
        return [_redacted(operation, item, shown=shown, depth=depth + 1) for item in node]
    if isinstance(node, float) and not math.isfinite(node):
        node = str(node)  # JSON's 1e400 decodes to infinity, which JSON can't encode
    return node if shown or node is None else _REDACTED


def _is_shown(operation: Operation, name: str) -> bool:
    if operation.tag == IDENTITY:
        return name in _SHOWN_OF_A_LOGIN
    return "password" not in name.lower()
