"""How reports for people write verdicts, times, durations and sizes."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from cloud_backup.drill.report import DrillReport
from cloud_backup.drill.verdict import Verdict
from cloud_backup.wire.byte_size import ByteSize

__all__ = ["counts", "headline", "is_comforting", "label", "printable", "size_text", "time_text"]

_LABELS: Final[Mapping[Verdict, str]] = {
    Verdict.PASSED: "passed",
    Verdict.RESTORED: "restored",
    Verdict.CHECKED: "recent enough",
    Verdict.NOT_TESTED: "not tested",
    Verdict.TOO_OLD: "too old",
    Verdict.TOO_SLOW: "too slow",
    Verdict.COMPLETED_WITH_ERRORS: "restored with errors",
    Verdict.AGENT_OFFLINE: "agent offline",
    Verdict.TIMED_OUT: "timed out",
    Verdict.ERROR: "error",
    Verdict.VERIFICATION_ERROR: "not verified",
    Verdict.VERIFICATION_FAILED: "verification failed",
    Verdict.RESTORE_FAILED: "restore failed",
    Verdict.NO_BACKUP: "no backup",
}
"""What a verdict is called."""

_UNPROMISED: Final = {Verdict.PASSED: "verified"}
"""What it is called if no age was promised: then nothing is said to be recent."""

_NONE: Final = "-"


def time_text(moment: datetime | None) -> str:
    """Write a time, in UTC to the minute."""
    return _NONE if moment is None else f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def size_text(size: int | None) -> str:
    """Write a number of bytes with its unit, as the service does."""
    return _NONE if size is None else str(ByteSize(size))


def label(verdict: Verdict, report: DrillReport) -> str:
    """Say what a verdict is called in a report."""
    names = _UNPROMISED if report.max_age is None else {}
    return names.get(verdict, _LABELS[verdict])


def counts(report: DrillReport) -> str:
    """Say how many configurations have which verdict."""
    return ", ".join(f"{count} {label(v, report)}" for v, count in report.verdict_counts.items())


def is_comforting(report: DrillReport) -> bool:
    """Whether a report may look as if there were nothing to think about."""
    return report.is_good and report.max_age is not None


def headline(report: DrillReport) -> str:
    """Say in a sentence how a drill went."""
    total = len(report.results)
    good = sum(result.is_good for result in report.results)
    if not report.is_finished:
        return f"The drill was stopped; so far {good} of {total} configurations are good."
    if not total:
        return "There was no backup configuration to test."
    done = "are recent enough" if report.check_only else "could be restored"
    if all(result.verdict is Verdict.PASSED for result in report.results):
        done = "were restored and verified"
    if good == total:
        unpromised = " No age was promised." if report.max_age is None else ""
        if total == 1:
            done = done.replace("are ", "is ").replace("were ", "was ")
            return f"The backup of the only configuration {done}.{unpromised}"
        return f"The backups of all {total} configurations {done}.{unpromised}"
    if total == 1:
        return "The only configuration needs attention."
    return f"{total - good} of {total} configurations need attention."


def printable(text: str) -> str:
    """Replace what moves a terminal's cursor, and what has no place in a page: lines are blanks."""
    return "".join(
        char if char.isprintable() else " " if char.isspace() else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )
