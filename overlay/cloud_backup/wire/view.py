"""An answer: the JSON that was received, whose fields are decoded when they are asked for."""

import gc
import logging
import reprlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import repeat
from typing import Any, ClassVar, Final, Literal, Self, TypeVar

from cloud_backup.wire.errors import UnexpectedAnswer

__all__ = ["View", "collector_paused", "needed", "rows"]

LOGGER: Final = logging.getLogger("cloud_backup")
MASK: Final = "***"

_T = TypeVar("_T")
_V = TypeVar("_V", bound="View")

_SHORT: Final = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 80


class View(Mapping[str, Any]):
    """An object that the service answered with.

    Each field is an attribute, decoded when it is read: None if it is missing, null or not of the
    documented kind. It is also a mapping of those attributes by their names, so that `dict(answer)`
    and `pandas.DataFrame(answers)` do what they say.

    Attributes:
        received: The object as JSON has it, with the fields that nobody documented; not a copy.
        operation: The operation that answered with it, for errors.
    """

    __slots__ = ("operation", "received")

    FIELDS: ClassVar[tuple[str, ...]] = ()
    """The names of the attributes that are fields, in the order in which they are documented."""
    ESSENTIAL: ClassVar[tuple[str, ...]] = ()
    """Those without which the object is of no use; reading one that isn't there raises."""
    SECRET: ClassVar[frozenset[str]] = frozenset()
    """Those that are shown nowhere."""

    def __init__(self, received: Mapping[str, Any], operation: str = "an answer") -> None:
        self.received = received
        self.operation = operation

    def to_dict(self) -> dict[str, Any]:
        """Return the decoded fields by their names; objects within are dictionaries as well."""
        return {name: _plain(getattr(self, name)) for name in self.FIELDS}

    @classmethod
    def of(cls, other: "View") -> Self:
        """Return another view of the same object as one of these, which can do more."""
        return cls(other.received, other.operation)

    @classmethod
    def read(cls, value: Any, operation: str = "an answer") -> Self | None:
        """Return an object of an answer as one of these; None if it isn't an object."""
        return cls(value, operation) if isinstance(value, dict) else None

    @classmethod
    def checked(cls, value: Any, operation: str) -> Self:
        """Return an object of an answer as one of these.

        Raises:
            UnexpectedAnswer: It isn't an object, or an essential field is missing or unreadable.
        """
        if not isinstance(value, dict):
            raise UnexpectedAnswer(operation, f"expected an object, got {type(value).__name__}")
        made = cls(value, operation)
        for name in cls.ESSENTIAL:
            getattr(made, name)
        return made

    @classmethod
    def are_usual(cls, rows: list[Any]) -> bool:
        """Return whether the essential fields of all rows are plainly there; may raise if not."""
        return set(map(type, rows)) <= {dict}

    def __getitem__(self, name: str) -> Any:
        if name in self.FIELDS:
            return getattr(self, name)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.FIELDS)

    def __len__(self) -> int:
        return len(self.FIELDS)

    def __bool__(self) -> Literal[True]:
        """Whether there is an answer, be it one without fields."""
        return True

    def __eq__(self, other: object) -> bool:
        """Whether both are of one kind and were received alike."""
        if type(other) is not type(self):
            return NotImplemented
        return self.received == other.received

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in self.ESSENTIAL)))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.received, self.operation)

    def __repr__(self) -> str:
        shown = []
        for name in self.FIELDS:
            with suppress(UnexpectedAnswer):
                value = getattr(self, name)
                if value is not None and value != ():
                    said = repr(MASK) if name in self.SECRET else _SHORT.repr(value)
                    shown.append(f"{name}={said}")
        return f"{type(self).__name__}({', '.join(shown)})"


def needed(view: View, wire_name: str, read: Callable[[Any], _T | None]) -> _T:
    """Read a field, by its name on the wire, without which an object is of no use.

    Raises:
        UnexpectedAnswer: It is missing, null or unreadable.
    """
    value = view.received.get(wire_name)
    found = read(value)
    if found is None:
        problem = "has no" if value is None else "has an unreadable"
        raise UnexpectedAnswer(view.operation, f"the answer {problem} {wire_name}", field=wire_name)
    return found


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the garbage collector while a long answer is read, which takes a fifth less time.

    It would look through all rows again and again, though none is garbage.
    """
    enabled = gc.isenabled()
    try:
        gc.disable()
        yield
    finally:
        if enabled:
            gc.enable()


def rows(kind: type[_V], value: Any, operation: str) -> list[_V]:
    """Read a list of objects. Rows that can't be read are skipped, with a warning in the log.

    Raises:
        UnexpectedAnswer: It isn't a list.
    """
    if not isinstance(value, list):
        raise UnexpectedAnswer(operation, f"expected a list, got {type(value).__name__}")
    # Row by row it costs as much as decoding the JSON.
    with collector_paused(), suppress(KeyError, TypeError):
        if kind.are_usual(value):
            return list(map(kind, value, repeat(operation)))
    made = []
    for index, row in enumerate(value):
        try:
            made.append(kind.checked(row, operation))
        except UnexpectedAnswer as error:
            problem = str(error).removeprefix(f"{operation}: ")
            LOGGER.warning("%s: row %d is skipped: %s", operation, index, problem)
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, View):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
