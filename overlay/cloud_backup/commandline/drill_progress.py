"""How a drill goes on, shown while it does: a table on a terminal, else a line for each verdict."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from cloud_backup.commandline.printable import one_line
from cloud_backup.drill import DrillChange, Phase, Verdict

if TYPE_CHECKING:
    from rich.table import Table

    from cloud_backup.commandline.invocation import Invocation

__all__ = ["show_drill"]

_MOST_ROWS: Final = 20
"""How many configurations the table shows; of more only counts are shown."""


class _Board:
    """What is known of each configuration, as a table that is drawn again and again."""

    def __init__(self) -> None:
        self._running: dict[int, tuple[DrillChange, datetime]] = {}
        self._verdicts: Counter[Verdict] = Counter()
        self._bad: list[DrillChange] = []

    def note(self, change: DrillChange) -> None:
        """Note a change."""
        key = change.planned.configuration_id
        if change.result is None:
            since = self._running[key][1] if key in self._running else datetime.now(UTC)
            self._running[key] = (change, since)
            return
        self._running.pop(key, None)
        self._verdicts[change.result.verdict] += 1
        if not change.result.is_good:
            self._bad.append(change)

    def __rich__(self) -> "Table":
        """Draw it: what failed last, and what is under way."""
        from rich import box  # noqa: PLC0415 - it takes its time
        from rich.table import Table  # noqa: PLC0415 - likewise
        from rich.text import Text  # noqa: PLC0415 - likewise

        table = Table(box=box.SIMPLE_HEAD, title_justify="left", title=self._title())
        for heading in ("Configuration", "Machine", "What", "For"):
            table.add_column(heading)
        running = list(self._running.values())
        # What is restoring says more than what waits.
        running.sort(key=lambda pair: pair[0].phase is Phase.WAITING)
        shown = running[:_MOST_ROWS]
        room = _MOST_ROWS - len(shown)
        for change in self._bad[-room:] if room else ():
            if change.result is not None:
                table.add_row(*_names(change), Text(change.result.verdict, style="red"), "")
        now = datetime.now(UTC)
        for change, since in shown:
            what = change.state if change.phase is Phase.RESTORING else None
            elapsed = str(now - since).partition(".")[0]
            table.add_row(*_names(change), one_line(what or change.phase), elapsed)
        return table

    def _title(self) -> str:
        counted = ", ".join(f"{count} {verdict}" for verdict, count in self._verdicts.items())
        return f"Drill: {len(self._running)} under way, {counted or 'none done'}"


@contextmanager
def show_drill(invocation: "Invocation") -> Iterator[Callable[[DrillChange], None]]:
    """Show how a drill goes on.

    Args:
        invocation: Where to show it.
    """
    if not invocation.console.is_terminal:
        yield lambda change: _tell(invocation, change)
        return
    from rich.live import Live  # noqa: PLC0415 - it takes its time

    board = _Board()
    with Live(board, console=invocation.console, refresh_per_second=2, transient=True):
        yield board.note


def _tell(invocation: "Invocation", change: DrillChange) -> None:
    """Say what has begun, and each verdict."""
    if change.result is not None:
        invocation.say(f"{' of '.join(_names(change))}: {change.result.verdict}")
    elif change.phase is Phase.RESTORING and change.state is None:
        invocation.say(f"{' of '.join(_names(change))}: restore {change.restore_id}")


def _names(change: DrillChange) -> tuple[str, str]:
    planned = change.planned
    return (
        one_line(planned.configuration_name or f"configuration {planned.configuration_id}"),
        one_line(planned.machine or f"agent {planned.agent_id}"),
    )
