"""The status line at the bottom of a terminal: what the command is waiting for, and how long."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from cloud_backup.commandline.running.printable import one_line

if TYPE_CHECKING:
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

__all__ = ["StatusLine"]

_DELAY: Final = 0.5
"""How many seconds to wait before showing it: most answers arrive by then."""

_FRAMES: Final = ("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏", "|/-\\")
"""The spinner, with Unicode and without."""


class StatusLine:
    """Shows on a terminal what the command is waiting for; elsewhere does nothing.

    It appears after half a second, and disappears when something is printed.

    Args:
        console: Returns the console to draw on.
        is_terminal: Whether there is a terminal; None to check stderr.
        delay: How many seconds to wait before showing it.
        clock: Returns the time in seconds, from any start.

    Attributes:
        is_silent: Whether it is off, because something else draws on the terminal.
    """

    def __init__(
        self,
        console: Callable[[], "Console"],
        *,
        is_terminal: bool | None = None,
        delay: float = _DELAY,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._console = console
        self._is_terminal = is_terminal
        self._delay = delay
        self._clock = clock
        self._lock = threading.RLock()
        self._waited_for = self._text = ""
        self._began = 0.0
        self._purpose: str | None = None
        self._is_wanted = False
        self._timer: threading.Timer | None = None
        self._live: Live | None = None
        self.is_silent = False

    @property
    def is_on(self) -> bool:
        """Whether messages are shown, now or within a second."""
        if self._is_terminal is None:
            self._is_terminal = sys.stderr is not None and sys.stderr.isatty()
        return self._is_terminal and not self.is_silent

    def begin(self, text: str) -> None:
        """Show what the command is waiting for, unless `waiting` gave a purpose.

        Args:
            text: What it is waiting for.
        """
        self._say(self._purpose or text)

    def tell(self, text: str) -> None:
        """Show another text until the next `begin`, without restarting the timer.

        Args:
            text: The text.
        """
        self._say(self._waited_for, text)

    def end(self) -> None:
        """Remove the line."""
        with self._lock:
            self._is_wanted = False
            timer, self._timer = self._timer, None
            live, self._live = self._live, None
            if timer is not None:
                timer.cancel()
            if live is not None:
                live.stop()

    @contextmanager
    def waiting(self, purpose: str) -> Iterator[Callable[[str], None]]:
        """Show a purpose for the duration of the block.

        Args:
            purpose: What the block waits for.

        Returns:
            A function that changes the purpose.
        """

        def change(text: str) -> None:
            self._purpose = text
            self._say(text)

        before = self._purpose
        change(purpose)
        try:
            yield change
        finally:
            self._purpose = before
            self.end()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Hide the line while something is printed."""
        self.end()
        yield
        if self._purpose is not None:
            self._say(self._purpose)

    def _say(self, waited_for: str, text: str | None = None) -> None:
        if not self.is_on:
            return
        with self._lock:
            if not self._is_wanted or waited_for != self._waited_for:
                self._waited_for, self._began = waited_for, self._clock()
            self._text = text or waited_for
            if self._is_wanted:
                return
            self._is_wanted = True
            if self._delay:
                self._timer = threading.Timer(self._delay, self._show)
                self._timer.daemon = True
                self._timer.start()
            else:
                self._show()

    def _show(self) -> None:
        from rich.live import Live  # noqa: PLC0415 - slow to import

        with self._lock:
            # It may have ended in the meantime.
            if self._is_wanted and self._live is None:
                self._live = Live(
                    self,
                    console=self._console(),
                    transient=True,
                    refresh_per_second=8,
                    redirect_stdout=False,
                    redirect_stderr=False,
                )
                self._live.start(refresh=True)

    def __rich__(self) -> "Text":
        """Draw it."""
        from rich.text import Text  # noqa: PLC0415 - slow to import

        elapsed = self._clock() - self._began
        encoding = self._console().encoding
        frames = _FRAMES[0] if encoding.startswith("utf") else _FRAMES[1]
        frame = frames[int(elapsed * 8) % len(frames)]
        return Text(
            f"{frame} {elapsed:.0f} s  {one_line(self._text)}", no_wrap=True, overflow="ellipsis"
        )
