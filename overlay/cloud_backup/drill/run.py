"""A drill from outside: run it, resume it, stop it, get its report."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import random
from typing import TYPE_CHECKING

from cloud_backup.drill.drill_clock import DrillClock, utc_now
from cloud_backup.drill.earlier import report_of
from cloud_backup.drill.errors import JournalDamaged, JournalMismatch
from cloud_backup.drill.history import History, read_history
from cloud_backup.drill.journal import VERSION, Journal
from cloud_backup.drill.json_values import as_text
from cloud_backup.drill.ledger import Ledger
from cloud_backup.drill.passphrases import Passphrases
from cloud_backup.drill.plan import PlanLike, as_plan
from cloud_backup.drill.planning import PlannedDrill, make_plan, new_drill_id
from cloud_backup.drill.progress import DrillChange
from cloud_backup.drill.provenance import Provenance
from cloud_backup.drill.report import DrillReport
from cloud_backup.drill.restoring import Restorer
from cloud_backup.drill.rotation import Past
from cloud_backup.drill.running import Running
from cloud_backup.drill.starting import Starter
from cloud_backup.drill.verifying import Verifier, refuse_unverifiable
from cloud_backup.drill.watching import Watch

if TYPE_CHECKING:
    from cloud_backup import CloudBackup

__all__ = ["Drill"]


class Drill:
    """A drill: which configurations could be restored if they had to be, tried out.

    It restores the newest backup of each to a separate folder, many at once, but never two on one
    agent, and overwrites nothing. Restored files stay: the API can't delete them.

    Whatever ends it, the same journal continues it, and no configuration is restored twice.

    Args:
        client: The client.
        plan: What to test; None for all configurations, whatever their age.
        journal: The file that a drill which was stopped continues from; None for none.
        new: Whether to begin anew where the drill in the journal is done; else its report is
            returned again. One that isn't done is continued, whatever this says.
        passphrases: The passphrases of encrypted backups, by the id of the agent that backed up,
            or what is called with a `PlannedConfiguration` for one. They are never written down.
        concurrency: How many restores may run at once, 1 or more.
        deadline: How long one may take from its start, above 0, before it is stopped; None for as
            long as it takes.
        patience: How long an agent may take to come online, 0 or more. It is woken meanwhile.
        poll_interval: For how many seconds to wait between two looks, above 0. While nothing
            changes the waits grow, to four times as much.
        clean_up: Whether restores that are running when the drill is stopped are stopped as well,
            with the verdict `not_tested`; else they go on, and the drill may too.
        on_plan: Called with a `PlannedDrill` when a drill is planned, before anything is done. What
            it raises ends the drill. One that is continued is not planned again.
        on_change: Called with a `DrillChange` whenever there is one. What it raises ends the drill.
        now: Returns the time of day, with its time zone. It is recorded, and decides ages; nothing
            else depends on it.
        sleep: Sleeps for so many seconds; None for what the client sleeps with.
        monotonic: Returns seconds that never go back, to measure how long things take.
        random: Returns numbers from 0 to less than 1, by which a random backup is chosen.

    Raises:
        ValueError: A number is out of its range.
        PlanInvalid: A plan made of dicts has mistakes.
    """

    def __init__(
        self,
        client: "CloudBackup",
        plan: PlanLike | None = None,
        *,
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
    ) -> None:
        if concurrency < 1:
            raise ValueError(f"concurrency must be 1 or more, not {concurrency!r}")
        if deadline is not None and deadline <= timedelta(0):
            raise ValueError(f"deadline must be above 0, not {deadline}")
        if patience < timedelta(0):
            raise ValueError(f"patience must be 0 or more, not {patience}")
        if not poll_interval > 0:
            raise ValueError(f"poll_interval must be above 0 seconds, not {poll_interval!r}")
        self._client = client
        self._plan = as_plan(plan)
        self._path = journal
        self._new = new
        self._passphrases = passphrases
        self._concurrency = concurrency
        self._deadline = deadline
        self._patience = patience
        self._interval = poll_interval
        self._clean_up = clean_up
        self._on_plan = on_plan
        self._on_change = on_change
        self._now = now
        self._sleep = sleep or client.sleep
        self._monotonic = monotonic
        self._random = random
        self._stop = threading.Event()

    def stop(self) -> None:
        """End the drill within a second or so, from another thread or a signal's handler.

        What is under way with the service is done first. `run()` then returns its report, which
        isn't finished. A drill that is stopped before it runs ends at once.
        """
        self._stop.set()

    def run(self) -> DrillReport:
        """Run the drill, or continue it, or return the report of one that is done.

        Returns:
            The report. Where the drill was stopped, it isn't finished, and what has no verdict yet
            is `not_tested`. All have one if only folders are left to be emptied.

        Raises:
            NotVerifiable: What is needed to verify restores is missing or damaged. Nothing was
                restored.
            UnknownChoice: A configuration, agent or destination that was chosen isn't there, or
                nothing matches a selection.
            JournalMismatch: The journal is of another account or other options.
            JournalInUse: Another drill is using the journal.
            JournalDamaged: The journal is none, or is broken.
            JournalError: The journal can't be read or written.
            AuthenticationError: The credentials are wrong, or are refused on the way.
            CloudBackupError: Planning failed, or the service didn't answer for ten minutes.
        """
        past = Past(self._client.account, self._plan)
        with Journal(self._path, past.note) as journal:
            history = self._history(journal)
            plan = history.plan
            if plan is not None and history.ended is not None:
                return report_of(history, plan, history.results)
            clock = DrillClock(self._now, self._sleep, self._monotonic, history.passed)
            if plan is None:
                drill_id = str(history.header["drill_id"])
                plan = make_plan(
                    self._client, self._plan, drill_id=drill_id, now=clock.now(), past=past
                )
                for number, selection in enumerate(self._plan.selections):
                    if selection.verify is not None:
                        of_it = [p for p in plan.configurations if p.selection == number]
                        refuse_unverifiable(selection.verify, of_it)
                if self._on_plan is not None:
                    self._on_plan(plan)
                journal.write("plan", plan.to_json())
            return self._run(journal, history, plan, clock)

    def _history(self, journal: Journal) -> History:
        """Resume the drill in the journal, or start one."""
        try:
            return self._continued(journal)
        except (AttributeError, LookupError, TypeError, ValueError):
            path = journal.path or Path()
        raise JournalDamaged(path, "it has lines that no drill writes")

    def _continued(self, journal: Journal) -> History:
        account, options = self._client.account, self._plan.to_json()
        history = read_history(journal.path, journal.records)
        is_over = history is not None and history.ended is not None and self._new
        # Without a plan nothing has been done yet, so there is nothing to resume.
        if history is None or history.plan is None or is_over:
            began = self._now()
            header = {
                "drill_id": new_drill_id(began),
                "account": account,
                "options": options,
                "time": as_text(began),
            }
            journal.begin(header)
            return History(header=journal.records[0])
        there = history.header
        # It is needed at the end, which is too late to find that it can't be read.
        datetime.fromisoformat(there["time"])
        pairs: dict[str, tuple[object, object]] = {
            "version": (there.get("version"), VERSION),
            "account": (there.get("account"), account),
            **{
                name: (there["options"].get(name), options.get(name))
                for name in options | there["options"]
            },
        }
        differences = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        if differences:
            raise JournalMismatch(journal.path or Path(), differences)
        return history

    def _run(
        self, journal: Journal, history: History, plan: PlannedDrill, clock: DrillClock
    ) -> DrillReport:
        ledger = Ledger(
            client=self._client,
            journal=journal,
            plan=plan,
            clock=clock,
            patience=self._patience.total_seconds(),
            on_change=self._on_change,
        )
        restorer = Restorer(self._client, journal, clock, self._passphrases, self._random)
        verifier = Verifier(ledger, restorer)
        running = Running(
            ledger,
            history,
            self._plan.selections,
            restorer=restorer,
            starter=Starter(ledger, restorer, self._concurrency),
            watch=Watch(ledger, restorer, self._deadline),
            verifier=verifier,
            poll_interval=self._interval,
        )
        try:
            running.run(self._stop.is_set)
        except BaseException:
            if self._clean_up:
                running.cancel()
            raise
        finally:
            verifier.close()
        history.passed = clock.passed()
        history.provenance = Provenance.of(self._client)
        is_over = running.is_done
        if is_over:
            # One that is stopped while it empties folders is continued with that.
            is_over = running.empty(self._stop.is_set)
            running.look_for_strays()
        if is_over:
            history.ended = clock.now()
            end = {"time": as_text(history.ended), "passed": history.passed}
            journal.write("end", {**end, "provenance": history.provenance.to_json()})
        else:
            journal.write("watched", {"passed": history.passed})
            if self._clean_up:
                running.cancel()
        return report_of(history, plan, running.results())
