"""Restore drills: whether every backup could be restored, if it had to be.

    from datetime import timedelta
    from pathlib import Path

    from cloud_backup import CloudBackup
    from cloud_backup.drill import drill

    with CloudBackup.from_environment() as backup:
        report = drill(backup, max_age=timedelta(hours=26), journal=Path("drill.jsonl"))
    for result in report.worst_first:
        print(result.title, result.verdict, result.reason)

Rackspace's documentation asks customers to test their restores now and then. A drill restores the
newest backup of each configuration to a separate folder, and reports a verdict for each. After an
interruption, it resumes from the same journal.

`cloud_backup.drill.reports` makes pages of a report: for a terminal, for programs, for CI, for a
browser.
"""

import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from random import random
from typing import TYPE_CHECKING

from cloud_backup.drill.drill_clock import utc_now
from cloud_backup.drill.earlier import drills_in
from cloud_backup.drill.errors import (
    DrillError,
    JournalDamaged,
    JournalError,
    JournalInUse,
    JournalMismatch,
    NotVerifiable,
    PlanInvalid,
    ReportAltered,
    ReportDamaged,
    UnknownChoice,
)
from cloud_backup.drill.expectations import Expectation, ExpectationResult
from cloud_backup.drill.options import DrillOptions
from cloud_backup.drill.passphrases import Passphrases
from cloud_backup.drill.plan import DrillPlan, PlanLike
from cloud_backup.drill.planning import (
    PlannedConfiguration,
    PlannedDrill,
    make_plan,
    new_drill_id,
)
from cloud_backup.drill.progress import DrillChange, Phase
from cloud_backup.drill.provenance import Provenance
from cloud_backup.drill.report import DrillReport
from cloud_backup.drill.report_comparison import (
    Change,
    ConfigurationChange,
    ReportComparison,
    compare_reports,
)
from cloud_backup.drill.run import Drill
from cloud_backup.drill.verdict import DrillResult, Verdict
from cloud_backup.drill.verification import Verification, Verify

if TYPE_CHECKING:
    from cloud_backup import CloudBackup

__all__ = [
    "Change",
    "ConfigurationChange",
    "Drill",
    "DrillChange",
    "DrillError",
    "DrillOptions",
    "DrillPlan",
    "DrillReport",
    "DrillResult",
    "Expectation",
    "ExpectationResult",
    "JournalDamaged",
    "JournalError",
    "JournalInUse",
    "JournalMismatch",
    "NotVerifiable",
    "Passphrases",
    "Phase",
    "PlanInvalid",
    "PlannedConfiguration",
    "PlannedDrill",
    "Provenance",
    "ReportAltered",
    "ReportComparison",
    "ReportDamaged",
    "UnknownChoice",
    "Verdict",
    "Verification",
    "Verify",
    "compare_reports",
    "drill",
    "drills_in",
    "make_plan",
    "new_drill_id",
]


def drill(
    client: "CloudBackup",
    *,
    plan: PlanLike | None = None,
    max_age: timedelta | None = None,
    configurations: Iterable[int | str] = (),
    agents: Iterable[int | str] = (),
    destination: int | str | None = None,
    path: str | None = None,
    check_only: bool = False,
    verify: Verify | None = None,
    journal: Path | None = None,
    new: bool = False,
    passphrases: Passphrases | None = None,
    concurrency: int = 8,
    deadline: timedelta | None = timedelta(hours=24),
    patience: timedelta = timedelta(minutes=3),
    poll_interval: float = 5.0,
    clean_up: bool = False,
    on_plan: Callable[[PlannedDrill], object] | None = None,
    on_change: Callable[[DrillChange], object] | None = None,
    now: Callable[[], datetime] = utc_now,
    sleep: Callable[[float], object] | None = None,
    monotonic: Callable[[], float] = time.monotonic,
    random: Callable[[], float] = random,
) -> DrillReport:
    """Run a drill, or continue the one in a journal: `Drill` in one call.

    Args:
        client: The client.
        plan: The plan, or a dict of one as for `DrillPlan.from_dict`; None for what the next seven
            say, which are not to be given besides.
        max_age: As for `DrillOptions`, and so are the next six.
        configurations: The configurations to test, by id or name; empty for all.
        agents: The agents whose configurations to test, by id or machine name; empty for all.
        destination: The agent that is to restore, by id; None for each backup's own.
        path: The folder under which to restore; None for one by the operating system.
        check_only: Whether to look at the ages alone, and to restore nothing.
        verify: How to verify what is restored; None to believe the service.
        journal: As for `Drill`, and so are all that follow.
        new: Whether to begin anew where the drill in the journal is done.
        passphrases: The passphrases of encrypted backups, by agent, or what is called for one.
        concurrency: How many restores may run at once, 1 or more.
        deadline: How long one may take, above 0; None for as long as it takes.
        patience: How long an agent may take to come online, 0 or more.
        poll_interval: For how many seconds to wait between two looks, above 0.
        clean_up: Whether restores that are running when the drill is stopped are stopped as well.
        on_plan: Called with a `PlannedDrill` when a drill is planned, before anything is done.
        on_change: Called with a `DrillChange` whenever there is one.
        now: Tells the time of day, with its time zone.
        sleep: Sleeps for so many seconds; None for what the client sleeps with.
        monotonic: Tells seconds, from whenever, that only grow.
        random: Returns numbers from 0 to less than 1.

    Returns:
        The report.

    Raises:
        ValueError: As for `Drill` and `DrillOptions`, or there is a plan and what it says.
        PlanInvalid: The plan has mistakes.
        CloudBackupError: As for `Drill.run`.
    """
    options = DrillOptions(
        max_age=max_age,
        configurations=tuple(configurations),
        agents=tuple(agents),
        destination=destination,
        path=path,
        check_only=check_only,
        verify=verify,
    )
    if plan is not None and options != DrillOptions():
        raise ValueError("a plan says what to test: give nothing of that besides")
    return Drill(
        client,
        options if plan is None else plan,
        journal=journal,
        new=new,
        passphrases=passphrases,
        concurrency=concurrency,
        deadline=deadline,
        patience=patience,
        poll_interval=poll_interval,
        clean_up=clean_up,
        on_plan=on_plan,
        on_change=on_change,
        now=now,
        sleep=sleep,
        monotonic=monotonic,
        random=random,
    ).run()
