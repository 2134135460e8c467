"""A report for a browser: one page that needs nothing but itself."""

from collections.abc import Iterable
from html import escape
from typing import Final

from cloud_backup.drill.duration_text import duration_text
from cloud_backup.drill.report import DrillReport
from cloud_backup.drill.reports.wording import counts as counts_of
from cloud_backup.drill.reports.wording import (
    headline,
    is_comforting,
    label,
    printable,
    size_text,
    time_text,
)
from cloud_backup.drill.verdict import DrillResult, Verdict

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

# Verdicts are told by words first and by colours only besides. The colours keep a contrast of at
# least 4.5 to 1 on their grounds, light and dark.
_STYLE: Final = """\
:root { color-scheme: light dark; --ground: #fff; --text: #1b1f24; --faint: #57606a;
  --line: #d0d7de; --good: #116329; --bad: #a40e26; --fair: #7d4e00; }
@media (prefers-color-scheme: dark) { :root { --ground: #0d1117; --text: #e6edf3;
  --faint: #9198a1; --line: #3d444d; --good: #56d364; --bad: #ff7b72; --fair: #e3b341; } }
body { background: var(--ground); color: var(--text); margin: 2rem auto; max-width: 80rem;
  padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
.facts, caption, small { color: var(--faint); }
.headline { font-size: 1.25rem; font-weight: 600; }
.counts { display: flex; flex-wrap: wrap; gap: .75rem; list-style: none; padding: 0; }
.counts li { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem 1rem; }
.counts b { font-size: 1.5rem; margin-right: .35rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding-bottom: .5rem; }
th, td { border-bottom: 1px solid var(--line); padding: .5rem; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
thead th { overflow-wrap: normal; }
.verdict { font-weight: 600; white-space: nowrap; }
.number { white-space: nowrap; }
.good { color: var(--good); } .bad { color: var(--bad); } .fair { color: var(--fair); }
td ul { margin: .25rem 0 0; padding-left: 1.2rem; }
@media print { :root { --ground: #fff; --text: #000; --faint: #333; --line: #999;
  --good: #116329; --bad: #a40e26; --fair: #7d4e00; } body { margin: 0; max-width: none;
  font-size: 9pt; } .scroll { overflow: visible; } tr { break-inside: avoid; }
  thead { display: table-header-group; } }
"""

_FAIR: Final = frozenset({Verdict.NOT_TESTED, Verdict.TOO_OLD, Verdict.COMPLETED_WITH_ERRORS})


def html_report(report: DrillReport, *, earlier: Iterable[DrillReport] = ()) -> str:
    """Write a report as a page of HTML that a browser shows without asking for anything else.

    The verdicts are counted at the top, and the configurations listed below, the worst first. It
    is light or dark as the browser is, and can be printed.

    Args:
        report: The report.
        earlier: Earlier drills, whose verdicts are counted as well.

    Returns:
        The page, to be written as UTF-8.
    """
    before = "".join(
        f"<li>{_text(time_text(one.started))}: {_text(counts_of(one))}</li>" for one in earlier
    )
    history = f"<h2>Earlier drills</h2><ul>{before}</ul>" if before else ""
    promised = "none" if report.max_age is None else f"at most {duration_text(report.max_age)}"
    ended = "stopped before its end" if report.ended is None else f"ended {time_text(report.ended)}"
    facts = (
        f"Drill {report.drill_id}, begun {time_text(report.started)}, {ended}. "
        f"Promised age of the newest backup: {promised}. Account: {report.account}."
    )
    counts = "".join(
        f'<li class="{_tone(verdict, report)}">'
        f"<b>{count}</b> {_text(label(verdict, report))}</li>\n"
        for verdict, count in report.verdict_counts.items()
    )
    headings = "".join(f'<th scope="col">{_text(heading)}</th>' for heading in _HEADINGS)
    rows = "\n".join(_row(result, report) for result in report.worst_first)
    tone = "bad" if not report.is_good else "good" if is_comforting(report) else "fair"
    return f"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Restore drill of {_text(time_text(report.started))}</title>
<style>
{_STYLE}</style>
</head>
<body>
<header>
<h1>Restore drill</h1>
<p class="facts">{_text(facts)}</p>
</header>
<main>
<p class="headline {tone}">{_text(headline(report))}</p>
<ul class="counts" aria-label="Verdicts">
{counts}</ul>
<div class="scroll" role="region" aria-label="Configurations" tabindex="0">
<table>
<caption>Every backup configuration, those that need attention first</caption>
<thead><tr>{headings}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</div>
{history}
</main>
</body>
</html>
"""


def _row(result: DrillResult, report: DrillReport) -> str:
    files = (
        "" if result.files_restored is None else f"<br><small>{result.files_restored} files</small>"
    )
    restored = f"{_text(size_text(result.bytes_restored))}{files}"
    where = ""
    if result.path is not None:
        machine = result.destination_machine or f"agent {result.destination_id}"
        restore = "" if result.restore_id is None else f"Restore {result.restore_id} to "
        where = f"<br><small>{_text(f'{restore}{machine}: {result.path}')}</small>"
    configuration = f"{_text(result.title)}<br><small>{result.configuration_id}</small>"
    machine = result.machine or f"agent {result.agent_id}"
    tone = _tone(result.verdict, report)
    return (
        f'<tr><td class="verdict {tone}">{_text(label(result.verdict, report))}</td>'
        f'<th scope="row">{configuration}</th>'
        f"<td>{_text(machine)}</td>"
        f"<td>{_text(time_text(result.backup_time))}</td>"
        f'<td class="number">{_text(duration_text(result.age))}</td>'
        f'<td class="number">{restored}</td>'
        f'<td class="number">{_text(duration_text(result.duration))}</td>'
        f"<td>{_text(result.reason)}{where}{_errors(result.errors, result.error_count)}</td></tr>"
    )


def _errors(errors: Iterable[str], count: int) -> str:
    items = [f"<li>{_text(error)}</li>" for error in errors]
    if not items:
        return ""
    more = count - len(items)
    if more > 0:
        items.append(f"<li>and {more} more</li>")
    return f"<ul>{''.join(items)}</ul>"


def _tone(verdict: Verdict, report: DrillReport) -> str:
    if verdict.is_good:
        return "fair" if report.max_age is None else "good"
    return "fair" if verdict in _FAIR else "bad"


def _text(text: str) -> str:
    return escape(printable(text))
