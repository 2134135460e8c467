"""What is accepted as an answer: so many bytes, one compression, JSON with one meaning."""

from __future__ import annotations

import asyncio
import gzip
import json
import sys
import tracemalloc
import zlib
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.overlay.wire import ACCESS, Wire, answer, wire

from cloud_backup import AsyncCloudBackup, CloudBackup, Retries, ServerError, UnexpectedAnswer
from cloud_backup.calling import answer as reading
from cloud_backup.calling.answer import MAX_ANSWER_SIZE, Answer
from cloud_backup_api.api.restores import get_restore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


def strict(content: bytes) -> Any:
    return reading._STRICT.decode(content.decode(json.detect_encoding(content), "surrogatepass"))


FIXTURE_STAYS = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
PIECES = [
    *(
        b'"',
        b"\\",
        b"\\u",
        b"\\ud800",
        b"\\ud83d\\ude00",
        b"\\u003a",
        b"\\/",
        b"\\x",
        b"\x00",
        b"\x01",
    ),
    *(
        b"\x7f",
        b"\xff",
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf",
        b"\xc0\x80",
        b"\x0c",
        b"\xc2\xa0",
        b"\xe2\x80\xa8",
    ),
    *(
        b"NaN",
        b"-Infinity",
        b"-",
        b"-0",
        b"01",
        b"1.",
        b".5",
        b"1e400",
        b"-1e400",
        b"1e-400",
        b"1E5",
    ),
    *(b"18446744073709551616", b"-9223372036854775809", b"9" * 30, b"9" * 5000, b"0.1e1"),
    *(b"100000000000000000000000e-5", b"2.2250738585072011e-308", b"0." + b"3" * 800),
    *(b":", b",", b"{", b"}", b"[", b"]", b"//", b"/**/", b"'a'", b"true", b"nul", b"[1,]", b"{,}"),
    *(b'{"a":1,"a":1}', b'{"\\u0061":1,"a":1}', b'{"a":1}{}', b"1 2", "é".encode("utf-16")),
    b"[" * 400 + b"]" * 400,
]


DEEP = b"[" * 100_000 + b"]" * 100_000


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (DEEP, "nested too deeply"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested too deeply"),
        (b'{"RestoreId": 8, "RestoreId": 8}', "has a key twice in an object"),
        (b'{"RestoreId" : 8, "RestoreId": 9}', "has a key twice in an object"),
        (b'{"RestoreId": 8, "PublicKey": {"a": 1, "a": 2}}', "has a key twice in an object"),
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


DECODERS = {"json": reading._plain, "msgspec": msgspec.json.decode}


@pytest.fixture(params=DECODERS.values(), ids=list(DECODERS))
def decode(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_fastest", lambda: request.param)


def reads(content: bytes) -> Any:
    """Read JSON that is long enough to be read by what is fastest."""
    return Answer(200, content=content.ljust(reading._LONG)).json()


def outcome(read: Callable[[bytes], Any], content: bytes) -> str:
    """What comes of JSON; its repr tells a 1 from a 1.0 and from a True."""
    try:
        return repr(read(content))
    except ValueError:
        return "refused"


NUMBERS = st.integers(-(2**70), 2**70) | st.floats(allow_nan=True) | st.sampled_from([0, -0.0, 1.0])
VALUES = st.none() | st.booleans() | NUMBERS | st.text('a":{}[], \\\u00e9\ud800', max_size=5)
KEYS = st.text('ab":{ \u00e9', max_size=3)
JSON = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)
SPACES = st.sampled_from(["", " ", "\n", "\t "])


@pytest.mark.usefixtures("decode")
@FIXTURE_STAYS
@given(JSON, SPACES, SPACES, st.booleans())
def test_json_is_read_as_the_strict_decoder_does(
    body: Any,
    before: str,
    after: str,
    ascii_only: bool,  # noqa: FBT001
) -> None:
    separators = ("," + before, before + ":" + after)
    text = json.dumps(body, separators=separators, ensure_ascii=ascii_only)
    content = text.encode("utf-8", "surrogatepass")

    assert outcome(reads, content) == outcome(strict, content)
    if "NaN" not in text and "Infinity" not in text:
        assert outcome(reads, content) == repr(json.loads(text))


@pytest.mark.usefixtures("decode")
@FIXTURE_STAYS
@given(JSON, st.data())
def test_damaged_json_is_read_as_the_strict_decoder_does(body: Any, data: st.DataObject) -> None:
    content = json.dumps(body).encode()
    at = data.draw(st.integers(0, len(content)))
    piece = data.draw(st.sampled_from(PIECES))
    length = data.draw(st.integers(0, 2))
    damaged = content[:at] + piece + content[at + length :]

    assert outcome(reads, damaged) == outcome(strict, damaged)


@pytest.mark.usefixtures("decode")
@pytest.mark.parametrize("piece", PIECES)
def test_an_odd_piece_is_read_as_the_strict_decoder_does(piece: bytes) -> None:
    for content in (piece, b"[%s]" % piece, b'{"a":%s}' % piece, b'["%s"]' % piece):
        assert outcome(reads, content) == outcome(strict, content)


@pytest.mark.usefixtures("decode")
@FIXTURE_STAYS
@given(
    st.lists(st.lists(st.tuples(st.sampled_from(["a", '"', ":", '":']), VALUES), max_size=3)),
    SPACES,
    st.booleans(),
)
def test_a_key_that_comes_twice_is_always_seen(
    body: list[Any],
    space: str,
    nested: bool,  # noqa: FBT001
) -> None:
    rows = [",".join(f"{json.dumps(k)}{space}:{json.dumps(v)}" for k, v in row) for row in body]
    text = "[" + ",".join(f'{{"in":[{{{row}}}]}}' if nested else f"{{{row}}}" for row in rows) + "]"
    twice = any(len(dict(row)) < len(row) for row in body)

    if twice:
        with pytest.raises(ValueError, match=r"twice|for a number"):
            reads(text.encode())
    assert outcome(reads, text.encode()) == outcome(strict, text.encode())


def test_a_long_list_is_read_by_what_is_fastest(monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[int] = []

    def fastest(content: bytes) -> Any:
        used.append(len(content))
        return msgspec.json.decode(content)

    monkeypatch.setattr(reading, "_fastest", lambda: fastest)
    monkeypatch.setattr(reading, "_STRICT", None)
    flat = [{"Id": number, "Name": "x", "Date": None} for number in range(200)]
    nested = [row | {"Key": {"a": [{"b": 1}]}} for row in flat]
    timed = [*flat, {"Id": 1, "Name": "12:30"}]

    for rows in (flat, nested, timed):
        content = json.dumps(rows, separators=(",", ":")).encode()
        assert Answer(200, content=content).json() == rows
    assert len(used) == 3


def test_msgspec_is_used_if_it_is_installed() -> None:
    assert reading._fastest() is msgspec.json.decode


def test_json_is_used_if_msgspec_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "msgspec.json", None)
    assert reading._fastest.__wrapped__() is reading._plain
