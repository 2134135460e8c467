"""Answers, and their limits: size, compression, unambiguous JSON.

A few hundred kilobytes of gzip may unpack to a gigabyte, and JSON may be nested too deeply for
Python.
"""

import codecs
import json
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Any, Final, NoReturn

import httpx

from cloud_backup.calling.deadline import left
from cloud_backup.wire.view import collector_paused

MAX_ANSWER_SIZE: Final = 32 * 1024 * 1024
"""The default limit in bytes of an answer, unpacked."""

MASKING: Final = "cloud_backup.masking"
"""The extension of a response that has a function to mask secrets in JSON, as bytes."""

_PART: Final = 64 * 1024
"""How many bytes are unpacked at a time."""

_LONG: Final = 4096
"""JSON of at least so many bytes goes to the fastest decoder, and its keys are counted."""

_GZIP: Final = zlib.MAX_WBITS | 16
_COMPRESSIONS: Final = frozenset({"br", "compress", "deflate", "gzip", "identity", "zstd"})
_ENCODINGS: Final = frozenset({"ascii", "cp1252", "iso8859-1", "utf-8"})


class Unreadable(httpx.DecodingError, ValueError):  # noqa: N818 - as cloud_backup.errors
    """An answer that isn't accepted; retrying won't help."""


class Answer(httpx.Response):
    """A response whose body, JSON and text are read more carefully than by httpx."""

    @property
    def charset_encoding(self) -> str | None:
        """The encoding in the headers; None if it isn't one that text is usually sent in."""
        try:
            name = codecs.lookup(super().charset_encoding or "").name
        except LookupError:
            return None
        # Python knows others that raise errors, or that no real server uses.
        return name if name in _ENCODINGS else None

    def json(self, **kwargs: Any) -> Any:
        """Decode the JSON.

        Raises:
            ValueError: It isn't JSON, is nested too deeply, or an object has a key twice.
        """
        if kwargs:
            return super().json(**kwargs)
        return _loads(self.extensions.get(MASKING, bytes)(self.content))


def accept(response: httpx.Response, limit: int) -> None:
    """Make an `Answer` of a response, with a limit in bytes after unpacking.

    Raises:
        Unreadable: It is compressed, but not with gzip. Reading it raises this if it is too large,
            and `httpx.DecodingError` if it can't be unpacked.
    """
    response.__class__ = Answer
    unpacking = _Unpacking(response, limit)
    if response.is_stream_consumed:
        unpacking.count(len(response.content))
    else:
        # httpx, sync or async, unpacks with this. Its own decoders unpack a part without any limit.
        vars(response)["_decoder"] = unpacking


class _Unpacking:
    """Unpacks a body part by part, and counts its bytes."""

    def __init__(self, response: httpx.Response, limit: int) -> None:
        self._request = response.request
        self._limit = self._left = limit
        self._gzip: Any = None
        self._begun = False
        encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if encoding in {"gzip", "x-gzip"}:
            self._gzip = zlib.decompressobj(_GZIP)
        elif encoding != "identity":
            # An unknown name could be anything, even a token.
            known = all(name.strip() in _COMPRESSIONS for name in encoding.split(","))
            named = repr(encoding[:40]) if known else "something unknown"
            problem = f"the answer is compressed as {named}, not as gzip"
            raise Unreadable(problem, request=self._request)

    def count(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            problem = f"the answer is larger than {self._limit} bytes (max_answer_size)"
            raise Unreadable(problem, request=self._request)

    def decode(self, chunk: bytes) -> bytes:
        if left() == 0:
            raise httpx.ReadTimeout("the time is up", request=self._request)
        if self._gzip is None:
            self.count(len(chunk))
            return chunk
        parts = [b""]
        while chunk or len(parts[-1]) == _PART:
            self._begun = True
            try:
                parts.append(self._gzip.decompress(chunk, _PART))
            except zlib.error as error:
                self._spoiled(str(error))
            self.count(len(parts[-1]))
            chunk = self._gzip.unconsumed_tail
            if self._gzip.eof and (chunk := self._gzip.unused_data):
                self._gzip = zlib.decompressobj(_GZIP)  # another member follows
        return b"".join(parts)

    def flush(self) -> bytes:
        if self._begun and not self._gzip.eof:
            self._spoiled("it ends too soon")
        return b""

    def _spoiled(self, problem: str) -> NoReturn:
        message = f"the answer can't be unpacked: {problem}"
        raise httpx.DecodingError(message, request=self._request) from None


def _loads(content: bytes) -> Any:
    """Decode JSON: long JSON with the fastest decoder, and what that refuses strictly."""
    try:
        # The first object shows whether keys can be counted by their colons.
        first = content[: content.find(b"}")] if len(content) >= _LONG else b":"
        if first.count(b":") == first.count(b'":'):
            with suppress(Exception), collector_paused():
                value = _fastest()(content)
                if _has_distinct_keys(value, content):
                    return value
        return _STRICT.decode(content.decode(json.detect_encoding(content), "surrogatepass"))
    except RecursionError:
        raise Unreadable("the JSON is nested too deeply") from None


@cache
def _fastest() -> Callable[[bytes], Any]:
    """Return the decoder of UTF-8 JSON that takes the last of duplicate keys."""
    try:
        return import_module("msgspec.json").decode  # type: ignore[no-any-return]
    except ImportError:
        return _plain


def _plain(content: bytes) -> Any:
    return _PLAIN.decode(content.decode())


def _has_distinct_keys(value: Any, content: bytes) -> bool:
    """Whether no object has a key twice: then there are as many colons as keys.

    Colons in strings may make this return False for no reason. Checking each object while decoding
    would take a third longer.
    """
    colons, keys = content.count(b":"), 0
    level = value if isinstance(value, list) else [value]
    while level:
        flat = set(map(type, level)) == {dict}
        keys += sum(map(len, level if flat else (each for each in level if type(each) is dict)))
        if keys == colons:
            return True
        level = [
            inner
            for each in level
            if type(each) in _HOLDERS
            for inner in (each.values() if type(each) is dict else each)
            if type(inner) in _HOLDERS
        ]
    spaced = any(space in content for space in (b" :", b"\t", b"\n", b"\r"))
    return not spaced and keys == content.count(b'":')


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = dict(pairs)
    if len(keys) != len(pairs):
        raise Unreadable("the JSON has a key twice in an object")
    return keys


def _no_number(name: str) -> NoReturn:
    raise Unreadable(f"the JSON has {name} for a number")


_HOLDERS: Final = frozenset({dict, list})
_PLAIN: Final = json.JSONDecoder(parse_constant=_no_number)
_STRICT: Final = json.JSONDecoder(parse_constant=_no_number, object_pairs_hook=_distinct)
