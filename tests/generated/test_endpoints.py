"""What the endpoints make of answers, foreseen or not."""

import json
from datetime import UTC, datetime
from http import HTTPStatus
from types import ModuleType
from typing import Any, get_type_hints
from uuid import UUID

import httpx
import pytest

UUID_TEXT = "00c0ffee-0000-4000-8000-00000000abcd"


def client_that_gets(scratch_api: ModuleType, response: httpx.Response, **arguments: Any) -> Any:
    client = scratch_api.client.AuthenticatedClient(
        base_url="https://example.invalid", token="t0ken", **arguments
    )
    transport = httpx.MockTransport(lambda _: response)
    return client.set_httpx_client(
        httpx.Client(base_url="https://example.invalid", transport=transport)
    )


@pytest.fixture(name="things")
def _things(scratch_api: ModuleType) -> Any:
    return scratch_api.api.things


def test_what_needs_a_token_asks_for_a_client_with_one(
    scratch_api: ModuleType, things: Any
) -> None:
    client = scratch_api.client
    assert get_type_hints(things.list_things.sync)["client"] is client.AuthenticatedClient
    assert get_type_hints(things.touch_thing.sync)["client"] == (
        client.AuthenticatedClient | client.Client
    )


def test_a_list_is_decoded(scratch_api: ModuleType, things: Any) -> None:
    response = httpx.Response(200, json=[{"Id": 1, "Required": "/Date(0)/"}, "not a thing"])
    answer = things.list_things.sync_detailed(client=client_that_gets(scratch_api, response))
    assert answer.status_code is HTTPStatus.OK
    assert answer.parsed[0].required == datetime(1970, 1, 1, tzinfo=UTC)
    assert len(answer.parsed) == 1
    assert answer.http_response is response


def test_a_date_among_the_parameters_goes_out_in_the_wire_form(things: Any) -> None:
    since = datetime(2013, 1, 2, 18, 29, 19, tzinfo=UTC)
    assert things.list_things._get_kwargs(since=since)["params"] == {
        "since": "/Date(1357151359000)/"
    }


def test_a_date_as_an_answer_is_decoded(scratch_api: ModuleType, things: Any) -> None:
    client = client_that_gets(scratch_api, httpx.Response(200, json="/Date(0)/"))
    assert things.touch_thing.sync(client=client) == datetime(1970, 1, 1, tzinfo=UTC)
    client = client_that_gets(scratch_api, httpx.Response(204))
    assert things.touch_thing.sync(client=client) is None


@pytest.mark.parametrize(
    ("status", "content"),
    [
        (400, b"<html>Bad Gateway</html>"),
        (404, b""),
        (404, b"[]"),
        (404, b"null"),
        (404, b'"gone"'),
        (404, b"\xff\xfe\x00"),
        (400, b'{"code": 4'),
    ],
)
@pytest.mark.parametrize("operation", ["list_things", "touch_thing"])
def test_an_error_that_is_no_fault_is_none(
    scratch_api: ModuleType, things: Any, status: int, content: bytes, operation: str
) -> None:
    client = client_that_gets(scratch_api, httpx.Response(status, content=content))
    answer = getattr(things, operation).sync_detailed(client=client)
    assert answer.parsed is None
    assert answer.status_code == status
    assert answer.content == content


def test_an_error_that_is_no_fault_is_none_by_default_too(
    scratch_api: ModuleType, things: Any
) -> None:
    client = client_that_gets(scratch_api, httpx.Response(502, content=b"<html>"))
    thing = scratch_api.models.ThingInput(id=1)
    assert things.add_thing.sync_detailed(client=client, body=thing).parsed is None


@pytest.mark.parametrize("status", [499, 520, 799])
def test_a_status_that_nobody_knows_is_a_number(
    scratch_api: ModuleType, things: Any, status: int
) -> None:
    client = client_that_gets(scratch_api, httpx.Response(status, content=b"?"))
    answer = things.list_things.sync_detailed(client=client)
    assert answer.status_code == status
    assert answer.parsed is None


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({"code": 404, "message": "gone"}, (404, "gone")),
        ({"message": "gone"}, (None, "gone")),
        ({"code": "404"}, (404, None)),
        ({"code": []}, (None, None)),
    ],
)
def test_a_fault_is_parsed_whatever_it_lacks(
    scratch_api: ModuleType, things: Any, body: dict[str, Any], fault: tuple[Any, Any]
) -> None:
    client = client_that_gets(scratch_api, httpx.Response(404, json=body))
    parsed = things.list_things.sync(client=client)
    assert (parsed.code, parsed.message) == fault


@pytest.mark.parametrize("content", [b"", b"<html>welcome</html>", b"{"])
def test_a_success_that_is_not_json_is_an_error(
    scratch_api: ModuleType, things: Any, content: bytes
) -> None:
    client = client_that_gets(scratch_api, httpx.Response(200, content=content))
    with pytest.raises(json.JSONDecodeError):
        things.list_things.sync(client=client)
    with pytest.raises(json.JSONDecodeError):
        things.add_thing.sync(client=client, body=scratch_api.models.ThingInput(id=1))


@pytest.mark.parametrize("content", [f'"{UUID_TEXT}"', UUID_TEXT, f" {UUID_TEXT.upper()}\r\n"])
def test_a_uuid_as_an_answer_may_be_bare(
    scratch_api: ModuleType, things: Any, content: str
) -> None:
    client = client_that_gets(scratch_api, httpx.Response(200, text=content))
    thing = scratch_api.models.ThingInput(id=1)
    assert things.add_thing.sync(client=client, body=thing) == UUID(UUID_TEXT)


def test_an_unexpected_status_raises_if_asked_to_and_keeps_the_body_to_itself(
    scratch_api: ModuleType, things: Any
) -> None:
    response = httpx.Response(203, json={"token": "t0ken"})
    client = client_that_gets(scratch_api, response, raise_on_unexpected_status=True)
    with pytest.raises(scratch_api.errors.UnexpectedStatus, match="203") as raised:
        things.list_things.sync(client=client)
    assert "t0ken" not in str(raised.value)
    assert "t0ken" not in repr(raised.value)
    assert raised.value.content == response.content
