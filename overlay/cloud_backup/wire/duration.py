"""Durations as the service writes them: `00:04:33`, `26:00:00`."""

import re
from datetime import timedelta
from typing import Final

__all__ = ["parse_duration"]

# .NET, which writes them, may put days before and a fraction after.
_FORM: Final = re.compile(
    r"(?:([0-9]{1,6})\.)?([0-9]{1,6}):([0-5][0-9]):([0-5][0-9](?:\.[0-9]{1,7})?)", re.ASCII
).fullmatch


def parse_duration(text: str) -> timedelta:
    """Read a duration.

    Args:
        text: `HH:MM:SS`; the hours may pass 24.

    Raises:
        ValueError: It is none.
    """
    match = _FORM(text.strip())
    if match is None:
        raise ValueError(f"no duration: {text!r}; expected HH:MM:SS")
    days, hours, minutes, seconds = match.groups(default="0")
    return timedelta(days=int(days), hours=int(hours), minutes=int(minutes), seconds=float(seconds))
