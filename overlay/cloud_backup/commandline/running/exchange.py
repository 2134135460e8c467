"""Prints the HTTP exchange for `--debug`, and the client's log.

Headers and the bodies of logins are never shown. In other bodies, secret fields are masked by name,
and known secrets are masked everywhere.
"""

import json
import logging
import time
from collections.abc import Callable, Sequence
from typing import Final

import httpx

from cloud_backup.secret import Secret, Secrets, fields_masked

__all__ = ["Exchange", "log_to"]

_LONGEST: Final = 20_000
_BEGAN: Final = "cloud_backup.began"


class Exchange:
    """Prints requests and responses.

    Args:
        say: Prints a line.
        secrets: Secrets to mask everywhere.
    """

    def __init__(self, say: Callable[[str], None], secrets: Sequence[Secret]) -> None:
        self._say = say
        self._secrets = Secrets(*secrets)

    def show(self, http: httpx.Client) -> None:
        """Print what a client sends and receives from now on.

        Args:
            http: The client.
        """
        http.event_hooks["request"].append(self._sent)
        http.event_hooks["response"].append(self._received)

    def _sent(self, request: httpx.Request) -> None:
        request.extensions[_BEGAN] = time.monotonic()
        request.read()
        self._secrets.learn(request)
        self._say(f"> {request.method} {self._secrets.masked_text(str(request.url))}")
        if not _is_login(request):
            self._body("> ", request.read(), request.headers.get("Content-Type", ""))

    def _received(self, response: httpx.Response) -> None:
        request = response.request
        response.read()
        took = time.monotonic() - request.extensions.get(_BEGAN, time.monotonic())
        reason = self._secrets.masked_text(response.reason_phrase)
        self._say(f"< {response.status_code} {reason} in {took:.3f} s")
        if not _is_login(request):
            self._body("< ", response.content, response.headers.get("Content-Type", ""))

    def _body(self, prefix: str, body: bytes, content_type: str) -> None:
        if not body:
            return
        try:
            text = json.dumps(fields_masked(json.loads(body)), ensure_ascii=False)
        except ValueError:
            if "form-urlencoded" in content_type or "json" in content_type:
                # What can't be parsed can't be masked.
                text = f"({len(body)} bytes)"
            else:
                text = body.decode(errors="replace")
        text = self._secrets.masked_text(text)
        cut = f"… ({len(text)} characters)" if len(text) > _LONGEST else ""
        self._say(prefix + text[:_LONGEST] + cut)


def _is_login(request: httpx.Request) -> bool:
    return request.url.path.rstrip("/").endswith("/tokens")


class _Lines(logging.Handler):
    """Prints each record as a line."""

    def __init__(self, say: Callable[[str], None]) -> None:
        super().__init__()
        self._line = say

    def emit(self, record: logging.LogRecord) -> None:
        """Print a record."""
        self._line(f"{record.name}: {record.getMessage()}")


def _is_news(record: logging.LogRecord) -> bool:
    """Return whether a record says something that the final error doesn't."""
    return record.module not in ("connection", "retries")


def log_to(say: Callable[[str], None], *, debug: bool) -> Callable[[], None]:
    """Print the client's log: its warnings, or everything with `debug`.

    Args:
        say: Prints a line.
        debug: Whether to print everything.

    Returns:
        A function that undoes this.
    """
    logger = logging.getLogger("cloud_backup")
    handler = _Lines(say)
    level, propagate = logger.level, logger.propagate
    if debug:
        logger.setLevel(logging.DEBUG)
    else:
        handler.setLevel(logging.WARNING)
        handler.addFilter(_is_news)
    logger.addHandler(handler)
    logger.propagate = False

    def restore() -> None:
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.propagate = propagate

    return restore
