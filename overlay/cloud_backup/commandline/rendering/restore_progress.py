"""How a restore goes on, shown while it does: a bar of its states, with the time elapsed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Protocol

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from rich.console import Console

    from cloud_backup import Restore
    from cloud_backup.commandline.running.invocation import Invocation

__all__ = ["Shown", "show_progress"]

_STATES: Final = ("Creating", "StartRequested", "Queued", "Preparing", "InProgress", "Completed")
"""The states of a restore that goes well, in their order."""


class Shown(Protocol):
    """Shows a restore as it is now."""

    def __call__(self, now: "Restore", /) -> None:
        """Show it."""


@contextmanager
def show_progress(invocation: "Invocation") -> Iterator[Shown]:
    """Show how a restore goes on: live on a terminal, else a line for each state.

    Args:
        invocation: Where to show it.
    """
    with invocation.drawing() as console:
        if not console.is_terminal:
            yield lambda now: invocation.say(f"restore {now.restore_id}: {now.state}")
            return
        with _bar(console) as shown:
            yield shown


@contextmanager
def _bar(console: "Console") -> Iterator[Shown]:
    columns = (TextColumn("{task.description:<19}", markup=False), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task(_STATES[0], total=len(_STATES) - 1)

        def show(now: "Restore") -> None:
            state = str(now.state)
            step = _STATES.index(state) if state in _STATES else None
            if now.is_final:
                step = len(_STATES) - 1
            progress.update(bar, description=state, completed=step)

        yield show
