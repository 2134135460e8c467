"""Values of the client as plain data: what JSON, YAML and CSV are made of.

The keys are the values' attributes, in snake_case. Dates are texts in ISO 8601, in UTC with a `Z`;
sizes are numbers of bytes; durations are seconds, under a key that says so; enumerations and ids of
several parts are texts.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from enum import Enum, IntEnum
from typing import Any, Final
from uuid import UUID

import attrs

from cloud_backup.errors import ZoneDataMissing
from cloud_backup.schedules.schedule import Schedule
from cloud_backup.values.backup_path import File, Folder
from cloud_backup.values.configuration import BackupConfiguration
from cloud_backup.waiting.state_changes import BackupChange, RestoreChange
from cloud_backup.wire.view import View
from cloud_backup_api import models

__all__ = ["attributes_of", "flat_keys", "flat_record", "record_of"]

_OWN: Final[dict[type, tuple[str, ...]]] = {
    BackupChange: ("backup_id", "state", "is_successful"),
    RestoreChange: ("restore_id", "state", "is_successful"),
}
"""The attributes of those that aren't simply those that attrs knows of."""

_SCHEDULE: Final = tuple(attrs.fields_dict(Schedule))


def attributes_of(kind: type[Any]) -> tuple[str, ...]:
    """Name the attributes of a kind of value that are printed.

    Args:
        kind: The class of the value.
    """
    if kind in _OWN:
        return _OWN[kind]
    if not issubclass(kind, View):
        return tuple(attrs.fields_dict(kind))
    names = [name for name in kind.FIELDS if name not in kind.SECRET]
    if issubclass(kind, BackupConfiguration):
        names.insert(names.index("frequency") + 1, "schedule")
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
    kind = type(value)
    return {_key(kind, name): plain(value_of(value, name)) for name in attributes_of(kind)}


def plain(value: Any) -> Any:  # noqa: C901, PLR0911 - a case each
    """Return whatever an attribute holds as what JSON has.

    Args:
        value: What an attribute holds.
    """
    match value:
        case None | bool():
            return value
        case IntEnum():
            return value.name.lower()
        case Enum():
            return str(value.value)
        case datetime():
            return iso_utc(value)
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            return _number(value.total_seconds())
        case UUID():
            return str(value)
        case int():
            return int(value)  # a ByteSize is one
        case str() | float():
            return value
        case File() | Folder():
            return {"type": type(value).__name__.lower(), "path": value.path}
        case list() | tuple():
            return [plain(item) for item in value]
    return record_of(value)


def iso_utc(moment: datetime) -> str:
    """Write a date as ISO 8601 has it, in UTC with a `Z`.

    Args:
        moment: The date, aware.
    """
    in_utc = moment.astimezone(UTC).replace(tzinfo=None)
    return f"{in_utc.isoformat(timespec='milliseconds' if in_utc.microsecond else 'seconds')}Z"


def flat_keys(kind: type) -> list[str]:
    """Name the columns of a kind of value in CSV.

    Args:
        kind: The class of the value.
    """
    return list(_flat_keys(kind, attributes_of(kind)))


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


def _flat_keys(kind: type[Any], names: Iterable[str]) -> Iterable[str]:
    for name in names:
        if name == "schedule":
            yield from (f"schedule_{_key(Schedule, inner)}" for inner in _SCHEDULE)
        elif (inner := _object_at(kind, name)) is not None:
            yield from (f"{name}_{key}" for key in flat_keys(inner))
        else:
            yield _key(kind, name)


def _object_at(kind: type[Any], name: str) -> type[View] | None:
    """Return the class of the object that an attribute of an answer holds, if it holds one."""
    if not issubclass(kind, View):
        return None
    annotation = getattr(kind, name).fget.__annotations__["return"]
    found = getattr(models, str(annotation).partition(" ")[0], None)
    return found if isinstance(found, type) and issubclass(found, View) else None


def _key(kind: type, name: str) -> str:
    if name in ("age", "duration"):
        return f"{name}_seconds"
    if kind is Schedule and name == "every":
        return "every_hours"
    return name


def _number(seconds: float) -> int | float:
    return int(seconds) if seconds == int(seconds) else seconds
