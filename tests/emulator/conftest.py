"""The emulator in process, its clock standing until a test moves it."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from cloud_backup_emulator import Clock, Emulator, create_app

START = datetime(2013, 2, 14, 12, 0, 0, tzinfo=UTC)


@dataclass
class Service:
    """An emulator, and a user that calls it."""

    emulator: Emulator
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._app = create_app(self.emulator, allowed_hosts=["emulator"])

    def call(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        """Call a path of the host."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self._app)
            async with httpx.AsyncClient(transport=transport, base_url="http://emulator") as client:
                headers = {**self.headers, **arguments.pop("headers", {})}
                return await client.request(method, path, headers=headers, **arguments)

        return asyncio.run(send())

    def log_in(self, username: str = "demo", **auth: Any) -> httpx.Response:
        """Log in by API key, and use the token from here on if there is one."""
        credentials = {"username": username, "apiKey": f"{username}-key"}
        answer = self.call(
            "POST",
            "/v2.0/tokens",
            json={"auth": {"RAX-KSKEY:apiKeyCredentials": credentials, **auth}},
        )
        if answer.is_success:
            self.headers = {"X-Auth-Token": answer.json()["access"]["token"]["id"]}
        return answer

    def get(self, path: str, status: int = 200) -> Any:
        """GET a path of the service, which must answer with the status."""
        return self.ask("GET", path, status)

    def ask(self, method: str, path: str, status: int = 200, **body: Any) -> Any:
        """Call a path of the service with a body; it must answer with the status."""
        answer = self.call(method, f"/v1.0/1234{path}", **({"json": body} if body else {}))
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    def advance(self, seconds: float) -> None:
        self.emulator.advance(seconds)


def encrypted(service: Service, agent_id: int, passphrase: str | bytes) -> str:
    """Encrypt a passphrase with an agent's public key, as clients do."""
    return encrypted_with(service.get(f"/agent/{agent_id}")["PublicKey"], passphrase)


def encrypted_with(key: dict[str, Any], passphrase: str | bytes) -> str:
    """Encrypt a passphrase with a public key, as it travels."""
    modulus, exponent = int(key["ModulusHex"], 16), int(key["ExponentHex"], 16)
    width = (modulus.bit_length() + 7) // 8
    text = passphrase.encode() if isinstance(passphrase, str) else passphrase
    block = b"\0\2" + b"\x5a" * (width - 3 - len(text)) + b"\0" + text
    return f"{pow(int.from_bytes(block), exponent, modulus):0{2 * width}x}"


MakeService = Callable[..., Service]


@pytest.fixture
def make_service() -> Iterator[MakeService]:
    with ExitStack() as emulators:

        def make(start: datetime = START, **options: Any) -> Service:
            clock = Clock(rate=0, wall=start.timestamp)
            emulator = Emulator(clock=clock, validate_answers=True, **options)
            return Service(emulators.enter_context(emulator))

        yield make


@pytest.fixture
def service(make_service: MakeService) -> Service:
    """The service with its starting data, as the owner of account 1234."""
    service = make_service()
    service.log_in()
    return service
