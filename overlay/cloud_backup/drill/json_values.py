"""Values of a drill as JSON has them: in its journal, its report, and what is printed of it.

Each attribute is under its own name. Times are texts by ISO 8601 in UTC with a `Z`; durations are
numbers of seconds, under a name that says so: `age_seconds`.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any, Self, get_args, get_origin

import attrs

__all__ = ["JsonValue", "as_text", "key_of"]


def as_text(moment: datetime | None) -> str | None:
    """Write a time, in UTC by ISO 8601, with a `Z`."""
    if moment is None:
        return None
    is_in_milliseconds = moment.microsecond and not moment.microsecond % 1000
    in_utc = moment.astimezone(UTC).replace(tzinfo=None)
    return f"{in_utc.isoformat(timespec='milliseconds' if is_in_milliseconds else 'auto')}Z"


@attrs.frozen
class JsonValue:
    """A class of attrs that knows its JSON."""

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON has it: times by ISO 8601 in UTC, durations in seconds."""
        fields = attrs.fields(type(self))
        return {key_of(field): _plain(getattr(self, field.name)) for field in fields}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        """Make it from what `to_json` returned; what else is there is ignored.

        What an earlier version didn't write has its default.

        Raises:
            KeyError, TypeError, ValueError: It is something else.
        """
        written = [
            field
            for field in attrs.fields(cls)
            if field.default is attrs.NOTHING or key_of(field) in document
        ]
        return cls(**{field.name: _read(field, document[key_of(field)]) for field in written})


def _is(field: "attrs.Attribute[Any]", kind: type) -> bool:
    return kind in (field.type, *get_args(field.type))


def key_of(field: "attrs.Attribute[Any]") -> str:
    """Return the name of an attribute in JSON, which says of a duration that it is in seconds."""
    return f"{field.name}_seconds" if _is(field, timedelta) else field.name


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return as_text(value)
        case timedelta():
            seconds = value.total_seconds()
            return int(seconds) if seconds == int(seconds) else seconds
        case Enum():
            return str(value)
        case tuple():
            return [_plain(item) for item in value]
    return value.to_json() if isinstance(value, JsonValue) else value


def _read(field: "attrs.Attribute[Any]", value: Any) -> Any:
    if value is None:
        return None
    if _is(field, datetime):
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError(f"{field.name}: {value!r} has no time zone")
        return moment
    if _is(field, timedelta):
        return timedelta(seconds=value)
    kinds = [kind for kind in (field.type, *get_args(field.type)) if isinstance(kind, type)]
    nested = next((kind for kind in kinds if issubclass(kind, JsonValue)), None)
    plain = {kind for kind in kinds if kind in (bool, int, str)}
    if get_origin(field.type) is tuple:
        items = tuple(nested.from_json(item) if nested else item for item in value)
    elif nested is not None:
        return nested.from_json(value)
    else:
        items = (value,)
    for item in items:
        if plain and type(item) not in plain:
            wanted = " or ".join(sorted(kind.__name__ for kind in plain))
            raise TypeError(f"{field.name}: expected {wanted}, got {type(item).__name__}")
    return items if get_origin(field.type) is tuple else value
