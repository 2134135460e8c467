"""Amounts of data as the service writes them: `3.7 GB`, `318 bytes`."""

import re
from decimal import Decimal
from typing import Final, Self

__all__ = ["ByteSize"]

_UNITS: Final = ("bytes", "KB", "MB", "GB", "TB", "PB", "EB")
_POWERS: Final = {"byte": 0, "b": 0} | {unit.lower(): power for power, unit in enumerate(_UNITS)}
_FORM: Final = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*([A-Za-z]*)\s*", re.ASCII).fullmatch


class ByteSize(int):
    """A number of bytes that prints as the service wrote it.

    Units are binary, 1 KB is 1024 bytes, and the service rounds to one decimal: so `3.7 GB` is
    within 52 MB of the truth.
    """

    _text: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a size.

        Args:
            text: A number and a unit from `bytes` to `EB`, in any letter case; bytes without one.

        Raises:
            ValueError: It is none.
        """
        match = _FORM(text)
        power = _POWERS.get(match[2].lower() or "bytes") if match else None
        if match is None or power is None:
            raise ValueError(f"invalid size {text!r}: expected something like '3.7 GB'")
        size = cls((Decimal(match[1]) * 1024**power).to_integral_value())
        size._text = text.strip()
        return size

    def __str__(self) -> str:
        if self._text is not None:
            return self._text
        power = min(max(abs(self).bit_length() - 1, 0) // 10, len(_UNITS) - 1)
        return f"{round(self / 1024**power, 1):g} {_UNITS[power]}"
