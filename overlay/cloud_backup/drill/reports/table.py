"""A report for a terminal, as plain text."""

import unicodedata
from typing import Final

from cloud_backup.drill.report import DrillReport
from cloud_backup.drill.reports.wording import (
    LABELS,
    duration_text,
    headline,
    printable,
    size_text,
    time_text,
)
from cloud_backup.drill.verdict import DrillResult

__all__ = ["table_report"]

_HEADINGS: Final = ("Verdict", "Configuration", "Machine", "Age", "Restored", "Took", "Reason")
_WIDEST: Final = 40


def table_report(report: DrillReport) -> str:
    """Write a report as a table of plain text, the worst first.

    Args:
        report: The report.

    Returns:
        Lines, the last with its end.
    """
    rows = [_HEADINGS, *(_row(result) for result in report.worst_first)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    lines = ["  ".join(map(_padded, row, widths)).rstrip() for row in rows]
    lines.insert(1, "  ".join("-" * min(width, _WIDEST) for width in widths))
    counts = ", ".join(
        f"{count} {LABELS[verdict]}" for verdict, count in report.verdict_counts.items()
    )
    promised = "" if report.max_age is None else f", promised age {duration_text(report.max_age)}"
    return "\n".join(
        [
            f"Restore drill {printable(report.drill_id)} of {time_text(report.started)}{promised}",
            f"Account: {printable(report.account)}",
            "",
            *(lines if report.results else ()),
            *([""] if report.results else ()),
            headline(report),
            *([f"Verdicts: {counts}"] if counts else ()),
            "",
        ]
    )


def _row(result: DrillResult) -> tuple[str, ...]:
    return (
        LABELS[result.verdict],
        _shortened(f"{result.title} ({result.configuration_id})"),
        _shortened(result.machine or f"agent {result.agent_id}"),
        duration_text(result.age),
        size_text(result.bytes_restored),
        duration_text(result.duration),
        printable(result.reason),
    )


def _shortened(text: str) -> str:
    text = printable(text)
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """Count the columns that a text takes: a Chinese character two, an accent by itself none."""
    return sum(
        0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in text
    )
