"""Converts the client's values to plain data for JSON, YAML and CSV.

Keys are attribute names, in snake_case. Dates are ISO 8601 strings in UTC, with a `Z`; sizes are
bytes; durations are seconds, under a key that says so; enumerations and UUIDs are strings.
"""

from datetime import UTC, datetime, time, timedelta
from enum import Enum, IntEnum
from typing import Any, Final
from uuid import UUID

import attrs

from cloud_backup.errors import ZoneDataMissing
from cloud_backup.wire.view import View
from cloud_backup_api import models

__all__ = ["attributes_of", "flat_keys", "flat_record", "record_of", "value_of"]

_IN_SECONDS: Final = (
    "age",
    "duration",
    "earlier_age",
    "earlier_duration",
    "max_age",
    "max_duration",
)
_IN_UNITS: Final = {"every": "every_hours", **{name: f"{name}_seconds" for name in _IN_SECONDS}}
"""The keys of attributes whose unit isn't obvious."""


def attributes_of(kind: type[Any]) -> tuple[str, ...]:
    """Return the names of the attributes to print.

    Args:
        kind: The value's class.
    """
    if issubclass(kind, View):
        names = [name for name in kind.FIELDS if name not in kind.SECRET]
        if hasattr(kind, "schedule"):
            names.insert(names.index("frequency") + 1, "schedule")
        return tuple(names)
    names = list(attrs.fields_dict(kind))
    if hasattr(kind, "job_id"):
        # How a backup or restore ended, without its previous state.
        return (*(name for name in names if name.endswith("_id")), "state", "is_successful")
    return tuple(names)


def value_of(value: Any, name: str) -> Any:
    """Return an attribute; None for a schedule if this machine lacks time zone data.

    Args:
        value: The value.
        name: The attribute.
    """
    try:
        return getattr(value, name)
    except ZoneDataMissing:
        return None


def record_of(value: Any) -> dict[str, Any]:
    """Return a value as plain data.

    Args:
        value: One of the client's values.
    """
    names = attributes_of(type(value))
    return {_IN_UNITS.get(name, name): _plain(value_of(value, name)) for name in names}


def _plain(value: Any) -> Any:  # noqa: PLR0911 - a case each
    match value:
        case None | bool() | float():
            return value
        case IntEnum():
            return value.name.lower()
        case Enum():
            return str(value.value)
        case datetime():
            return _iso_utc(value)
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            seconds = value.total_seconds()
            return int(seconds) if seconds == int(seconds) else seconds
        case int():
            return int(value)  # a ByteSize is one
        case str() | UUID():
            return str(value)
        case list() | tuple():
            return [_plain(item) for item in value]
    return record_of(value)


def _iso_utc(moment: datetime) -> str:
    in_utc = moment.astimezone(UTC).replace(tzinfo=None)
    return f"{in_utc.isoformat(timespec='milliseconds' if in_utc.microsecond else 'seconds')}Z"


def flat_keys(kind: type) -> list[str]:
    """Return the CSV columns of a class.

    Args:
        kind: The value's class.
    """
    keys = []
    for name in attributes_of(kind):
        if (inner := _object_at(kind, name)) is None:
            keys.append(_IN_UNITS.get(name, name))
        else:
            keys += [f"{name}_{key}" for key in flat_keys(inner)]
    return keys


def flat_record(record: dict[str, Any]) -> dict[str, Any]:
    """Flatten nested mappings: `{"schedule": {"at": ...}}` becomes `{"schedule_at": ...}`.

    Args:
        record: A result of `record_of`.
    """
    flat: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flat.update({f"{key}_{inner}": content for inner, content in value.items()})
        else:
            flat[key] = value
    return flat


def _object_at(kind: type[Any], name: str) -> type[Any] | None:
    """Return the class of the object in an attribute; None if it isn't an object."""
    if not issubclass(kind, View):
        return None
    if name == "schedule":
        from cloud_backup.schedules.schedule import Schedule  # noqa: PLC0415 - slow to import

        return Schedule
    annotation = getattr(kind, name).fget.__annotations__["return"]
    found = getattr(models, str(annotation).partition(" ")[0], None)
    return found if isinstance(found, type) and issubclass(found, View) else None
