"""What a drill verifies of what it restored, and what it finds."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from attrs import field, frozen

from cloud_backup.drill.comparison import Comparison
from cloud_backup.drill.json_values import JsonValue

__all__ = ["ExpectationResult", "Verification", "Verify"]


def _words(command: Iterable[str]) -> tuple[str, ...]:
    if isinstance(command, str):
        raise TypeError(f"command must be several texts, not one: {command!r}")
    return tuple(command)


@frozen(kw_only=True)
class Verify:
    """How a drill verifies what it restored.

    Attributes:
        manifest: The manifest of what was backed up, as `cloud-backup manifest` writes it.
        expectations: A YAML file of what must be there.
        command: A program and its arguments, run without a shell; its exit code must be 0.
        folder: Where the folder under which the drill restores is mounted on this machine; None
            if it has the same path here.
        time_limit: How long the verification of one restore may take, above 0.

    Raises:
        ValueError: Nothing is to be verified, or a value is out of its range.
        TypeError: The command is one text.
    """

    manifest: Path | None = None
    expectations: Path | None = None
    command: tuple[str, ...] = field(default=(), converter=_words)
    folder: Path | None = None
    time_limit: timedelta = timedelta(hours=1)

    def __attrs_post_init__(self) -> None:
        """Refuse what can't be."""
        if self.manifest is None and self.expectations is None and not self.command:
            raise ValueError("verify needs a manifest, expectations or a command")
        if self.time_limit <= timedelta(0):
            raise ValueError(f"time_limit must be above 0, not {self.time_limit}")


@frozen(kw_only=True)
class ExpectationResult(JsonValue):
    """Whether something is there as it was expected.

    Attributes:
        text: What was expected, in a few words.
        met: Whether it is so.
        found: What was found, in a few words.
    """

    text: str
    met: bool
    found: str


@frozen(kw_only=True)
class Verification(JsonValue):
    """What was found where a backup was restored to.

    Attributes:
        verified_by: "manifest", "expectations" or "command", or several joined by "+".
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
