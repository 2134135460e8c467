"""What a drill is to test: what makes it this drill and not another."""

import re
from collections.abc import Iterable
from datetime import timedelta
from fnmatch import fnmatchcase
from typing import Any, Final

from attrs import field, frozen

from cloud_backup.drill.duration_text import duration_text
from cloud_backup.drill.verification import Verify, words

__all__ = ["NEWEST", "RANDOM", "DrillOptions", "is_meant"]

NEWEST: Final = "newest"
RANDOM: Final = "random"

_WINDOW: Final = (timedelta(days=1), timedelta(days=365))

_ABSOLUTE: Final = re.compile(r"(/|\\\\|[A-Za-z]:[\\/]).*", re.DOTALL).fullmatch


def _choices(chosen: Iterable[int | str]) -> tuple[int | str, ...]:
    if isinstance(chosen, str):
        raise TypeError(f"must be several ids or names, not one text: {chosen!r}")
    # In one order, so that the same choice is the same drill.
    return tuple(sorted(set(chosen), key=lambda choice: (isinstance(choice, str), choice)))


@frozen(kw_only=True)
class DrillOptions:
    """What a drill is to test.

    A drill that was stopped continues only with the same ones.

    Attributes:
        max_age: How old the newest backup of a configuration may be, above 0; None for no promise.
        configurations: The configurations to test, by id, name or pattern, as in "web-*"; empty
            for all.
        agents: The agents whose configurations to test, by id, machine name or pattern; empty for
            all.
        destination: The agent that restores, by id or machine name; None for each backup's own.
        path: The folder to restore under, in the form of the destination's operating system; None
            for that system's default. Each restore gets a new folder below it.
        check_only: Whether to look at the ages alone, and to restore nothing.
        verify: How to verify what is restored; None to believe the service.
        name: What it is called, for people.
        backup: The backup to restore: "newest" or "random". The age is the newest one's either way.
        window: How long ago the random one may have completed, 1 to 365 days; if none did, the
            newest is restored.
        max_duration: How long a restore may take, above 0; None for no promise.
        after: A program and its arguments, run without a shell when all is tested, once for each
            restore that was started, to empty its folder. Its words may have `{path}` and what else
            a command of `Verify` may. If it fails, the reason says so and the verdict stays. A
            resumed drill may run it again.

    Raises:
        ValueError: A value is out of its range.
        TypeError: One text is given where there may be several.
    """

    max_age: timedelta | None = None
    configurations: tuple[int | str, ...] = field(default=(), converter=_choices)
    agents: tuple[int | str, ...] = field(default=(), converter=_choices)
    destination: int | str | None = None
    path: str | None = None
    check_only: bool = False
    verify: Verify | None = None
    name: str | None = None
    backup: str = NEWEST
    window: timedelta | None = None
    max_duration: timedelta | None = None
    after: tuple[str, ...] = field(default=(), converter=words)

    def __attrs_post_init__(self) -> None:
        """Refuse what can't be."""
        for name, promised in (("max_age", self.max_age), ("max_duration", self.max_duration)):
            if promised is not None and promised <= timedelta(0):
                raise ValueError(f"{name} must be above 0, not {promised}")
        if self.backup not in (NEWEST, RANDOM):
            raise ValueError(f"backup must be {NEWEST} or {RANDOM}, not {self.backup!r}")
        if (self.backup == RANDOM) != (self.window is not None):
            raise ValueError(f"window must be there if, and only if, backup is {RANDOM}")
        if self.window is not None and not _WINDOW[0] <= self.window <= _WINDOW[1]:
            raise ValueError(f"window must be 1 to 365 days, not {duration_text(self.window)}")
        if self.path is not None and not _ABSOLUTE(self.path):
            raise ValueError(
                "path must be a folder on the destination's machine, from its root: "
                f"/srv/drill or C:\\drill, not {self.path!r}"
            )
        if isinstance(self.destination, int) and self.destination <= 0:
            raise ValueError(f"destination must be an agent's id, not {self.destination!r}")
        for name in ("max_duration", "after", "verify") if self.check_only else ():
            if getattr(self, name):
                raise ValueError(f"{name} is about restores, and check_only restores nothing")

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON has it, for a journal."""
        return {
            "max_age": _seconds(self.max_age),
            "configurations": list(self.configurations),
            "agents": list(self.agents),
            "destination": self.destination,
            "path": self.path,
            "check_only": self.check_only,
            "verify": None if self.verify is None else self.verify.to_json(),
            "backup": self.backup,
            "window": _seconds(self.window),
            "max_duration": _seconds(self.max_duration),
            "after": list(self.after),
        }


def is_meant(choice: int | str, key: int, name: str | None) -> bool:
    """Whether what is there is meant by a choice, in whatever letter case.

    Args:
        choice: An id, a name or a pattern.
        key: The id of what is there.
        name: Its name.
    """
    if isinstance(choice, int):
        return choice == key
    name, choice = (name or "").casefold(), choice.casefold()
    return name != "" and (choice == name or fnmatchcase(name, choice))


def _seconds(duration: timedelta | None) -> float | None:
    return None if duration is None else duration.total_seconds()
