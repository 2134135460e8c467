"""A client built on the user's own: transport, proxy, headers, an `httpx.Client`."""

from __future__ import annotations

import asyncio
import gzip
import logging
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.overlay.conftest import API_KEY, AUTH_URL

from cloud_backup import AsyncCloudBackup, CloudBackup, Retries
from cloud_backup_api.api.restores import get_restore

if TYPE_CHECKING:
    from tests.overlay.conftest import FakeService

RESTORE = {
    "RestoreId": 5,
    "BackupId": 1,
    "RestoreStateId": 3,
}


def made(http_client: httpx.Client | None = None, **options: Any) -> CloudBackup:
    return CloudBackup("demo", API_KEY, auth_url=AUTH_URL, http_client=http_client, **options)


def test_requests_go_by_the_users_client(service: FakeService) -> None:
    service.answer("GET", "/restore/5", RESTORE)
    hooked: list[str] = []
    http_client = httpx.Client(
        transport=service.transport(),
        headers={"X-Team": "storage"},
        event_hooks={"request": [lambda request: hooked.append(request.headers["X-Team"])]},
    )

    with made(http_client) as backup:
        assert backup.restores.get(5).restore_id == 5

    # The login's and the call's.
    assert hooked == ["storage"] * 2
    assert not http_client.is_closed
    with pytest.raises(RuntimeError, match="closed"):
        backup.restores.get(5)


def test_asynchronously(service: FakeService) -> None:
    service.answer("GET", "/restore/5", RESTORE)

    async def ask() -> bool:
        async with httpx.AsyncClient(transport=service.async_transport()) as http_client:
            async with AsyncCloudBackup(
                "demo", API_KEY, auth_url=AUTH_URL, http_client=http_client
            ) as backup:
                await backup.restores.get(5)
            return http_client.is_closed

    assert asyncio.run(ask()) is False


def test_neither_auth_nor_cookies_nor_base_url_of_it_matter(service: FakeService) -> None:
    service.answer("GET", "/restore/5", RESTORE)
    http_client = httpx.Client(
        transport=service.transport(),
        auth=("user", "password"),
        base_url="https://elsewhere.example/",
        follow_redirects=True,
    )

    with made(http_client) as backup:
        backup.restores.get(5)

    assert service.seen[0].host == "dfw.backup.example"
    assert service.seen[0].token == "canary-of-the-token-1"


def test_a_hook_may_read_the_answer(service: FakeService) -> None:
    packed = gzip.compress(b'{"RestoreId": 5, "BackupId": 1, "RestoreStateId": 3}')
    service.answer(
        "GET",
        "/restore/5",
        lambda _: httpx.Response(
            200,
            stream=httpx.ByteStream(packed),
            headers={"Content-Encoding": "gzip", "Content-Type": "application/json"},
        ),
    )
    read: list[bytes] = []
    http_client = httpx.Client(
        transport=service.transport(),
        event_hooks={"response": [lambda response: read.append(response.read())]},
    )

    with made(http_client) as backup:
        assert backup.restores.get(5).restore_id == 5

    assert len(read) == 2


@pytest.mark.parametrize("other", ["transport", "proxy"])
def test_it_excludes_what_it_brings(service: FakeService, other: str) -> None:
    options = {"transport": service.transport(), "proxy": "http://127.0.0.1:3128"}

    with httpx.Client() as http_client, pytest.raises(ValueError, match="http_client"):
        made(http_client, **{other: options[other]})


def test_timeouts_are_those_of_the_users_client_unless_given(service: FakeService) -> None:
    http_client = httpx.Client(transport=service.transport(), timeout=3)

    assert made(http_client)._http.current().timeout == httpx.Timeout(3)
    assert made(http_client, timeout=4)._http.current().timeout == httpx.Timeout(4)
    assert made()._http.current().timeout == httpx.Timeout(30, connect=10)


def test_more_headers_go_with_every_request(service: FakeService) -> None:
    seen: list[str | None] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers.get("X-Request-Source"))
        return service.handle(request)

    with made(
        transport=httpx.MockTransport(handle), headers={"X-Request-Source": "nightly"}
    ) as backup:
        backup.agents.list()

    assert seen == ["nightly"] * 2


def test_a_proxy_gets_the_requests() -> None:
    with made(proxy="http://127.0.0.1:9", retries=Retries.off()) as backup:
        pool = backup._http.current()._transport_for_url(httpx.URL("https://x.example"))
        assert "Proxy" in type(pool._pool).__name__  # type: ignore[attr-defined]


def test_the_generated_client_is_at_hand(service: FakeService) -> None:
    service.answer("GET", "/restore/5", RESTORE)

    with made(transport=service.transport()) as backup:
        response = get_restore.sync_detailed(5, client=backup.api)

    assert response.status_code == 200
    assert service.seen[0].token == "canary-of-the-token-1"
    assert "canary" not in repr(backup.api)


def test_what_is_sent_is_logged_without_secrets(
    service: FakeService, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "cloud_backup")
    service.answer("GET", "/restore/5", httpx.Response(503), RESTORE)
    slept: list[float] = []

    with made(transport=service.transport(), sleep=slept.append) as backup:
        backup.restores.get(5)

    lines = [record.message for record in caplog.records if record.name == "cloud_backup"]
    assert lines[0] == "authenticate: logged in at https://identity.example/v2.0/tokens"
    assert lines[1].startswith("getRestore: GET /v1.0/1234/restore/5: 503 in ")
    assert lines[2].startswith("getRestore: 503 ServiceUnavailable; attempt 2 follows in ")
    assert lines[3].startswith("getRestore: GET /v1.0/1234/restore/5: 200 in ")
    assert "canary" not in caplog.text


def test_giving_up_is_a_warning(service: FakeService, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "cloud_backup")
    service.answer("GET", "/restore/5", httpx.ConnectError("refused"))

    with (
        made(transport=service.transport(), sleep=float, retries=Retries(attempts=3)) as backup,
        pytest.raises(Exception, match="refused"),
    ):
        backup.restores.get(5)

    (line,) = [record.message for record in caplog.records]
    assert line.startswith("getRestore: Unreachable (ConnectError); given up after 3 attempts in ")
