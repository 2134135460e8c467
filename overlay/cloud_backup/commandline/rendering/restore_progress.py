"""A restore's progress: a bar of its states, with the elapsed time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.console import Console

    from cloud_backup import Restore
    from cloud_backup.commandline.running.invocation import Invocation

__all__ = ["show_progress"]

_STATES: Final = ("Creating", "StartRequested", "Queued", "Preparing", "InProgress", "Completed")
"""The states of a successful restore, in order."""


@contextmanager
def show_progress(invocation: "Invocation") -> Iterator[Callable[["Restore"], None]]:
    """Show a restore's progress: live on a terminal, elsewhere a line for each state.

    Args:
        invocation: The invocation.
    """
    with invocation.drawing() as console:
        if not console.is_terminal:
            yield lambda now: invocation.say(f"restore {now.restore_id}: {now.state}")
            return
        with _bar(console) as shown:
            yield shown


@contextmanager
def _bar(console: "Console") -> Iterator[Callable[["Restore"], None]]:
    from rich.progress import (  # noqa: PLC0415 - slow to import
        BarColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

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
