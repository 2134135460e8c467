"""RackspaceAuth in front of one client: what is sent where, and with which token."""

from __future__ import annotations

import asyncio
import copy
import pickle
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from cloud_backup import (
    AsyncCloudBackup,
    AuthenticationError,
    CloudBackup,
    Credentials,
    InsecureURL,
    Secret,
    ServiceUnavailable,
    TokenCache,
)
from cloud_backup.signing_in.auth import PLACEHOLDER_URL, RackspaceAuth
from cloud_backup.signing_in.identity import Session

from .conftest import DFW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.overlay.conftest import FakeService

AUTH_URL = "https://identity.example/v2.0"
TOKEN = "canary-of-the-token"


def login(**changes: Any) -> Credentials:
    usual = {"username": "demo", "api_key": "key", "auth_url": AUTH_URL}
    return Credentials(**{**usual, **changes})


@pytest.fixture
def client(service: FakeService, auth: RackspaceAuth) -> Iterator[httpx.Client]:
    transport = service.transport()
    with httpx.Client(auth=auth, base_url=PLACEHOLDER_URL, transport=transport) as client:
        yield client


def test_requests_go_to_the_endpoint_with_the_token(
    service: FakeService, client: httpx.Client
) -> None:
    client.get("/user/agents")
    client.put("/restore?x=%2F", json={"BackupId": 1})

    first, second = service.seen
    assert (first.method, first.url) == ("GET", "https://dfw.backup.example/v1.0/1234/user/agents")
    assert (first.host, first.token) == ("dfw.backup.example", f"{TOKEN}-1")
    assert second.url == "https://dfw.backup.example/v1.0/1234/restore?x=%2F"
    assert second.body == {"BackupId": 1}
    assert len(service.logins) == 1


def test_the_root_is_that_of_the_host(service: FakeService, client: httpx.Client) -> None:
    client.get("/")

    assert service.seen[0].url == "https://dfw.backup.example/"


def test_an_endpoint_given_replaces_that_of_the_catalogue(service: FakeService) -> None:
    service.endpoints = []
    auth = RackspaceAuth(login(), endpoint="http://127.0.0.1:1/v1.0/5/")
    with httpx.Client(auth=auth, transport=service.transport()) as client:
        client.get(PLACEHOLDER_URL.join("/user/agents"))

    assert service.seen[0].url == "http://127.0.0.1:1/v1.0/5/user/agents"


def test_requests_to_the_endpoint_itself_carry_the_token(
    service: FakeService, client: httpx.Client
) -> None:
    client.get("https://dfw.backup.example:443/v1.0/1234/activity")

    assert service.seen[0].token == f"{TOKEN}-1"


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/v1.0/1234/activity",
        "http://dfw.backup.example/v1.0/1234/activity",
        "https://dfw.backup.example:8443/v1.0/1234/activity",
        "https://cloud-backup.invalid.example/activity",
        "https://ord.backup.example/v1.0/1234/activity",
    ],
)
def test_no_other_request_carries_the_token_or_is_changed(
    service: FakeService, client: httpx.Client, url: str
) -> None:
    client.get(url)

    assert (service.seen[0].url, service.seen[0].token) == (url, None)


def test_redirects_are_not_followed(service: FakeService, client: httpx.Client) -> None:
    away = httpx.Response(302, headers={"Location": "https://elsewhere.example/"})
    service.answer("GET", "/activity", away)

    assert client.get("/activity").status_code == 302
    assert len(service.seen) == 1


def test_a_login_by_hand_is_left_alone(service: FakeService, client: httpx.Client) -> None:
    client.post(f"{AUTH_URL}/tokens", json={"auth": "mine"})

    assert service.logins == [{"auth": "mine"}]


def test_a_refused_token_is_renewed_once(service: FakeService, client: httpx.Client) -> None:
    client.get("/activity")
    service.revoked.add(f"{TOKEN}-1")

    answer = client.post("/restore", json={"RestoreId": 1})

    assert answer.status_code == 200
    assert [(seen.token, seen.body) for seen in service.seen[1:]] == [
        (f"{TOKEN}-1", {"RestoreId": 1}),
        (f"{TOKEN}-2", {"RestoreId": 1}),
    ]


def test_a_streamed_body_is_sent_again(service: FakeService, client: httpx.Client) -> None:
    service.revoked.add(f"{TOKEN}-1")

    client.post("/restore", content=(part for part in (b'{"Restore', b'Id": 1}')))

    assert [seen.body for seen in service.seen] == [{"RestoreId": 1}] * 2


def test_a_service_that_refuses_every_token_is_believed(
    service: FakeService, client: httpx.Client
) -> None:
    service.answer("GET", "/activity", httpx.Response(401, json={"code": 401, "message": "no"}))

    assert client.get("/activity").status_code == 401
    assert (len(service.logins), len(service.seen)) == (2, 2)


def test_who_was_refused_takes_the_token_that_another_has_fetched_since(
    service: FakeService, client: httpx.Client, auth: RackspaceAuth
) -> None:
    client.get("/activity")
    late = auth.sync_auth_flow(httpx.Request("GET", PLACEHOLDER_URL.join("/activity")))
    request = next(late)
    service.revoked.add(f"{TOKEN}-1")
    client.get("/activity")

    again = late.send(httpx.Response(401, request=request))

    assert again.headers["X-Auth-Token"] == f"{TOKEN}-2"
    assert len(service.logins) == 2


def test_a_wrong_key_is_an_error_at_once(service: FakeService, client: httpx.Client) -> None:
    service.login_answer = httpx.Response(
        401, json={"unauthorized": {"code": 401, "message": "Unable to authenticate"}}
    )

    with pytest.raises(AuthenticationError, match="Unable to authenticate"):
        client.get("/activity")

    assert (len(service.logins), service.seen) == (1, [])


def test_after_a_failed_login_the_next_request_tries_again(
    service: FakeService, client: httpx.Client
) -> None:
    service.login_answer = httpx.Response(503)
    with pytest.raises(ServiceUnavailable):
        client.get("/activity")
    service.login_answer = httpx.ConnectTimeout("too slow")
    with pytest.raises(httpx.ConnectTimeout):
        client.get("/activity")
    service.login_answer = None

    assert client.get("/activity").status_code == 200
    assert len(service.logins) == 3


@pytest.mark.parametrize(
    ("after", "logins"), [(0, 1), (86400 - 301, 1), (86400 - 300, 2), (86400 * 7, 2)]
)
def test_a_token_is_renewed_five_minutes_before_its_end(
    service: FakeService, after: float, logins: int
) -> None:
    # The server's clock is years away from ours.
    service.expires, service.date = "2013-01-02T00:00:00Z", datetime(2013, 1, 1, tzinfo=UTC)
    now = 1_700_000_000.0
    auth = RackspaceAuth(login(), clock=lambda: now)
    with httpx.Client(auth=auth, base_url=PLACEHOLDER_URL, transport=service.transport()) as client:
        client.get("/activity")
        now += after
        client.get("/activity")

    assert len(service.logins) == logins
    assert service.seen[-1].token == f"{TOKEN}-{logins}"


def test_a_short_lived_token_is_used_for_half_its_life(service: FakeService) -> None:
    service.expires, service.date = "2013-01-01T00:01:00Z", datetime(2013, 1, 1, tzinfo=UTC)
    now = 0.0
    auth = RackspaceAuth(login(), clock=lambda: now)
    with httpx.Client(auth=auth, base_url=PLACEHOLDER_URL, transport=service.transport()) as client:
        client.get("/activity")
        now = 29.0
        client.get("/activity")
        assert len(service.logins) == 1
        now = 31.0
        client.get("/activity")

    assert len(service.logins) == 2


def test_an_async_client_is_served_alike(service: FakeService, auth: RackspaceAuth) -> None:
    service.revoked.add(f"{TOKEN}-1")

    async def main() -> httpx.Response:
        transport = service.async_transport()
        async with httpx.AsyncClient(
            auth=auth, base_url=PLACEHOLDER_URL, transport=transport
        ) as client:
            return await client.post("/restore", json={"RestoreId": 1})

    assert asyncio.run(main()).status_code == 200
    assert [(seen.token, seen.body) for seen in service.seen] == [
        (f"{TOKEN}-1", {"RestoreId": 1}),
        (f"{TOKEN}-2", {"RestoreId": 1}),
    ]


def test_one_auth_serves_many_clients(service: FakeService, auth: RackspaceAuth) -> None:
    for _ in range(3):
        with httpx.Client(
            auth=auth, base_url=PLACEHOLDER_URL, transport=service.transport()
        ) as client:
            client.get("/activity")

    async def main() -> None:
        transport = service.async_transport()
        async with httpx.AsyncClient(auth=auth, transport=transport) as client:
            await client.get(PLACEHOLDER_URL)

    asyncio.run(main())
    assert len(service.logins) == 1


@pytest.mark.parametrize(
    ("api_key", "password", "given"),
    [(None, None, "neither"), ("", "", "neither"), ("k", "p", "both")],
)
def test_exactly_one_of_key_and_password(
    api_key: str | None, password: str | None, given: str
) -> None:
    with pytest.raises(ValueError, match=f"api_key and password is needed, not {given}"):
        RackspaceAuth(login(api_key=api_key, password=password))


def test_no_user_name() -> None:
    with pytest.raises(ValueError, match="username is empty"):
        RackspaceAuth(login(username=""))


INSECURE = [
    "http://identity.example/v2.0",
    "http://127.0.0.1.example/v2.0",
    "http://localhost.example",
    "http://[::2]/v2.0",
    "http://10.0.0.1:8080/v2.0",
    "http://2130706433.example",
]
HERE = ["http://localhost:8780", "http://a.localhost", "http://127.9.9.9", "http://[::1]:80/v2.0"]


@pytest.mark.parametrize("url", INSECURE)
def test_nothing_secret_goes_by_plain_http(url: str) -> None:
    with pytest.raises(InsecureURL, match="auth_url is not https"):
        RackspaceAuth(login(auth_url=url))
    with pytest.raises(InsecureURL, match="base_url is not https") as e:
        CloudBackup("demo", "key", base_url=url)

    assert "RS_ALLOW_HTTP=1" in str(e.value)
    assert copy.copy(e.value).url == pickle.loads(pickle.dumps(e.value)).url == e.value.url
    RackspaceAuth(login(auth_url=url, allow_http=True), endpoint=url)


@pytest.mark.parametrize("url", HERE)
def test_this_machine_is_talked_to_by_http(url: str) -> None:
    RackspaceAuth(login(auth_url=url), endpoint=url)


@pytest.mark.parametrize("url", INSECURE)
def test_a_catalogue_that_names_plain_http_gets_no_token(service: FakeService, url: str) -> None:
    service.endpoints = [{"region": "DFW", "publicURL": url}]
    options: Any = {"auth_url": AUTH_URL, "transport": service.transport()}
    with (
        CloudBackup("demo", "key", **options) as backup,
        pytest.raises(InsecureURL, match="the endpoint in the service catalogue is not https"),
    ):
        backup.agents.list()
    assert service.seen == []

    with CloudBackup("demo", "key", allow_http=True, **options) as backup:
        backup.agents.list()
    assert len(service.seen) == 1


def test_the_catalogue_is_checked_in_asyncio_too(service: FakeService) -> None:
    service.endpoints = [{"region": "DFW", "publicURL": INSECURE[0]}]

    async def ask() -> None:
        async with AsyncCloudBackup(
            "demo", "key", auth_url=AUTH_URL, transport=service.async_transport()
        ) as backup:
            await backup.agents.list()

    with pytest.raises(InsecureURL):
        asyncio.run(ask())
    assert service.seen == []


@pytest.mark.parametrize("endpoint", [INSECURE[0], "https://user:x@dfw.example", "ftp://x", ""])
def test_a_token_on_disk_goes_nowhere_by_plain_http(
    service: FakeService, tmp_path: Path, endpoint: str
) -> None:
    cache = TokenCache(tmp_path / "tokens")
    auth = RackspaceAuth(login(), token_cache=cache, clock=lambda: 0.0)
    kept = Session(Secret("kept-token"), httpx.URL(endpoint), 3600.0)
    cache.save(auth._identity.key, kept)

    with httpx.Client(auth=auth, transport=service.transport()) as client:
        client.get(PLACEHOLDER_URL)

    assert [seen.token for seen in service.seen] == [f"{TOKEN}-1"]
    assert service.seen[0].url.startswith("https://dfw.backup.example/")


def test_a_token_on_disk_goes_to_the_endpoint_that_was_given(
    service: FakeService, tmp_path: Path
) -> None:
    cache = TokenCache(tmp_path / "tokens")
    auth = RackspaceAuth(login(), endpoint=DFW, token_cache=cache, clock=lambda: 0.0)
    elsewhere = "https://elsewhere.example/v1.0/1234"
    kept = Session(Secret("kept-token"), httpx.URL(elsewhere), 3600.0)
    cache.save(auth._identity.key, kept)

    with httpx.Client(auth=auth, transport=service.transport()) as client:
        client.get(PLACEHOLDER_URL)

    assert [(seen.host, seen.token) for seen in service.seen] == [
        ("dfw.backup.example", f"{TOKEN}-1")
    ]


def test_the_environment_allows_http() -> None:
    environ = {"RS_USERNAME": "demo", "RS_API_KEY": "key", "RS_AUTH_URL": INSECURE[0]}
    with pytest.raises(InsecureURL):
        CloudBackup.from_environment(environ)
    with pytest.raises(InsecureURL):
        CloudBackup.from_environment({**environ, "RS_ALLOW_HTTP": "0"})
    with pytest.raises(ValueError, match="RS_ALLOW_HTTP must be 1 or 0, not 'yes'"):
        CloudBackup.from_environment({**environ, "RS_ALLOW_HTTP": "yes"})
    CloudBackup.from_environment({**environ, "RS_ALLOW_HTTP": "1"}).close()
    CloudBackup.from_environment(environ, allow_http=True).close()
