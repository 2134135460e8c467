"""A plan: what to test day by day, and how, as its owner writes it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, Self, TypeAlias, TypeVar

from attrs import field, frozen

from cloud_backup.drill.duration_text import duration_text
from cloud_backup.drill.errors import PlanInvalid, Where
from cloud_backup.drill.expectations import Expectation
from cloud_backup.drill.options import DrillOptions
from cloud_backup.drill.verification import Verify

__all__ = ["DrillPlan", "PlanLike", "as_plan"]

_SHORTEST: Final = timedelta(days=1)

_Reader: TypeAlias = Callable[[Where, Any], Any]

_T = TypeVar("_T")


def _tuple(selections: Iterable[DrillOptions]) -> tuple[DrillOptions, ...]:
    return tuple(selections)


@frozen(kw_only=True)
class DrillPlan:
    """What to test, and how.

    Attributes:
        selections: What is tested, one or more. A configuration that several of them match is
            tested as the first says.
        rotation: Within which time each configuration is tested, 1 day or more: each drill takes
            its share, those first whose last test is longest ago, as the journal has it. None to
            test all of them in each drill.

    Raises:
        ValueError: There is no selection, or the rotation is out of its range.
    """

    selections: tuple[DrillOptions, ...] = field(default=(), converter=_tuple)
    rotation: timedelta | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse what can't be."""
        if not self.selections:
            raise ValueError("selections must be one or more")
        if self.rotation is not None and self.rotation < _SHORTEST:
            raise ValueError(f"rotation must be 1 day or more, not {duration_text(self.rotation)}")

    @classmethod
    def from_dict(
        cls, document: object, *, duration: Callable[[Any], timedelta] | None = None
    ) -> Self:
        """Make a plan from dicts and lists, as YAML, TOML or JSON have it.

        Args:
            document: The names of the attributes, with their values. `selections` is a list of
                dicts, with the attributes of `DrillOptions`. Where there may be several
                configurations or agents, there may be one.
            duration: What reads a duration; None for what takes a `timedelta` or a number of
                seconds. It raises a ValueError of what it can't read.

        Raises:
            PlanInvalid: Something in it is wrong. It has all that is.
        """
        problems: list[tuple[Where, str]] = []
        plan = _Reading(duration or _seconds, problems).made(cls, (), document)
        if plan is None:
            raise PlanInvalid(problems)
        return plan

    @property
    def max_age(self) -> timedelta | None:
        """The longest age that is promised; None unless every selection promises one."""
        promised = [selection.max_age for selection in self.selections]
        known = [age for age in promised if age is not None]
        return max(known) if len(known) == len(promised) else None

    @property
    def check_only(self) -> bool:
        """Whether nothing is to be restored."""
        return all(selection.check_only for selection in self.selections)

    def title(self, number: int) -> str:
        """Say what the selection of a number, from 0, is called."""
        return self.selections[number].name or f"selection {number + 1}"

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON for a journal, each fact under a separate name."""
        if len(self.selections) == 1 and self.rotation is None:
            return self.selections[0].to_json()
        facts: dict[str, Any] = {
            f"selection {number}: {name}": value
            for number, selection in enumerate(self.selections, 1)
            for name, value in selection.to_json().items()
        }
        rotation = self.rotation
        return {**facts, "rotation": None if rotation is None else rotation.total_seconds()}


PlanLike: TypeAlias = DrillPlan | DrillOptions | Mapping[str, Any]
"""A plan, the one selection of a plan, or a plan as dicts and lists."""


def as_plan(plan: PlanLike | None) -> DrillPlan:
    """Make a plan of what stands for one; None stands for all configurations, whatever their age.

    Raises:
        PlanInvalid: A dict has mistakes.
    """
    match plan:
        case DrillPlan():
            return plan
        case DrillOptions() | None:
            return DrillPlan(selections=[plan or DrillOptions()])
    return DrillPlan.from_dict(plan)


class _Reading:
    """Reads a plan, and notes all that is wrong with it.

    Args:
        duration: What reads a duration.
        problems: Where what is wrong is noted.
    """

    def __init__(
        self, duration: Callable[[Any], timedelta], problems: list[tuple[Where, str]]
    ) -> None:
        self._problems = problems
        self._duration = duration

        def as_duration(_where: Where, value: Any) -> timedelta:
            return duration(value)

        self._names: dict[type, dict[str, _Reader]] = {
            DrillPlan: {"selections": self._selections, "rotation": as_duration},
            DrillOptions: {
                "name": _of(str),
                "configurations": _choices,
                "agents": _choices,
                "backup": _of(str),
                "window": as_duration,
                "max_age": as_duration,
                "max_duration": as_duration,
                "destination": _of(int, str),
                "path": _of(str),
                "check_only": _of(bool),
                "after": _words,
                "verify": lambda where, value: self.made(Verify, where, value),
            },
            Verify: {
                "manifest": _path,
                "expectations": self._expectations,
                "command": _words,
                "folder": _path,
                "time_limit": as_duration,
            },
        }

    def made(self, kind: Callable[..., _T], where: Where, document: object) -> _T | None:
        """Make an object of a dict of its attributes; None if something is wrong."""
        already = len(self._problems)
        names = self._names[kind] if isinstance(kind, type) else {}
        read = {}
        try:
            found = _of(dict)(where, document)
        except TypeError as error:
            self._problems.append((where, f"{error}"))
            return None
        for name, value in found.items():
            here = (*where, name)
            if name not in names:
                self._problems.append((here, _unknown(name, names)))
                continue
            try:
                read[name] = names[name](here, value)
            except (TypeError, ValueError) as error:
                self._problems.append((here, f"{error}"))
        if len(self._problems) > already:
            return None
        try:
            return kind(**read)
        except (TypeError, ValueError) as error:
            # What is wrong with an attribute begins with its name.
            name = f"{error}".partition(" ")[0]
            self._problems.append(((*where, name) if name in found else where, f"{error}"))
        return None

    def _selections(self, where: Where, value: Any) -> list[DrillOptions]:
        listed = _of(list, tuple)(where, value)
        made = [self.made(DrillOptions, (*where, n), each) for n, each in enumerate(listed)]
        return [selection for selection in made if selection is not None]

    def _expectations(self, where: Where, value: Any) -> list[Expectation]:
        made = []
        for number, each in enumerate(_of(list, tuple)(where, value)):
            try:
                made.append(Expectation.from_dict(each, duration=self._duration))
            except (TypeError, ValueError) as error:
                self._problems.append(((*where, number), f"{error}"))
        return made


def _of(*kinds: type) -> _Reader:
    def read(_where: Where, value: Any) -> Any:
        # A truth is a number to Python alone.
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            expected = " or ".join(dict.fromkeys(_KINDS[kind] for kind in kinds))
            found = _KINDS.get(type(value), type(value).__name__)
            raise TypeError(f"expected {expected}, got {found}")
        return value

    return read


def _choices(where: Where, value: Any) -> list[int | str]:
    listed = value if isinstance(value, list | tuple) else [value]
    if not listed:
        raise ValueError("expected one or more, got none: leave it out to mean all")
    return [_of(int, str)(where, each) for each in listed]


def _path(where: Where, value: Any) -> Path:
    return Path(_of(str)(where, value))


def _words(where: Where, value: Any) -> list[str]:
    return [_of(str)(where, word) for word in _of(list, tuple)(where, value)]


def _seconds(value: Any) -> timedelta:
    if isinstance(value, timedelta):
        return value
    try:
        return timedelta(seconds=_of(float, int)((), value))
    except (OverflowError, ValueError):
        raise ValueError(f"invalid duration {value!r}: expected a number of seconds") from None


def _unknown(name: object, names: Mapping[str, object]) -> str:
    near = get_close_matches(f"{name}", names, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"expected one of {', '.join(names)}"
    return f"unknown name {name!r}: {hint}"


_KINDS: Final[Mapping[type, str]] = {
    bool: "true or false",
    dict: "names with values",
    float: "a number",
    int: "a number",
    list: "a list",
    str: "text",
    tuple: "a list",
    type(None): "nothing",
}
