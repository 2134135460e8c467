"""Pages of other sites reach the emulator neither by its address nor by a name they gave it."""

from typing import Any

import pytest

from cloud_backup_emulator import Clock, Emulator, create_app, serve
from cloud_backup_emulator.errors import EmulatorError
from cloud_backup_emulator.hosts import Hosts
from cloud_backup_emulator.server import RunningEmulator

from .conftest import Service
from .raw_http import exchange

LOOPBACK = [
    "localhost",
    "LOCALHOST:8774",
    "localhost.",
    "app.localhost:8774",
    "127.0.0.1",
    "127.0.0.1:8774",
    "127.12.0.9:1",
    "[::1]",
    "[::1]:8774",
    "[0:0:0:0:0:0:0:1]:8774",
    "[::ffff:127.0.0.1]",
]
FOREIGN = [
    "evil.example",
    "evil.example:8774",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "evillocalhost",
    "localhost@evil.example",
    "evil.example/localhost",
    "evil.example#localhost",
    "localhost evil.example",
    "localhost:port",
    "localhost:99999",
    "localhost:8774:8774",
    "[::1",
    "[::2]",
    "[::1]evil.example",
    "[localhost]",
    "0.0.0.0",
    "169.254.169.254",
    "192.168.0.7:8774",
    "localhost\N{FULLWIDTH FULL STOP}",
    "\N{FULLWIDTH LATIN SMALL LETTER L}ocalhost",
    "xn--lcalhost-54a",
    "127.1",
    "2130706433",
    "null",
    "",
    "*",
]


@pytest.mark.parametrize("host", LOOPBACK)
def test_this_machine_is_taken(host: str) -> None:
    assert Hosts().has(host)
    assert Hosts().has_origin(f"http://{host}")


@pytest.mark.parametrize("host", FOREIGN)
def test_any_other_host_is_not(host: str) -> None:
    assert not Hosts(["emulator.test"]).has(host)
    assert not Hosts(["emulator.test"]).has_origin(f"http://{host}")


@pytest.mark.parametrize("origin", ["null", "file://", "localhost", "ftp://localhost", "", "http:"])
def test_what_is_no_site_is_no_origin(origin: str) -> None:
    assert not Hosts().has_origin(origin)


@pytest.mark.parametrize(
    ("allowed", "called"),
    [
        ("emulator.test", "Emulator.Test.:8774"),
        ("192.168.0.7", "192.168.0.7:8774"),
        ("fe80::1%eth0", "[FE80::1]:8774"),
        ("[fe80::1]", "[fe80:0::1]"),
    ],
)
def test_a_host_that_was_allowed_is_taken(allowed: str, called: str) -> None:
    assert Hosts([allowed]).has(called)
    assert not Hosts([allowed]).has(f"a{called}")


@pytest.mark.parametrize(
    "host", ["http://emulator.test", "emulator.test:80", "", "*", "a b", "[a]"]
)
def test_what_is_no_host_is_refused_at_the_start(host: str) -> None:
    with pytest.raises(EmulatorError, match="expected a name or address"):
        create_app(Emulator(), allowed_hosts=[host])


CALLS: list[tuple[str, str, Any]] = [
    ("POST", "/emulator/reset", None),
    ("GET", "/emulator/requests", None),
    ("GET", "/emulator/openapi.json", None),
    ("POST", "/emulator/faults", {"status": 503}),
    ("POST", "/emulator/clock", {"advance_seconds": 60}),
    ("POST", "/v2.0/tokens", {"auth": {}}),
    ("GET", "/v1.0/1234/user/agents", None),
    ("DELETE", "/v1.0/1234/backup-configuration/172418", None),
    ("OPTIONS", "/v1.0/1234/user/agents", None),
    ("GET", "/", None),
    ("GET", "/nothing", None),
]


@pytest.mark.parametrize("header", ["Host", "Origin"])
@pytest.mark.parametrize(("method", "path", "body"), CALLS, ids=lambda value: str(value)[:24])
def test_a_foreign_site_is_refused_whatever_it_asks(
    service: Service, header: str, method: str, path: str, body: Any
) -> None:
    before = service.emulator.clock.now()
    foreign = "evil.example" if header == "Host" else "http://evil.example"
    arguments = {} if body is None else {"json": body}

    answer = service.call(method, path, headers={header: foreign}, **arguments)

    assert answer.status_code == 403
    assert answer.json()["message"].startswith(f"{header}: ")
    assert "--allowed-host" in answer.json()["message"]
    assert "evil" not in answer.text + str(answer.headers)
    assert service.emulator.clock.now() == before
    assert service.emulator.faults.listed() == []
    assert service.get("/backup-configuration/172418")["IsDeleted"] is False


def test_a_page_of_this_machine_may_call(service: Service) -> None:
    headers = {"Host": "localhost:8774", "Origin": "http://localhost:3000"}

    assert service.call("POST", "/emulator/reset", headers=headers).status_code == 204


def test_no_catalogue_repeats_a_foreign_host(service: Service) -> None:
    for headers in (
        {"Host": "evil.example"},
        {"Host": "emulator", "Origin": "http://evil.example"},
    ):
        answer = service.call(
            "POST",
            "/v2.0/tokens",
            headers=headers,
            json={
                "auth": {"RAX-KSKEY:apiKeyCredentials": {"username": "demo", "apiKey": "demo-key"}}
            },
        )
        assert answer.status_code == 403

    login = service.call(
        "POST",
        "/v2.0/tokens",
        headers={"Host": "127.0.0.1:9000"},
        json={"auth": {"RAX-KSKEY:apiKeyCredentials": {"username": "demo", "apiKey": "demo-key"}}},
    )
    (backup,) = login.json()["access"]["serviceCatalog"]
    assert {entry["publicURL"] for entry in backup["endpoints"]} == {
        "http://127.0.0.1:9000/v1.0/1234"
    }


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("GET /emulator/health HTTP/1.1\r\nHost: 127.0.0.1", 200),
        ("GET /emulator/health HTTP/1.0", 200),
        ("GET http://localhost/emulator/health HTTP/1.1\r\nHost: evil.example", 200),
        ("GET HTTP://[::1]:9/emulator/health?x=1 HTTP/1.1\r\nHost: evil.example", 200),
        ("GET http://evil.example/emulator/health HTTP/1.1\r\nHost: localhost", 403),
        ("GET http://localhost@evil.example/emulator/health HTTP/1.1\r\nHost: localhost", 403),
        ("GET http:///emulator/health HTTP/1.1\r\nHost: localhost", 403),
        ("GET http://localhost HTTP/1.1\r\nHost: localhost", 200),
        ("GET /emulator/health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example", 400),
        ("GET /emulator/health HTTP/1.1\r\nHost:", 403),
        ("GET /emulator/health HTTP/1.1", 400),
        ("GET /emulator/health HTTP/1.1\r\nHost: localhost\r\nOrigin: null", 403),
        ("OPTIONS * HTTP/1.1\r\nHost: localhost", 404),
        ("CONNECT localhost:80 HTTP/1.1\r\nHost: localhost", 404),
    ],
)
def test_over_tcp_the_target_goes_before_the_header(head: str, status: int) -> None:
    with serve(Emulator(clock=Clock(rate=0))) as running:
        assert exchange(running.url, head) == status


def test_a_server_goes_by_the_host_that_it_listens_on_and_those_allowed() -> None:
    emulator = Emulator(clock=Clock(rate=0))
    with serve(emulator, host="0.0.0.0", allowed_hosts=["emulator.test"]) as running:
        for host, status in (("0.0.0.0", 200), ("emulator.test", 200), ("evil.example", 403)):
            head = f"GET /emulator/health HTTP/1.1\r\nHost: {host}"
            assert exchange(running.url, head) == status


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://127.0.0.1:8774", None),
        ("http://[::1]:8774", None),
        ("http://0.0.0.0:8774", "1"),
        ("http://emulator:8774", "1"),
    ],
)
def test_clients_elsewhere_are_told_that_plain_http_is_meant(url: str, said: str | None) -> None:
    emulator: Any = None

    assert RunningEmulator(url, emulator).environment.get("RS_ALLOW_HTTP") == said
