"""An answer, and what is accepted as one: so many bytes, one compression, JSON with one meaning.

A few hundred kilobytes of gzip may unpack to a gigabyte, and JSON may nest until Python gives up,
or name a key twice. None of that is an answer of the service.
"""

import codecs
import json
import zlib
from collections.abc import AsyncIterator, Iterator
from typing import Any, Final, NoReturn

import httpx

from cloud_backup.calling.deadline import left

__all__ = ["MASKING", "MAX_ANSWER_SIZE", "Answer", "Unreadable", "accept"]

MAX_ANSWER_SIZE: Final = 32 * 1024 * 1024
"""How many bytes an answer may have, unpacked, unless told otherwise."""

MASKING: Final = "cloud_backup.masking"
"""The extension of a response that masks secrets in JSON, given and giving bytes."""

_PART: Final = 64 * 1024
"""How many bytes are unpacked at a time."""

_GZIP: Final = zlib.MAX_WBITS | 16
_COMPRESSIONS: Final = frozenset({"br", "compress", "deflate", "gzip", "identity", "zstd"})
_ENCODINGS: Final = frozenset({"ascii", "cp1252", "iso8859-1", "utf-8"})


class Unreadable(httpx.DecodingError, ValueError):  # noqa: N818 - as cloud_backup.errors
    """An answer that isn't accepted; asking again won't help."""


class Answer(httpx.Response):
    """A response whose JSON and text are read with more care than httpx takes."""

    @property
    def charset_encoding(self) -> str | None:
        """The encoding that the headers name; None if it isn't one that text is sent in."""
        try:
            name = codecs.lookup(super().charset_encoding or "").name
        except LookupError:
            return None
        # Python knows others that raise, or that no server would use in earnest.
        return name if name in _ENCODINGS else None

    def json(self, **kwargs: Any) -> Any:
        """Decode the JSON.

        Raises:
            ValueError: It is no JSON, is nested too deeply, or names a key of an object twice.
        """
        if kwargs:
            return super().json(**kwargs)
        content = self.extensions.get(MASKING, bytes)(self.content)
        return _loads(content.decode(json.detect_encoding(content), "surrogatepass"))


def _loads(text: str) -> Any:
    try:
        # What checks for keys that come twice costs a fifth. Long lists of flat rows, which are
        # what takes long, are checked at once: there are no more colons than keys.
        if text.startswith("[") and text.count("{", 0, text.find("}")) == 1:
            rows = _PLAIN.decode(text)
            if set(map(type, rows)) == {dict} and text.count("{") == len(rows):
                keys = sum(map(len, rows))
                if keys == text.count(":") or keys == _quoted_keys(text):
                    return rows
        return _STRICT.decode(text)
    except RecursionError:
        raise Unreadable("the JSON is nested too deeply") from None


def _quoted_keys(text: str) -> int | None:
    """Count the keys, or more, of JSON that has no space before a colon; None if it may have."""
    if " :" in text or "\t" in text or "\n" in text or "\r" in text:
        return None
    return text.count('":')


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = dict(pairs)
    if len(keys) != len(pairs):
        raise Unreadable("the JSON names a key of an object twice")
    return keys


def _no_number(name: str) -> NoReturn:
    raise Unreadable(f"the JSON has {name} for a number")


_PLAIN: Final = json.JSONDecoder(parse_constant=_no_number)
_STRICT: Final = json.JSONDecoder(parse_constant=_no_number, object_pairs_hook=_distinct)


def accept(response: httpx.Response, limit: int) -> None:
    """Make an `Answer` of a response, to be read within limits. It must not have been read.

    Args:
        response: The response, changed in place.
        limit: How many bytes it may have, unpacked.

    Raises:
        Unreadable: It is compressed otherwise than by gzip. Reading it raises this where it is
            larger, and `httpx.DecodingError` where it can't be unpacked.
    """
    response.__class__ = Answer
    body = _Body(response, limit)
    if response.is_stream_consumed:
        body.count(len(response.content))
        return
    stream = response.stream
    if isinstance(stream, httpx.SyncByteStream):
        response.stream = _SyncBody(stream, body)
    else:
        assert isinstance(stream, httpx.AsyncByteStream)  # noqa: S101 - a stream is one of the two
        response.stream = _AsyncBody(stream, body)


class _Body:
    """Unpacks a body bit by bit, and counts it.

    Args:
        response: The response, whose `Content-Encoding` is dropped: httpx isn't to unpack it too.
        limit: How many bytes there may be.
    """

    def __init__(self, response: httpx.Response, limit: int) -> None:
        self._response = response
        self._limit = limit
        self._counted = 0
        self._started = False
        self._gzip: Any = None
        if "content-encoding" not in response.headers:
            return
        encoding = response.headers.pop("Content-Encoding").strip().lower()
        if encoding in {"gzip", "x-gzip"}:
            self._gzip = zlib.decompressobj(_GZIP)
        elif encoding != "identity":
            # What isn't known may be anything, even a token.
            known = all(name.strip() in _COMPRESSIONS for name in encoding.split(","))
            named = repr(encoding[:40]) if known else "something unknown"
            self._refuse(f"the answer is compressed as {named}, not as gzip")

    def count(self, size: int) -> None:
        """Count so many bytes."""
        self._counted += size
        if self._counted > self._limit:
            self._refuse(f"the answer is larger than {self._limit} bytes (max_answer_size)")

    def read(self, chunk: bytes) -> Iterator[bytes]:
        """Unpack a chunk of what is received."""
        if left() == 0:
            raise httpx.ReadTimeout("the time is up", request=self._response.request)
        if self._gzip is None:
            self.count(len(chunk))
            yield chunk
            return
        while chunk:
            self._started = True
            try:
                part = self._gzip.decompress(chunk, _PART)
            except zlib.error as error:
                self._spoiled(str(error))
            self.count(len(part))
            yield part
            chunk = self._gzip.unconsumed_tail
            if self._gzip.eof and (chunk := self._gzip.unused_data):
                self._gzip = zlib.decompressobj(_GZIP)  # another member follows

    def end(self) -> Iterator[bytes]:
        """Unpack what is left at the end of what is received."""
        if not self._started:
            return
        while part := self._gzip.decompress(b"", _PART):
            self.count(len(part))
            yield part
        if not self._gzip.eof:
            self._spoiled("it ends too soon")

    def _refuse(self, problem: str) -> NoReturn:
        raise Unreadable(problem, request=self._response.request)

    def _spoiled(self, problem: str) -> NoReturn:
        message = f"the answer can't be unpacked: {problem}"
        raise httpx.DecodingError(message, request=self._response.request) from None


class _SyncBody(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, body: _Body) -> None:
        self._stream = stream
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._stream:
            yield from self._body.read(chunk)
        yield from self._body.end()

    def close(self) -> None:
        self._stream.close()


class _AsyncBody(httpx.AsyncByteStream):
    def __init__(self, stream: httpx.AsyncByteStream, body: _Body) -> None:
        self._stream = stream
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            for part in self._body.read(chunk):
                yield part
        for part in self._body.end():
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()
