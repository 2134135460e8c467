"""From what became of a configuration to its verdict."""

from datetime import datetime, timedelta
from typing import Final

from attrs import evolve

from cloud_backup.drill.verdict import DrillResult, Verdict
from cloud_backup.drill.work import CANCELLED, OVERDUE, Work
from cloud_backup.states import RestoreState
from cloud_backup_api.models import ReportError, RestoreReport

__all__ = ["judge_age", "judge_restore", "result_of"]

_MOST_ERRORS: Final = 20


def result_of(
    work: Work, verdict: Verdict, reason: str, *, made: datetime, ended: datetime | None
) -> DrillResult:
    """Say what is known about a configuration, with a verdict.

    Args:
        work: What was done about it.
        verdict: The verdict.
        reason: Why, in a sentence.
        made: When the drill was planned: ages are of then.
        ended: When the verdict was reached; None where it may change.
    """
    planned, began = work.planned, work.began
    backup_time = planned.backup_time if began is None else began.backup_time
    started = None if began is None else began.started
    return DrillResult(
        configuration_id=planned.configuration_id,
        configuration_name=planned.configuration_name,
        agent_id=planned.agent_id,
        machine=planned.machine,
        verdict=verdict,
        reason=reason,
        backup_id=None if began is None else began.backup_id,
        backup_time=backup_time,
        age=None if backup_time is None else max(timedelta(0), made - backup_time),
        destination_id=planned.destination_id,
        destination_machine=planned.destination_machine,
        path=None if began is None else planned.path,
        restore_id=work.restore_id,
        state=work.state,
        started=started,
        ended=ended,
        duration=None if started is None or ended is None else ended - started,
    )


def judge_age(result: DrillResult, max_age: timedelta | None) -> DrillResult:
    """Take back what is otherwise good, where the backup is older than promised."""
    if max_age is None or result.age is None or result.age <= max_age or not result.is_good:
        return result
    restored = " It was restored without errors." if result.verdict is Verdict.PASSED else ""
    reason = f"The newest backup is {_text(result.age)} old, but {_text(max_age)} was promised."
    return result.with_verdict(Verdict.TOO_OLD, reason + restored)


def judge_restore(
    work: Work,
    report: RestoreReport | None,
    *,
    max_age: timedelta | None,
    made: datetime,
    ended: datetime,
) -> DrillResult:
    """Judge a restore that is done.

    Args:
        work: What was done, and the state that the restore ended in.
        report: The service's report of it; None where it has none.
        max_age: How old the backup may be; None for any age.
        made: When the drill was planned.
        ended: When the restore was seen to be done.
    """
    verdict, reason = _ending(work)
    if report is None and verdict is Verdict.PASSED:
        verdict = Verdict.ERROR
        reason = "The restore ended Completed, but its report, which tells errors, can't be had."
    if report is not None and verdict is Verdict.PASSED:
        if report.errors:
            verdict = Verdict.COMPLETED_WITH_ERRORS
            reason = (
                f"The restore ended Completed, but there are {report.errors} errors in its report."
            )
        elif not report.files_restored:
            reason = "The newest backup was restored without errors, but there was no file in it."
    result = result_of(work, verdict, reason, made=made, ended=ended)
    if report is not None:
        said = [text for text in (report.reason, report.diagnostics) if text]
        if not (verdict.is_good or work.state == RestoreState.COMPLETED) and said:
            reason = f"{reason} The service says: {', '.join(said)}."
        result = evolve(
            result,
            reason=reason,
            # The service's own times; a drill only looks now and then.
            started=report.start_time or result.started,
            ended=report.completed_time or result.ended,
            duration=report.duration,
            files_restored=report.files_restored,
            bytes_restored=int(report.bytes_restored),
            error_count=report.errors,
            errors=tuple(_error(error) for error in report.error_list[:_MOST_ERRORS]),
        )
    return judge_age(result, max_age)


def _ending(work: Work) -> tuple[Verdict, str]:
    why = None if work.began is None else work.began.stopping
    if work.state == RestoreState.COMPLETED:
        return Verdict.PASSED, "The newest backup was restored without errors."
    if work.state == RestoreState.COMPLETED_WITH_ERRORS:
        return Verdict.COMPLETED_WITH_ERRORS, "The restore was completed, but with errors."
    if work.state == RestoreState.STOPPED and why == OVERDUE:
        return Verdict.TIMED_OUT, "The restore wasn't done within its deadline, and was stopped."
    if work.state == RestoreState.STOPPED and why == CANCELLED:
        return Verdict.NOT_TESTED, "The restore was stopped, since the drill was."
    return Verdict.RESTORE_FAILED, f"The restore ended {work.state}."


def _error(error: ReportError) -> str:
    said = [text for text in (error.path, error.description, error.details) if text]
    return ": ".join(dict.fromkeys(said)) or "an error without a description"


def _text(duration: timedelta) -> str:
    """Say a duration as people do, to the two largest units."""
    seconds = int(duration.total_seconds())
    units = [(seconds // 86_400, "d"), (seconds // 3_600 % 24, "h"), (seconds // 60 % 60, "min")]
    units.append((seconds % 60, "s"))
    first = next((i for i, (count, _) in enumerate(units) if count), len(units) - 1)
    told = [f"{count} {unit}" for count, unit in units[first : first + 2] if count]
    return " ".join(told) or "0 s"
