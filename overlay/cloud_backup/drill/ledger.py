"""What the parts of a run share: the client, the time, what is known, and whom to notify."""

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from attrs import define, field

from cloud_backup.drill.drill_clock import DrillClock
from cloud_backup.drill.failures import Outage
from cloud_backup.drill.journal import Journal
from cloud_backup.drill.judging import judge_age, judge_duration, latest, result_of
from cloud_backup.drill.planning import PlannedDrill
from cloud_backup.drill.progress import DrillChange, Phase
from cloud_backup.drill.verdict import DrillResult, Verdict
from cloud_backup.drill.work import Work
from cloud_backup.errors import CloudBackupError, NotFound

if TYPE_CHECKING:
    from cloud_backup import CloudBackup

__all__ = ["Ledger"]


@define(kw_only=True, eq=False)
class Ledger:
    """What the parts of a run share.

    Attributes:
        client: The client.
        journal: Where verdicts are written.
        plan: What is tested.
        clock: The time.
        patience: For how many seconds an agent may take to come online, or a restore to stop.
        on_change: Whom to tell of changes.
        waiting: Those that wait for the agent that is to restore, by its id; agents take turns.
        unverified: Those whose restores are to be verified.
        changes: How many changes there were.
        outage: For how long the service has not answered.
    """

    client: "CloudBackup"
    journal: Journal
    plan: PlannedDrill
    clock: DrillClock
    patience: float
    on_change: Callable[[DrillChange], object] | None
    waiting: dict[int, deque[Work]] = field(factory=dict)
    unverified: deque[Work] = field(factory=deque)
    changes: int = 0
    outage: Outage = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Begin with a service that answers."""
        self.outage = Outage(self.clock)

    def wait(self, work: Work, *, is_news: bool = True) -> None:
        """Let a configuration wait for its agent."""
        self.waiting.setdefault(work.planned.destination_id, deque()).append(work)
        if is_news:
            self.tell(work)

    def may_pass(self, work: Work, error: CloudBackupError | None) -> bool:
        """Whether to ask again later for what is missing about a configuration.

        Args:
            work: The configuration.
            error: How asking failed; None if the answer came too early.
        """
        if work.unanswered is None:
            work.unanswered = Outage(self.clock)
        passes = error is None or error.may_pass or isinstance(error, NotFound)
        return work.unanswered.is_borne() and passes

    def finish(self, work: Work, verdict: Verdict, reason: str) -> None:
        """Reach a verdict, which is not better than the backup's age."""
        ended, passed, made = self.clock.now(), self.clock.passed(), self.plan.made
        self.settle(work, result_of(work, verdict, reason, made=made, ended=ended, passed=passed))

    def settle(self, work: Work, result: DrillResult) -> None:
        """Reach a verdict on what is known: not a better one than age and duration allow."""
        now = latest(self.clock.now(), self.plan.made, self.clock.passed())
        listed = work.planned.backup_time
        result = judge_age(result, work.options.max_age, listed=listed, now=now)
        self.conclude(work, judge_duration(result))

    def verify(self, work: Work, result: DrillResult) -> None:
        """Let what was restored be verified, before there is a verdict."""
        record = {"result": result.to_json(), "passed": self.clock.passed()}
        self.journal.write("restored", record)
        work.restored, work.is_running = result, False
        self.unverified.append(work)
        self.tell(work)

    def conclude(self, work: Work, result: DrillResult) -> None:
        """Write a verdict down, and tell it."""
        record = {"result": result.to_json(), "passed": self.clock.passed()}
        self.journal.write("result", record)
        work.result, work.is_running = result, False
        self.tell(work)

    def tell(self, work: Work) -> None:
        """Report that something has changed about a configuration."""
        self.changes += 1
        if self.on_change is None:
            return
        phase = Phase.WAITING
        if work.result is not None:
            phase = Phase.DONE
        elif work.restored is not None:
            phase = Phase.VERIFYING
        elif work.is_running:
            stopping = work.began is not None and work.began.stopping is not None
            phase = Phase.STOPPING if stopping else Phase.RESTORING
        self.on_change(
            DrillChange(
                planned=work.planned,
                phase=phase,
                restore_id=work.restore_id,
                state=work.state,
                result=work.result,
            )
        )
