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
from typing import Final

__all__ = ["decode", "encode"]

_MILLISECOND: Final = timedelta(milliseconds=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST: Final = (datetime(1, 1, 2, tzinfo=UTC) - _EPOCH) // _MILLISECOND
"""The first instant that is a date; those before it mean "none"."""

_EXACT: Final = 2**32 * 1000
"""Up to here, in 2106, seconds in a float tell the millisecond exactly: half a microsecond at most
is lost, and `fromtimestamp` rounds to the microsecond."""
_DIGITS: Final = len(str(_EXACT))
_FORM: Final = re.compile(
    r"\\?/Date\((-?[0-9]{1,15})(?:([+-])(0[0-9]|1[0-4])([0-5][0-9]))?\)\\?/"
).fullmatch
_from_timestamp: Final = datetime.fromtimestamp
_WIDEST_OFFSET: Final = timedelta(hours=14, minutes=59)


def decode(text: str) -> datetime | None:
    r"""Read a date.

    Args:
        text: The date as it was sent, like ``/Date(1357151359000)/``. The slashes may be escaped
            still: ``\/Date(1357151359000)\/``.

    Returns:
        The instant, to the millisecond: in UTC, or at the fixed offset that the text names. None
        where the text is .NET's minimum date, which stands for "no date".

    Raises:
        ValueError: The text is no such date, or lies after the year 9999.
    """
    # Nearly every date has no offset and is of this century; long lists of them should cost little.
    digits = text[6:-2]
    if (
        len(digits) <= _DIGITS
        and digits.isdecimal()
        and digits.isascii()
        and text[:6] == "/Date("
        and text[-2:] == ")/"
        and (milliseconds := int(digits)) < _EXACT
    ):
        return _from_timestamp(milliseconds / 1000, UTC)
    match = _FORM(text)
    if match is None:
        msg = f"not a date: {text!r}; expected /Date(MILLISECONDS)/ or /Date(MILLISECONDS+HHMM)/"
        raise ValueError(msg)
    milliseconds = int(match[1])
    if milliseconds < _FIRST:
        return None
    sign, hours, minutes = match.group(2, 3, 4)
    offset = timedelta(0) if sign is None else timedelta(hours=int(hours), minutes=int(minutes))
    if sign == "-":
        offset = -offset
    local_epoch = _EPOCH.replace(tzinfo=timezone(offset)) if offset else _EPOCH
    try:
        return local_epoch + (milliseconds * _MILLISECOND + offset)
    except OverflowError:
        msg = f"not a date: {text!r} is beyond the year 9999"
        raise ValueError(msg) from None


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
