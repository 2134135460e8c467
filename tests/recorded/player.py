"""Plays a cassette to a client: gives the recorded answer to the recorded request and no other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    import httpx

    from .cassette import Cassette


class Player:
    """A handler for `httpx.MockTransport` that expects the request of one cassette.

    Attributes:
        cassette: What is played.
        plays: How often it has been played.
    """

    def __init__(self, cassette: Cassette) -> None:
        self.cassette = cassette
        self.plays = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer a request.

        Raises:
            AssertionError: The request isn't the recorded one; says all that differs.
        """
        differences = self._differences(request)
        if differences:
            raise AssertionError(f"{self.cassette.name}: " + "; ".join(differences))
        self.plays += 1
        return self.cassette.response()

    def _differences(self, request: httpx.Request) -> list[str]:
        expected = self.cassette.request()
        compared = [
            ("method", request.method, expected.method),
            ("URL", str(request.url), str(expected.url)),
            ("body", _comparable_body(request), _comparable_body(expected)),
        ]
        # A body's type and the token are compared even where the cassette has none.
        compared += [
            (name, request.headers.get(name), self.cassette.headers.get(name))
            for name in {"content-type", "x-auth-token", *self.cassette.headers}
        ]
        return [
            f"{what} is {sent!r}, recorded is {recorded!r}"
            for what, sent, recorded in compared
            if sent != recorded
        ]


def _comparable_body(request: httpx.Request) -> str:
    """The body with its fields in alphabetical order and no insignificant blanks.

    A text, since Python takes 1, 1.0 and True for equal.
    """
    body = request.content.decode()
    match request.headers.get("content-type"):
        case "application/json":
            return json.dumps(json.loads(body), sort_keys=True)
        case "application/x-www-form-urlencoded":
            return json.dumps(sorted(parse_qsl(body, keep_blank_values=True, strict_parsing=True)))
        case _:
            return body
