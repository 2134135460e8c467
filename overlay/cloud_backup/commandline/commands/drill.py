"""`cloud-backup drill`: are there backups, how old are they, and can they be restored?"""

import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from cloud_backup.commandline.options.groups import VerbGroup, yes_option
from cloud_backup.commandline.options.naming import id_or_name
from cloud_backup.commandline.options.passphrases import (
    passphrase_is_given,
    passphrase_options,
    read_passphrase,
)
from cloud_backup.commandline.options.plan_file import PLAN, PlanFile
from cloud_backup.commandline.options.types import CONFIGURATION, DURATION, MACHINE, NEW_FILE
from cloud_backup.commandline.options.verifying import verify_options
from cloud_backup.commandline.options.waiting import interval_option
from cloud_backup.commandline.rendering.drill_progress import show_drill
from cloud_backup.commandline.rendering.output import print_data, print_list, replacing
from cloud_backup.commandline.running.exit_codes import CommandFailed, ExitCode
from cloud_backup.commandline.running.invocation import Invocation, pass_invocation
from cloud_backup.drill import (
    Drill,
    DrillOptions,
    DrillPlan,
    DrillReport,
    DrillResult,
    JournalMismatch,
    NotVerifiable,
    PlannedConfiguration,
    PlannedDrill,
    UnknownChoice,
    Verify,
    drills_in,
)
from cloud_backup.drill.reports import (
    html_report,
    json_document,
    json_report,
    junit_report,
    table_report,
)

if TYPE_CHECKING:
    from cloud_backup import Secret

__all__ = ["drill", "print_report", "report_option", "write_reports"]

_FORMATS: Final[dict[str, Callable[[DrillReport], str]]] = {
    "html": html_report,
    "json": json_report,
    "junit": junit_report,
    "table": table_report,
}

_JOURNAL: Final = "cloud-backup-drill.jsonl"

_PASSPHRASE: Final = "CLOUD_BACKUP_PASSPHRASE_"  # noqa: S105 - a variable's name
"""What the environment variable with an agent's passphrase begins with; its id follows."""


class _Report(click.ParamType[tuple[str, Path]]):
    """A format and a file, as in `html:drill.html`."""

    name = "report"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Path]:
        """Read a format and a file, which must be one that can be there."""
        if isinstance(value, tuple):
            return value
        kind, colon, name = value.partition(":")
        if kind not in _FORMATS or not colon or not name:
            known = ", ".join(f"{format_}:FILE" for format_ in _FORMATS)
            self.fail(f"invalid report {value!r}: expected one of {known}", param, ctx)
        return kind, NEW_FILE.convert(name, param, ctx)


report_option: Final = click.option(
    "--report",
    "reports",
    type=_Report(),
    multiple=True,
    metavar="FORMAT:FILE",
    help="Write a report: html, json, junit or table, a colon, a file. Repeatable.",
)
"""Gives a command `reports`."""

_ON_REPORTS: Final = {
    "show": "Print a JSON report again, or make others from it.",
    "compare": "Say what has changed from one drill to a later one.",
    "schema": "Print the JSON Schema of the JSON report.",
}


@click.group("drill", cls=VerbGroup, summaries=_ON_REPORTS)
@click.option(
    "--plan",
    "plan_file",
    type=PLAN,
    metavar="FILE",
    help="What to test and how, from a file of YAML.",
)
@click.option("--max-age", type=DURATION, help="How old the newest backup may be: 26h, 7d.")
@click.option("--check-only", is_flag=True, help="Check the ages, and restore nothing.")
@click.option(
    "--configuration",
    "configurations",
    type=CONFIGURATION,
    multiple=True,
    help="Only this one, by name or id. Repeatable.",
)
@click.option(
    "--agent",
    "agents",
    type=MACHINE,
    multiple=True,
    help="Only those of this machine, by name or agent id. Repeatable.",
)
@click.option(
    "--to",
    "destination",
    type=MACHINE,
    help="Restore everything to this machine; by default each to its own.",
)
@click.option(
    "--path",
    metavar="FOLDER",
    help="Restore below this folder of the machine, instead of the usual one.",
)
@click.option(
    "--journal",
    type=click.Path(dir_okay=False, path_type=Path),
    default=_JOURNAL,
    show_default=True,
    metavar="FILE",
    help="Where a drill keeps its progress, to go on from if it is stopped.",
)
@report_option
@click.option(
    "--deadline",
    type=DURATION,
    default="24h",
    show_default=True,
    help="How long a restore may take before it is stopped.",
)
@click.option(
    "--patience",
    type=DURATION,
    default="3m",
    show_default=True,
    help="How long an agent may take to come online.",
)
@click.option(
    "--concurrency",
    type=click.IntRange(min=1),
    default=8,
    show_default=True,
    help="How many restores may run at once, one on each machine.",
)
@verify_options
@interval_option
@click.option("--clean-up", is_flag=True, help="On Ctrl-C, stop the restores that are running.")
@passphrase_options()
@yes_option
@pass_invocation
def drill(
    invocation: Invocation,
    *,
    plan_file: PlanFile | None,
    max_age: timedelta | None,
    check_only: bool,
    verify: Verify | None,
    configurations: tuple[str, ...],
    agents: tuple[str, ...],
    destination: str | None,
    path: str | None,
    journal: Path,
    reports: tuple[tuple[str, Path], ...],
    deadline: timedelta,
    patience: timedelta,
    concurrency: int,
    interval: float,
    clean_up: bool,
    yes: bool,
) -> None:
    """Prove that backups can be restored: restore the newest of each to a scratch folder.

    Of every configuration, or of those chosen, it says whether there is a backup, whether it is as
    recent as --max-age promises, and whether a restore of it completes. Many are restored at once,
    never two on one machine. Nothing is overwritten; what was restored stays in its folder.

    "restored" means that the service says so, "passed" that the bytes were verified: against a
    manifest (--verify), expectations (--expect), or by a command of yours (--verify-command).

    After an interruption, the same command resumes it. The exit code is 0 if every
    verdict is good, 5 if one isn't, and 130 if it was stopped by Ctrl-C.

    The passphrase of an encrypted backup comes from CLOUD_BACKUP_PASSPHRASE_ and the agent's id
    in the environment, or else from --passphrase-file or --passphrase-env.

    Examples:
      cloud-backup drill --max-age 26h --check-only
      cloud-backup drill --max-age 26h --report junit:drill.xml --report html:drill.html --yes
      cloud-backup drill --agent MBP0 --to web2 --path /scratch
      cloud-backup drill --plan drill.yaml --yes
      cloud-backup drill --configuration web --verify web.manifest --yes
      cloud-backup drill compare october.json november.json
    """
    if check_only and verify is not None:
        raise click.UsageError("--check-only restores nothing, so there is nothing to verify")
    if any(file.resolve() == journal.resolve() for _, file in reports):
        raise click.UsageError(f"{journal} is the journal: give the report another file")
    options = DrillOptions(
        max_age=max_age,
        configurations=tuple(map(id_or_name, configurations)),
        agents=tuple(map(id_or_name, agents)),
        destination=None if destination is None else id_or_name(destination),
        path=path,
        check_only=check_only,
        verify=verify,
    )
    if plan_file is not None and options != DrillOptions():
        raise click.UsageError(
            "--plan says what to test and where to: give nothing of that besides"
        )
    plan = DrillPlan(selections=[options]) if plan_file is None else plan_file.plan
    everywhere = read_passphrase(invocation, "the backups") if passphrase_is_given() else None

    def passphrase_of(planned: PlannedConfiguration) -> "Secret | str | None":
        return invocation.environ.get(f"{_PASSPHRASE}{planned.agent_id}") or everywhere

    def agree(planned: PlannedDrill) -> None:
        with _interrupted_at_once():
            _agree(invocation, plan, planned, yes=yes)

    with show_drill(invocation, is_promised=plan.max_age is not None) as shown:
        prepared = Drill(
            invocation.client,
            plan,
            journal=journal,
            new=True,
            passphrases=passphrase_of,
            concurrency=concurrency,
            deadline=deadline,
            patience=patience,
            poll_interval=interval,
            clean_up=clean_up,
            on_plan=agree,
            on_change=shown,
        )
        with _stopped_by_signals(prepared):
            try:
                report = prepared.run()
            except UnknownChoice as unknown:
                raise _not_there(unknown, plan_file) from None
            except NotVerifiable as problem:
                raise CommandFailed(
                    f"what is restored couldn't be verified: {problem}",
                    ExitCode.WRONG_USAGE,
                    hint="nothing was restored",
                ) from None
            except JournalMismatch as mismatch:
                raise CommandFailed(
                    str(mismatch),
                    ExitCode.WRONG_USAGE,
                    hint="finish that drill with its own options, or name another --journal",
                ) from None
    print_report(invocation, report)
    write_reports(invocation, reports, report, _earlier(journal, report))
    _judge(invocation, report, journal)


def _not_there(unknown: UnknownChoice, plan_file: PlanFile | None) -> CommandFailed:
    listed = "agents" if unknown.what in {"agent", "destination"} else "configurations"
    where = ""
    if plan_file is not None:
        line = plan_file.line(("selections", unknown.selection))
        where = f"{plan_file.path}: selection in line {line}: "
    return CommandFailed(
        f"{where}{unknown}",
        ExitCode.NOT_FOUND,
        hint=f"`cloud-backup {listed} list` has what is there",
    )


def _agree(invocation: Invocation, plan: DrillPlan, planned: PlannedDrill, *, yes: bool) -> None:
    """Say what is going to be done, and ask whether to go on.

    Raises:
        CommandFailed: It isn't to be done.
    """
    for selected in planned.selections if len(planned.selections) > 1 or planned.waiting else ():
        taken = f", {selected.taken} of them as an earlier selection says" if selected.taken else ""
        invocation.say(
            f"{selected.title}: {selected.matched} configurations{taken}; "
            f"{selected.tested} tested in this drill"
        )
    restored = {
        each: plan.selections[each.selection]
        for each in planned.configurations
        if not plan.selections[each.selection].check_only
    }
    if not restored:
        return
    machines = {
        "its own machine"
        if options.destination is None
        else each.destination_machine or f"agent {each.destination_id}"
        for each, options in restored.items()
    }
    folders = {
        each.path.removesuffix(f"{each.configuration_id}")[:-1].removesuffix(planned.drill_id)[:-1]
        for each in restored
    }
    is_newest = all(options.window is None for options in restored.values())
    invocation.confirm(
        f"{'The newest' if is_newest else 'A'} backup of each configuration is restored in full "
        f"to a new folder below {' or '.join(sorted(folders))} on {' or '.join(sorted(machines))}, "
        "and stays there.",
        "Begin the drill",
        yes=yes,
    )


@contextmanager
def _interrupted_at_once() -> Iterator[None]:
    """Let Ctrl-C end a question, while nothing has started yet."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _stopped_by_signals(prepared: Drill) -> Iterator[None]:
    """Let Ctrl-C and a plain kill end a drill in order; a second one ends it at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    # What a shell runs in the background is to ignore Ctrl-C.
    before = {number: was for number, was in before.items() if was is not signal.SIG_IGN}

    def stop(number: int, frame: object) -> None:
        del number, frame
        prepared.stop()
        restore()

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        restore()


def write_reports(
    invocation: Invocation,
    reports: Sequence[tuple[str, Path]],
    report: DrillReport,
    earlier: Sequence[DrillReport],
) -> None:
    """Write all reports that can be written, and then fail if one can't.

    Args:
        invocation: How to tell of it.
        reports: The formats and files.
        report: The report.
        earlier: Earlier drills, which a page shows as well.

    Raises:
        CommandFailed: One can't be.
    """
    problems = []
    for kind, file in reports:
        text = html_report(report, earlier=earlier) if kind == "html" else _FORMATS[kind](report)
        try:
            with replacing(file) as new:
                new.write(text)
        except OSError as error:
            problems.append(f"{file}: {error.strerror or error}")
        else:
            invocation.say(f"{file} has the report")
    if problems:
        raise CommandFailed(
            f"not all reports could be written: {'; '.join(problems)}",
            hint="what is printed has all of it",
        )


def _earlier(journal: Path, report: DrillReport) -> list[DrillReport]:
    """Read the drills of the same account that are in the journal before this one."""
    try:
        found = drills_in(journal)
    except OSError:  # the report is worth more than what was before
        return []
    return [one for one in found if one.account == report.account and one.started < report.started]


def print_report(invocation: Invocation, report: DrillReport) -> None:
    """Print a report.

    Args:
        invocation: How to print.
        report: The report.
    """
    match invocation.output:
        case "table":
            click.echo(table_report(report, width=_terminal_width()), nl=False)
        case "csv":
            print_list(invocation, DrillResult, report.worst_first, ())
        case _:
            print_data(invocation, json_document(report))


def _terminal_width() -> int | None:
    """Say how many columns there are; None if it isn't a terminal that is printed to."""
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    return shutil.get_terminal_size().columns if is_terminal else None


def _judge(invocation: Invocation, report: DrillReport, journal: Path) -> None:
    """Fail unless every verdict is good."""
    if not report.is_finished:
        raise CommandFailed(
            "the drill was stopped",
            ExitCode.INTERRUPTED,
            hint=f"the same command resumes it from {journal}",
        )
    if not report.results:
        raise CommandFailed("there was no configuration to test", ExitCode.NOT_FOUND)
    bad = sum(not result.is_good for result in report.results)
    hint = "no age was promised: --max-age, or max_age in a plan, is how old a backup may be"
    if bad:
        raise CommandFailed(
            f"{bad} of {len(report.results)} configurations need attention",
            ExitCode.NOT_COMPLETED,
            hint=hint if report.max_age is None else "",
        )
    if report.max_age is None:
        invocation.say(hint)
