"""`cloud-backup drill show`, `compare` and `schema`: what can be done with reports of drills."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from attrs import frozen

from cloud_backup.commandline.commands.drill import print_report, report_option, write_reports
from cloud_backup.commandline.options.groups import Verb
from cloud_backup.commandline.rendering.output import print_data, print_list
from cloud_backup.commandline.running.exit_codes import CommandFailed, ExitCode
from cloud_backup.commandline.running.invocation import Invocation, pass_invocation
from cloud_backup.commandline.running.printable import one_line
from cloud_backup.drill import (
    Change,
    ConfigurationChange,
    DrillReport,
    ReportComparison,
    ReportDamaged,
    compare_reports,
)
from cloud_backup.drill.duration_text import duration_text
from cloud_backup.drill.reports import read_json_report, report_schema
from cloud_backup.drill.reports.wording import size_text, time_text

__all__ = ["compare", "schema", "show"]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("show", cls=Verb)
@click.argument("file", metavar="REPORT", type=_FILE)
@click.argument("earlier", metavar="[EARLIER]...", nargs=-1, type=_FILE)
@report_option
@pass_invocation
def show(
    invocation: Invocation,
    *,
    file: Path,
    earlier: tuple[Path, ...],
    reports: tuple[tuple[str, Path], ...],
) -> None:
    """Print the JSON report of a drill again, or make the other kinds of report from it.

    It is checked to be as it was written. A page of HTML shows the drills of the EARLIER reports
    as well. No credentials are needed, and nothing is sent.

    Examples:
      cloud-backup drill show drill.json
      cloud-backup drill show drill.json --report html:drill.html
      cloud-backup drill show november.json october.json september.json --report html:year.html
    """
    read = _read(file)
    before = [_read(each) for each in earlier]
    for path, one in zip(earlier, before, strict=True):
        if one.started > read.started:
            raise click.UsageError(f"the drill in {path} is later than that in {file}: swap them")
    print_report(invocation, read)
    write_reports(invocation, reports, read, before)


@click.command("compare", cls=Verb)
@click.argument("earlier", type=_FILE)
@click.argument("later", type=_FILE)
@pass_invocation
def compare(invocation: Invocation, *, earlier: Path, later: Path) -> None:
    """Say what has changed from one drill to a later one, by their JSON reports.

    What got worse comes first: a verdict, or less than half of the files or bytes restored; then
    what is gone, new, better and the same. The exit code is 5 if anything got worse. No
    credentials are needed, and nothing is sent.

    Examples:
      cloud-backup drill compare october.json november.json
      cloud-backup drill compare october.json november.json -o json
    """
    found = compare_reports(_read(earlier), _read(later))
    match invocation.output:
        case "table":
            _print_table(invocation, found)
        case "csv":
            print_list(invocation, ConfigurationChange, found.changes, ())
        case _:
            counts = {str(change): count for change, count in found.counts.items()}
            print_data(
                invocation, {"is_worse": found.is_worse, "counts": counts, **found.to_json()}
            )
    if found.is_worse:
        counted = found.counts[Change.WORSE]
        raise CommandFailed(
            f"{counted} of {len(found.changes)} configurations got worse", ExitCode.NOT_COMPLETED
        )


@click.command("schema", cls=Verb)
def schema() -> None:
    """Print the JSON Schema of the JSON report.

    Example:
      cloud-backup drill schema > report.schema.json
    """
    click.echo(report_schema(), nl=False)


def _read(file: Path) -> DrillReport:
    try:
        return read_json_report(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise CommandFailed(f"{file}: this is no report of a drill") from None
    except ReportDamaged as damaged:
        raise CommandFailed(
            f"{file}: {damaged}", hint="give a file that `--report json:FILE` wrote"
        ) from None


@frozen(kw_only=True)
class _Row:
    """A change, as a row of a table."""

    change: str
    configuration: str
    machine: str
    verdict: str
    age: str
    took: str
    files: str
    size: str


def _row(change: ConfigurationChange) -> _Row:
    name = change.configuration_name or "configuration"
    return _Row(
        change=str(change.change),
        configuration=one_line(f"{name} ({change.configuration_id})"),
        machine=one_line(change.machine or "-"),
        verdict=_both(change.earlier_verdict, change.verdict, _plain),
        age=_both(change.earlier_age, change.age, duration_text),
        took=_both(change.earlier_duration, change.duration, duration_text),
        files=_both(change.earlier_files, change.files, _plain),
        size=_both(change.earlier_bytes, change.bytes, size_text),
    )


def _both(before: Any, after: Any, text: Callable[[Any], str]) -> str:
    first, second = text(before), text(after)
    return second if first == second else f"{first} → {second}"


def _plain(value: object) -> str:
    return "-" if value is None else str(value).replace("_", " ")


def _print_table(invocation: Invocation, found: ReportComparison) -> None:
    click.echo(f"Earlier  {time_text(found.earlier_started)}  {one_line(found.earlier_drill_id)}")
    click.echo(f"Later    {time_text(found.started)}  {one_line(found.drill_id)}")
    if found.earlier_max_age != found.max_age:
        promised = _both(found.earlier_max_age, found.max_age, duration_text)
        click.echo(f"Promised age: {promised}")
    click.echo()
    print_list(invocation, _Row, [*map(_row, found.changes)], tuple(_Row.__annotations__))
    for change in found.changes:
        if change.reason:
            name = change.configuration_name or "configuration"
            click.echo(one_line(f"\n{name} ({change.configuration_id}): {change.reason}"))
    counted = ", ".join(f"{count} {change}" for change, count in found.counts.items())
    click.echo(f"\n{counted or 'There is nothing to compare.'}")
