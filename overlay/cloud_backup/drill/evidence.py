"""Whether what the service says of a restore can be believed.

Nothing that the service says once is proof. A restore that was created must be the one that was
asked for, or it isn't started. When it is done, what the activity, its details, its report and the
report of its backup say must be of the same restore and agree with each other.

What a service leaves out is no contradiction. If nothing can be proven without it, it is named.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import define

from cloud_backup.drill.drill_clock import CLOCKS_DIFFER
from cloud_backup.drill.duration_text import duration_text
from cloud_backup.drill.verdict import Verdict
from cloud_backup.states import BackupState, RestoreState, is_final
from cloud_backup.values.restore import RestoreFile
from cloud_backup_api.models import BackupReport, Restore, RestoreReport

if TYPE_CHECKING:
    from cloud_backup.drill.work import Work

__all__ = ["Finding", "Testimony", "contradictions", "is_foreign", "unlike_asked"]

_DATES_DIFFER: Final = timedelta(seconds=1)
"""By how much the same moment may differ, as two answers round it."""

_DURATION_DIFFERS: Final = timedelta(seconds=10)
"""By how much a duration may differ from the times that it lies between."""

_LONG_AHEAD: Final = timedelta(days=1)

_MOST_LOST: Final = 0.1
"""Which part of a size may be lost by rounding, twice to one decimal."""

_GONE_WRONG: Final = frozenset({RestoreState.FAILED, RestoreState.STOPPED})

Finding: TypeAlias = tuple[Verdict, str]
"""What a verdict can't be better than, and why, to be read after "but"."""


def unlike_asked(
    work: "Work", restore: Restore, files: Iterable[RestoreFile] = (), *, may_lack: bool
) -> list[str]:
    """Compare a restore with what was asked for.

    Args:
        work: What was asked for.
        restore: The restore, as the service has it.
        files: What it includes or excludes.
        may_lack: Whether it may say nothing of where to it restores, and whether it overwrites.

    Returns:
        What differs, each to be read after "but"; empty if nothing does.
    """
    planned, began = work.planned, work.began
    path, overwrites = restore.destination_path, restore.overwrite_files
    needed = {
        "it restores to agent": (restore.destination_machine_id, planned.destination_id),
        "it restores to folder": (path and path.rstrip("/\\"), planned.path.rstrip("/\\")),
    }
    pairs = {
        "its id is": (restore.restore_id, work.restore_id),
        "it is of backup": (restore.backup_id, None if began is None else began.backup_id),
        "it is of agent": (restore.backup_machine_id, planned.agent_id),
        "it is of configuration": (restore.backup_configuration_id, planned.configuration_id),
        **needed,
    }
    unlike = [
        f"{what} {said}, not {asked}"
        for what, (said, asked) in pairs.items()
        if said != asked and (said is not None or (what in needed and not may_lack))
    ]
    if overwrites or (overwrites is None and not may_lack):
        unlike.append("it overwrites files" if overwrites else "it doesn't say that it keeps files")
    chosen = [file.path for file in files]
    if chosen:
        unlike.append(f"it is limited to or excludes {', '.join(chosen[:3])}")
    return unlike


@define(kw_only=True)
class Testimony:
    """All that the service says of a restore that is done.

    Attributes:
        details: Its details; None if they aren't available, as for the others.
        report: Its report.
        backup: The report of the backup that was restored.
    """

    details: Restore | None = None
    report: RestoreReport | None = None
    backup: BackupReport | None = None

    @property
    def is_early(self) -> bool:
        """Whether some of it is of a restore that isn't done yet, which may pass."""
        return any(
            said is not None and not is_final(said.state) for said in (self.details, self.report)
        )


def contradictions(work: "Work", said: Testimony, *, now: datetime) -> list[Finding]:
    """Find what keeps a restore from being proven.

    Args:
        work: What was asked for, and what the activity says.
        said: All else that the service says.
        now: The time of day.

    Returns:
        What was found; empty if all agrees.
    """
    found = [(Verdict.ERROR, text) for text in _unlike_activity(work)]
    if said.details is not None:
        found += [(Verdict.ERROR, text) for text in unlike_asked(work, said.details, may_lack=True)]
    found += _states(work, said)
    found += [(Verdict.ERROR, text) for text in _unlike_backup(work, said)]
    if said.report is None:
        return found
    foreign = [(Verdict.ERROR, text) for text in _foreign(work, said, said.report)]
    times = [(Verdict.ERROR, text) for text in _times(work, said.report, now)]
    found += [*foreign, *times, *_counts(said.report)]
    # One that ended otherwise has errors, and less than all, by its own account.
    is_whole = work.state == RestoreState.COMPLETED
    return [*found, *_losses(said, said.report)] if is_whole else found


def is_foreign(work: "Work", said: Testimony) -> bool:
    """Whether a report is of another restore, so that nothing in it is worth telling."""
    return said.report is not None and any(_foreign(work, said, said.report))


def _unlike_activity(work: "Work") -> Iterator[str]:
    told, planned = work.told, work.planned
    if told is None:
        return
    for what, says, asked in (
        ("configuration", told.parent_id, planned.configuration_id),
        ("agent", told.source_machine_agent_id, planned.agent_id),
        ("backup", told.backup_id, work.began.backup_id if work.began else told.backup_id),
    ):
        if says not in (None, asked):
            yield f"by the activity it is of {what} {says}, not {asked}"
    if told.destination_machine_agent_id not in (None, planned.destination_id):
        yield (
            f"by the activity it restores to agent {told.destination_machine_agent_id}, "
            f"not {planned.destination_id}"
        )


def _unlike_backup(work: "Work", said: Testimony) -> Iterator[str]:
    """Find what the backup's own report says otherwise than the lists by which it was chosen."""
    backup, began = said.backup, work.began
    if backup is None or began is None:
        return
    whose = "the backup's own report"
    asked = work.planned.configuration_id
    if backup.backup_configuration_id not in (None, asked):
        yield f"{whose} is of configuration {backup.backup_configuration_id}, not {asked}"
    completed = backup.completed_time
    if completed is not None and abs(completed - began.backup_time) > CLOCKS_DIFFER:
        listed = _moment(began.backup_time)
        yield f"{whose} says that it completed at {_moment(completed)}, not at {listed}"
    if backup.state not in (BackupState.COMPLETED, BackupState.COMPLETED_WITH_ERRORS):
        yield f"{whose} says {backup.state}"
    if backup.can_restore is False:
        yield f"{whose} says that it can't be restored"


def _states(work: "Work", said: Testimony) -> Iterator[Finding]:
    states = {"the activity says" if work.told else "it was seen": work.state}
    if said.details is not None:
        states["its details say"] = said.details.state
    if said.report is not None:
        states["its report says"] = said.report.state
    if len({str(state) for state in states.values()}) == 1:
        return
    told = ", ".join(f"{who} {state}" for who, state in states.items())
    if not _GONE_WRONG.isdisjoint(states.values()):
        verdict = Verdict.RESTORE_FAILED
    elif RestoreState.COMPLETED_WITH_ERRORS in states.values():
        verdict = Verdict.COMPLETED_WITH_ERRORS
    else:
        verdict = Verdict.ERROR
    yield verdict, told


def _foreign(work: "Work", said: Testimony, report: RestoreReport) -> Iterator[str]:
    """Find what in a report is of another restore."""
    planned, began, details = work.planned, work.began, said.details
    # Of a restore's report too, its id is that of the backup.
    backup_id = report.backup_id
    for what, says, asked in (
        ("backup", backup_id, None if began is None else began.backup_id),
        ("configuration", report.backup_configuration_id, planned.configuration_id),
    ):
        if says not in (None, asked):
            yield f"its report is of {what} {says}, not {asked}"
    if report.destination_machine_id not in (None, planned.destination_id):
        yield (
            f"its report is of a restore to agent {report.destination_machine_id}, "
            f"not {planned.destination_id}"
        )
    if details is not None:
        for where, reported, known in (
            ("from", report.originating_computer_name, details.backup_machine_name),
            ("to", report.destination, details.destination_machine_name),
        ):
            if reported and known and reported.casefold() != known.casefold():
                yield f"its report is of a restore {where} {reported}, not {known}"
    yield from _restore_points(work, said, report)
    if not (backup_id or report.backup_configuration_id or report.restore_point):
        yield "its report doesn't say which restore it is of"


def _restore_points(work: "Work", said: Testimony, report: RestoreReport) -> Iterator[str]:
    point, details = report.restore_point, said.details
    if point is None:
        return
    known = None if details is None else details.restore_point
    if known is not None and abs(point - known) > _DATES_DIFFER:
        yield f"its report is of {_moment(point)}, its details are of {_moment(known)}"
        return
    if work.began is None:
        return
    ended = work.began.backup_time
    began = (said.backup.start_time if said.backup else None) or ended
    if not min(began, ended) - CLOCKS_DIFFER <= point <= ended + CLOCKS_DIFFER:
        yield f"its report is of {_moment(point)}, but the backup completed at {_moment(ended)}"


def _times(work: "Work", report: RestoreReport, now: datetime) -> Iterator[str]:
    began, ended = report.start_time, report.completed_time
    if began is None or ended is None:
        return
    told = f"its report says it ran from {_moment(began)} to {_moment(ended)}"
    if ended < began:
        yield f"{told}, which is backwards"
    elif abs((ended - began) - report.duration) > _DURATION_DIFFERS:
        yield f"{told}, and for {duration_text(report.duration)}"
    active = None if work.told is None else work.told.time_of_activity
    # By the service's own clock, since this machine's may be wrong.
    if active is not None and ended < active - CLOCKS_DIFFER:
        yield f"{told}, but the activity saw it at {_moment(active)}"
    if max(began, ended) > max(now, active or now) + _LONG_AHEAD:
        yield f"{told}, which is in the future"


def _counts(report: RestoreReport) -> Iterator[Finding]:
    # What can't be read in the list counts as well.
    listed = report.received.get("ErrorList")
    count = len(listed) if isinstance(listed, list) else 0
    if count > report.errors:
        counted = _plural(report.errors, "error")
        yield Verdict.COMPLETED_WITH_ERRORS, f"its report counts {counted} and lists {count}"
    if report.bytes_restored and not report.files_restored:
        yield Verdict.ERROR, f"its report says {report.bytes_restored} in 0 files"


def _losses(said: Testimony, report: RestoreReport) -> Iterator[Finding]:
    """Find what was not restored of what is in the backup."""
    backup, files, size = said.backup, report.files_restored, report.bytes_restored
    if report.errors:
        verb = "is" if report.errors == 1 else "are"
        text = f"there {verb} {_plural(report.errors, 'error')} in its report"
        yield Verdict.COMPLETED_WITH_ERRORS, text
    if backup is None or (backup.files_searched is None and backup.bytes_searched is None):
        yield Verdict.ERROR, "how much is in the backup isn't available, so it can't be compared"
        return
    # What couldn't be backed up can't be restored.
    wanted = None if backup.files_searched is None else backup.files_searched - backup.errors
    if wanted is not None and files < wanted:
        text = f"only {files} of {wanted} files were restored"
        yield Verdict.COMPLETED_WITH_ERRORS, text
    elif not files:
        yield Verdict.ERROR, "there is no file in it, so nothing is proven"
    most = None if backup.errors else backup.bytes_searched
    if most is not None and size < most * (1 - _MOST_LOST):
        yield Verdict.COMPLETED_WITH_ERRORS, f"only {size} of {most} were restored"


def _plural(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
