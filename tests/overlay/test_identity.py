"""A login: where it goes, what it says, and which endpoint comes of it."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import httpx
import pytest

from cloud_backup import (
    AuthenticationError,
    Credentials,
    RegionNotFound,
    ServiceUnavailable,
    UnexpectedAnswer,
)
from cloud_backup.secret import MASK, Secret
from cloud_backup.signing_in.identity import Identity, Session, http_url, login_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.overlay.conftest import FakeService

NOW = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
MARGIN = 300


def identity(**changes: Any) -> Identity:
    given = {"username": "demo", "api_key": Secret("key"), "auth_url": "https://identity.example"}
    return Identity(Credentials(**{**given, **changes}))


def session(service: FakeService, **changes: Any) -> Session:
    return identity(**changes).session(service.login(), NOW)


@pytest.mark.parametrize(
    "given",
    [
        "https://identity.example",
        "https://identity.example/",
        "https://identity.example/v2.0",
        "https://identity.example/v2.0/",
        "https://identity.example/v2.0/tokens",
        " https://identity.example/v2.0//tokens/ ",
    ],
)
def test_identity_is_found_however_its_url_is_written(given: str) -> None:
    assert str(login_url(given)) == "https://identity.example/v2.0/tokens"


def test_identity_may_lie_below_a_path_and_at_a_port() -> None:
    assert str(login_url("http://127.0.0.1:8774/id")) == "http://127.0.0.1:8774/id/v2.0/tokens"


@pytest.mark.parametrize(
    "given", ["", "identity.example", "ftp://identity.example", "http://", "/v2.0"]
)
def test_what_is_no_url_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="URL"):
        login_url(given)


def body(request: httpx.Request) -> Any:
    assert request.headers["Content-Length"] == str(len(request.read()))
    return json.loads(request.content)


def test_login_with_an_api_key() -> None:
    assert body(identity().request()) == {
        "auth": {"RAX-KSKEY:apiKeyCredentials": {"username": "demo", "apiKey": "key"}}
    }


def test_login_with_a_password_and_a_tenant() -> None:
    request = identity(api_key=None, password=Secret("word"), tenant_id="1234").request()

    assert body(request) == {
        "auth": {
            "passwordCredentials": {"username": "demo", "password": "word"},
            "tenantId": "1234",
        }
    }


@pytest.mark.parametrize(
    ("expires", "lifetime"),
    [
        ("2026-01-02T00:00:00Z", 86400),
        ("2026-01-02T00:00:00.305Z", 86400.305),
        ("2026-01-01T19:00:00.305-05:00", 86400.305),
        ("2026-01-01T19:00:00-0500", 86400),
        ("2026-01-02T00:00:00", 86400),
    ],
)
def test_lifetime(service: FakeService, expires: str, lifetime: float) -> None:
    service.expires = expires

    fresh_until = session(service).fresh_until
    assert fresh_until + MARGIN - NOW == pytest.approx(lifetime, abs=1e-6)


def test_a_short_life_is_used_by_half(service: FakeService) -> None:
    service.expires = "2026-01-01T00:02:00Z"

    assert session(service).fresh_until - NOW == 60


def test_lifetime_is_told_by_the_clock_that_issued_the_token(service: FakeService) -> None:
    service.expires, service.date = "2013-01-02T00:00:00Z", datetime(2013, 1, 1, tzinfo=UTC)

    assert session(service).fresh_until + MARGIN - NOW == 86400


def test_lifetime_of_an_answer_without_a_date(service: FakeService) -> None:
    service.date = None

    assert session(service).fresh_until + MARGIN - NOW == 86400


@pytest.mark.parametrize("date", ["soon", "Thu, 01 Jan 2026 00:00:00 +99999999999999999999"])
def test_lifetime_of_an_answer_with_an_impossible_date(service: FakeService, date: str) -> None:
    answer = service.login()
    answer.headers["Date"] = date

    assert identity().session(answer, NOW).fresh_until + MARGIN - NOW == 86400


@pytest.mark.parametrize("expires", ["never", "", None, 5])
def test_lifetime_may_be_unknown(service: FakeService, expires: Any) -> None:
    service.expires = expires

    assert session(service).fresh_until == math.inf


@pytest.mark.parametrize(
    ("region", "default", "offered", "chosen"),
    [
        ("ORD", "DFW", ["DFW", "ORD"], "ORD"),
        ("ord", "DFW", ["DFW", "ORD"], "ORD"),
        ("Dfw", None, ["dfw", "ORD"], "dfw"),
        (None, "ORD", ["DFW", "ORD", None], "ORD"),
        (None, "LON", ["DFW", "ORD", None], None),
        (None, None, ["DFW", None], None),
        (None, None, ["DFW"], "DFW"),
        (None, "LON", ["DFW"], "DFW"),
    ],
)
def test_endpoint_of_the_region(
    service: FakeService,
    region: str | None,
    default: str | None,
    offered: list[str | None],
    chosen: str | None,
) -> None:
    service.default_region = default
    service.endpoints = [
        {"publicURL": f"https://{name}.example/v1.0/1"} | ({"region": name} if name else {})
        for name in offered
    ]

    assert session(service, region=region).endpoint == f"https://{chosen}.example/v1.0/1"


def test_a_region_that_is_not_on_offer(service: FakeService) -> None:
    with pytest.raises(RegionNotFound, match=r"region 'syd'; it is in: DFW, ORD$") as e:
        session(service, region="syd")

    assert (e.value.region, e.value.regions) == ("syd", ("DFW", "ORD"))


def test_several_regions_and_none_asked_for(service: FakeService) -> None:
    service.default_region = None

    with pytest.raises(RegionNotFound, match=r"name one of them: DFW, ORD$") as e:
        session(service)

    assert e.value.region is None


def test_an_account_without_the_service(service: FakeService) -> None:
    service.endpoints = []

    with pytest.raises(UnexpectedAnswer, match="rax:backup"):
        session(service)


def test_an_endpoint_that_is_none(service: FakeService) -> None:
    service.endpoints = [{"region": "DFW", "publicURL": "dfw"}]

    with pytest.raises(UnexpectedAnswer, match="the endpoint in the service catalogue"):
        session(service)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"access": None}),
        httpx.Response(200, json={"access": {"token": []}}),
        httpx.Response(200, json={"access": {"token": {"id": 5}}}),
        httpx.Response(200, json={"access": {"token": {"id": ""}}}),
    ],
)
def test_an_answer_without_a_token(answer: httpx.Response) -> None:
    with pytest.raises(UnexpectedAnswer) as e:
        identity().session(answer, NOW)

    assert (e.value.operation, e.value.field) == ("authenticate", "access.token.id")


def refusal(status: int, **content: Any) -> httpx.Response:
    return httpx.Response(status, request=identity().request(), **content)


@pytest.mark.parametrize("status", [400, 401, 403])
def test_identity_refuses_the_credentials(status: int) -> None:
    answer = refusal(status, json={"unauthorized": {"code": status, "message": "Unable to"}})

    with pytest.raises(AuthenticationError) as e:
        identity().session(answer, NOW)

    assert (e.value.status, e.value.code, e.value.message) == (status, status, "Unable to")
    assert e.value.operation == "authenticate"


def test_identity_is_unavailable() -> None:
    with pytest.raises(ServiceUnavailable) as e:
        identity().session(refusal(503, headers={"Retry-After": "7"}), NOW)

    assert e.value.retry_after == 7


def test_an_identity_that_echoes_the_key() -> None:
    with pytest.raises(AuthenticationError) as e:
        identity().session(refusal(401, text='you sent {"apiKey": "key"}'), NOW)

    assert e.value.message == f'you sent {{"apiKey": "{MASK}"}}'
    assert e.value.message == e.value.response.text


@pytest.mark.parametrize("url", ["http://user:canary@x.example/v2.0", "https://canary@x.example"])
def test_a_url_has_no_secret_in_it(url: str) -> None:
    with pytest.raises(ValueError, match="no user name or password") as e:
        http_url(url)

    assert "canary" not in str(e.value)


@pytest.mark.parametrize("secret", ['a"b\\c', "schlüssel", "a b&c<d>", "plain"])
@pytest.mark.parametrize(
    "write",
    [
        str,
        lambda text: json.dumps({"apiKey": text}),
        lambda text: json.dumps({"apiKey": text}, ensure_ascii=False),
        lambda text: f"<p>{escape(text)}</p>",
        lambda text: urlencode({"apiKey": text}),
    ],
)
def test_an_echo_is_not_kept(secret: str, write: Callable[[str], str]) -> None:
    answer = httpx.Response(
        401, text=write(secret), request=httpx.Request("POST", "https://identity.example")
    )

    with pytest.raises(AuthenticationError) as e:
        identity(api_key=Secret(secret)).session(answer, NOW)

    assert e.value.message == write(MASK).replace(quote(MASK), MASK)
    assert e.value.response.text == e.value.message
