"""A service, or what is in front of it, that repeats the secrets it was sent, wherever it can."""

from __future__ import annotations

import asyncio
import base64
import html
import json
import logging
import pickle
import traceback
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cloud_backup import AsyncCloudBackup, CloudBackup, CloudBackupError, StatusError
from cloud_backup.secret import MASK, Secret, Secrets
from cloud_backup.signing_in.auth import PLACEHOLDER_URL

from .conftest import API_KEY, AUTH_URL, DFW, TOKEN, FakeService
from .test_secrets import own, spoken, with_locals
from .wire import wire

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from cloud_backup import RackspaceAuth

CANARY = "canary"
"""Every secret of these tests begins with it."""


def escaped(text: str) -> str:
    units = text.encode("utf-16-be")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "upper case": lambda text: text.upper() if text.isascii() else text,
    "JSON, escaped": lambda text: json.dumps(text)[1:-1],
    "JSON in JSON": lambda text: json.dumps(json.dumps(text))[3:-3],
    "JSON, every letter escaped": escaped,
    "a URL": lambda text: quote(text, safe=""),
    "a URL in a URL": lambda text: quote(quote(text, safe=""), safe=""),
    "a URL, every letter escaped": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    "a form": quote_plus,
    "HTML": html.escape,
    "HTML, every letter escaped": lambda text: "".join(f"&#x{ord(letter):x};" for letter in text),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
}


SECRETS = st.text(
    "abcXYZ0123456789-_.~!#$%&'()*+,/:;<=>?@[]^`{|}\"\\é€😀", min_size=8, max_size=40
).map(lambda text: f"x{text}x")


@settings(max_examples=50, deadline=None)
@given(secret=SECRETS)
def test_a_secret_is_masked_however_it_is_spelled(secret: str) -> None:
    secrets = Secrets(Secret(secret))

    for spell in SPELLINGS.values():
        spelled = f"before {spell(secret)} after"
        assert secrets.masked_text(spelled) == f"before {MASK} after"


def test_a_secret_that_is_very_long() -> None:
    secrets = Secrets(Secret("canary" * 100))
    assert secrets.masked_text(f'"{"canary" * 100}" after') == f'"{MASK}" after'


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_a_secret_in_utf16(encoding: str) -> None:
    secret = "canary-é-€-and-more"
    assert secret.encode(encoding)[4:] not in Secrets(Secret(secret)).masked(
        secret.encode(encoding)
    )


@pytest.mark.parametrize("spelled", ["to/ken", r"to\/ken", "to%2Fken", "to%2fken"])
def test_a_token_with_a_slash_is_masked_in_a_success(spelled: str) -> None:
    content = f'{{"Name": "{spelled}"}}'.encode()

    assert Secrets(Secret("to/ken-of-today")).masked_json(content) == content
    assert Secrets(Secret("to/ken")).masked_json(content) == f'{{"Name": "{MASK}"}}'.encode()


def test_a_short_secret_is_masked_where_it_stands_alone() -> None:
    secrets = Secrets(Secret("key"), None)

    assert secrets.masked_text("no key='key' in the keyring, monkey") == (
        f"no {MASK}='{MASK}' in the keyring, monkey"
    )


def test_of_very_many_secrets_the_oldest_is_forgotten() -> None:
    secrets = Secrets(*(Secret(f"canary-{number:04}") for number in range(65)))

    assert (
        secrets.masked_text("canary-0000 canary-0001 canary-0064") == f"canary-0000 {MASK} {MASK}"
    )


def test_secrets_do_not_show_themselves() -> None:
    secrets = Secrets(Secret("canary"))
    assert "canary" not in f"{secrets} {secrets!r}"
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(secrets)


def token_of(request: httpx.Request) -> str:
    return str(request.headers.get("X-Auth-Token", API_KEY))


def said(make: Callable[[str], httpx.Response]) -> Callable[[httpx.Request], httpx.Response]:
    return lambda request: make(token_of(request))


def fault(status: int, token: str) -> httpx.Response:
    return httpx.Response(status, json={"fault": {"code": status, "message": f"bad {token}"}})


class Chunks(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that comes letter by letter."""

    def __init__(self, token: str) -> None:
        self._token = token

    def _all(self) -> list[bytes]:
        return [b'{"message": "bad ', *(letter.encode() for letter in self._token), b'"}']

    def __iter__(self) -> Iterator[bytes]:
        yield from self._all()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self._all():
            yield chunk


def quoting(token: str) -> httpx.Response:
    raise httpx.RemoteProtocolError(f"illegal header line: bytearray(b'{token}')")


ECHOES: dict[str, Callable[[str], httpx.Response]] = {
    "fault": lambda token: fault(400, token),
    "flat fault": lambda token: httpx.Response(403, json={"message": token}),
    "401, twice": lambda token: fault(401, token),
    "503, retried": lambda token: fault(503, token),
    "text": lambda token: httpx.Response(500, text=f"no: {token}"),
    "HTML": lambda token: httpx.Response(502, html=f"<p>{token}"),
    "another key of the fault": lambda token: httpx.Response(400, json={"message": "x", token: 1}),
    "nested JSON": lambda token: httpx.Response(
        400, json={"message": json.dumps({"token": [{"is": token}]})}
    ),
    "JSON, escaped": lambda token: httpx.Response(
        400, content=b'{"message": "%s"}' % escaped(token).encode()
    ),
    "URL-encoded": lambda token: httpx.Response(
        404, json={"message": "".join(f"%{byte:02x}" for byte in token.encode())}
    ),
    "UTF-16": lambda token: httpx.Response(
        400, content=json.dumps({"message": token}).encode("utf-16")
    ),
    "reason": lambda token: httpx.Response(
        400, extensions={"reason_phrase": f"Bad {token}".encode()}
    ),
    "header": lambda token: httpx.Response(400, headers={"X-Debug": f"got {token}"}, text="no"),
    "name of a header": lambda token: httpx.Response(400, headers={token: "x"}, text="no"),
    "cookie": lambda token: httpx.Response(400, headers={"Set-Cookie": f"session={token}"}),
    "the same header": lambda token: httpx.Response(400, headers={"X-Auth-Token": token}),
    "Retry-After": lambda token: httpx.Response(400, headers={"Retry-After": token}),
    "content type": lambda token: httpx.Response(
        400, headers={"Content-Type": f"text/plain; charset={token}"}, content=token.encode()
    ),
    "redirect": lambda token: httpx.Response(
        302, headers={"Location": f"https://elsewhere.example/?token={token}"}
    ),
    "redirect to itself": lambda token: httpx.Response(307, headers={"Location": f"/{token}"}),
    "chunks": lambda token: httpx.Response(400, stream=Chunks(token)),
    "a huge fault": lambda token: httpx.Response(400, text=f"{token} " * 20_000),
    "a field of a success": lambda token: httpx.Response(
        200, json={"RestoreId": 5, "RestoreStateId": token}
    ),
    "an id of a success": lambda token: httpx.Response(200, json={"RestoreId": token}),
    "a field of a success, escaped": lambda token: httpx.Response(
        200, content=b'{"RestoreId": "%s"}' % escaped(token).encode()
    ),
    "a success that is no JSON": lambda token: httpx.Response(200, text=token),
    "compression of a success": lambda token: httpx.Response(
        200, headers={"Content-Encoding": token}, stream=Chunks(token)
    ),
    "the wire": quoting,
}

LOGINS: dict[str, Callable[[str], httpx.Response]] = {
    "fault": lambda key: fault(401, key),
    "reason": lambda key: httpx.Response(500, extensions={"reason_phrase": key.encode()}),
    "header": lambda key: httpx.Response(401, headers={"WWW-Authenticate": f'x="{key}"'}),
    "escaped": lambda key: httpx.Response(401, text=escaped(key)),
    "redirect": lambda key: httpx.Response(301, headers={"Location": f"https://x.example/{key}"}),
    "a token in a failure": lambda _: httpx.Response(
        500, json={"access": {"token": {"id": "canary-that-nobody-knows"}}}
    ),
    "no catalogue": lambda key: httpx.Response(200, json={"access": {"token": {"id": key}}}),
    "URL with userinfo": lambda key: access(f"https://user:{key}@backup.example/v1.0/1"),
    "URL of no kind, with userinfo": lambda key: access(f"ftp://user:{key}@backup.example/"),
    "URL that is none": lambda key: access(f"https://[{key}"),
    "URL with the new token": lambda _: access(
        "ftp://canary-new-token.example", "canary-new-token"
    ),
    "region": lambda key: access(DFW, region=key),
    "the wire": quoting,
}


def access(url: str, token: str = "canary-token", region: str = "ORD") -> httpx.Response:
    endpoint = {"region": region, "publicURL": url}
    catalogue = [{"type": "rax:backup", "endpoints": [endpoint, {**endpoint, "region": "IAD"}]}]
    user = {"RAX-AUTH:defaultRegion": region if region != "ORD" or url != DFW else "DFW"}
    if url == DFW:
        user = {}
    return httpx.Response(
        200,
        json={
            "access": {"token": {"id": token}, "serviceCatalog": catalogue, "user": user},
        },
    )


def fail(service: FakeService, *, asynchronous: bool) -> CloudBackupError:
    """Ask for a restore, and return what is raised; its traceback is the library's part."""

    async def at_once(_: float) -> None:
        """Let an attempt follow at once."""

    async def ask_async() -> None:
        async with AsyncCloudBackup(
            "demo",
            Secret(API_KEY),
            auth_url=AUTH_URL,
            transport=service.async_transport(),
            sleep=at_once,
        ) as backup:
            await backup.restores.get(5)

    def ask() -> None:
        with CloudBackup(
            "demo",
            Secret(API_KEY),
            auth_url=AUTH_URL,
            transport=service.transport(),
            sleep=float,
        ) as backup:
            backup.restores.get(5)

    with pytest.raises(CloudBackupError) as e:
        asyncio.run(ask_async()) if asynchronous else ask()
    e.value.__traceback__ = own(e.value)
    return e.value


def places(error: CloudBackupError) -> dict[str, str]:
    """All that shows of an error."""
    response = getattr(error, "response", None)
    shown = {
        "error": spoken(error) + spoken(error.__cause__) + spoken(error.args),
        "traceback": "".join(traceback.format_exception(error)),
        "locals": with_locals(error),
        "pickle": pickle.dumps(error).decode("latin-1"),
    }
    if response is not None:
        shown["response"] = f"{response.headers.raw} {response.reason_phrase} {response.content}"
        shown["next request"] = f"{getattr(response.next_request, 'headers', None)!r}"
        assert dict(response.request.headers).get("x-auth-token") in {None, MASK}
        assert response.next_request is None
    return shown


def shows(text: str) -> bool:
    """Whether a text shows a secret, in one of the spellings of these tests."""
    text = text.replace("\\x00", "").replace("\0", "").casefold()
    return any(form.casefold() in text for form in (CANARY, escaped(CANARY), "%63%61%6e%61"))


def found(shown: dict[str, str]) -> set[str]:
    return {where for where, what in shown.items() if shows(what)}


@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize("echo", ECHOES.values(), ids=ECHOES)
def test_what_the_service_echoes_is_masked(
    service: FakeService,
    caplog: pytest.LogCaptureFixture,
    echo: Callable[[str], httpx.Response],
    asynchronous: bool,  # noqa: FBT001
) -> None:
    caplog.set_level(logging.DEBUG, logger="cloud_backup")
    service.answer("GET", "/restore/5", said(echo))

    error = fail(service, asynchronous=asynchronous)

    assert service.seen[0].token == f"{TOKEN}-1"
    assert found({**places(error), "log": caplog.text}) == set()


@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize("echo", LOGINS.values(), ids=LOGINS)
def test_what_identity_echoes_is_masked(
    service: FakeService,
    caplog: pytest.LogCaptureFixture,
    echo: Callable[[str], httpx.Response],
    asynchronous: bool,  # noqa: FBT001
) -> None:
    caplog.set_level(logging.DEBUG, logger="cloud_backup")
    service.login_answer = said(echo)

    error = fail(service, asynchronous=asynchronous)

    assert service.logins
    assert found({**places(error), "log": caplog.text}) == set()


def test_the_words_around_a_secret_stay(service: FakeService) -> None:
    service.answer("GET", "/restore/5", said(lambda token: fault(404, f"token {token}, sorry")))

    error = fail(service, asynchronous=False)

    assert isinstance(error, StatusError)
    assert (error.status, error.code) == (404, 404)
    assert error.message == f"bad token {MASK}, sorry"
    assert error.response.json()["fault"]["message"] == error.message


def test_tokens_of_earlier_logins_are_masked(service: FakeService) -> None:
    service.revoked = {f"{TOKEN}-1"}
    service.answer("GET", "/restore/5", said(lambda token: fault(400, f"{token} {TOKEN}-1")))

    error = fail(service, asynchronous=False)

    assert [seen.token for seen in service.seen] == [f"{TOKEN}-1", f"{TOKEN}-2"]
    assert found(places(error)) == set()


def test_what_a_request_says_that_is_secret_is_masked(
    service: FakeService, auth: RackspaceAuth
) -> None:
    echoed = httpx.Response(400, json={"message": "canary-of-the-passphrase canary-basic"})
    service.answer("PUT", "/agent/encryption", echoed)
    body = {
        "MachineAgentId": 5,
        "Passwords": [{"EncryptedPasswordHex": "canary-of-the-passphrase"}],
    }
    with httpx.Client(
        auth=auth,
        transport=service.transport(),
        base_url=PLACEHOLDER_URL,
        headers={"Cookie": "canary-basic"},
    ) as client:
        response = client.put("/agent/encryption", json=body)

    assert response.json() == {"message": f"{MASK} {MASK}"}


def test_a_name_in_a_success_that_is_the_password_stays(service: FakeService) -> None:
    # Masked data would be wrong data.
    service.answer("GET", "/agent/5", {"MachineAgentId": 5, "MachineName": "canary-host"})
    with CloudBackup(
        "demo", password="canary-host", auth_url=AUTH_URL, transport=service.transport()
    ) as backup:
        assert backup.agents.get(5).machine_name == "canary-host"


def test_a_large_success_stays_and_a_large_fault_does_not(
    service: FakeService, auth: RackspaceAuth
) -> None:
    service.answer("GET", "/large", httpx.Response(200, text="x" * 300_000))
    service.answer("GET", "/fault", httpx.Response(400, text="x" * 300_000))
    with httpx.Client(auth=auth, transport=service.transport(), base_url=PLACEHOLDER_URL) as client:
        assert len(client.get("/large").content) == 300_000
        assert client.get("/fault").content == b""


def test_a_status_line_of_the_wire() -> None:
    # h11 quotes what it can't read.
    with wire() as server:
        server.answers["/restore/5"] = b"HTTP/1.1 400 Bad\r\ntoken canary-of-the-wire\r\n\r\n"
        key = Secret("canary-of-the-wire")
        with (
            CloudBackup(**{**server.options(), "api_key": key}, sleep=float) as backup,
            pytest.raises(CloudBackupError) as e,
        ):
            backup.restores.get(5)
    e.value.__traceback__ = own(e.value)
    assert found(places(e.value)) == set()
