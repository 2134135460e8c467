"""Reading a generated model's fields, each of which may be missing or of another type."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, TypeVar

from cloud_backup.byte_size import ByteSize
from cloud_backup.duration import parse_duration
from cloud_backup.encryption import PublicKey
from cloud_backup.errors import UnexpectedAnswer
from cloud_backup_api import models
from cloud_backup_api.types import UNSET

__all__ = [
    "Fields",
    "count",
    "date",
    "duration",
    "flag",
    "identifier",
    "member",
    "needed_public_key",
    "public_key",
    "size",
    "text",
]

_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)

_FLAGS: Final = {"true": True, "false": False}


class Fields:
    """The fields of one model.

    Args:
        raw: The model.
        operation: The operation that answered with it, for errors.
    """

    def __init__(self, raw: object, operation: str) -> None:
        self._raw = raw
        self._operation = operation

    def needed(self, name: str, read: Callable[[Any], _T]) -> _T:
        """Read a field without which the answer is of no use.

        Raises:
            UnexpectedAnswer: It is missing, null or unreadable.
        """
        value = getattr(self._raw, name)
        if value is UNSET or value is None:
            raise UnexpectedAnswer(self._operation, f"the answer has no {name}", field=name)
        try:
            return read(value)
        except (TypeError, ValueError) as error:
            raise UnexpectedAnswer(
                self._operation, f"{name} in the answer is unreadable: {error}", field=name
            ) from None

    def optional(self, name: str, read: Callable[[Any], _T]) -> _T | None:
        """Read a field; None where it is missing, null or unreadable."""
        value = getattr(self._raw, name)
        if value is UNSET or value is None:
            return None
        try:
            return read(value)
        except (TypeError, ValueError):
            return None


def text(value: Any) -> str:
    """Read a text; an empty one is none."""
    if not isinstance(value, str) or not value:
        raise ValueError(f"no text: {value!r}")
    return str(value)  # of a member of an enumeration too


def count(value: Any) -> int:
    """Read a number, which may travel as a text of digits."""
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"no whole number: {value!r}")
    return int(value)


def identifier(value: Any) -> int:
    """Read an id; 0 is none."""
    number = count(value)
    if number <= 0:
        raise ValueError(f"no id: {value!r}")
    return number


def flag(value: Any) -> bool:
    """Read a truth, which may travel as a text."""
    truth = _FLAGS.get(value.lower()) if isinstance(value, str) else value
    if not isinstance(truth, bool):
        raise TypeError(f"neither true nor false: {value!r}")
    return truth


def date(value: Any) -> datetime:
    """Read a date, which the generated model has decoded."""
    if not isinstance(value, datetime):
        raise TypeError(f"no date: {value!r}")
    return value


def duration(value: Any) -> timedelta:
    """Read a duration."""
    return parse_duration(text(value))


def size(value: Any) -> ByteSize:
    """Read a number of bytes, or a size with its unit."""
    return ByteSize.parse(value) if isinstance(value, str) else ByteSize(count(value))


def member(enum: type[_E]) -> Callable[[Any], _E | str]:
    """Make a reader of an enumeration, to which a text that is none of its members is that text."""

    def read(value: Any) -> _E | str:
        name = text(value)
        try:
            return enum(name)
        except ValueError:
            return name

    return read


def public_key(value: Any) -> PublicKey | None:
    """Read a key of an agent out of a generated model; None where there is none that can be."""
    if not isinstance(value, models.PublicKey | models.AvailableBackup):
        return None
    try:
        return PublicKey.from_raw(value)
    except ValueError:
        return None


def needed_public_key(value: Any, operation: str) -> PublicKey:
    """Read a key of an agent out of a generated model, where nothing can be done without.

    Raises:
        UnexpectedAnswer: There is none, or it can't be a key.
    """
    name = "public_key"
    if not isinstance(value, models.PublicKey):
        raise UnexpectedAnswer(operation, f"the answer has no {name}", field=name)
    try:
        return PublicKey.from_raw(value)
    except ValueError as error:
        raise UnexpectedAnswer(operation, str(error), field=name) from None
