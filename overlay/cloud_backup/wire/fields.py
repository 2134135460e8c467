"""Reading one field of an answer: each function returns None if the value is not of its kind.

A field may be missing, null, or of another type than documented; an answer that is odd in one field
is of use in all the others. Generated code says which function reads which field.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any, Final, TypeVar, cast
from uuid import UUID

from cloud_backup.wire import ms_date
from cloud_backup.wire.byte_size import ByteSize
from cloud_backup.wire.duration import parse_duration

_LONGEST: Final = 40
"""How many digits a number may have as a text. Python refuses thousands."""

T = TypeVar("T")
S = TypeVar("S", bound=StrEnum)
N = TypeVar("N", bound=IntEnum)

date: Final = ms_date.decode


def anything(value: Any) -> Any:
    """Return the value as it came: its type isn't documented, or there are several."""
    return value


def text(value: Any) -> str | None:
    """Read a text. An empty one says nothing."""
    return value if isinstance(value, str) and value else None


def integer(value: Any) -> int | None:
    """Read a whole number, which may travel as a text of digits."""
    if isinstance(value, str) and len(value) <= _LONGEST and value.strip().isdecimal():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def identifier(value: Any) -> int | None:
    """Read an id: a whole number above 0. The service writes 0 if there is none."""
    found = integer(value)
    return found if found is not None and found > 0 else None


def number(value: Any) -> float | None:
    """Read a number."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def boolean(value: Any) -> bool | None:
    """Read a boolean, which may travel as a text."""
    if isinstance(value, str):
        value = {"true": True, "false": False}.get(value.lower())
    return value if isinstance(value, bool) else None


def _parsed(parse: Callable[[str], T], value: Any) -> T | None:
    try:
        return parse(value) if isinstance(value, str) else None
    except ValueError:
        return None


def date_time(value: Any) -> datetime | None:
    """Read a date of ISO 8601."""
    return _parsed(datetime.fromisoformat, value)


def duration(value: Any) -> timedelta | None:
    """Read a duration such as `00:04:33`."""
    return _parsed(parse_duration, value)


def byte_size(value: Any) -> ByteSize | None:
    """Read a size such as `3.7 GB`, or a number of bytes."""
    if isinstance(value, str):
        return _parsed(ByteSize.parse, value)
    found = integer(value)
    return None if found is None else ByteSize(found)


def uuid(value: Any) -> UUID | None:
    """Read a UUID."""
    return _parsed(UUID, value)


def member(enumeration: type[S], value: Any) -> S | str | None:
    """Read a member of an enumeration; a text that is none of its members stays that text."""
    found = text(value)
    return cast("S | str | None", enumeration._value2member_map_.get(found, found))


def numeric_member(enumeration: type[N], value: Any) -> N | int | None:
    """Read a member of an enumeration; a number that is none of its members stays that number."""
    found = integer(value)
    return cast("N | int | None", enumeration._value2member_map_.get(found, found))


def numbered(numbers: type[N], names: type[S], value: Any) -> S | str | None:
    """Read a member of an enumeration by its number; an unknown number becomes a text."""
    found = numeric_member(numbers, value)
    if found is None:
        return None
    return names[found.name] if isinstance(found, numbers) else str(found)


def array(read: Callable[[Any], T | None], value: Any) -> tuple[T, ...]:
    """Read a list; items that can't be read are skipped."""
    items = map(read, value) if isinstance(value, list) else ()
    return tuple(item for item in items if item is not None)
