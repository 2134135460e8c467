"""Running a drill: many restores at once, watched by one request a look."""

import threading
from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cloud_backup.drill.account import account_of
from cloud_backup.drill.drill_clock import DrillClock, utc_now
from cloud_backup.drill.errors import JournalDamaged, JournalMismatch
from cloud_backup.drill.history import History, read_history
from cloud_backup.drill.journal import VERSION, Journal
from cloud_backup.drill.json_values import as_text
from cloud_backup.drill.judging import judge_age, judge_restore, result_of
from cloud_backup.drill.options import DrillOptions
from cloud_backup.drill.passphrases import Passphrases
from cloud_backup.drill.plan import DrillPlan, make_plan, new_drill_id
from cloud_backup.drill.progress import DrillChange, Phase
from cloud_backup.drill.report import DrillReport
from cloud_backup.drill.restoring import FATAL, NoBackup, NoPassphrase, Restorer, is_outage
from cloud_backup.drill.verdict import DrillResult, Verdict
from cloud_backup.drill.work import CANCELLED, OVERDUE, Work
from cloud_backup.errors import CloudBackupError, NotFound, PermissionDenied
from cloud_backup.states import ActivityType, RestoreState, is_final
from cloud_backup.values.agent import Agent

if TYPE_CHECKING:
    from cloud_backup._sync.client import CloudBackup
    from cloud_backup_api.models import RestoreReport

__all__ = ["Drill"]

_WAKE_EVERY: Final = timedelta(seconds=70)
"""After how long agents are woken again, as the control panel does."""

_SINGLE_LOOKS: Final = 5
"""How many restores that the activity doesn't tell about are asked for at each look."""

_OFFLINE_LOOKS: Final = 8
"""How many agents that turn out to be offline are asked for at each look."""

_MOST_STARTS: Final = 3
"""How often a start is asked for of which nobody knows whether it was carried out."""

_LONGEST_OUTAGE: Final = timedelta(minutes=10)
"""For how long the activity may not be answered before a drill gives up."""

_LONGEST_SLEEP: Final = 1.0
"""In seconds: how soon a drill that is to stop does."""

_PATIENCE: Final = 1.25
_LONGEST_PAUSE: Final = 4
"""While nothing changes each pause is so much longer than the last, to so many times the first."""


class Drill:
    """A drill: which configurations could be restored if they had to be, tried out.

    It restores the newest backup of each into a folder of its own, many at once, but never two on
    one agent at once, and overwrites nothing. What it restored stays: the API can't delete it.

    Whatever ends it, the same journal continues it, and no configuration is restored twice.

    Args:
        client: The client.
        options: What is to be tested; None for all configurations, whatever their age.
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
        on_change: Called with a `DrillChange` whenever there is one. What it raises ends the drill.
        now: Tells the time, with its time zone.
        sleep: Sleeps for so many seconds; None for what the client sleeps with.

    Raises:
        ValueError: A number is out of its range.
    """

    def __init__(
        self,
        client: "CloudBackup",
        options: DrillOptions | None = None,
        *,
        journal: Path | None = None,
        new: bool = False,
        passphrases: Passphrases | None = None,
        concurrency: int = 8,
        deadline: timedelta | None = timedelta(hours=24),
        patience: timedelta = timedelta(minutes=3),
        poll_interval: float = 5.0,
        clean_up: bool = False,
        on_change: Callable[[DrillChange], object] | None = None,
        now: Callable[[], datetime] = utc_now,
        sleep: Callable[[float], object] | None = None,
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
        self._options = options or DrillOptions()
        self._path = journal
        self._new = new
        self._passphrases = passphrases
        self._concurrency = concurrency
        self._deadline = deadline
        self._patience = patience
        self._interval = poll_interval
        self._clean_up = clean_up
        self._on_change = on_change
        self._now = now
        # The client's own is what a test gave it.
        self._sleep = sleep or client.restores._connection.sleep  # noqa: SLF001
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
            is `not_tested`.

        Raises:
            UnknownChoice: A configuration, an agent or the destination that was chosen isn't there.
            JournalMismatch: The journal is of another account or other options.
            JournalInUse: Another drill is using the journal.
            JournalDamaged: The journal is none, or is broken.
            JournalError: The journal can't be read or written.
            AuthenticationError: The credentials are wrong, or are refused on the way.
            CloudBackupError: Planning failed, or the service didn't answer for ten minutes.
        """
        with Journal(self._path) as journal:
            history = self._history(journal)
            plan = history.plan
            if plan is not None and history.ended is not None:
                return self._report(history, plan, history.results)
            clock = DrillClock(self._now, self._sleep)
            if plan is None:
                drill_id = str(history.header["drill_id"])
                plan = make_plan(self._client, self._options, drill_id=drill_id, now=clock.now())
                journal.write("plan", plan.to_json())
            return self._run(journal, history, plan, clock)

    def _history(self, journal: Journal) -> History:
        """Read what is to be continued, or begin."""
        try:
            return self._continued(journal)
        except (AttributeError, LookupError, TypeError, ValueError):
            path = journal.path or Path()
        raise JournalDamaged(path, "it has lines that no drill writes")

    def _continued(self, journal: Journal) -> History:
        account, options = account_of(self._client), self._options.to_json()
        history = read_history(journal.path, journal.records)
        is_over = history is not None and history.ended is not None and self._new
        # Where there is no plan yet nothing has been done, so nothing is to be continued.
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
            **{name: (there.get("options", {}).get(name), options[name]) for name in options},
        }
        differences = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        if differences:
            raise JournalMismatch(journal.path or Path(), differences)
        return history

    def _run(
        self, journal: Journal, history: History, plan: DrillPlan, clock: DrillClock
    ) -> DrillReport:
        running = _Run(
            self._client,
            journal,
            history,
            plan,
            clock,
            options=self._options,
            restorer=Restorer(self._client, journal, clock, self._passphrases),
            concurrency=self._concurrency,
            deadline=self._deadline,
            patience=self._patience,
            on_change=self._on_change,
        )
        try:
            self._loop(running, clock)
        except BaseException:
            if self._clean_up:
                running.cancel()
            raise
        if running.is_done:
            history.ended = clock.now()
            journal.write("end", {"time": as_text(history.ended)})
        elif self._clean_up:
            running.cancel()
        return self._report(history, plan, running.results())

    def _loop(self, running: "_Run", clock: DrillClock) -> None:
        running.begin()
        pause = self._interval
        while not running.is_done and not self._stop.is_set():
            changes = running.changes
            running.look()
            if not self._stop.is_set():
                running.start_more(self._stop.is_set)
            if running.is_done:
                return
            if running.changes != changes or running.is_awaiting_agents:
                pause = self._interval
            left = pause
            while left > 0 and not self._stop.is_set():
                clock.sleep(min(left, _LONGEST_SLEEP))
                left -= _LONGEST_SLEEP
            pause = min(pause * _PATIENCE, self._interval * _LONGEST_PAUSE)

    def _report(
        self, history: History, plan: DrillPlan, results: dict[int, DrillResult]
    ) -> DrillReport:
        return DrillReport(
            drill_id=plan.drill_id,
            account=str(history.header["account"]),
            max_age=self._options.max_age,
            check_only=self._options.check_only,
            started=datetime.fromisoformat(history.header["time"]),
            ended=history.ended,
            results=tuple(results[planned.configuration_id] for planned in plan.configurations),
        )


class _Run:
    """One run of a drill: all that has to be done, and how far it has come."""

    def __init__(
        self,
        client: "CloudBackup",
        journal: Journal,
        history: History,
        plan: DrillPlan,
        clock: DrillClock,
        *,
        options: DrillOptions,
        restorer: Restorer,
        concurrency: int,
        deadline: timedelta | None,
        patience: timedelta,
        on_change: Callable[[DrillChange], object] | None,
    ) -> None:
        self._client = client
        self._journal = journal
        self._plan = plan
        self._clock = clock
        self._options = options
        self._restorer = restorer
        self._concurrency = concurrency
        self._deadline = deadline
        self._patience = patience
        self._on_change = on_change
        self._works = [
            Work(
                planned=planned,
                began=history.began.get(planned.configuration_id),
                result=history.results.get(planned.configuration_id),
            )
            for planned in plan.configurations
        ]
        # Those that wait, by the agent that is to restore; agents take turns.
        self._waiting: dict[int, deque[Work]] = {}
        # Those that run, in the order in which they are asked for one by one, if need be.
        self._running: dict[int, Work] = {}
        self._offline_since: dict[int, datetime] = {}
        self._woken: datetime | None = None
        self._unanswered_since: datetime | None = None
        self.changes = 0

    @property
    def is_done(self) -> bool:
        """Whether there is a verdict about each."""
        return all(work.result is not None for work in self._works)

    @property
    def is_awaiting_agents(self) -> bool:
        """Whether agents are being woken."""
        return bool(self._offline_since)

    def results(self) -> dict[int, DrillResult]:
        """Return the verdicts; what has none wasn't tested."""
        goes_on = "" if self._journal.path is None else " With its journal it can be continued."
        return {
            work.planned.configuration_id: work.result
            or result_of(
                work,
                Verdict.NOT_TESTED,
                f"The drill was stopped before.{goes_on}",
                made=self._plan.made,
                ended=None,
            )
            for work in self._works
        }

    def begin(self) -> None:
        """Sort out what needs no restore, what waits for one, and what is being restored."""
        for work in self._works:
            if work.result is not None:
                continue
            planned = work.planned
            if planned.backup_time is None:
                self._finish(work, Verdict.NO_BACKUP, "There is no backup that could be restored.")
            elif self._options.check_only:
                reason = "The newest backup was looked at, and not restored, as asked for."
                self._finish(work, Verdict.CHECKED, reason)
            elif work.began is not None and work.began.started is not None:
                self._run(work)
            else:
                self._wait(work)

    def look(self) -> None:
        """Look at all restores that run, at the cost of one or a few requests."""
        if not self._running:
            return
        told = self._told()
        if told is None:
            return
        untold = [restore_id for restore_id in self._running if restore_id not in told]
        for restore_id in untold[:_SINGLE_LOOKS]:
            work = self._running.pop(restore_id)
            self._running[restore_id] = work  # it has had its turn
            try:
                told[restore_id] = str(self._client.restores.get(restore_id).state)
            except FATAL:
                raise
            except NotFound:
                reason = f"Restore {restore_id} isn't there any more."
                self._finish(work, Verdict.ERROR, reason)
            except CloudBackupError:
                continue  # perhaps at the next look; the deadline holds
        for restore_id, work in list(self._running.items()):
            if restore_id in told:
                self._seen(work, told[restore_id])
            if (
                work.result is None
                and restore_id in self._running
                and not is_final(work.state or "")
            ):
                self._keep_to_deadline(work, restore_id)

    def start_more(self, is_stopped: Callable[[], bool]) -> None:
        """Start restores, as many as may run at once, on agents that are online and free."""
        offline_looks = 0
        for agent_id in list(self._waiting):
            busy = {work.planned.destination_id for work in self._running.values()}
            if len(self._running) >= self._concurrency or offline_looks >= _OFFLINE_LOOKS:
                break
            if agent_id in busy:
                continue
            if is_stopped():
                return
            queue = self._waiting.pop(agent_id)
            agent, problem = self._agent(agent_id, queue)
            if agent is not None:
                while queue and not is_stopped():
                    work = queue.popleft()
                    self._restore(work, agent)
                    # It runs, or waits to be tried again.
                    if work.result is None:
                        break
            elif queue:
                offline_looks += 1
                self._await(agent_id, queue, problem)
            # At the end, so that agents take turns; a start that was refused waits there already.
            self._waiting.setdefault(agent_id, deque()).extend(queue)
            if not self._waiting[agent_id]:
                del self._waiting[agent_id]
        self._wake()

    def cancel(self) -> None:
        """Stop what runs, as far as that works."""
        for work in self._works:
            # One that was interrupted while it was being started may not count as running yet.
            is_begun = work.began is not None and work.began.started is not None
            if work.result is None and is_begun and work.stopping_since is None:
                try:
                    self._restorer.stop(work, CANCELLED)
                except CloudBackupError:
                    continue

    def _told(self) -> dict[int, str] | None:
        """Ask for the activity, and return what it tells of restores; None if it isn't answered."""
        try:
            rows = self._client.activity.list()
        except FATAL:
            raise
        except CloudBackupError as error:
            self._unanswered(error)
            return None
        self._unanswered_since = None
        told: dict[int, tuple[float, str]] = {}
        for row in rows:
            if row.type != ActivityType.RESTORE or row.state is None:
                continue
            when = row.time_of_activity
            moment = 0.0 if when is None else when.timestamp()
            if row.id not in told or moment > told[row.id][0]:
                told[row.id] = moment, row.state
        return {restore_id: state for restore_id, (_, state) in told.items()}

    def _seen(self, work: Work, state: str) -> None:
        changed = state != work.state
        work.state = state
        if is_final(state):
            self._finish_restore(work)
        elif state == RestoreState.CREATING and work.is_start_uncertain:
            # It hasn't been started after all.
            self._running.pop(work.restore_id or 0, None)
            work.is_running = False
            if work.attempts >= _MOST_STARTS:
                reason = (
                    f"The restore didn't start, though that was asked for {work.attempts} times."
                )
                self._finish(work, Verdict.ERROR, reason)
            else:
                self._wait(work)
        elif changed:
            self._tell(work)

    def _finish_restore(self, work: Work) -> None:
        report: RestoreReport | None = None
        try:
            report = self._client.restores.report(work.restore_id or 0)
        except FATAL:
            raise
        except CloudBackupError as error:
            # A restore that is Completed may still have errors, which its report alone tells.
            if work.state == RestoreState.COMPLETED and self._may_pass(work, error):
                return
        result = judge_restore(
            work,
            report,
            max_age=self._options.max_age,
            made=self._plan.made,
            ended=self._clock.now(),
        )
        self._conclude(work, result)

    def _keep_to_deadline(self, work: Work, restore_id: int) -> None:
        began, now = work.began, self._clock.now()
        if began is None or began.started is None:
            return
        if began.stopping == OVERDUE and work.stopping_since is not None:
            if now - work.stopping_since >= self._patience:
                reason = f"Restore {restore_id} was asked to stop, but is still {work.state}."
                self._finish(work, Verdict.TIMED_OUT, reason)
            return
        # One that a run announced to stop, and that goes on, is asked to once more; one that was
        # cancelled with the drill goes on with it.
        is_late = self._deadline is not None and now - began.started >= self._deadline
        if not is_late and began.stopping != OVERDUE:
            return
        try:
            self._restorer.stop(work, OVERDUE)
        except FATAL:
            raise
        except CloudBackupError:
            return  # if it is done, the next look tells; else it is given up after a while
        self._tell(work)

    def _unanswered(self, error: CloudBackupError) -> None:
        """Bear with a service that doesn't answer, but not for ever.

        Raises:
            CloudBackupError: It has been so for too long.
        """
        now = self._clock.now()
        self._unanswered_since = self._unanswered_since or now
        if now - self._unanswered_since >= _LONGEST_OUTAGE:
            raise error

    def _may_pass(self, work: Work, error: CloudBackupError) -> bool:
        """Whether what failed about a configuration is to be tried again at a later look."""
        now = self._clock.now()
        work.unanswered_since = work.unanswered_since or now
        has_patience = now - work.unanswered_since < _LONGEST_OUTAGE
        return has_patience and (is_outage(error) or isinstance(error, NotFound))

    def _agent(self, agent_id: int, queue: deque[Work]) -> tuple[Agent | None, str | None]:
        """Look at an agent.

        Returns:
            The agent, where it is online; else None, with what there is to say about that, or None
            where nothing is known about it.
        """
        try:
            agent = self._client.agents.get(agent_id)
        except FATAL:
            raise
        except NotFound:
            self._offline_since.pop(agent_id, None)
            self._finish_all(queue, Verdict.ERROR, f"Agent {agent_id} isn't there any more.")
            return None, ""
        except CloudBackupError as error:
            if not is_outage(error):
                return None, f": {error}"
            # That tells nothing about the agent.
            self._unanswered(error)
            return None, None
        self._unanswered_since = None
        if agent.is_disabled:
            self._offline_since.pop(agent_id, None)
            reason = f"Agent {agent_id} is disabled: enable it, and try again."
            self._finish_all(queue, Verdict.AGENT_OFFLINE, reason)
            return None, ""
        if not agent.is_online:
            return None, f", but {agent.status}"
        self._offline_since.pop(agent_id, None)
        return agent, ""

    def _await(self, agent_id: int, queue: deque[Work], problem: str | None) -> None:
        """Give an agent time to come online, but no more than there is.

        A problem of None is none of the agent's.
        """
        if problem is None:
            return
        now = self._clock.now()
        since = self._offline_since.setdefault(agent_id, now)
        if now - since >= self._patience:
            del self._offline_since[agent_id]
            waited = int((now - since).total_seconds())
            reason = f"Agent {agent_id} was not online after {waited} s{problem}."
            self._finish_all(queue, Verdict.AGENT_OFFLINE, reason)

    def _wake(self) -> None:
        now = self._clock.now()
        if not self._offline_since or (self._woken is not None and now - self._woken < _WAKE_EVERY):
            return
        self._woken = now
        try:
            self._client.agents.wake()
        except FATAL:
            raise
        except CloudBackupError:
            pass  # they may come online by themselves

    def _restore(self, work: Work, agent: Agent) -> None:
        """Create and start a restore; whatever is wrong with it is its verdict."""
        try:
            if work.restore_id is None:
                self._restorer.create(work)
            self._restorer.start(work, agent)
        except FATAL:
            raise
        except NoBackup:
            reason = "There was a backup when the drill was planned, but there is none any more."
            self._finish(work, Verdict.NO_BACKUP, reason)
        except NoPassphrase:
            reason = "The backup is encrypted, and no passphrase was given for its agent."
            self._finish(work, Verdict.NOT_TESTED, reason)
        except PermissionDenied as refusal:
            self._refused(work, refusal)
        except ValueError as error:
            self._finish(work, Verdict.ERROR, f"{error}")
        except CloudBackupError as error:
            if is_outage(error) and self._may_pass(work, error):
                # If it may have been created, that is found out before it is tried again.
                work.is_found_out = False
                self._wait(work)
            else:
                self._finish(work, Verdict.ERROR, f"{error}")
        else:
            work.unanswered_since = None
            self._run(work)

    def _refused(self, work: Work, refusal: PermissionDenied) -> None:
        """Take it that an agent isn't ready yet, for as long as there is patience."""
        if work.restore_id is None:
            self._finish(work, Verdict.ERROR, f"{refusal}")
            return
        now = self._clock.now()
        work.refused_since = work.refused_since or now
        if now - work.refused_since >= self._patience:
            work.refused_since = None
            self._finish(work, Verdict.AGENT_OFFLINE, f"The restore can't be started: {refusal}")
        else:
            self._wait(work)

    def _wait(self, work: Work) -> None:
        self._waiting.setdefault(work.planned.destination_id, deque()).append(work)
        self._tell(work)

    def _run(self, work: Work) -> None:
        if work.restore_id is not None:
            work.is_running, work.refused_since = True, None
            self._running[work.restore_id] = work
            self._tell(work)

    def _finish_all(self, works: Iterable[Work], verdict: Verdict, reason: str) -> None:
        for work in works:
            self._finish(work, verdict, reason)
        if isinstance(works, deque):
            works.clear()

    def _finish(self, work: Work, verdict: Verdict, reason: str) -> None:
        result = result_of(work, verdict, reason, made=self._plan.made, ended=self._clock.now())
        self._conclude(work, judge_age(result, self._options.max_age))

    def _conclude(self, work: Work, result: DrillResult) -> None:
        self._journal.write("result", {"result": result.to_json()})
        work.result, work.is_running = result, False
        self._running.pop(work.restore_id or 0, None)
        self._tell(work)

    def _tell(self, work: Work) -> None:
        self.changes += 1
        if self._on_change is None:
            return
        if work.result is not None:
            phase = Phase.DONE
        elif work.is_running:
            stopping = work.began is not None and work.began.stopping is not None
            phase = Phase.STOPPING if stopping else Phase.RESTORING
        else:
            phase = Phase.WAITING
        self._on_change(
            DrillChange(
                planned=work.planned,
                phase=phase,
                restore_id=work.restore_id,
                state=work.state,
                result=work.result,
            )
        )
