"""Secrets: API keys, passwords and tokens, and how to mask them in texts of others."""

import json
import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from html.entities import codepoint2name
from itertools import chain
from typing import Any, Final, NoReturn

import httpx

MASK: Final = "[secure]"
"""Shown in place of a secret; httpx shows the same in place of an Authorization header."""

SECRET_HEADERS: Final = (
    "X-Auth-Token",
    "X-Subject-Token",
    "Authorization",
    "Proxy-Authorization",
    "Cookie",
    "Set-Cookie",
)
"""Headers whose values are never shown."""

_SECRET_FIELDS: Final = ("password", "passphrase", "token", "apikey", "api_key", "secret")

_ESCAPES: Final = (b"\\", b"%", b"&", b"\0")
"""Any text that spells a secret neither as it is nor in base64 contains one of these."""

_WIDE: Final = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_MASK: Final = MASK.encode()
_SECRET_HEADERS: Final = frozenset(name.lower().encode() for name in SECRET_HEADERS)

_MOST: Final = 64
"""How many secrets are remembered. A token lives for a day: these are weeks of them."""

_LONG: Final = 128
"""Only half as many characters of a longer secret are searched; the rest is masked with them."""

_LARGEST: Final = 256 * 1024
"""A larger body of an error is dropped: it isn't the service's, and masking it takes long."""

_SHORT: Final = 8
"""Shorter secrets are masked only as whole words: many words contain `key`."""


class _Hidden:
    """Hidden from `repr`, tracebacks that print local variables, and pickles."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({MASK!r})"

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled or copied."""
        raise TypeError(f"{type(self).__name__} is not pickled or copied: it is a secret")


class Secret(_Hidden):
    """A string that only `reveal()` shows, and that can't be pickled."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    @classmethod
    def wrap(cls, value: "str | Secret | None") -> "Secret | None":
        """Wrap a string, unless it is wrapped already; return None if it is None or empty."""
        text = value.reveal() if isinstance(value, Secret) else value
        return cls(text) if text else None

    def reveal(self) -> str:
        """Return the string."""
        return self._value

    def __str__(self) -> str:
        return MASK


class Secrets(_Hidden):
    """Secrets to mask in texts of others, however spelled.

    A secret is found as it is and as written in JSON, a URL, HTML, base64 or UTF-16, wholly or
    partly, even if escaped twice, in any letter case.
    """

    __slots__ = ("_known",)

    def __init__(self, *secrets: Secret | None) -> None:
        self._known: dict[str, None] = {}
        for secret in filter(None, secrets):
            self.add(secret)

    def add(self, secret: Secret) -> None:
        """Remember a secret; if there are too many, the oldest is forgotten."""
        value = secret.reveal()
        if value and value != MASK and value not in self._known:
            known = {**self._known, value: None}
            # Replaced as a whole: another thread may be iterating over the old one.
            self._known = dict.fromkeys([*known][-_MOST:])

    def learn(self, request: httpx.Request) -> None:
        """Remember the secrets in a request's headers, and in its JSON if it has been read."""
        for name in SECRET_HEADERS:
            for value in request.headers.get_list(name):
                self.add(Secret(value))
                self.add(Secret(value.strip().rpartition(" ")[2]))
        with suppress(httpx.RequestNotRead, ValueError, RecursionError):
            for _, name, content in _fields(json.loads(request.content)):
                if isinstance(content, str) and _is_secret(name):
                    self.add(Secret(content))

    def masked(self, content: bytes) -> bytes:
        """Return bytes with all secrets masked."""
        lowered = content.lower()
        escaped = any(mark in content for mark in _ESCAPES)
        for value in sorted(self._known, key=len, reverse=True):
            pattern, beginnings = _spelled(value)
            if escaped or not beginnings or any(form in lowered for form in beginnings):
                content = pattern.sub(_MASK, content)
        return content

    def masked_text(self, text: str) -> str:
        """Return a string with all secrets masked."""
        content = text.encode(errors="surrogateescape")
        masked = self.masked(content)
        return text if masked == content else masked.decode(errors="surrogateescape")

    def masked_json(self, content: bytes) -> bytes:
        """Return the JSON of a success with tokens masked, fast: it is long and hardly has any."""
        # JSON can spell a letter in two ways: as it is, or escaped.
        marks = (b"\\u00", b"\\/", b"%2") if "/" in "".join(self._known) else (b"\\u00",)
        # Searching 3 MB for one byte takes 0.03 ms, for several 1.5 ms; hardly any answer has it.
        escaped = any(mark[:1] in content and mark in content for mark in marks)
        found = escaped or any(value.encode() in content for value in self._known)
        return self.masked(content) if found else content

    def clean(self, response: httpx.Response) -> None:
        """Mask the secrets in headers and reason of a response, and in an error's body, if read."""
        response.next_request = None  # it has the token, too
        reason, raw = response.extensions.get("reason_phrase", b""), response.headers.raw
        said = b"\n".join((reason, *chain.from_iterable(raw)))
        if self.masked(said) != said or any(name.lower() in _SECRET_HEADERS for name, _ in raw):
            response.headers = httpx.Headers([self._header(*header) for header in raw])
            masked = {"reason_phrase": self.masked(reason)} if reason else {}
            response.extensions = {**response.extensions, **masked}
        kept = vars(response)
        if "_content" in kept and not response.is_success:
            content = response.content
            kept["_content"] = self.masked(content) if len(content) <= _LARGEST else b""
            kept.pop("_text", None)

    def clean_error(self, error: Exception) -> None:
        """Mask the secrets that the arguments and attributes of an error quote."""

        def masked(value: Any) -> Any:
            if isinstance(value, tuple):
                return tuple(map(masked, value))
            return self.masked_text(value) if isinstance(value, str) else value

        error.args = masked(error.args)
        vars(error).update({name: masked(value) for name, value in vars(error).items()})

    def _header(self, name: bytes, value: bytes) -> tuple[bytes, bytes]:
        is_secret = name.lower() in _SECRET_HEADERS
        return self.masked(name), _MASK if is_secret else self.masked(value)


def fields_masked(value: Any) -> Any:
    """Mask the values of secret fields in decoded JSON, in place, and return it."""
    for fields, name, content in _fields(value):
        if _is_secret(name) and content is not None:
            fields[name] = MASK
    return value


def _fields(value: Any) -> Iterator[tuple[dict[str, Any], str, Any]]:
    """Yield each object in decoded JSON with each of its fields."""
    if isinstance(value, dict):
        for name, content in value.items():
            yield value, name, content
            yield from _fields(content)
    elif isinstance(value, list):
        for item in value:
            yield from _fields(item)


def _is_secret(name: str) -> bool:
    folded = name.casefold()
    return any(secret in folded for secret in _SECRET_FIELDS)


@lru_cache(maxsize=2 * _MOST)
def _spelled(value: str) -> tuple[re.Pattern[bytes], tuple[bytes, ...]]:
    """Make the pattern of a secret in all its spellings, and its unescaped beginnings.

    These are in lower case, and there are none if the secret is always escaped.
    """
    looked_for = value if len(value) <= _LONG else value[: _LONG // 2]
    encoded = value.encode(errors="surrogateescape")
    encodings = [form(encoded).rstrip(b"=") for form in (b64encode, urlsafe_b64encode)]
    # Between two characters of UTF-16 and UTF-32 there are zeros.
    pattern = rb"\x00{0,3}".join(_character(character) for character in looked_for)
    if looked_for != value:
        pattern += rb"[^\s\"'<>]*"
    if len(value) < _SHORT:
        pattern = b"(?<![0-9A-Za-z])" + pattern + b"(?![0-9A-Za-z])"
    else:
        pattern = b"|".join((pattern, *(re.escape(form) + b"=*" for form in encodings)))
    plain = value.isascii() and " " not in value
    beginnings = (looked_for.encode(), *encodings) if plain else ()
    return re.compile(pattern, re.IGNORECASE), tuple(form.lower() for form in beginnings)


def _character(character: str) -> bytes:
    """Make the pattern of a character: itself, or escaped as in JSON, a URL or HTML."""
    code = ord(character)
    encoded = character.encode(errors="surrogateescape")
    units = character.encode("utf-16-be", errors="surrogatepass")
    names = [f"#(?:0*{code}|x0*{code:x})", "apos" if character == "'" else codepoint2name.get(code)]
    forms = [
        rb"\\{0,7}" + re.escape(encoded),
        b"".join(
            rb"\\{1,7}u%s" % units[at : at + 2].hex().encode() for at in range(0, len(units), 2)
        ),
        b"".join(rb"%%(?:25)*%02x" % byte for byte in encoded),
        *(rb"&(?:amp;)*%s;?" % name.encode() for name in names if name),
        *([rb"\+"] if character == " " else []),
    ]
    if not character.isascii():
        forms += [re.escape(character.encode(name, "surrogatepass")) for name in _WIDE]
    return b"(?:" + b"|".join(forms) + b")"
