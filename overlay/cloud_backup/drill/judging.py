"""The verdict on a configuration, from what happened to it."""

import math
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from attrs import evolve

from cloud_backup.drill.comparison import Tally
from cloud_backup.drill.drill_clock import CLOCKS_DIFFER
from cloud_backup.drill.duration_text import duration_text
from cloud_backup.drill.evidence import Testimony, contradictions, is_foreign
from cloud_backup.drill.verdict import DrillResult, Verdict
from cloud_backup.drill.verification import Verification
from cloud_backup.drill.work import CANCELLED, OVERDUE, Work
from cloud_backup.states import RestoreState
from cloud_backup_api.models import ReportError

__all__ = [
    "judge_age",
    "judge_duration",
    "judge_restore",
    "judge_verification",
    "latest",
    "result_of",
]

_MOST_ERRORS: Final = 20


def result_of(
    work: Work,
    verdict: Verdict,
    reason: str,
    *,
    made: datetime,
    ended: datetime | None,
    passed: float = 0.0,
) -> DrillResult:
    """Say what is known about a configuration, with a verdict.

    Args:
        work: What was done about it.
        verdict: The verdict.
        reason: Why, in a sentence.
        made: When the drill was planned: ages are of then.
        ended: When the verdict was reached; None if it may change.
        passed: How many seconds the drill had been running for then.
    """
    planned, began = work.planned, work.began
    known = work.newest_time or planned.backup_time
    backup_time = known if began is None else began.backup_time
    newest_time = backup_time if began is None else began.newest_time or backup_time
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
        newest_time=newest_time,
        age=None if newest_time is None else _age(newest_time, made),
        max_age=work.options.max_age,
        destination_id=planned.destination_id,
        destination_machine=planned.destination_machine,
        path=None if began is None else planned.path,
        restore_id=work.restore_id,
        state=work.state,
        started=started,
        ended=ended,
        duration=(
            timedelta(milliseconds=round(1000 * (passed - began.started_after)))
            if began is not None and started is not None and ended is not None
            else None
        ),
        max_duration=work.options.max_duration,
    )


def _age(backup_time: datetime, made: datetime) -> timedelta | None:
    """Return a backup's age; None if its date is in the future, and so can't be trusted."""
    age = made - backup_time
    return None if age < -CLOCKS_DIFFER else max(timedelta(0), age)


def latest(now: datetime, made: datetime, passed: float) -> datetime:
    """Return the latest possible time: the machine's clock may have been set back.

    Args:
        now: The time of day.
        made: The time of day when the drill was planned.
        passed: How many seconds the drill has been running for since.
    """
    return max(now, made + timedelta(seconds=passed))


def judge_age(
    result: DrillResult, max_age: timedelta | None, *, listed: datetime | None, now: datetime
) -> DrillResult:
    """Take back what is otherwise good, if the backup's age isn't what was promised, or certain.

    Args:
        result: What is said without regard to the age.
        max_age: How old the backup may be; None for no promise.
        listed: When the newest backup completed by the list of those that can be restored.
        now: The time at the latest.
    """
    completed, verdict, reasons = result.newest_time, result.verdict, [result.reason]
    if completed is None:
        return result
    doubts = []
    if completed > now + CLOCKS_DIFFER:
        doubts.append(
            f"The newest backup is dated {_day(completed)}, which is in the future: its age isn't "
            "known, since that date or this machine's clock is wrong."
        )
    if listed is not None and listed > completed + CLOCKS_DIFFER:
        doubts.append(
            f"The list of available backups has one of {_day(listed)}, but the newest that is "
            f"completed is of {_day(completed)}."
        )
    age = "" if result.age is None else duration_text(result.age)
    is_old = max_age is not None and result.age is not None and result.age > max_age
    if not result.is_good:
        pass
    elif is_old and max_age is not None:
        verdict = Verdict.TOO_OLD
        reasons = [f"The newest backup is {age} old, but {duration_text(max_age)} was promised."]
        if result.verdict is not Verdict.CHECKED:
            reasons.append(result.reason.replace("The newest backup was", "It was", 1))
    elif doubts:
        verdict = Verdict.ERROR
    elif max_age is None and result.verdict is Verdict.CHECKED:
        verdict = Verdict.NOT_TESTED
        reasons = [
            f"The newest backup is {age} old; no age was promised, and no restore asked for."
        ]
    elif max_age is None:
        reasons.append(f"It is {age} old; no age was promised.")
    return result.with_verdict(verdict, " ".join([*reasons, *doubts]))


def judge_duration(result: DrillResult) -> DrillResult:
    """Take back what is good, or only too old, if the restore took longer than was promised."""
    took, most = result.duration, result.max_duration
    if took is None or most is None or took <= most:
        return result
    if not (result.is_good or result.verdict is Verdict.TOO_OLD):
        return result
    told = f"The restore took {duration_text(took)}, but {duration_text(most)} was promised."
    return result.with_verdict(Verdict.TOO_SLOW, f"{result.reason} {told}")


def judge_restore(
    work: Work,
    said: Testimony,
    *,
    made: datetime,
    ended: datetime,
    passed: float,
) -> DrillResult:
    """Judge a restore that is done, without regard to the backup's age.

    Args:
        work: What was done, and the state that the restore ended in.
        said: What the service says of it.
        made: When the drill was planned.
        ended: When the restore was seen to be done.
        passed: How many seconds the drill had been running for then.
    """
    verdict, reason = _ending(work)
    report = said.report
    found = contradictions(work, said, now=latest(ended, made, passed))
    if verdict is Verdict.RESTORED and None in (report, said.details):
        what = "report, which lists errors, isn't" if report is None else "details aren't"
        found.append((Verdict.ERROR, f"its {what} available"))
    if found:
        if verdict is Verdict.RESTORED:
            reason = "The restore ended Completed."
        reason = f"{reason.removesuffix('.')}, but {'; '.join(text for _, text in found)}."
        verdict = max([verdict, *(worst for worst, _ in found)], key=list(Verdict).index)
    result = result_of(work, verdict, reason, made=made, ended=ended, passed=passed)
    if report is not None and is_foreign(work, said):
        # Nothing in it is of this restore.
        report = None
    if report is not None:
        words = [text for text in (report.reason, report.diagnostics) if text]
        if not (verdict.is_good or work.state == RestoreState.COMPLETED) and words:
            reason = f"{reason} The service says: {', '.join(words)}."
        result = evolve(
            result,
            reason=reason,
            # The service's own times; a drill only looks now and then.
            started=report.start_time or result.started,
            ended=report.completed_time or result.ended,
            duration=report.duration,
            files_restored=report.files_restored,
            bytes_restored=int(report.bytes_restored),
            error_count=max(report.errors, len(report.error_list)),
            errors=tuple(_error(error) for error in report.error_list[:_MOST_ERRORS]),
        )
    return result


def judge_verification(result: DrillResult, found: Verification) -> DrillResult:
    """Judge a restore that was verified, without regard to the backup's age.

    Args:
        result: What is said of the restore.
        found: What was found where it was restored to.
    """
    if found.error is not None:
        verdict, reason = Verdict.VERIFICATION_ERROR, f"It couldn't be verified: {found.error}"
    elif found.is_good:
        verdict, reason = Verdict.PASSED, f"It was verified: {'; '.join(_proofs(found))}"
    else:
        where = "" if found.folder is None else f" in {found.folder}"
        faults = "; ".join(_faults(found))
        verdict = Verdict.VERIFICATION_FAILED
        reason = f"What is there{where} isn't what was expected: {faults}"
    if not (verdict is Verdict.PASSED and result.verdict is Verdict.RESTORED):
        verdict = max(verdict, result.verdict, key=list(Verdict).index)
    reason = f"{result.reason} {reason.removesuffix('.')}."
    return evolve(result, verdict=verdict, reason=reason, verification=found)


def _proofs(found: Verification) -> Iterator[str]:
    if found.comparison is not None:
        same = found.comparison.same
        yield f"all {_count(same)}, {same.size:,} bytes, are as in the manifest"
    if found.expectations:
        yield f"it is all as expected ({len(found.expectations)} checks)"
    if found.exit_code is not None:
        yield "the command ended with exit code 0"


def _faults(found: Verification) -> Iterator[str]:
    compared = found.comparison
    if compared is not None and not compared.is_same:
        for name, tally in compared.differences.items():
            yield f"{_count(tally)} {_DIFFERENCES[name]}, such as {tally.paths[0]}"
        # Cut off, since only all of it is 100 per cent.
        files, size = (
            math.floor(100 * percent) / 100
            for percent in (compared.percent_of_files, compared.percent_of_bytes)
        )
        yield f"{files:g} % of the files and {size:g} % of the bytes are as in the manifest"
        if found.folder is not None and compared.missing == compared.expected:
            yield "nothing is in that folder, so is the manifest of another one?"
    for each in found.expectations:
        if not each.met:
            yield f"expected {each.text}, but found {each.found}"
    if found.exit_code:
        last = (found.output.strip().splitlines() or ["it printed nothing"])[-1]
        yield f"the command ended with exit code {found.exit_code}: {last}"


def _count(tally: Tally) -> str:
    counts = ((tally.files, "file"), (tally.folders, "folder"))
    told = [f"{count:,} {kind}{'s' * (count != 1)}" for count, kind in counts if count]
    return " and ".join(told) or "0 files"


_DIFFERENCES: Final[Mapping[str, str]] = {
    "missing": "missing",
    "different": "different",
    "unexpected": "not in the manifest",
    "other_mode": "with other permissions",
    "unproven": "unreadable when the manifest was written",
}


def _ending(work: Work) -> tuple[Verdict, str]:
    why = None if work.began is None else work.began.stopping
    if work.state == RestoreState.COMPLETED:
        return Verdict.RESTORED, "The newest backup was restored without errors."
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


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
