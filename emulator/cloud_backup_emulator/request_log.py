"""What came in, as far as there is room for it."""

import json
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

__all__ = ["RequestLog"]

MOST_ENTRIES: Final = 1000
MOST_BYTES: Final = 8 * 1024 * 1024
"""How many bytes of JSON are kept of all requests."""

LARGEST_ENTRY: Final = MOST_BYTES // 8
"""How many are kept of one: as many as the configurations of an agent may take up."""


class RequestLog:
    """The requests that came in last, oldest first: at most 1000, and 8 MB of them in all.

    They are kept as JSON, which takes a tenth of the memory of the values that it tells of.
    """

    def __init__(self) -> None:
        self._entries: deque[str] = deque()
        self._size = 0

    def append(self, entry: dict[str, Any]) -> None:
        """Add a request, in place of as many of the oldest as it needs the room of."""
        text = json.dumps(entry)
        if len(text) > LARGEST_ENTRY:
            text = json.dumps({**entry, "body": f"[{len(text)} bytes are too many to be kept]"})
        self._entries.append(text)
        self._size += len(text)
        while len(self._entries) > MOST_ENTRIES or self._size > MOST_BYTES:
            self._size -= len(self._entries.popleft())

    def last(self, number: int) -> list[dict[str, Any]]:
        """Return the last requests, newest first."""
        return [json.loads(entry) for entry in islice(reversed([*self._entries]), number)]

    def clear(self) -> None:
        """Forget all."""
        self._entries.clear()
        self._size = 0

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        # Of a copy: requests come in meanwhile.
        return map(json.loads, [*self._entries])
