"""A report for a terminal, as plain text."""

import unicodedata
from collections.abc import Iterator
from typing import Final

from cloud_backup.drill.duration_text import duration_text
from cloud_backup.drill.report import DrillReport
from cloud_backup.drill.reports.wording import (
    counts,
    headline,
    label,
    printable,
    size_text,
    time_text,
)
from cloud_backup.drill.verdict import DrillResult

__all__ = ["table_report"]

_HEADINGS: Final = ("Verdict", "Configuration", "Machine", "Age", "Restored", "Took", "Reason")
_WIDEST: Final = 40
_LEAST_FOR_REASONS: Final = 30
"""How many columns reasons need; if fewer are left, there is a block of lines for each instead."""


def table_report(report: DrillReport, *, width: int | None = None) -> str:
    """Write a report as a table of plain text, the worst first, each with its errors.

    Args:
        report: The report.
        width: How many columns there are; if a table doesn't fit, there is a block of lines for
            each configuration in its place. None for as many as it takes.

    Returns:
        Lines, the last with its end.
    """
    promised = "none" if report.max_age is None else duration_text(report.max_age)
    counted = counts(report)
    head = [
        f"Restore drill {printable(report.drill_id)} of {time_text(report.started)}",
        f"Promised age: {promised}",
        f"Account: {printable(report.account)}",
        "",
    ]
    end = [headline(report), *([f"Verdicts: {counted}"] if counted else ())]
    lines = [line for text in head for line in _wrapped(text, width)]
    if report.results:
        lines += [*_body(report, width), ""]
    lines += [line for text in end for line in _wrapped(text, width)]
    return "\n".join([*lines, ""])


def _body(report: DrillReport, width: int | None) -> Iterator[str]:
    rows = [_HEADINGS, *(_row(result, report) for result in report.worst_first)]
    fixed = len(_HEADINGS) - 1
    widths = [max(_width(row[column]) for row in rows) for column in range(fixed)]
    before = sum(widths) + 2 * fixed
    room = None if width is None else width - before
    if room is not None and room < _LEAST_FOR_REASONS:
        for number, result in enumerate(report.worst_first):
            yield from [""] * bool(number)
            yield from _block(result, report, width or 0)
        return
    told = [[_HEADINGS[-1]], *(_told(result, room) for result in report.worst_first)]
    for number, (row, lines) in enumerate(zip(rows, told, strict=True)):
        first = "  ".join([*map(_padded, row[:fixed], widths), lines[0]])
        yield first.rstrip()
        yield from (" " * before + line for line in lines[1:])
        if number == 0:
            longest = max(_width(line) for lines in told for line in lines)
            yield "  ".join("-" * min(taken, _WIDEST) for taken in (*widths, longest))


def _block(result: DrillResult, report: DrillReport, width: int) -> Iterator[str]:
    verdict, configuration, machine, *amounts, _ = _row(result, report)
    yield from _wrapped(f"{verdict}: {configuration} of {machine}", width)
    facts = zip(("age", "restored", "took"), amounts, strict=True)
    yield from _wrapped(", ".join(f"{name} {text}" for name, text in facts), width, "  ")
    yield from (f"  {line}" for line in _told(result, width - 2))


def _told(result: DrillResult, width: int | None) -> list[str]:
    """Write the reason and the errors, each on separate lines."""
    lines = _wrapped(printable(result.reason), width)
    for error in result.errors:
        lines += _wrapped(f"- {printable(error)}", width)
    more = result.error_count - len(result.errors)
    if result.errors and more > 0:
        lines.append(f"- and {more} more")
    return lines


def _row(result: DrillResult, report: DrillReport) -> tuple[str, ...]:
    return (
        label(result.verdict, report),
        _shortened(f"{result.title} ({result.configuration_id})"),
        _shortened(result.machine or f"agent {result.agent_id}"),
        duration_text(result.age),
        size_text(result.bytes_restored),
        duration_text(result.duration),
        "",
    )


def _wrapped(text: str, width: int | None, indent: str = "") -> list[str]:
    """Break a text into lines of so many columns: between words, or within one that is longer."""
    if width is None:
        return [indent + text]
    lines = [indent]
    for word in text.split(" "):
        blank = " " if len(lines[-1]) > len(indent) else ""
        if _width(lines[-1] + blank + word) <= width:
            lines[-1] += blank + word
            continue
        if blank:
            lines.append(indent)
        for char in word:
            if _width(lines[-1] + char) > width > len(indent):
                lines.append(indent)
            lines[-1] += char
    return lines


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
