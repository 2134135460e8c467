"""Formats sizes as reports do: `0 bytes`, `60 KB`, `3.7 GB`, in binary units."""

from typing import Final

__all__ = ["size_text"]

_UNITS: Final = ("KB", "MB", "GB", "TB")
_STEP: Final = 1024


def size_text(size: int) -> str:
    """Format a size.

    Args:
        size: In bytes, 0 or more.

    Returns:
        The size in the largest unit that gives at least 1, with at most one decimal.
    """
    if size < _STEP:
        return f"{size} bytes"
    power = 1
    while size >= _STEP ** (power + 1) and power < len(_UNITS):
        power += 1
    return f"{size / _STEP**power:.1f} {_UNITS[power - 1]}".replace(".0 ", " ")
