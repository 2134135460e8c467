"""A report for a browser: one page that needs nothing but itself."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Final

from cloud_backup.drill.duration_text import duration_text
from cloud_backup.drill.report import DrillReport
from cloud_backup.drill.reports.json_report import json_document
from cloud_backup.drill.reports.wording import (
    headline,
    is_comforting,
    label,
    printable,
    size_text,
    time_text,
)
from cloud_backup.drill.verdict import DrillResult, Verdict
from cloud_backup.drill.verification import Verification

__all__ = ["html_report"]

_HEADINGS: Final = (
    "Verdict",
    "Configuration",
    "Machine",
    "Newest backup",
    "Age",
    "Restored",
    "Took",
    "What happened",
)

_STYLE: Final = Path(__file__).with_name("page.css")

_FAIR: Final = frozenset(
    {Verdict.NOT_TESTED, Verdict.TOO_OLD, Verdict.TOO_SLOW, Verdict.COMPLETED_WITH_ERRORS}
)

_MOST_MACHINES: Final = 24
_MOST_ROWS: Final = 24
"""How many rows a picture has; what else there is, is in the table."""

_MOST_DRILLS: Final = 12


def html_report(report: DrillReport, *, earlier: Iterable[DrillReport] = ()) -> str:
    """Write a report as a page of HTML that a browser shows without asking for anything else.

    It begins with how the drill went, and the machines that need attention. Then it draws the ages
    of the backups, when each restore ran, and how earlier drills went, and lists all
    configurations, the worst first. It fits a telephone and a large screen, is light or dark as the
    browser is, and can be printed.

    Args:
        report: The report.
        earlier: Earlier drills, in any order; the last eleven of them are drawn.

    Returns:
        The page, to be written as UTF-8.
    """
    tone = "bad" if not report.is_good else "good" if is_comforting(report) else "fair"
    counted = report.verdict_counts.items()
    bars = "".join(_bar(_tone(verdict, report), n=str(count)) for verdict, count in counted)
    counts = "".join(
        f'<li class="verdict {_tone(verdict, report)}">'
        f"<b>{count}</b> {_text(label(verdict, report))}</li>\n"
        for verdict, count in counted
    )
    sections = (
        _attention(report),
        _ages(report),
        _times(report),
        _history(report, earlier),
        _table(report),
    )
    return f"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Restore drill of {_text(time_text(report.started))}</title>
<style>
{_STYLE.read_text(encoding="utf-8")}</style>
</head>
<body>
<header>
<h1>Restore drill</h1>
<p class="note">{_text(time_text(report.started))}</p>
</header>
<main>
<div class="hero">
<p class="headline {tone}">{_text(headline(report))}</p>
<div class="stack" aria-hidden="true">{bars}</div>
<ul class="counts" aria-label="Verdicts">
{counts}</ul>
<dl class="facts">{"".join(_facts(report))}</dl>
</div>
{"".join(sections)}</main>
<footer>{_footer(report)}</footer>
</body>
</html>
"""


def _facts(report: DrillReport) -> Iterator[str]:
    promised = "none" if report.max_age is None else f"at most {duration_text(report.max_age)}"
    ended = "stopped before its end" if report.ended is None else time_text(report.ended)
    sizes = [r.bytes_restored for r in report.results if r.bytes_restored is not None]
    facts = {
        "Account": report.account,
        "Promised age of the newest backup": promised,
        "Ended": ended,
        "Took": duration_text(report.duration),
        "Restored in all": size_text(sum(sizes) if sizes else None),
        "Drill": report.drill_id,
    }
    for name, value in facts.items():
        yield f"<div><dt>{name}</dt><dd>{_name(value)}</dd></div>"


def _attention(report: DrillReport) -> str:
    """Show the machines of which something isn't good, those with the worst first."""
    machines: dict[int, list[DrillResult]] = {}
    for result in report.worst_first:
        if not result.is_good:
            machines.setdefault(result.agent_id, []).append(result)
    items = []
    for results in list(machines.values())[:_MOST_MACHINES]:
        total = sum(result.agent_id == results[0].agent_id for result in report.results)
        told = "".join(
            f'<li><span class="verdict {_tone(result.verdict, report)}">'
            f"{_text(label(result.verdict, report))}</span>"
            f"{_name(result.title)}<p>{_text(result.reason)}</p></li>"
            for result in results[:_MOST_ROWS]
        )
        if (more := len(results) - _MOST_ROWS) > 0:
            told += f"<li>and {more} more</li>"
        items.append(
            f'<li class="{_tone(results[0].verdict, report)}"><h3>{_name(_machine(results[0]))}'
            f"</h3><small>{len(results)} of {total} configurations</small><ul>{told}</ul></li>\n"
        )
    if not items:
        return ""
    note = _only(len(items), len(machines), "machines")
    return _section(
        "Machines that need attention", f'{note}<ul class="machines">\n{"".join(items)}</ul>'
    )


def _ages(report: DrillReport) -> str:
    """Draw how old the newest backups are, against what was promised, the oldest first."""
    aged = [(result.age, result) for result in report.results if result.age is not None]
    if not aged:
        return ""
    aged.sort(key=lambda pair: (-pair[0], pair[1].configuration_id))
    promises = [promise for _, result in aged if (promise := _promise(result, report))]
    longest = max(aged[0][0], timedelta(seconds=1))
    # What is much older than promised leaves the picture, which else would show nothing else.
    scale = max(min(longest, 2 * max(promises)), 1.25 * max(promises)) if promises else longest
    rows = []
    for age, result in aged[:_MOST_ROWS]:
        promise = _promise(result, report)
        is_old = promise is not None and age > promise
        tone = "fair" if promise is None else "bad" if is_old else "good"
        mark = "" if promise is None else f'<i style="--m:{_percent(promise, scale)}"></i>'
        text = duration_text(age) + (" !" if is_old else "")
        rows.append(_row(result, _bar(tone, w=_percent(age, scale)) + mark, text))
    note = "The line is the age that was promised." if promises else "No age was promised."
    only = _only(len(rows), len(aged), "configurations, the oldest")
    body = f'<p class="note">{note}</p>{only}<ol class="rows">\n{"".join(rows)}</ol>'
    return _section("How old the newest backups are", f"<figure>{body}</figure>")


def _times(report: DrillReport) -> str:
    """Draw when each restore ran: a row for each, or so many in as few lanes as they need."""
    ran = sorted(
        (
            (result.started, max(result.started, result.ended), result)
            for result in report.results
            if result.started is not None and result.ended is not None and result.restore_id
        ),
        key=lambda each: each[:2],
    )
    if not ran:
        return ""
    first, last = ran[0][0], max(ended for _, ended, _ in ran)
    whole = max(last - first, timedelta(seconds=1))

    def bar(began: datetime, ended: datetime, result: DrillResult) -> str:
        tone = _tone(result.verdict, report)
        place = {"x": _percent(began - first, whole), "w": _percent(ended - began, whole)}
        return _bar(tone, f"{result.title}, {duration_text(result.duration)}", **place)

    if len(ran) <= _MOST_ROWS:
        drawn = '<ol class="rows">\n{}</ol>'.format(
            "".join(
                _row(each[2], bar(*each), duration_text(each[2].duration or each[1] - each[0]))
                for each in ran
            )
        )
    else:
        lanes: list[tuple[datetime, list[str]]] = []
        for each in ran:
            free = next((n for n, (until, _) in enumerate(lanes) if until <= each[0]), len(lanes))
            bars = lanes.pop(free)[1] if free < len(lanes) else []
            lanes.insert(free, (each[1], [*bars, bar(*each)]))
        tracks = "".join(f'<div class="track">{"".join(bars)}</div>\n' for _, bars in lanes)
        drawn = f'<div class="lanes" aria-hidden="true">{tracks}</div>'
    took, longest = max((each[2].duration or each[1] - each[0], each[2].title) for each in ran)
    note = f"The longest restore was that of {_name(longest)}: {_text(duration_text(took))}."
    if len(ran) > 1:
        note = f"{len(ran)} restores in {_text(duration_text(whole))}. {note}"
    axis = "".join(f"<span>{_text(_clock(first + part * whole))}</span>" for part in (0, 0.5, 1))
    return _section(
        "When each restore ran",
        f'<p class="note">{note}</p><figure class="drawn">{drawn}'
        f'<div class="axis" aria-hidden="true">{axis}</div></figure>',
    )


def _history(report: DrillReport, earlier: Iterable[DrillReport]) -> str:
    """Draw how earlier drills went, and this one beside them."""
    before = sorted(earlier, key=lambda one: one.started)[1 - _MOST_DRILLS :]
    if not before:
        return ""
    drills = [*before, report]
    most = max(1, *(len(one.results) for one in drills))
    items = []
    for one in drills:
        tones = [_tone(result.verdict, one) for result in one.worst_first]
        column = "".join(
            _bar(tone, h=f"{100 * len(list(same)) / most:.2f}%")
            for tone, same in groupby(sorted(tones, key=("bad", "fair", "good").index))
        )
        good = sum(result.is_good for result in one.results)
        this = ' class="this" aria-current="true"' if one is report else ""
        items.append(
            f'<li{this}><div class="column" aria-hidden="true">{column}</div>'
            f"<small><b>{good} of {len(one.results)}</b>{one.started:%Y-%m-%d}</small></li>\n"
        )
    return _section(
        "Earlier drills",
        f'<p class="note">How many configurations were good; this drill is the last.</p>'
        f'<figure class="drawn"><ol class="drills">\n{"".join(items)}</ol></figure>',
    )


def _table(report: DrillReport) -> str:
    headings = "".join(
        f'<th scope="col" role="columnheader">{_text(heading)}</th>' for heading in _HEADINGS
    )
    rows = "\n".join(_table_row(result, report) for result in report.worst_first)
    # Shown as blocks on a telephone, a table is none any more to some screen readers: hence roles.
    return _section(
        "All configurations",
        f"""\
<table role="table">
<caption>Those that need attention first</caption>
<thead role="rowgroup"><tr role="row">{headings}</tr></thead>
<tbody role="rowgroup">
{rows}
</tbody>
</table>
""",
    )


def _table_row(result: DrillResult, report: DrillReport) -> str:
    restored = _text(size_text(result.bytes_restored))
    if result.files_restored is not None:
        restored += f"<br><small>{_text(f'{result.files_restored} files')}</small>"
    where = ""
    if result.path is not None:
        machine = result.destination_machine or f"agent {result.destination_id}"
        restore = "" if result.restore_id is None else f"Restore {result.restore_id} to "
        where = f"<br><small>{_text(f'{restore}{machine}: {result.path}')}</small>"
    cells = (
        _name(_machine(result)),
        _text(time_text(result.newest_time or result.backup_time)),
        _text(duration_text(result.age)),
        f"<span>{restored}</span>",
        _text(duration_text(result.duration)),
    )
    labelled = "".join(
        f'<td role="cell" data-label="{heading}">{cell}</td>'
        for heading, cell in zip(_HEADINGS[2:-1], cells, strict=True)
    )
    return (
        f'<tr role="row"><td role="cell" class="verdict {_tone(result.verdict, report)}">'
        f"{_text(label(result.verdict, report))}</td>"
        f'<th scope="row" role="rowheader">{_name(result.title)}<br>'
        f"<small>{_text(str(result.configuration_id))}</small></th>{labelled}"
        f'<td role="cell" class="why">{_text(result.reason)}{where}'
        f"{_listed(result.errors, result.error_count)}{_verified(result.verification)}</td></tr>"
    )


def _verified(found: Verification | None) -> str:
    """Say what was verified, and what was found."""
    if found is None:
        return ""
    told = []
    if found.comparison is not None:
        expected, same = found.comparison.expected, found.comparison.same
        told.append(
            f"{same.files} of {expected.files} files and {size_text(same.size)} of "
            f"{size_text(expected.size)} are as the manifest says"
        )
        told += [
            f"{name.replace('_', ' ')}: {', '.join(tally.paths[:3])}"
            for name, tally in found.comparison.differences.items()
        ]
    told += [
        f"{'met' if one.met else 'not met'}: {one.text} ({one.found})" for one in found.expectations
    ]
    if found.exit_code is not None:
        told.append(f"the command ended with exit code {found.exit_code}")
    if found.error is not None:
        told.append(found.error)
    by = found.verified_by.replace("+", " and ")
    took = duration_text(found.duration)
    return f"<br><small>{_text(f'Verified by {by} in {took}')}</small>{_listed(told, len(told))}"


def _listed(lines: Iterable[str], count: int) -> str:
    items = [f"<li>{_text(line)}</li>" for line in lines]
    if not items:
        return ""
    more = count - len(items)
    if more > 0:
        items.append(f"<li>and {more} more</li>")
    return f"<ul>{''.join(items)}</ul>"


def _footer(report: DrillReport) -> str:
    by = report.provenance
    ran = ""
    if by is not None:
        tool = f"{by.tool} {by.tool_version or 'of an unknown version'}"
        ran = (
            f"Run by {_name(by.user)} on {_name(by.host)} with "
            f"{_text(f'{tool}, {by.python}, {by.platform}')}. "
        )
    digest = json_document(report)["sha256"]
    return f"<small>{ran}The SHA-256 of this drill's JSON report is <code>{digest}</code>.</small>"


def _section(title: str, body: str) -> str:
    return f"<section>\n<h2>{title}</h2>\n{body}</section>\n"


def _row(result: DrillResult, bars: str, text: str) -> str:
    name = f"{_name(result.title, _machine(result))}"
    return (
        f'<li>{name}<span class="track" aria-hidden="true">{bars}</span>'
        f'<span class="number">{_text(text)}</span></li>\n'
    )


def _bar(tone: str, title: str = "", **places: str) -> str:
    style = ";".join(f"--{name}:{value}" for name, value in places.items())
    titled = f' title="{_text(title)}"' if title else ""
    return f'<span class="bar {tone}" style="{style}"{titled}></span>'


def _only(shown: int, total: int, what: str) -> str:
    if shown == total:
        return ""
    return f'<p class="note">{shown} of {total} {what}; all are in the table below.</p>'


def _percent(part: timedelta, whole: timedelta) -> str:
    return f"{100 * min(max(part / whole, 0), 1):.2f}%"


def _promise(result: DrillResult, report: DrillReport) -> timedelta | None:
    return result.max_age or report.max_age


def _machine(result: DrillResult) -> str:
    return result.machine or f"agent {result.agent_id}"


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M:%S}"


def _tone(verdict: Verdict, report: DrillReport) -> str:
    if verdict.is_good:
        return "fair" if report.max_age is None else "good"
    return "fair" if verdict in _FAIR else "bad"


def _name(name: str, besides: str = "") -> str:
    """Write a name that somebody else chose, whichever way its letters run."""
    small = f' <small class="name">{_text(besides)}</small>' if besides else ""
    return f'<span class="name" dir="auto">{_text(name)}{small}</span>'


def _text(text: str) -> str:
    return escape(printable(text))
