"""How reports for people write verdicts, times, durations and sizes."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from cloud_backup.drill.report import DrillReport
from cloud_backup.drill.verdict import Verdict
from cloud_backup.wire.byte_size import ByteSize

__all__ = ["LABELS", "duration_text", "headline", "printable", "size_text", "time_text"]

LABELS: Final[Mapping[Verdict, str]] = {
    Verdict.PASSED: "passed",
    Verdict.CHECKED: "recent enough",
    Verdict.NOT_TESTED: "not tested",
    Verdict.TOO_OLD: "too old",
    Verdict.COMPLETED_WITH_ERRORS: "restored with errors",
    Verdict.AGENT_OFFLINE: "agent offline",
    Verdict.TIMED_OUT: "timed out",
    Verdict.ERROR: "error",
    Verdict.RESTORE_FAILED: "restore failed",
    Verdict.NO_BACKUP: "no backup",
}
"""What a verdict is called."""

_NONE: Final = "-"


def time_text(moment: datetime | None) -> str:
    """Write a time, in UTC to the minute."""
    return _NONE if moment is None else f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def duration_text(duration: timedelta | None) -> str:
    """Write a duration, by its two largest units."""
    if duration is None:
        return _NONE
    seconds = max(0, round(duration.total_seconds()))
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, seconds = divmod(rest, 60)
    if days:
        return f"{days} d {hours} h"
    if hours:
        return f"{hours} h {minutes} min"
    if minutes:
        return f"{minutes} min {seconds} s"
    return f"{seconds} s"


def size_text(size: int | None) -> str:
    """Write a number of bytes with its unit, as the service does."""
    return _NONE if size is None else str(ByteSize(size))


def headline(report: DrillReport) -> str:
    """Say in a sentence how a drill went."""
    total = len(report.results)
    good = sum(result.is_good for result in report.results)
    if not report.is_finished:
        return f"The drill was stopped; so far {good} of {total} configurations are good."
    if not total:
        return "There was no backup configuration to test."
    done = "are recent enough" if report.check_only else "could be restored"
    if good == total:
        return f"The backups of all {total} configurations {done}."
    return f"{total - good} of {total} configurations need attention."


def printable(text: str) -> str:
    """Replace what moves a terminal's cursor, and what has no place in a page: lines are blanks."""
    return "".join(
        char if char.isprintable() else " " if char.isspace() else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )
