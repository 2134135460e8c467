"""What a drill is to test: what makes it this drill and not another."""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from attrs import field, frozen

__all__ = ["DrillOptions"]

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
        configurations: The configurations to test, by id or name; empty for all.
        agents: The agents whose configurations to test, by id or machine name; empty for all.
        destination: The agent that is to restore, by id; None for each backup's own.
        path: The folder under which to restore, as the destination's operating system writes it;
            None for one by that system. Each restore gets a new folder of its own below it.
        check_only: Whether to look at the ages alone, and to restore nothing.

    Raises:
        ValueError: A value is out of its range.
        TypeError: One text is given where there may be several.
    """

    max_age: timedelta | None = None
    configurations: tuple[int | str, ...] = field(default=(), converter=_choices)
    agents: tuple[int | str, ...] = field(default=(), converter=_choices)
    destination: int | None = None
    path: str | None = None
    check_only: bool = False

    def __attrs_post_init__(self) -> None:
        """Refuse what can't be."""
        if self.max_age is not None and self.max_age <= timedelta(0):
            raise ValueError(f"max_age must be above 0, not {self.max_age}")
        if self.path is not None and not _ABSOLUTE(self.path):
            raise ValueError(
                "path must be a folder on the destination's machine, from its root: "
                f"/srv/drill or C:\\drill, not {self.path!r}"
            )
        if self.destination is not None and self.destination <= 0:
            raise ValueError(f"destination must be an agent's id, not {self.destination!r}")

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON has it, for a journal."""
        return {
            "max_age": None if self.max_age is None else self.max_age.total_seconds(),
            "configurations": list(self.configurations),
            "agents": list(self.agents),
            "destination": self.destination,
            "path": self.path,
            "check_only": self.check_only,
        }
