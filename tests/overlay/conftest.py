"""A service and its Identity behind a mock transport, whose answers a test sets."""

from __future__ import annotations

import asyncio
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import httpx
import pytest
from attrs import define, field
from tests.overlay.emulated import Emulated

from cloud_backup import AsyncCloudBackup, CloudBackup, Credentials
from cloud_backup.signing_in.auth import RackspaceAuth

AUTH_URL = "https://identity.example/v2.0"
API_KEY = "canary-of-the-api-key"
TOKEN = "canary-of-the-token"
DFW = "https://dfw.backup.example/v1.0/1234"
ORD = "https://ord.backup.example/v1.0/1234"

Answer = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


@define
class Seen:
    """A request that the service got, as it was then."""

    method: str
    url: str
    host: str
    token: str | None
    body: Any


def _answer(answer: Any) -> Answer:
    if isinstance(answer, httpx.Response | Exception) or callable(answer):
        return answer  # type: ignore[no-any-return]
    return httpx.Response(200, json=answer)


@define
class FakeService:
    """Identity and the service. Tokens are numbered; a token is good until it is revoked."""

    endpoints: list[dict[str, Any]] = field(
        factory=lambda: [
            {"region": "DFW", "tenantId": "1234", "publicURL": DFW},
            {"region": "ORD", "tenantId": "1234", "publicURL": ORD},
        ]
    )
    default_region: str | None = "DFW"
    expires: str = "2026-01-02T00:00:00.000Z"
    date: datetime | None = datetime(2026, 1, 1, tzinfo=UTC)
    login_answer: Answer | None = None
    on_login: Callable[[], object] = bool
    logins: list[Any] = field(factory=list)
    seen: list[Seen] = field(factory=list)
    revoked: set[str] = field(factory=set)
    answers: dict[tuple[str, str], list[Answer]] = field(factory=dict)
    lock: threading.Lock = field(factory=threading.Lock)

    def answer(self, method: str, path: str, *answers: Any) -> None:
        """Set what an operation answers: one after another, the last for ever."""
        self.answers[method, path] = [_answer(answer) for answer in answers]

    def transport(self) -> httpx.MockTransport:
        def handle(request: httpx.Request) -> httpx.Response:
            if request.url.path == "/v2.0/tokens":
                self.on_login()
            return self.handle(request)

        return httpx.MockTransport(handle)

    def async_transport(self) -> httpx.MockTransport:
        async def handle(request: httpx.Request) -> httpx.Response:
            if request.url.path == "/v2.0/tokens":
                await asyncio.to_thread(self.on_login)
            return self.handle(request)

        return httpx.MockTransport(handle)

    def handle(self, request: httpx.Request) -> httpx.Response:
        with self.lock:
            body = b"".join(request.stream)  # type: ignore[arg-type]  # of a request it is both
            if request.url.path == "/v2.0/tokens":
                self.logins.append(json.loads(body))
                return self._replay(self.login_answer or self.login(), request)
            token = request.headers.get("X-Auth-Token")
            self.seen.append(
                Seen(
                    method=request.method,
                    url=str(request.url),
                    host=request.headers["Host"],
                    token=token,
                    body=json.loads(body) if body else None,
                )
            )
            if token in self.revoked:
                return httpx.Response(401, json={"code": 401, "message": "the token has expired"})
            path = request.url.path.removeprefix("/v1.0/1234")
            answers = self.answers.get((request.method, path), [httpx.Response(200, json=[])])
            return self._replay(answers.pop(0) if len(answers) > 1 else answers[0], request)

    def login(self) -> httpx.Response:
        """Identity's answer, with the next token."""
        user: dict[str, Any] = {"id": "1", "name": "demo", "roles": []}
        if self.default_region is not None:
            user["RAX-AUTH:defaultRegion"] = self.default_region
        access = {
            "token": {
                "id": f"{TOKEN}-{len(self.logins)}",
                "expires": self.expires,
                "tenant": {"id": "1234", "name": "1234"},
            },
            "serviceCatalog": [
                {"type": "object-store", "name": "cloudFiles", "endpoints": [{"publicURL": "x:"}]},
                {"type": "rax:backup", "name": "cloudBackup", "endpoints": self.endpoints},
            ],
            "user": user,
        }
        headers = {"Date": format_datetime(self.date, usegmt=True)} if self.date else {}
        return httpx.Response(200, json={"access": access}, headers=headers)

    def tokens(self) -> Counter[str | None]:
        """Which tokens came with requests, and how often."""
        return Counter(seen.token for seen in self.seen)

    @staticmethod
    def _replay(answer: Answer, request: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        if callable(answer):
            return answer(request)
        # A fresh one, as from the wire.
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def auth() -> RackspaceAuth:
    login = Credentials(username="demo", api_key=API_KEY, auth_url=AUTH_URL)
    return RackspaceAuth(login, clock=lambda: 0.0)


@pytest.fixture
def slept() -> list[float]:
    """How long the clients of these tests slept, or would have."""
    return []


@pytest.fixture
def backup(service: FakeService, slept: list[float]) -> CloudBackup:
    return CloudBackup(
        "demo", API_KEY, auth_url=AUTH_URL, transport=service.transport(), sleep=slept.append
    )


@pytest.fixture
def async_backup(service: FakeService, slept: list[float]) -> AsyncCloudBackup:
    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await asyncio.sleep(0)

    return AsyncCloudBackup(
        "demo", API_KEY, auth_url=AUTH_URL, transport=service.async_transport(), sleep=sleep
    )


@pytest.fixture
def emulated() -> Iterator[Emulated]:
    """The emulator in process, with its starting data."""
    emulated = Emulated()
    with emulated.emulator:
        yield emulated
