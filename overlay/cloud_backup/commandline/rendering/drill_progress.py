"""A drill's progress: a live table on a terminal, elsewhere a line for each verdict."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from cloud_backup.commandline.running.printable import one_line
from cloud_backup.drill import DrillChange, DrillResult, Phase

if TYPE_CHECKING:
    from rich.table import Table

    from cloud_backup.commandline.running.invocation import Invocation

__all__ = ["show_drill"]

_MOST_ROWS: Final = 20
"""How many configurations the table shows. Beyond that, only counts are shown."""


class _Board:
    """The state of each configuration, as a table that is redrawn."""

    def __init__(self, *, is_promised: bool = True) -> None:
        # Nothing is green if no maximum age was given.
        self._good = "green" if is_promised else "yellow"
        self._running: dict[int, tuple[DrillChange, float]] = {}
        self._done: dict[int, DrillChange] = {}

    def note(self, change: DrillChange) -> None:
        """Record a change."""
        key = change.planned.configuration_id
        if change.result is None:
            since = self._running[key][1] if key in self._running else time.monotonic()
            self._running[key] = (change, since)
            return
        self._running.pop(key, None)
        self._done[key] = change

    def __rich__(self) -> "Table":
        """Draw the finished configurations, failures last, and then the running ones."""
        from rich import box  # noqa: PLC0415 - slow to import
        from rich.table import Table  # noqa: PLC0415 - likewise
        from rich.text import Text  # noqa: PLC0415 - likewise

        table = Table(box=box.SIMPLE_HEAD, title_justify="left", title=self._title())
        for heading in ("Configuration", "Machine", "What", "For"):
            table.add_column(heading)
        running = list(self._running.values())
        # Restoring configurations come before waiting ones.
        running.sort(key=lambda pair: pair[0].phase is Phase.WAITING)
        shown = running[:_MOST_ROWS]
        for change, result in self._told(_MOST_ROWS - len(shown)):
            style = self._good if result.is_good else "red"
            table.add_row(*_names(change), Text(result.verdict, style=style), _for(result.duration))
        now = time.monotonic()
        for change, since in shown:
            what = change.state if change.phase is Phase.RESTORING else None
            elapsed = _for(timedelta(seconds=now - since))
            table.add_row(*_names(change), one_line(what or change.phase), elapsed)
        return table

    def _told(self, room: int) -> list[tuple[DrillChange, DrillResult]]:
        """Choose finished configurations for the available rows, failures before successes."""
        done = [(change, change.result) for change in self._done.values() if change.result]
        # Sorting is stable: within both, they stay in the order in which they finished.
        chosen = sorted(done, key=lambda pair: not pair[1].is_good)[-room:]
        return chosen if room > 0 else []

    def _title(self) -> str:
        verdicts = Counter(change.result.verdict for change in self._done.values() if change.result)
        counted = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.items())
        return f"Drill: {len(self._running)} running, {counted or 'none finished'}"


@contextmanager
def show_drill(
    invocation: "Invocation", *, is_promised: bool
) -> Iterator[Callable[[DrillChange], None]]:
    """Show a drill's progress.

    Args:
        invocation: The invocation.
        is_promised: Whether a maximum age was given.
    """
    if not invocation.console.is_terminal:
        yield lambda change: _tell(invocation, change)
        return
    from rich.live import Live  # noqa: PLC0415 - slow to import

    board = _Board(is_promised=is_promised)
    live = Live(board, console=invocation.console, refresh_per_second=2, transient=True)

    def note(change: DrillChange) -> None:
        board.note(change)
        # Not before: until then there may be a question to ask.
        live.start()

    try:
        yield note
    finally:
        live.stop()


def _tell(invocation: "Invocation", change: DrillChange) -> None:
    """Print each restore that starts, and each verdict."""
    if change.result is not None:
        invocation.say(f"{' of '.join(_names(change))}: {change.result.verdict}")
    elif change.phase is Phase.RESTORING and change.state is None:
        invocation.say(f"{' of '.join(_names(change))}: restore {change.restore_id}")


def _for(duration: timedelta | None) -> str:
    return "" if duration is None else str(duration).partition(".")[0]


def _names(change: DrillChange) -> tuple[str, str]:
    planned = change.planned
    return (
        one_line(planned.configuration_name or f"configuration {planned.configuration_id}"),
        one_line(planned.machine or f"agent {planned.agent_id}"),
    )
