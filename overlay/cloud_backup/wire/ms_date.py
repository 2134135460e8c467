"""The service's dates, `/Date(1357151359000)/`: `format: ms-date` in `openapi.yaml`.

They are milliseconds since 1970-01-01T00:00Z, perhaps with the offset of the zone they were written
in, `/Date(1357151359000-0600)/`, which does not move the instant. .NET has no empty date: its
minimum, midnight of 0001-01-01 in whichever zone, stands for none, and so does whatever lies before
0001-01-02T00:00Z.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final

__all__ = ["decode", "encode"]

_MILLISECOND: Final = timedelta(milliseconds=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST: Final = (datetime(1, 1, 2, tzinfo=UTC) - _EPOCH) // _MILLISECOND
_FORM: Final = re.compile(
    r"\\?/Date\((-?[0-9]{1,15})(?:([+-])(0[0-9]|1[0-4])([0-5][0-9]))?\)\\?/"
).fullmatch
_WIDEST_OFFSET: Final = timedelta(hours=14, minutes=59)


def decode(value: Any) -> datetime | None:
    r"""Read a date.

    Args:
        value: The date as it was sent. Its slashes may be escaped still: `\/Date(1357151359000)\/`.

    Returns:
        The instant, to the millisecond, in UTC or at the offset that the text names. None if it
        stands for none, lies after the year 9999, or is anything else.
    """
    # First what nearly every date is, with no offset: long lists of them should cost little.
    try:
        milliseconds = int(value[6:-2])
        if value == f"/Date({milliseconds})/" and milliseconds >= _FIRST:
            return _EPOCH + milliseconds * _MILLISECOND
    except (TypeError, ValueError, LookupError, OverflowError):
        pass
    try:
        if (match := _FORM(value)) is None or (milliseconds := int(match[1])) < _FIRST:
            return None
        offset = timedelta(hours=int(match[3] or 0), minutes=int(match[4] or 0))
        offset = -offset if match[2] == "-" else offset
        # Moved first and named then: the instant alone may be beyond what a datetime holds.
        local = _EPOCH + (milliseconds * _MILLISECOND + offset)
        return local.replace(tzinfo=timezone(offset)) if offset else local
    except (TypeError, OverflowError):
        return None


def encode(value: datetime) -> str:
    """Write a date as the service takes it.

    Args:
        value: An aware datetime, from 0001-01-02T00:00Z; it is cut off to milliseconds, towards
            the past. Its offset is left out if it is 0, beyond 14:59, or not of whole minutes.

    Raises:
        ValueError: It is naive, or so early that it would mean none.
    """
    offset = value.utcoffset()
    if offset is None:
        raise ValueError(f"a naive datetime names no instant: {value!r}; give it a tzinfo")
    milliseconds = (value - _EPOCH) // _MILLISECOND
    if milliseconds < _FIRST:
        raise ValueError(f"{value!r} lies before 0001-01-02T00:00Z, where a date means none")
    minutes, rest = divmod(abs(offset), timedelta(minutes=1))
    if not offset or rest or abs(offset) > _WIDEST_OFFSET:
        return f"/Date({milliseconds})/"
    sign = "+" if offset > timedelta(0) else "-"
    return f"/Date({milliseconds}{sign}{minutes // 60:02}{minutes % 60:02})/"
