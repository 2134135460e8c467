"""A request: an object that is sent."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from inspect import signature
from typing import Any, ClassVar, Final, Literal, Self
from uuid import UUID

from cloud_backup.wire import ms_date

__all__ = ["UNSET", "Request", "Unset", "bounds", "encode"]


class Unset(Enum):
    """The type of UNSET."""

    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        """Whether it says anything."""
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET
"""The value of an attribute whose field is not sent."""


class Request:
    """An object that is sent, made of its fields by keyword."""

    WIRE: ClassVar[Mapping[str, str]]
    """The fields' names on the wire, by those of the attributes."""
    ISO_8601: ClassVar[frozenset[str]] = frozenset()
    """The attributes that are dates of ISO 8601 on the wire."""

    additional_properties: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Return the object as JSON has it, without what is UNSET."""
        sent: dict[str, Any] = {}
        for name, wire in self.WIRE.items():
            value = getattr(self, name)
            if value is not UNSET:
                is_iso = name in self.ISO_8601 and isinstance(value, datetime)
                sent[wire] = value.isoformat() if is_iso else encode(value)
        sent.update(encode(self.additional_properties))
        return sent

    @classmethod
    def required(cls) -> list[str]:
        """Name the fields, as they are on the wire, without which it can't be made."""
        arguments = signature(cls).parameters.values()
        return [cls.WIRE[each.name] for each in arguments if each.default is each.empty]

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Self:
        """Make it of an object as JSON has it; its values, documented or not, are sent as they are.

        Raises:
            TypeError: A required field is missing.
            ValueError: A value is out of its bounds.
        """
        rest = dict(fields)
        known = {name: rest.pop(wire) for name, wire in cls.WIRE.items() if wire in rest}
        made = cls(**known)
        made.additional_properties = rest
        return made


def encode(value: Any) -> Any:
    """Return a value as JSON has it: dates as `/Date(1357151359000)/`."""
    if isinstance(value, dict):
        return {name: encode(item) for name, item in value.items()}
    if isinstance(value, list):
        return [encode(item) for item in value]
    if isinstance(value, Request | Enum):
        return value.to_dict() if isinstance(value, Request) else value.value
    if isinstance(value, datetime):
        return ms_date.encode(value)
    return str(value) if isinstance(value, UUID) else value


def bounds(
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    min_length: int = 0,
    pattern: str | None = None,
) -> Callable[[Any, Any, Any], None]:
    """Make a validator of what the specification says of a value: as in JSON Schema.

    What is UNSET or None, or of another type than documented, is left to the service.
    """
    found = None if pattern is None else re.compile(pattern).search

    def check(_instance: object, attribute: Any, value: Any) -> None:
        name = attribute.name
        if isinstance(value, int | float) and not isinstance(value, bool):
            if minimum is not None and value < minimum:
                raise ValueError(f"{name} must be {minimum} or more, not {value}")
            if maximum is not None and value > maximum:
                raise ValueError(f"{name} must be {maximum} or less, not {value}")
        # A text may be a secret.
        elif isinstance(value, str) and len(value) < min_length:
            raise ValueError(f"{name} must have {min_length} or more characters")
        elif isinstance(value, str) and found is not None and found(value) is None:
            raise ValueError(f"{name} must match {pattern}")

    return check
