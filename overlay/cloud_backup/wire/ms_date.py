r"""The service's dates, ``/Date(1357151359000)/``, to and from :class:`~datetime.datetime`.

The form is Microsoft's JSON date: milliseconds since 1970-01-01T00:00Z, negative before it, and
perhaps the offset of the zone that it was written in, ``/Date(1357151359000-0600)/``, which does
not move the instant. The service takes and gives this form only; ``openapi.yaml`` calls it
``format: ms-date``.

.NET has no empty date. Where there is none the service gives .NET's minimum, midnight of
0001-01-01, shifted by the zone of whoever wrote it: ``/Date(-62135578800000)/``. So whatever lies
before 0001-01-02T00:00Z means "none".

This module stands alone: it imports nothing but the standard library, and the generated models
import it.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final

__all__ = ["decode", "encode"]

_MILLISECOND: Final = timedelta(milliseconds=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST: Final = (datetime(1, 1, 2, tzinfo=UTC) - _EPOCH) // _MILLISECOND
"""The first instant that is a date; those before it mean "none"."""

_RECENT: Final = range(4 * 10**12)
"""Nearly every date is of 1970 to 2096. So far seconds in a float tell the millisecond exactly:
half a microsecond at most is lost, and `fromtimestamp` rounds."""
_FORM: Final = re.compile(
    r"\\?/Date\((-?[0-9]{1,15})(?:([+-])(0[0-9]|1[0-4])([0-5][0-9]))?\)\\?/"
).fullmatch
_from_timestamp: Final = datetime.fromtimestamp
_WIDEST_OFFSET: Final = timedelta(hours=14, minutes=59)


def decode(value: Any) -> datetime | None:
    r"""Read a date.

    Args:
        value: The date as it was sent, like ``/Date(1357151359000)/``. The slashes may be escaped
            still: ``\/Date(1357151359000)\/``.

    Returns:
        The instant, to the millisecond: in UTC, or at the fixed offset that the text names. None
        if it is .NET's minimum date, which stands for "no date", lies after the year 9999, or is
        anything else.
    """
    # First what nearly every date is, with no offset: long lists of them should cost little.
    try:
        milliseconds = int(value[6:-2])
        if milliseconds in _RECENT and value == f"/Date({milliseconds})/":
            return _from_timestamp(milliseconds / 1000, UTC)
    except (TypeError, ValueError, LookupError):
        pass
    try:
        if (match := _FORM(value)) is None or (milliseconds := int(match[1])) < _FIRST:
            return None
        sign, hours, minutes = match.group(2, 3, 4)
        offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        if sign == "-":
            offset = -offset
        # Moved first and named then: the instant alone may be beyond what a datetime holds.
        local = _EPOCH + (milliseconds * _MILLISECOND + offset)
        return local.replace(tzinfo=timezone(offset)) if offset else local
    except (TypeError, OverflowError):
        return None


def encode(value: datetime) -> str:
    """Write a date as the service takes it.

    Args:
        value: An aware datetime, from 0001-01-02T00:00Z. What it has below the millisecond is cut
            off, towards the past.

    Returns:
        The date's wire form: without an offset where `value` is in UTC, else with the offset of
        `value`. An offset that the form can't hold (beyond 14:59, or not of whole minutes) is left
        out; the instant is the same without it.

    Raises:
        ValueError: `value` is naive, so which instant it is isn't known; or it is so early that
            the service would take it for "no date".
    """
    offset = value.utcoffset()
    if offset is None:
        msg = f"a naive datetime names no instant: {value!r}; give it a tzinfo"
        raise ValueError(msg)
    milliseconds = (value - _EPOCH) // _MILLISECOND
    if milliseconds < _FIRST:
        msg = f"{value!r} lies before 0001-01-02T00:00Z, where a date means none"
        raise ValueError(msg)
    minutes, rest = divmod(abs(offset), timedelta(minutes=1))
    if not offset or rest or abs(offset) > _WIDEST_OFFSET:
        return f"/Date({milliseconds})/"
    sign = "+" if offset > timedelta(0) else "-"
    return f"/Date({milliseconds}{sign}{minutes // 60:02}{minutes % 60:02})/"
