"""One run of a drill: many restores at once, watched by one request a look."""

from collections import deque
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from cloud_backup.drill.agents_awake import AgentsAwake
from cloud_backup.drill.drill_clock import DrillClock
from cloud_backup.drill.evidence import Testimony
from cloud_backup.drill.failures import FATAL, LONGEST_OUTAGE, Outage, is_outage
from cloud_backup.drill.history import History
from cloud_backup.drill.journal import Journal
from cloud_backup.drill.judging import judge_age, judge_restore, latest, result_of
from cloud_backup.drill.options import DrillOptions
from cloud_backup.drill.plan import DrillPlan
from cloud_backup.drill.progress import DrillChange, Phase
from cloud_backup.drill.restoring import (
    SETTLED_AFTER,
    NotRestored,
    Restorer,
    Uncertain,
)
from cloud_backup.drill.strays import strays_of
from cloud_backup.drill.verdict import DrillResult, Verdict
from cloud_backup.drill.work import CANCELLED, OVERDUE, Work
from cloud_backup.errors import CloudBackupError, NotFound, PermissionDenied
from cloud_backup.states import ActivityType, RestoreState, is_final
from cloud_backup_api.models import Activity, Agent

if TYPE_CHECKING:
    from cloud_backup._sync.client import CloudBackup

__all__ = ["Running"]

_SINGLE_LOOKS: Final = 5
"""How many restores that the activity doesn't tell about are asked for at each look."""

_OFFLINE_LOOKS: Final = 8
"""How many agents that turn out to be offline are asked for at each look."""

_MOST_STARTS: Final = 3
"""How often a start is asked for of which nobody knows whether it was carried out."""

_WATCHED_EVERY: Final = 60.0
"""After how many seconds it is written down that the drill is still running."""


class Running:
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
        self._on_change = on_change
        self._patience = patience.total_seconds()
        self._outage = Outage(clock)
        self._agents = AgentsAwake(client, clock, self._outage, self._patience)
        self._written = clock.passed()
        self._works = [
            Work(
                planned=planned,
                began=history.began.get(planned.configuration_id),
                result=history.results.get(planned.configuration_id),
            )
            for planned in plan.configurations
        ]
        # Those whose newest backup is to be looked up first.
        self._unknown: deque[Work] = deque()
        # Those that wait, by the agent that is to restore; agents take turns.
        self._waiting: dict[int, deque[Work]] = {}
        # Those that run, in the order in which they are asked for one by one, if need be.
        self._running: dict[int, Work] = {}
        self.changes = 0

    @property
    def is_done(self) -> bool:
        """Whether there is a verdict about each."""
        return all(work.result is not None for work in self._works)

    @property
    def is_awaiting_agents(self) -> bool:
        """Whether agents are being woken."""
        return self._agents.are_awaited

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
            began = work.began
            if began is None:
                if self._options.check_only or work.planned.backup_time is None:
                    self._unknown.append(work)
                else:
                    self._wait(work)
                continue
            work.uncertain_since = self._clock.passed()
            if began.started is not None:
                self._run(work)
            else:
                self._wait(work)

    def look_up(self, is_stopped: Callable[[], bool]) -> None:
        """Look up the newest backups that decide by themselves, or whether there is one."""
        for _ in range(len(self._unknown)):
            if is_stopped():
                return
            work = self._unknown.popleft()
            try:
                newest = self._restorer.newest(work)
            except FATAL:
                raise
            except CloudBackupError as error:
                if is_outage(error) and self._may_pass(work, error):
                    self._unknown.append(work)
                else:
                    self._finish(work, Verdict.ERROR, f"{error}")
                continue
            work.unanswered_since = None
            if newest is None:
                reason = "There is no backup that could be restored."
                if work.planned.backup_time is not None:
                    reason = "One is listed as available, but no backup is listed as completed."
                self._finish(work, Verdict.NO_BACKUP, reason)
            elif self._options.check_only:
                work.newest_time = newest.completed_time
                reason = "The newest backup was looked at, and not restored, as asked for."
                self._finish(work, Verdict.CHECKED, reason)
            else:
                self._wait(work)

    def look(self) -> None:
        """Look at all restores that run, at the cost of one or a few requests."""
        self._watched()
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
                told[restore_id] = str(self._client.restores.get(restore_id).state), None
            except FATAL:
                raise
            except NotFound:
                reason = f"Restore {restore_id} isn't there any more."
                self._finish(work, Verdict.ERROR, reason)
            except CloudBackupError:
                continue  # perhaps at the next look; the deadline holds
        for restore_id, work in list(self._running.items()):
            if restore_id in told:
                self._seen(work, *told[restore_id])
            if (
                work.result is None
                and restore_id in self._running
                and work.state != RestoreState.CREATING  # so it hasn't begun
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
            agent, verdict = self._agents.look(agent_id)
            if agent is not None:
                while queue and not is_stopped():
                    work = queue.popleft()
                    self._restore(work, agent)
                    # It runs, or waits to be tried again.
                    if work.result is None:
                        break
            else:
                offline_looks += 1
                if verdict is not None:
                    self._finish_all(queue, *verdict)
            # At the end, so that agents take turns; a start that was refused waits there already.
            self._waiting.setdefault(agent_id, deque()).extend(queue)
            if not self._waiting[agent_id]:
                del self._waiting[agent_id]
        self._agents.wake()

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

    def look_for_strays(self) -> None:
        """Look for restores that a call brought about whose answer was lost, and stop them."""
        for work in self._works:
            told = strays_of(work, self._restorer, self._client)
            if told and work.result is not None:
                reason = " ".join([work.result.reason, *told])
                self._conclude(work, work.result.with_verdict(work.result.verdict, reason))

    def _watched(self) -> None:
        """Write down now and then for how long the drill has been running."""
        passed = self._clock.passed()
        if passed - self._written >= _WATCHED_EVERY:
            self._journal.write("watched", {"passed": passed})
            self._written = passed

    def _told(self) -> dict[int, tuple[str, Activity | None]] | None:
        """Ask for the activity, and return what it tells of restores; None if it isn't answered."""
        try:
            rows = self._client.activity.list()
        except FATAL:
            raise
        except CloudBackupError as error:
            self._outage.bear(error)
            return None
        self._outage.end()
        told: dict[int, tuple[str, Activity | None]] = {}
        moments: dict[int, float] = {}
        for row in rows:
            if row.type != ActivityType.RESTORE or row.state is None:
                continue
            when = row.time_of_activity
            moment = 0.0 if when is None else when.timestamp()
            if row.id not in told or moment > moments[row.id]:
                told[row.id], moments[row.id] = (row.state, row), moment
        return told

    def _seen(self, work: Work, state: str, row: Activity | None) -> None:
        changed = state != work.state
        work.state, work.told = state, row
        if is_final(state):
            self._finish_restore(work)
        elif state == RestoreState.CREATING and work.is_start_uncertain:
            since = work.uncertain_since
            if since is not None and self._clock.passed() - since < SETTLED_AFTER:
                return
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
        said = Testimony()
        try:
            said.report = self._client.restores.report(work.restore_id or 0)
            said.details = self._client.restores.get(work.restore_id or 0)
            if work.began is not None:
                said.backup = self._client.backups.report(work.began.backup_id)
        except FATAL:
            raise
        except CloudBackupError as error:
            # A restore that is Completed may still have errors, which its report alone tells.
            if work.state == RestoreState.COMPLETED and self._may_pass(work, error):
                return
        else:
            if said.is_early and self._may_pass(work, None):
                return
        result = judge_restore(
            work,
            said,
            max_age=self._options.max_age,
            made=self._plan.made,
            ended=self._clock.now(),
            passed=self._clock.passed(),
        )
        self._conclude(work, result)

    def _keep_to_deadline(self, work: Work, restore_id: int) -> None:
        began, now = work.began, self._clock.passed()
        if began is None or began.started is None:
            return
        if began.stopping == OVERDUE and work.stopping_since is not None:
            if now - work.stopping_since >= self._patience:
                reason = f"Restore {restore_id} was asked to stop, but is still {work.state}."
                self._finish(work, Verdict.TIMED_OUT, reason)
            return
        # One that a run announced to stop, and that goes on, is asked to once more; one that was
        # cancelled with the drill goes on with it.
        limit = None if self._deadline is None else self._deadline.total_seconds()
        is_late = limit is not None and now - began.started_after >= limit
        if not is_late and began.stopping != OVERDUE:
            return
        try:
            self._restorer.stop(work, OVERDUE)
        except FATAL:
            raise
        except CloudBackupError:
            return  # if it is done, the next look tells; else it is given up after a while
        self._tell(work)

    def _may_pass(self, work: Work, error: CloudBackupError | None) -> bool:
        """Whether what is missing about a configuration is to be asked for again at a later look.

        An error of None is an answer that came too early.
        """
        now = self._clock.passed()
        work.unanswered_since = now if work.unanswered_since is None else work.unanswered_since
        has_patience = now - work.unanswered_since < LONGEST_OUTAGE
        return has_patience and (error is None or is_outage(error) or isinstance(error, NotFound))

    def _restore(self, work: Work, agent: Agent) -> None:
        """Create and start a restore; whatever is wrong with it is its verdict."""
        try:
            if work.restore_id is None:
                self._restorer.create(work)
            self._restorer.start(work, agent)
        except FATAL:
            raise
        except NotRestored as judged:
            self._finish(work, judged.verdict, judged.reason)
        except Uncertain:
            self._wait(work, is_news=False)
        except PermissionDenied as refusal:
            self._refused(work, refusal)
        except ValueError as error:
            self._finish(work, Verdict.ERROR, f"{error}")
        except CloudBackupError as error:
            if is_outage(error) and self._may_pass(work, error):
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
        now = self._clock.passed()
        work.refused_since = now if work.refused_since is None else work.refused_since
        if now - work.refused_since >= self._patience:
            work.refused_since = None
            self._finish(work, Verdict.AGENT_OFFLINE, f"The restore can't be started: {refusal}")
        else:
            self._wait(work)

    def _wait(self, work: Work, *, is_news: bool = True) -> None:
        self._waiting.setdefault(work.planned.destination_id, deque()).append(work)
        if is_news:
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
        ended, passed, made = self._clock.now(), self._clock.passed(), self._plan.made
        result = result_of(work, verdict, reason, made=made, ended=ended, passed=passed)
        result = judge_age(
            result,
            self._options.max_age,
            listed=work.planned.backup_time,
            now=latest(ended, made, passed),
        )
        self._conclude(work, result)

    def _conclude(self, work: Work, result: DrillResult) -> None:
        record = {"result": result.to_json(), "passed": self._clock.passed()}
        self._journal.write("result", record)
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
