"""The cassettes themselves: there is one for everything, and nothing in them that is secret."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

import pytest
import yaml

from cloud_backup_emulator.emulator import HANDLERS

from .cassette import CASSETTES, FOLDER, OPENAPI, Cassette

if TYPE_CHECKING:
    from collections.abc import Iterator

REDACTED: Final = "REDACTED"

SECRETS: Final = re.compile(r"x-auth-token|authorization|.*api-?key|.*password|.*secret|token\.id")
"""Names whose values are secret."""

PUBLIC: Final = re.compile(
    r"modulushex|publickeymod|filepath|path|exception(desc|details)|publicurl|href|backupcontainer"
)
"""Names whose values are long and are known to be public."""

OPAQUE: Final = re.compile(r"(?=[A-Za-z+/_-]*[0-9])[0-9A-Za-z+/_-]{24,}")
"""What a token, a key or a hash looks like: long, and not of letters only."""

PUBLISHED_PASSWORD: Final = re.compile(r"0bff42a526c78076[0-9a-f]{493}(cbe|fab)")
"""The encrypted passwords of the published examples: ciphertexts that everybody has."""

PUBLISHED_UUIDS: Final = {
    "0cee72c7-015c-493b-b5fe-a896ae444c34",
    "87c3b6e1-fb1a-41f9-91e5-313ae35a5a06",
}


@cache
def operations() -> dict[str, tuple[str, str]]:
    """The method and path of every operation of the specification, by its operationId."""
    paths = yaml.safe_load(OPENAPI.read_text(encoding="utf-8"))["paths"]
    return {
        operation["operationId"]: (method.upper(), path)
        for path, item in paths.items()
        for method, operation in item.items()
        if isinstance(operation, dict) and "operationId" in operation
    }


def named_values(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text within a value of JSON, each with the name of the field that it is in."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from named_values(inner, "token.id" if (name, key) == ("token", "id") else key)
    elif isinstance(value, list):
        for inner in value:
            yield from named_values(inner, name)
    elif isinstance(value, str):
        yield name, value


def body_values(text: str | None, content_type: str) -> Iterator[tuple[str, str]]:
    if text and content_type.startswith("application/json"):
        yield from named_values(json.loads(text))
    elif text:
        yield from parse_qsl(text, strict_parsing=True)


def texts(cassette: Cassette) -> Iterator[tuple[str, str]]:
    """Every text that travels, with the name of the header or field that it is in."""
    yield from ((f"URL segment {n}", s) for n, s in enumerate(str(cassette.url).split("/")))
    yield from cassette.headers.items()
    yield from cassette.answer_headers.items()
    yield from body_values(cassette.body, cassette.headers.get("content-type", ""))
    yield from body_values(cassette.answer, cassette.answer_headers.get("content-type", ""))


def looks_secret(name: str, value: str) -> bool:
    if value == REDACTED or value in PUBLISHED_UUIDS:
        return False
    if SECRETS.match(name.lower()):
        return PUBLISHED_PASSWORD.fullmatch(value) is None
    return not PUBLIC.fullmatch(name.lower()) and OPAQUE.search(value) is not None


def test_every_emulated_operation_has_a_cassette_and_every_cassette_an_operation() -> None:
    recorded = {cassette.operation_id for cassette in CASSETTES.values()}

    assert HANDLERS.keys() <= recorded <= operations().keys()


def test_the_folder_holds_cassettes_only() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.yaml" for name in CASSETTES}


def test_the_request_is_its_operations(cassette: Cassette) -> None:
    method, template = operations()[cassette.operation_id]
    identity = template == "/tokens"
    base = "/v2.0" if identity else "" if template == "/" else "/v1.0/1234"
    path = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(base + template))
    assert cassette.method == method
    assert re.fullmatch(path, cassette.url.path)
    assert cassette.url.host == (
        "identity.api.rackspacecloud.com" if identity else "dfw.backup.api.rackspacecloud.com"
    )


def test_a_note_says_what_was_published(cassette: Cassette) -> None:
    assert cassette.notes.startswith(("Published: ", "No example is published. "))


def test_a_body_is_in_compact_json_with_the_slashes_of_dates_escaped(cassette: Cassette) -> None:
    for text, headers in (
        (cassette.body, cassette.headers),
        (cassette.answer, cassette.answer_headers),
    ):
        if not text or not headers["content-type"].startswith("application/json"):
            continue
        compact = json.dumps(json.loads(text), separators=(",", ":"))
        assert text == re.sub(r'"/(Date\([^)]*\))/"', r'"\\/\1\\/"', compact)


def test_the_headers_fit_the_bodies(cassette: Cassette) -> None:
    assert ("content-type" in cassette.headers) == (cassette.body is not None)
    if cassette.answer:
        assert cassette.answer_headers["content-type"] == "application/json; charset=utf-8"
    else:
        assert "content-type" not in cassette.answer_headers
    if cassette.status == 204:
        assert not cassette.answer


def test_nothing_in_a_cassette_looks_secret(cassette: Cassette) -> None:
    assert [(name, value) for name, value in texts(cassette) if looks_secret(name, value)] == []


def test_a_token_is_sent_redacted_to_all_that_ask_for_one(cassette: Cassette) -> None:
    open_to_all = cassette.operation_id in {"authenticate", "listVersions"}
    assert cassette.headers.get("x-auth-token") == (None if open_to_all else REDACTED)


def test_a_public_key_can_be_one(cassette: Cassette) -> None:
    if not cassette.answer:
        return
    for name, value in named_values(json.loads(cassette.answer)):
        if name in {"ModulusHex", "PublicKeyMod"}:
            assert re.fullmatch(r"[0-9A-Fa-f]{256}|[0-9A-Fa-f]{512}", value)
            assert int(value, 16) % 2 == 1
    exponents = re.findall(r'"(?:ExponentHex|PublicKeyHex)":"?([^",}]*)', cassette.answer)
    assert set(exponents) <= {"10001"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("x-auth-token", "0123456789abcdef", id="a token"),
        pytest.param("apiKey", "demo-key", id="an API key"),
        pytest.param("password", "hunter2", id="a password"),
        pytest.param("EncryptedPassword", "ab" * 256, id="an encrypted password"),
        pytest.param("token.id", "gAAAA", id="the token in an answer"),
        pytest.param("MachineName", "0123456789abcdef0123456789abcdef", id="a token elsewhere"),
    ],
)
def test_a_secret_would_be_seen(name: str, value: str) -> None:
    assert looks_secret(name, value)
