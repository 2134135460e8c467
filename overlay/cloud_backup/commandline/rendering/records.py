"""Values of the client as plain data: what JSON, YAML and CSV are made of.

The keys are the values' attributes, in snake_case. Dates are texts in ISO 8601, in UTC with a `Z`;
sizes are numbers of bytes; durations are seconds, under a key that says so; enumerations and ids of
several parts are texts.
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

_IN_UNITS: Final = {"age": "age_seconds", "duration": "duration_seconds", "every": "every_hours"}
"""The keys of attributes that are numbers of a unit."""


def attributes_of(kind: type[Any]) -> tuple[str, ...]:
    """Name the attributes of a kind of value that are printed.

    Args:
        kind: The class of the value.
    """
    if issubclass(kind, View):
        names = [name for name in kind.FIELDS if name not in kind.SECRET]
        if hasattr(kind, "schedule"):
            names.insert(names.index("frequency") + 1, "schedule")
        return tuple(names)
    names = list(attrs.fields_dict(kind))
    if hasattr(kind, "job_id"):
        # How a backup or restore ended, without what it was before.
        return (*(name for name in names if name.endswith("_id")), "state", "is_successful")
    return tuple(names)


def value_of(value: Any, name: str) -> Any:
    """Return an attribute; None for a schedule in a zone that this machine doesn't know.

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
    """Name the columns of a kind of value in CSV.

    Args:
        kind: The class of the value.
    """
    keys = []
    for name in attributes_of(kind):
        if (inner := _object_at(kind, name)) is None:
            keys.append(_IN_UNITS.get(name, name))
        else:
            keys += [f"{name}_{key}" for key in flat_keys(inner)]
    return keys


def flat_record(record: dict[str, Any]) -> dict[str, Any]:
    """Return plain data without nested mappings: their keys are put behind the outer one.

    Args:
        record: What `record_of` returned.
    """
    flat: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flat.update({f"{key}_{inner}": content for inner, content in value.items()})
        else:
            flat[key] = value
    return flat


def _object_at(kind: type[Any], name: str) -> type[Any] | None:
    """Return the class of the object that an attribute of an answer holds, if it holds one."""
    if not issubclass(kind, View):
        return None
    if name == "schedule":
        from cloud_backup.schedules.schedule import Schedule  # noqa: PLC0415 - it takes its time

        return Schedule
    annotation = getattr(kind, name).fget.__annotations__["return"]
    found = getattr(models, str(annotation).partition(" ")[0], None)
    return found if isinstance(found, type) and issubclass(found, View) else None
