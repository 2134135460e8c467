"""What a drill verifies of what it restored, and what it finds."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from attrs import field, frozen

from cloud_backup.drill.comparison import Comparison
from cloud_backup.drill.expectations import Expectation, ExpectationResult
from cloud_backup.drill.json_values import JsonValue

__all__ = ["Verification", "Verify", "words"]


def _tuple(expectations: Iterable[Expectation]) -> tuple[Expectation, ...]:
    return tuple(expectations)


def words(command: Iterable[str]) -> tuple[str, ...]:
    """Take the words of a command, and refuse one text.

    Raises:
        TypeError: It is one text.
    """
    if isinstance(command, str):
        raise TypeError(f"command must be several texts, not one: {command!r}")
    return tuple(command)


@frozen(kw_only=True)
class Verify:
    """How a drill verifies the restored files.

    A manifest, expectations, or both say what must be there. The restored files are read on this
    machine; or, with a command and no folder, the command prints a manifest of them, as
    `cloud-backup manifest {path}` does. A command alone verifies by its exit code.

    In `manifest`, `folder` and the command's words, `{configuration}` and `{destination}` stand for
    the ids of the configuration and of the agent that restored. The command's words may have
    `{path}`, the folder that was restored into, `{backup}` and `{restore}` as well.

    Attributes:
        manifest: The manifest of what was backed up, as `cloud-backup manifest` writes it.
        expectations: What must be there.
        command: A program and its arguments, run without a shell; its exit code must be 0.
        folder: Where the folder that the drill restores to is mounted on this machine; None if it
            has the same path here.
        time_limit: How long the verification of one restore may take, above 0.

    Raises:
        ValueError: Nothing is to be verified, or a value is out of its range.
        TypeError: The command is one text.
    """

    manifest: Path | None = None
    expectations: tuple[Expectation, ...] = field(default=(), converter=_tuple)
    command: tuple[str, ...] = field(default=(), converter=words)
    folder: Path | None = None
    time_limit: timedelta = timedelta(hours=1)

    def __attrs_post_init__(self) -> None:
        """Refuse what can't be."""
        if self.manifest is None and not self.expectations and not self.command:
            raise ValueError("verify needs a manifest, expectations or a command")
        if self.time_limit <= timedelta(0):
            raise ValueError(f"time_limit must be above 0, not {self.time_limit}")

    @property
    def reads_here(self) -> bool:
        """Whether what was restored is read on this machine."""
        has_measure = self.manifest is not None or bool(self.expectations)
        return has_measure and (self.folder is not None or not self.command)

    @property
    def verified_by(self) -> str:
        """The names of what verifies, joined by "+"."""
        names = ("manifest", "expectations", "command")
        return "+".join(name for name in names if getattr(self, name))

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON has it, for a journal."""
        return {
            "manifest": None if self.manifest is None else str(self.manifest),
            "expectations": [expectation.to_json() for expectation in self.expectations],
            "command": list(self.command),
            "folder": None if self.folder is None else str(self.folder),
            "time_limit": self.time_limit.total_seconds(),
        }


@frozen(kw_only=True)
class Verification(JsonValue):
    """What was found where a backup was restored to.

    Attributes:
        verified_by: "manifest", "expectations" or "command", or several joined by "+".
        folder: The folder on this machine that was read; None if it was read elsewhere, or not.
        manifest: The manifest that it was compared with; None without one.
        manifest_sha256: The SHA-256 of that file, as lower-case hexadecimal digits.
        started: When the verification began.
        ended: When it was done.
        duration: For how long it ran.
        comparison: How what was restored compares with the manifest; None without one.
        expectations: Whether each expectation is met.
        exit_code: The command's exit code; None without a command, or if it didn't end by itself.
        output: The last of what the command printed, at most 4 KiB, with what isn't printable
            replaced.
        error: Why it couldn't be verified; None if it was.
    """

    verified_by: str
    started: datetime
    ended: datetime
    duration: timedelta
    folder: str | None = None
    manifest: str | None = None
    manifest_sha256: str | None = None
    comparison: Comparison | None = None
    expectations: tuple[ExpectationResult, ...] = ()
    exit_code: int | None = None
    output: str = ""
    error: str | None = None

    @property
    def is_good(self) -> bool:
        """Whether what was restored is what was expected."""
        return (
            self.error is None
            and (self.comparison is None or self.comparison.is_same)
            and all(expectation.met for expectation in self.expectations)
            and not self.exit_code
        )
