"""A bounded log of the latest requests."""

import json
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

__all__ = ["RequestLog"]

MOST_ENTRIES: Final = 1000
MOST_BYTES: Final = 8 * 1024 * 1024
"""How many bytes of JSON are kept in total."""

LARGEST_ENTRY: Final = MOST_BYTES // 8
"""How many bytes are kept of one request: the limit of an agent's configurations."""


class RequestLog:
    """The latest requests, oldest first: at most 1000, and at most 8 MB.

    They are kept as JSON, which takes a tenth of the memory of the decoded values.
    """

    def __init__(self) -> None:
        self._entries: deque[str] = deque()
        self._size = 0

    def append(self, entry: dict[str, Any]) -> None:
        """Add a request, dropping the oldest ones to make room."""
        text = json.dumps(entry)
        if len(text) > LARGEST_ENTRY:
            text = json.dumps({**entry, "body": f"[{len(text)} bytes, too large to keep]"})
        self._entries.append(text)
        self._size += len(text)
        while len(self._entries) > MOST_ENTRIES or self._size > MOST_BYTES:
            self._size -= len(self._entries.popleft())

    def last(self, number: int) -> list[dict[str, Any]]:
        """Return the latest requests, newest first."""
        return [json.loads(entry) for entry in islice(reversed([*self._entries]), number)]

    def clear(self) -> None:
        """Remove all requests."""
        self._entries.clear()
        self._size = 0

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        # Iterate over a copy: requests may arrive meanwhile.
        return map(json.loads, [*self._entries])
