"""Verifying what restores brought back, several at once, while others are being restored."""

import math
import shutil
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from hashlib import file_digest
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import define, evolve, field

from cloud_backup.drill.comparison import compare
from cloud_backup.drill.duration_text import duration_text
from cloud_backup.drill.errors import DrillError, NotVerifiable
from cloud_backup.drill.expectations import Observed
from cloud_backup.drill.json_values import as_text
from cloud_backup.drill.judging import judge_verification
from cloud_backup.drill.manifest import (
    Algorithm,
    Entry,
    Manifest,
    ManifestDamaged,
    is_left_out,
    read_manifest,
    scan,
)
from cloud_backup.drill.planning import PlannedConfiguration
from cloud_backup.drill.program import environment, running
from cloud_backup.drill.scratch_path import names_of, split
from cloud_backup.drill.verdict import DrillResult
from cloud_backup.drill.verification import Verification, Verify

if TYPE_CHECKING:
    from cloud_backup.drill.ledger import Ledger
    from cloud_backup.drill.restoring import Restorer
    from cloud_backup.drill.work import Work

__all__ = ["Verifier", "failed_to_empty", "refuse_unverifiable"]

_AT_ONCE: Final = 4
"""How many restores are verified at once; the files of each are hashed several at once as well."""


_EMPTIED_WITHIN: Final = timedelta(hours=1)
"""How long the command may take that empties the folder of one restore."""


class _Stopped(Exception):  # noqa: N818 - no error
    """The drill is stopped; the verification is repeated when it resumes."""


class Verifier:
    """Verifies restored files in threads.

    Args:
        ledger: What is known.
        restorer: Knows the passphrases that no command may see.
    """

    def __init__(self, ledger: "Ledger", restorer: "Restorer") -> None:
        self._ledger = ledger
        self._restorer = restorer
        self._pool = ThreadPoolExecutor(_AT_ONCE, "verification")
        self._running: dict[Future[Verification], Work] = {}
        self._stopped = threading.Event()

    def look(self) -> None:
        """Start verifications, and reach a verdict on those that are done."""
        ledger = self._ledger
        while ledger.unverified:
            work = ledger.unverified.popleft()
            verify, result = work.options.verify, work.restored
            if verify is None or result is None:
                raise RuntimeError("only what was restored is verified, and only if asked for")
            if verify.command:
                self._restorer.learn_secrets(ledger.plan.configurations)
            one = _One(verify, work.planned, result, self._stopped)
            future = self._pool.submit(one.verified, ledger.clock.now, self._restorer.secrets)
            self._running[future] = work
        for future in [future for future in self._running if future.done()]:
            work = self._running.pop(future)
            if work.restored is not None:
                ledger.settle(work, judge_verification(work.restored, future.result()))

    @property
    def is_busy(self) -> bool:
        """Whether something is being verified."""
        return bool(self._running)

    def wait(self, seconds: float) -> None:
        """Wait until a verification is done, but no longer than so many seconds."""
        wait(self._running, seconds, FIRST_COMPLETED)

    def close(self) -> None:
        """Stop; what isn't done is done again when the drill is continued."""
        self._stopped.set()
        self._pool.shutdown(cancel_futures=True)


def refuse_unverifiable(verify: Verify, configurations: Iterable[PlannedConfiguration]) -> None:
    """Check, before anything is restored, that all that is needed to verify it is there and whole.

    Args:
        verify: How to verify it.
        configurations: What will be restored.

    Raises:
        NotVerifiable: Something is missing or damaged; the message says what.
    """
    seen: set[str] = set()
    for planned in configurations:
        if verify.folder is not None:
            folder = Path(_filled(verify.folder, planned))
            if not folder.is_dir():
                raise NotVerifiable(f"{folder} isn't a folder on this machine")
        if verify.command and shutil.which(verify.command[0]) is None:
            raise NotVerifiable(f"the command {verify.command[0]} isn't there")
        if verify.manifest is not None and (path := _filled(verify.manifest, planned)) not in seen:
            seen.add(path)
            with _opened(path) as manifest:
                if not sum(entry.kind != "folder" for entry in manifest.entries):
                    raise NotVerifiable(f"{path}: no file is in it, so it proves nothing")


def _filled(
    text: str | Path, planned: PlannedConfiguration, result: DrillResult | None = None
) -> str:
    """Put what is known of a restore in the place of its name in braces."""
    known = {
        "configuration": planned.configuration_id,
        "destination": planned.destination_id,
        "path": planned.path,
        **({} if result is None else {"backup": result.backup_id, "restore": result.restore_id}),
    }
    text = str(text)
    for name, value in known.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


@contextmanager
def _opened(path: str) -> Iterator[Manifest]:
    """Open a manifest of which it is known where in a restore its folder is.

    Raises:
        NotVerifiable: It can't be read, or turns out to be damaged in the block.
    """
    try:
        # A byte that isn't UTF-8 becomes what JSON can't have, so that its line is named.
        with Path(path).open(encoding="utf-8", errors="backslashreplace") as file:
            manifest = read_manifest(file)
            if manifest.folder is None:
                raise NotVerifiable(f"{path} doesn't say which folder it is of: write it again")
            yield manifest
    except ManifestDamaged as damaged:
        raise NotVerifiable(f"{path}: {damaged}") from None
    except OSError as error:
        raise NotVerifiable(_told(error)) from None


def _told(error: OSError) -> str:
    where = "" if error.filename is None else f"{error.filename}: "
    return f"{where}{error.strerror or error}"


@define
class _One:
    """Verifies one restore.

    Attributes:
        verify: How.
        planned: The configuration.
        result: What is known of its restore.
        stopped: Set when the drill is stopped.
    """

    verify: Verify
    planned: PlannedConfiguration
    result: DrillResult
    stopped: threading.Event
    _end: float = field(default=math.inf, init=False)

    def verified(self, now: Callable[[], datetime], secrets: Collection[str]) -> Verification:
        """Verify it.

        Args:
            now: Tells the time of day.
            secrets: What no variable may have that the command inherits.

        Raises:
            _Stopped: The drill is.
        """
        started, began = now(), time.monotonic()
        self._end = began + self.verify.time_limit.total_seconds()
        found: dict[str, Any] = {}
        try:
            if self.verify.reads_here:
                place = self._place()
                found["folder"] = str(place)
                self._measure(partial(self._entries_here, place), found)
            if self.verify.command:
                self._run(environment(_facts(self.result), secrets), found)
        except (DrillError, RecursionError, ValueError) as error:
            found["error"] = f"{error}"
        except OSError as error:
            found["error"] = _told(error)
        except _Stopped:
            raise
        except Exception as error:  # noqa: BLE001 - one that can't be verified ends no drill
            found["error"] = f"{type(error).__name__}: {error}"
        return Verification(
            verified_by=self.verify.verified_by,
            started=started,
            ended=now(),
            duration=timedelta(milliseconds=round(1000 * (time.monotonic() - began))),
            **found,
        )

    def _check(self) -> None:
        if self.stopped.is_set():
            raise _Stopped
        if time.monotonic() > self._end:
            limit = duration_text(self.verify.time_limit)
            raise NotVerifiable(f"it wasn't done within its time limit, {limit}")

    def _measure(
        self, entries: Callable[[Algorithm | None], Iterator[Entry]], found: dict[str, Any]
    ) -> None:
        """Compare what is there with the manifest, and with what is expected."""
        observed = [Observed(expectation) for expectation in self.verify.expectations]

        def noted(algorithm: Algorithm | None) -> Iterator[Entry]:
            for entry in entries(algorithm):
                self._check()
                for each in observed:
                    each.note(entry)
                yield entry

        if self.verify.manifest is None:
            deque(noted(None), maxlen=0)
        else:
            path = found["manifest"] = _filled(self.verify.manifest, self.planned)
            with _opened(path) as manifest:
                if "folder" in found:
                    found["folder"] = str(Path(found["folder"], *names_of(manifest.folder or "")))
                there = _below(noted(manifest.algorithm), manifest)
                comparison = compare(manifest.entries, there)
            if not comparison.expected.files:
                # It may have been written again since the drill was planned.
                raise NotVerifiable(f"{path}: no file is in it, so it proves nothing")
            with Path(path).open("rb") as file:
                found["manifest_sha256"] = file_digest(file, "sha256").hexdigest()
            found["comparison"] = comparison
        made = self.result.backup_time
        met = chain.from_iterable(each.results(made) for each in observed)
        found["expectations"] = tuple(met)

    def _place(self) -> Path:
        """Find the folder on this machine that was restored into."""
        root, drill_id, configuration_id = split(self.planned.path)
        here = Path(root)
        if self.verify.folder is not None:
            here = Path(_filled(self.verify.folder, self.planned))
        if not here.is_dir():
            raise NotVerifiable(
                f"{here} isn't a folder on this machine: say where the files that are restored to "
                f"{root} can be read"
            )
        return here / drill_id / configuration_id

    def _entries_here(self, place: Path, algorithm: Algorithm | None) -> Iterator[Entry]:
        # A link would lead elsewhere, such as to what was backed up.
        if place.parent.is_symlink() or place.is_symlink() or not place.is_dir():
            return iter(())
        return scan(place, algorithm=algorithm or "sha256", check=self._check)

    def _run(self, variables: Mapping[str, str], found: dict[str, Any]) -> None:
        """Run the command, and read what it prints, if that is what was restored."""
        words = [_filled(word, self.planned, self.result) for word in self.verify.command]
        prints = not self.verify.reads_here and self.verify.verified_by != "command"
        with running(words, variables, self._check, prints_lines=prints) as program:
            try:
                if prints:
                    self._measure(partial(self._entries_printed, program.lines), found)
            except NotVerifiable as problem:
                found["error"] = f"{problem}"
                deque(program.lines, maxlen=0)
            exit_code, found["output"] = program.wait(), program.output
        found["exit_code"] = exit_code

    def _entries_printed(
        self, lines: Iterator[str], algorithm: Algorithm | None
    ) -> Iterator[Entry]:
        """Read what was restored from what the command prints."""
        try:
            printed = read_manifest(lines)
            if algorithm not in (None, printed.algorithm):
                raise NotVerifiable(f"the command hashes by {printed.algorithm}, not {algorithm}")
            place = printed.folder or ""
            if names_of(place) != names_of(self.planned.path):
                where = self.planned.path
                raise NotVerifiable(f"the command prints a manifest of {place}, not of {where}")
            yield from printed.entries
        except ManifestDamaged as damaged:
            raise NotVerifiable(f"the command doesn't print a manifest: {damaged}") from None


def failed_to_empty(
    planned: PlannedConfiguration,
    result: DrillResult,
    command: Sequence[str],
    *,
    secrets: Collection[str],
    is_stopped: Callable[[], bool],
) -> str | None:
    """Run the command that empties the folder which was restored into.

    Args:
        planned: The configuration.
        result: What is known of its restore.
        command: The program and its arguments.
        secrets: What no variable may have that the command inherits.
        is_stopped: Whether the drill is to stop, and the command with it.

    Returns:
        Why it failed, in a sentence; None if it didn't.
    """
    end = time.monotonic() + _EMPTIED_WITHIN.total_seconds()

    def check() -> None:
        if is_stopped():
            raise NotVerifiable("the drill was stopped")
        if time.monotonic() > end:
            raise NotVerifiable(f"it wasn't done within {duration_text(_EMPTIED_WITHIN)}")

    words = [_filled(word, planned, result) for word in command]
    try:
        with running(words, environment(_facts(result), secrets), check, prints_lines=False) as run:
            exit_code, output = run.wait(), " ".join(run.output.split())
    except (NotVerifiable, ValueError) as error:
        problem = f"{error}"
    except OSError as error:
        problem = _told(error)
    else:
        if not exit_code:
            return None
        problem = f"exit code {exit_code}{': ' if output else ''}{output[-200:]}"
    return f"The command that empties its folder failed: {problem}."


def _facts(result: DrillResult) -> dict[str, object]:
    return {
        "RESTORE_ID": result.restore_id,
        "BACKUP_ID": result.backup_id,
        "BACKUP_TIME": as_text(result.backup_time),
        "CONFIGURATION_ID": result.configuration_id,
        "CONFIGURATION_NAME": result.configuration_name,
        "MACHINE": result.machine,
        "DESTINATION_MACHINE": result.destination_machine,
        "PATH": result.path,
    }


def _below(entries: Iterable[Entry], manifest: Manifest) -> Iterator[Entry]:
    """Name what is below a manifest's folder as the manifest does, without what that leaves out."""
    start = "".join(f"{name}/" for name in names_of(manifest.folder or ""))
    left_out: str | None = None
    for entry in entries:
        path = entry.path.removeprefix(start)
        if (start and path == entry.path) or (left_out and path.startswith(left_out)):
            continue
        if is_left_out(path, manifest.exclude):
            left_out = f"{path}/"
        else:
            yield evolve(entry, path=path)
