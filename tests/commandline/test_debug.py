"""What `--debug` shows, and never shows."""

import httpx
import pytest

from cloud_backup.commandline.running.exchange import Exchange
from cloud_backup.secret import Secret, fields_masked

from .conftest import CommandLine


@pytest.mark.parametrize(
    "arguments", [("--debug", "agents", "show", "MBP0"), ("agents", "show", "MBP0", "--debug")]
)
def test_the_exchange_is_on_stderr(cloud: CommandLine, arguments: tuple[str, ...]) -> None:
    ended = cloud.done(*arguments, "-o", "json")

    assert ended.json["machine_name"] == "MBP0"
    url = cloud.emulator.url
    assert f"> POST {url}/v2.0/tokens\n" in ended.stderr
    assert f"> GET {url}/v1.0/1234/agent/252036\n" in ended.stderr
    assert "< 200 OK in 0." in ended.stderr
    assert '"MachineName": "MBP0"' in ended.stderr
    assert "cloud_backup: getAgent: GET" in ended.stderr


def test_bodies_that_are_sent_are_shown(cloud: CommandLine) -> None:
    ended = cloud.done("agents", "disable", "MBP0", "--debug")

    assert '> {"MachineAgentId": 252036, "Enable": false}\n' in ended.stderr


def test_no_secret_is_ever_shown(cloud: CommandLine) -> None:
    cloud.environment |= {"OLD": "213563-passphrase", "NEW": "open sesame"}
    ended = [
        cloud.done(
            *("agents", "change-passphrase", "213563", "--debug"),
            *("--old-passphrase-env", "OLD", "--new-passphrase-env", "NEW"),
        )
    ]
    cloud.environment["RS_API_KEY"] = "wrong-key"
    ended.append(cloud.run("agents", "list", "--debug"))
    cloud.environment |= {"RS_API_KEY": "", "RS_PASSWORD": "demo-password"}
    ended.append(cloud.done("agents", "wake", "--debug"))

    shown = "".join(each.stdout + each.stderr for each in ended)
    tokens = [token for token in shown.split() if "token" in token.casefold()]
    for secret in ("demo-key", "demo-password", "wrong-key", "213563-passphrase", "open sesame"):
        assert secret not in shown
    assert '"OldEncryptedPasswordHex": "[secure]"' in shown
    assert "X-Auth-Token" not in shown
    assert [token for token in tokens if not token.endswith("/tokens")] == []


def test_a_login_that_is_refused_shows_no_body(cloud: CommandLine) -> None:
    cloud.environment["RS_API_KEY"] = "wrong-key"

    ended = cloud.run("login", "--check", "--debug")

    assert ended.exit_code == 3
    assert "< 401 Unauthorized in" in ended.stderr
    assert "apiKey" not in ended.stderr


def test_masks_by_the_name_of_the_field() -> None:
    body = {
        "access": {"token": {"id": "t0p"}, "user": {"name": "demo"}},
        "list": [{"apiKey": "k"}, {"EncryptedPasswordHex": "ab"}, {"Passphrase": None}],
    }

    assert fields_masked(body) == {
        "access": {"token": "[secure]", "user": {"name": "demo"}},
        "list": [
            {"apiKey": "[secure]"},
            {"EncryptedPasswordHex": "[secure]"},
            {"Passphrase": None},
        ],
    }


@pytest.mark.parametrize(
    ("content", "content_type", "shown"),
    [
        (b"<html>demo-key</html>", "text/html", "< <html>[secure]</html>"),
        (b'{"broken', "application/json", "< (8 bytes)"),
        (b"", "text/plain", None),
        (b"x" * 30_000, "text/plain", "… (30000 characters)"),
    ],
)
def test_bodies_of_other_kinds(content: bytes, content_type: str, shown: str | None) -> None:
    said: list[str] = []
    exchange = Exchange(said.append, [Secret("demo-key")])
    with httpx.Client() as client:
        exchange.show(client)
        [hook] = client.event_hooks["response"]
    request = httpx.Request("GET", "https://backup.example/agents")
    response = httpx.Response(
        200, content=content, headers={"Content-Type": content_type}, request=request
    )

    hook(response)

    assert said[0].startswith("< 200 OK in")
    assert len(said) == (1 if shown is None else 2)
    if shown is not None:
        assert said[1].endswith(shown)


def test_without_debug_nothing_is_shown(cloud: CommandLine) -> None:
    assert cloud.done("agents", "list").stderr == ""


def test_a_token_that_the_service_echoes_is_not_shown() -> None:
    said: list[str] = []
    exchange = Exchange(said.append, [Secret("demo-key")])
    with httpx.Client() as client:
        exchange.show(client)
        [sent] = client.event_hooks["request"]
        [received] = client.event_hooks["response"]
    request = httpx.Request(
        "PUT",
        "https://backup.example/agents?token=canary-token",
        headers={"X-Auth-Token": "canary-token"},
        json={"NewEncryptedPasswordHex": "canary-passphrase"},
    )
    sent(request)
    for body in ("no canary-passphrase", '{"message": "\\u0063anary-token"}', "canary%2Dtoken"):
        received(
            httpx.Response(
                400,
                text=body,
                request=request,
                extensions={"reason_phrase": b"Bad canary-token"},
            )
        )

    assert "canary" not in "".join(said)
    assert any(line.startswith("< 400 Bad [secure] in") for line in said)
    assert "< no [secure]" in said


def test_a_fault_that_echoes_the_token_is_not_shown(cloud: CommandLine) -> None:
    def echo(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/tokens"):
            endpoint = {"region": "DFW", "publicURL": "https://backup.example/v1.0/1"}
            catalogue = [{"type": "rax:backup", "endpoints": [endpoint]}]
            token = {"id": "canary-token"}
            access = {"token": token, "serviceCatalog": catalogue, "user": {}}
            return httpx.Response(200, json={"access": access})
        token_sent = request.headers["X-Auth-Token"]
        return httpx.Response(400, json={"message": f"bad {token_sent}"})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpx.HTTPTransport, "handle_request", lambda _, request: echo(request))
        for option in ((), ("--debug",)):
            ended = cloud.run("agents", "list", *option)
            assert ended.exit_code != 0
            assert "bad [secure]" in ended.stderr
            assert "canary" not in ended.stderr + ended.stdout


def test_plain_http_is_refused_and_can_be_allowed(cloud: CommandLine) -> None:
    cloud.environment["RS_AUTH_URL"] = "http://identity.invalid/v2.0"

    ended = cloud.run("agents", "list")
    assert ended.exit_code == 2
    assert "auth_url is not https: http://identity.invalid" in ended.stderr
    assert "RS_ALLOW_HTTP=1" in ended.stderr

    cloud.environment["RS_ALLOW_HTTP"] = "1"
    ended = cloud.run("--no-retries", "agents", "list")
    assert "is not https" not in ended.stderr
    assert ended.exit_code == 1
