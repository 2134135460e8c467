"""Cassettes: a request and its answer in a file, in VCR's format."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import httpx
import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER: Final = Path(__file__).parent / "cassettes"
OPENAPI: Final = Path(__file__).parents[2] / "openapi.yaml"


@dataclass(frozen=True, kw_only=True)
class Cassette:
    """One request and the answer that the service gives to it.

    Attributes:
        name: The file's name without its ending: an operationId, and behind a dot which of its
            examples this is, where it has several.
        notes: The comment at the top of the file: what was published, what was mended, and why.
        method: The request's method.
        url: The request's URL.
        headers: The headers that the request has to have; it may have others.
        body: The request's body; None for none.
        status: The answer's status.
        reason: What stands behind the status.
        answer_headers: The answer's headers.
        answer: The answer's body, empty for none.
    """

    name: str
    notes: str = field(repr=False)
    method: str
    url: httpx.URL
    headers: httpx.Headers = field(repr=False)
    body: str | None
    status: int
    reason: str
    answer_headers: httpx.Headers = field(repr=False)
    answer: str = field(repr=False)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a cassette.

        Raises:
            ValueError: It has more or other parts than the one request and answer of VCR's format.
        """
        text = path.read_text(encoding="utf-8")
        recorded = _parts(path, yaml.safe_load(text), "interactions", "version")
        if recorded["version"] != 1 or len(recorded["interactions"]) != 1:
            raise ValueError(f"{path.name}: expected one interaction, of version 1")
        interaction = _parts(path, recorded["interactions"][0], "request", "response")
        request = _parts(path, interaction["request"], "method", "uri", "headers", "body")
        response = _parts(path, interaction["response"], "status", "headers", "body")
        status = _parts(path, response["status"], "code", "message")
        comment = [line for line in text.splitlines() if line.startswith("#")]
        return cls(
            name=path.stem,
            notes="\n".join(line.removeprefix("#").strip() for line in comment),
            method=request["method"],
            url=httpx.URL(request["uri"]),
            headers=_headers(request["headers"]),
            body=request["body"],
            status=status["code"],
            reason=status["message"],
            answer_headers=_headers(response["headers"]),
            answer=_parts(path, response["body"], "string")["string"],
        )

    @property
    def operation_id(self) -> str:
        """The operation that this is an example of."""
        return self.name.partition(".")[0]

    def request(self) -> httpx.Request:
        """The request."""
        return httpx.Request(self.method, self.url, headers=self.headers, content=self.body)

    def response(self) -> httpx.Response:
        """The answer."""
        return httpx.Response(
            self.status,
            headers=self.answer_headers,
            content=self.answer.encode(),
            extensions={"reason_phrase": self.reason.encode("ascii")},
        )


def _parts(path: Path, mapping: Any, *names: str) -> dict[str, Any]:
    if not isinstance(mapping, dict) or mapping.keys() != set(names):
        found = ", ".join(map(str, mapping)) if isinstance(mapping, dict) else repr(mapping)
        raise ValueError(f"{path.name}: expected {', '.join(names)}; found {found}")
    return mapping


def _headers(recorded: Mapping[str, list[str]]) -> httpx.Headers:
    return httpx.Headers([(name, value) for name, values in recorded.items() for value in values])


CASSETTES: Final = {
    path.stem: Cassette.load(path) for path in sorted(FOLDER.iterdir()) if path.suffix == ".yaml"
}
"""Every cassette on disk, by its name."""
