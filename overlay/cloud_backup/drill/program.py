"""Running a program of the user's, which can't outlive its time, nor see the account's secrets."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import BufferedReader, RawIOBase
from queue import Empty, Full, Queue
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["Program", "environment", "running"]

_LONGEST_OUTPUT: Final = 4096
"""How many bytes of what it prints are kept, the last ones."""

_LONGEST_LINE: Final = 1 << 20

_PIECE: Final = 1 << 16
"""How many bytes of what it prints are read at one go."""

_MOST_PIECES: Final = 16
"""How many of them wait to be looked at; a program that prints more waits too."""

_LOOK_EVERY: Final = 0.1
"""After how many seconds it is seen that the program is to stop."""

_OWN: Final = ("RS_", "CLOUD_BACKUP_")
"""What names of variables begin with that are for this library: credentials among them."""


def environment(facts: Mapping[str, object], secrets: Collection[str]) -> dict[str, str]:
    """Make the environment of a program: this process's, without what is ours alone.

    Args:
        facts: What to add, under names that begin with `CLOUD_BACKUP_`; None is left out.
        secrets: Values of variables that are left out, whatever their names.
    """
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(_OWN) and value not in secrets
    }
    added = {
        f"CLOUD_BACKUP_{name}": printable(str(value))
        for name, value in facts.items()
        if value is not None
    }
    return {**inherited, **added}


def printable(text: str) -> str:
    """Replace what can't be printed; line breaks and tabs stay."""
    return "".join(
        char if char.isprintable() or char in "\n\t" else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )


class _Printed(RawIOBase):
    """What a program prints until it is killed, even if another process still holds its output.

    Args:
        prints: Where it prints.
        over: Set when the program has been killed.
    """

    def __init__(self, prints: IO[bytes], over: threading.Event) -> None:
        super().__init__()
        self._prints = prints
        self._over = over
        self._pieces: Queue[bytes] = Queue(_MOST_PIECES)
        self._rest = b""
        self._is_read = False
        # A read can't be cut short, so it isn't waited for.
        threading.Thread(target=self._fill, daemon=True).start()

    def _fill(self) -> None:
        piece = b"-"
        while piece and not self._over.is_set():
            piece = b""
            with suppress(OSError, ValueError):
                piece = os.read(self._prints.fileno(), _PIECE)
            self._put(piece)

    def _put(self, piece: bytes) -> None:
        while not self._over.is_set():
            with suppress(Full):
                self._pieces.put(piece, timeout=_LOOK_EVERY)
                return

    def readable(self) -> bool:
        """Whether it can be read: it can."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read what has been printed; returns 0 at the end, and once the program was killed."""
        while not (self._rest or self._is_read or self._over.is_set()):
            with suppress(Empty):
                self._rest = self._pieces.get(timeout=_LOOK_EVERY)
                self._is_read = not self._rest
        if self._over.is_set():
            return 0
        view = memoryview(buffer)
        piece, self._rest = self._rest[: len(view)], self._rest[len(view) :]
        view[: len(piece)] = piece
        return len(piece)


class Program:
    """A program that runs.

    Args:
        process: The process.
        over: Set when it has been killed.
        prints_lines: Whether its lines are read one by one.
    """

    def __init__(
        self, process: "subprocess.Popen[bytes]", over: threading.Event, *, prints_lines: bool
    ) -> None:
        self._process = process
        prints = process.stderr if prints_lines else process.stdout
        self._printed: BufferedReader | None = None
        if prints_lines and process.stdout is not None:
            self._printed = BufferedReader(_Printed(process.stdout, over), _PIECE)
        self._kept = b""
        self._reader = threading.Thread(target=self._keep, args=[prints], daemon=True)
        self._reader.start()

    def _keep(self, prints: IO[bytes] | None) -> None:
        # It is closed if something that the program left running keeps it open.
        with suppress(OSError, ValueError):
            while prints is not None and (piece := os.read(prints.fileno(), _PIECE)):
                self._kept = (self._kept + piece)[-_LONGEST_OUTPUT:]

    @property
    def output(self) -> str:
        """The last of what it printed, in what can be printed."""
        # What it left running may keep its output open.
        self._reader.join(1)
        return printable(self._kept.decode(errors="replace").replace("\r\n", "\n"))

    @property
    def lines(self) -> Iterator[str]:
        """The lines that it prints, one after another; none any more once it is killed."""
        if self._printed is None:
            raise RuntimeError("it doesn't print lines")
        while line := self._printed.readline(_LONGEST_LINE):
            yield line.decode(errors="backslashreplace")

    def wait(self) -> int:
        """Wait until it ends, and return its exit code."""
        return self._process.wait()


@contextmanager
def running(
    command: Sequence[str],
    env: Mapping[str, str],
    check: Callable[[], object],
    *,
    prints_lines: bool,
) -> Iterator[Program]:
    """Run a program; when the block is left, it and all that it started in its group has ended.

    Args:
        command: The program and its arguments.
        env: Its environment.
        check: Called again and again, in another thread. If it raises, the program is killed, and
            the block is left with what was raised.
        prints_lines: Whether its lines are read one by one, so that what it says of errors alone is
            its output.

    Raises:
        OSError: It can't be started.
    """
    with subprocess.Popen(  # noqa: S603 - the user's own command, and no shell
        command,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE if prints_lines else subprocess.STDOUT,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    ) as process:
        raised: list[BaseException] = []
        over = threading.Event()
        watch = threading.Thread(target=_watch, args=[process, check, over, raised], daemon=True)
        watch.start()
        try:
            yield Program(process, over, prints_lines=prints_lines)
        finally:
            over.set()
            watch.join()
            _kill(process)
            if raised:
                raise raised[0]


def _watch(
    process: "subprocess.Popen[bytes]",
    check: Callable[[], object],
    over: threading.Event,
    raised: list[BaseException],
) -> None:
    while not over.wait(_LOOK_EVERY):
        try:
            check()
        except BaseException as error:  # noqa: BLE001 - raised where the program is run
            raised.append(error)
            _kill(process)
            over.set()
            return


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill a program with all that is in its group."""
    if sys.platform == "win32":
        told = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(told, capture_output=True, check=False)  # noqa: S603 - a fixed command
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
