"""What is accepted as an answer: so many bytes, one compression, JSON with one meaning."""

from __future__ import annotations

import asyncio
import gzip
import json
import tracemalloc
import zlib
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.overlay.wire import ACCESS, Wire, answer, wire

from cloud_backup import AsyncCloudBackup, CloudBackup, Retries, ServerError, UnexpectedAnswer
from cloud_backup.calling.answer import MAX_ANSWER_SIZE, Answer
from cloud_backup_api.api.restores import get_restore

if TYPE_CHECKING:
    from collections.abc import Iterator

RESTORE = {"RestoreId": 8, "BackupId": 9, "RestoreStateId": 0}
GZIP = "Content-Encoding: gzip"
MIB = 1024 * 1024


@pytest.fixture
def server() -> Iterator[Wire]:
    with wire() as made:
        yield made


def padded(size: int, body: Any = RESTORE) -> bytes:
    return json.dumps(body).encode().ljust(size)


def ask(server: Wire, kind: str = "sync", **options: Any) -> int:
    if kind == "sync":
        with CloudBackup(**server.options(), retries=Retries.off(), **options) as backup:
            return backup.restores.get(8).restore_id

    async def main() -> int:
        async with AsyncCloudBackup(**server.options(), retries=Retries.off(), **options) as backup:
            return (await backup.restores.get(8)).restore_id

    return asyncio.run(main())


def bomb(size: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    packed = packer.compress(padded(MIB))
    packed += b"".join(packer.compress(bytes(MIB)) for _ in range(size // MIB))
    return packed + packer.flush()


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("path", ["/restore/8", "/v2.0/tokens"])
def test_a_bomb_is_not_unpacked(server: Wire, kind: str, path: str) -> None:
    server.answers[path] = answer(bomb(300 * MIB), GZIP)

    tracemalloc.start()
    try:
        with pytest.raises(UnexpectedAnswer, match="larger than 33554432 bytes") as e:
            ask(server, kind)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < MAX_ANSWER_SIZE * 1.2
    assert e.value.operation == ("getRestore" if path == "/restore/8" else "authenticate")
    assert e.value.attempts == 1


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("path", ["/restore/8", "/v2.0/tokens"])
def test_the_limit_is_the_last_that_is_accepted(
    server: Wire, kind: str, path: str, *, packed: bool
) -> None:
    size = 100_000
    body = padded(size, ACCESS if "tokens" in path else RESTORE)
    server.answers |= {"/restore/8": answer(RESTORE)}
    server.answers[path] = answer(gzip.compress(body), GZIP) if packed else answer(body)

    assert ask(server, kind, max_answer_size=size) == 8
    with pytest.raises(UnexpectedAnswer, match=f"larger than {size - 1} bytes"):
        ask(server, kind, max_answer_size=size - 1)


def test_one_that_never_says_how_long_it_is(server: Wire) -> None:
    chunk = b"10000\r\n" + bytes(0x10000) + b"\r\n"
    server.answers["/restore/8"] = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk * 40
    )

    with pytest.raises(UnexpectedAnswer, match="larger than 2000000 bytes"):
        ask(server, max_answer_size=2_000_000)


def test_errors_have_the_limit_too(server: Wire) -> None:
    server.answers["/restore/8"] = answer(bomb(40 * MIB), GZIP, status="500 Failed")

    with pytest.raises(UnexpectedAnswer, match="larger than"):
        ask(server)


def test_it_holds_for_the_generated_functions_too(server: Wire) -> None:
    server.answers["/restore/8"] = answer(padded(2000))

    with (
        CloudBackup(**server.options(), max_answer_size=1000) as backup,
        pytest.raises(httpx.DecodingError, match="larger than 1000 bytes"),
    ):
        get_restore.sync_detailed(8, client=backup.api)


def test_what_a_hook_of_the_callers_has_read(server: Wire) -> None:
    server.answers["/restore/8"] = answer(gzip.compress(padded(2000)), GZIP)
    hooks: Any = {"response": [lambda response: response.read()]}

    with httpx.Client(event_hooks=hooks) as http_client:
        assert ask(server, http_client=http_client) == 8
        with pytest.raises(UnexpectedAnswer, match="larger than 1000 bytes"):
            ask(server, http_client=http_client, max_answer_size=1000)


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize(
    "pieces",
    [
        [RESTORE],
        [RESTORE, " " * 300_000],
        [RESTORE, "", " "],
    ],
    ids=["small", "two members, one long", "three members"],
)
def test_gzip(server: Wire, kind: str, pieces: list[Any]) -> None:
    texts = [piece if isinstance(piece, str) else json.dumps(piece) for piece in pieces]
    body = b"".join(gzip.compress(text.encode()) for text in texts)
    server.answers["/restore/8"] = answer(body, "Content-Encoding: GZIP")

    assert ask(server, kind) == 8


@pytest.mark.parametrize(
    ("body", "encoding", "problem"),
    [
        (gzip.compress(padded(500))[:-9], "gzip", "can't be decoded: DecodingError"),
        (gzip.compress(padded(500)) + b"more", "gzip", "can't be decoded: DecodingError"),
        (padded(500), "gzip", "can't be decoded: DecodingError"),
        (b"", "gzip", "can't be decoded: JSONDecodeError"),
        (padded(500), "br", "compressed as 'br', not as gzip"),
        (gzip.compress(gzip.compress(padded(500))), "gzip, gzip", "compressed as 'gzip, gzip'"),
        (zlib.compress(padded(500)), "deflate", "compressed as 'deflate'"),
    ],
    ids=["cut off", "more after it", "not packed", "nothing", "br", "twice", "deflate"],
)
def test_what_cannot_be_unpacked(server: Wire, body: bytes, encoding: str, problem: str) -> None:
    server.answers["/restore/8"] = answer(body, f"Content-Encoding: {encoding}")

    with pytest.raises(UnexpectedAnswer, match=problem) as e:
        ask(server)

    assert e.value.undecodable == ("decoded" in problem)


def test_only_gzip_is_asked_for() -> None:
    asked: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers["Accept-Encoding"])
        is_login = request.url.path.endswith("/tokens")
        return httpx.Response(200, json=ACCESS if is_login else RESTORE)

    options: dict[str, Any] = {"base_url": "https://backup.example/v1.0/1234"}
    with httpx.Client(transport=httpx.MockTransport(handle)) as http_client:
        with CloudBackup("demo", "key", http_client=http_client, **options) as backup:
            backup.restores.get(8)
        plain = {"Accept-Encoding": "identity"}
        with CloudBackup(
            "demo", "key", http_client=http_client, headers=plain, **options
        ) as backup:
            backup.restores.get(8)

    assert asked == ["gzip", "gzip", "identity", "identity"]


DEEP = b"[" * 100_000 + b"]" * 100_000


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (DEEP, "nested too deeply"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested too deeply"),
        (b'{"RestoreId": 8, "RestoreId": 8}', "names a key of an object twice"),
        (b'{"RestoreId" : 8, "RestoreId": 9}', "names a key of an object twice"),
        (b'{"RestoreId": 8, "PublicKey": {"a": 1, "a": 2}}', "names a key of an object twice"),
        (b'{"RestoreId": 8, "BackupId": NaN}', "NaN for a number"),
        (b'{"RestoreId": ' + b"9" * 5000 + b"}", "can't be decoded: ValueError"),
        (b"\xff\xfe\xfd", "can't be decoded: UnicodeDecodeError"),
    ],
    ids=["deep list", "deep object", "twice", "twice, spaced", "within", "NaN", "long", "no text"],
)
@pytest.mark.parametrize("path", ["/restore/8", "/v2.0/tokens"])
def test_json_that_cannot_be_read(
    server: Wire, kind: str, body: bytes, problem: str, path: str
) -> None:
    server.answers["/restore/8"] = answer(RESTORE)
    server.answers[path] = answer(body, "Content-Type: application/json")

    with pytest.raises(UnexpectedAnswer) as e:
        ask(server, kind)

    if path == "/restore/8":
        assert problem in str(e.value)
    assert e.value.operation == ("getRestore" if path == "/restore/8" else "authenticate")


@pytest.mark.parametrize("charset", ["idna", "punycode", "undefined", "unicode_escape", "hex", "é"])
@pytest.mark.parametrize("path", ["/restore/8", "/v2.0/tokens"])
def test_a_charset_that_is_none(server: Wire, charset: str, path: str) -> None:
    body = "no such thing: naïve".encode()
    header = f"Content-Type: text/plain; charset={charset}"
    server.answers[path] = answer(body, header, status="500 Failed")

    with pytest.raises(ServerError, match="no such thing: naïve"):
        ask(server)


@pytest.mark.parametrize("charset", ["utf-8", "ISO-8859-1", "windows-1252", '"latin-1"'])
def test_a_charset_that_is_one(server: Wire, charset: str) -> None:
    body = "naïve".encode("utf-8" if "utf" in charset else "latin-1")
    header = f"Content-Type: text/plain; charset={charset}"
    server.answers["/restore/8"] = answer(body, header, status="500 Failed")

    with pytest.raises(ServerError, match="naïve"):
        ask(server)


def test_the_fault_of_an_error_that_cannot_be_read(server: Wire) -> None:
    server.answers["/restore/8"] = answer(DEEP, status="500 Failed")

    with pytest.raises(ServerError, match="getRestore: 500"):
        ask(server)


def reads(text: str) -> Any:
    return Answer(200, content=text.encode()).json()


VALUES = st.none() | st.booleans() | st.integers() | st.text('a":{}[], \\', max_size=5)
ROWS = st.lists(st.dictionaries(st.text('ab":{ ', max_size=3), VALUES, max_size=4), max_size=4)
SPACES = st.sampled_from(["", " ", "\n", "\t "])


@given(ROWS | st.lists(ROWS, max_size=2), SPACES, SPACES)
def test_what_has_no_key_twice_is_read_as_json_does(body: Any, before: str, after: str) -> None:
    text = json.dumps(body, separators=("," + before, before + ":" + after))

    assert reads(text) == body


@given(
    st.lists(st.lists(st.tuples(st.sampled_from(["a", '"', ":", '":']), VALUES), max_size=3)),
    SPACES,
)
def test_a_key_that_comes_twice_is_always_seen(body: list[Any], space: str) -> None:
    rows = [",".join(f"{json.dumps(k)}{space}:{json.dumps(v)}" for k, v in row) for row in body]
    text = "[" + ",".join(f"{{{row}}}" for row in rows) + "]"
    twice = any(len(dict(row)) < len(row) for row in body)

    if twice:
        with pytest.raises(ValueError, match="twice"):
            reads(text)
    else:
        assert reads(text) == [dict(row) for row in body]
