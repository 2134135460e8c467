"""One run of a drill: look, start, pause, until there is a verdict about each."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from cloud_backup.drill.failures import FATAL
from cloud_backup.drill.history import History
from cloud_backup.drill.judging import result_of
from cloud_backup.drill.ledger import Ledger
from cloud_backup.drill.options import DrillOptions
from cloud_backup.drill.restoring import Restorer
from cloud_backup.drill.starting import Starter
from cloud_backup.drill.strays import strays_of
from cloud_backup.drill.verdict import DrillResult, Verdict
from cloud_backup.drill.verifying import Verifier, failed_to_empty
from cloud_backup.drill.watching import Watch
from cloud_backup.drill.work import CANCELLED, Work
from cloud_backup.errors import CloudBackupError
from cloud_backup.waiting.pauses import Pauses

__all__ = ["Running"]

_LONGEST_SLEEP: Final = 1.0
"""In seconds: how soon a drill that is to stop does."""

_WATCHED_EVERY: Final = 60.0
"""After how many seconds it is written down that the drill is still running."""


class Running:
    """One run of a drill: all that has to be done, and how far it has come.

    Args:
        ledger: What its parts share.
        history: What earlier runs did.
        selections: How what is planned is tested.
        restorer: What creates, starts and stops restores.
        starter: What decides when.
        watch: What looks at those that run.
        verifier: What verifies those that are restored.
        poll_interval: For how many seconds to wait between two looks, above 0.
    """

    def __init__(
        self,
        ledger: Ledger,
        history: History,
        selections: Sequence[DrillOptions],
        *,
        restorer: Restorer,
        starter: Starter,
        watch: Watch,
        verifier: Verifier,
        poll_interval: float,
    ) -> None:
        self._ledger = ledger
        self._restorer = restorer
        self._starter = starter
        self._watch = watch
        self._verifier = verifier
        self._pauses = Pauses(poll_interval, None, ledger.clock.passed)
        self._written = ledger.clock.passed()
        self._works = [
            Work(
                planned=planned,
                options=selections[planned.selection],
                began=history.began.get(planned.configuration_id),
                restored=history.restored.get(planned.configuration_id),
                result=history.results.get(planned.configuration_id),
            )
            for planned in ledger.plan.configurations
        ]
        # Those whose newest backup must be looked up first.
        self._unknown: deque[Work] = deque()

    @property
    def is_done(self) -> bool:
        """Whether there is a verdict about each."""
        return all(work.result is not None for work in self._works)

    def results(self) -> dict[int, DrillResult]:
        """Return the verdicts; what has none wasn't tested."""
        ledger = self._ledger
        goes_on = "" if ledger.journal.path is None else " With its journal it can be continued."
        reason = f"The drill was stopped before.{goes_on}"

        def result(work: Work) -> DrillResult:
            if work.result is not None:
                return work.result
            if work.restored is not None:
                return work.restored.with_verdict(Verdict.NOT_TESTED, reason)
            made = ledger.plan.made
            return result_of(work, Verdict.NOT_TESTED, reason, made=made, ended=None)

        return {work.planned.configuration_id: result(work) for work in self._works}

    def run(self, is_stopped: Callable[[], bool]) -> None:
        """Go on until there is a verdict about each, or the drill is to stop.

        Raises:
            CloudBackupError: The service hasn't answered for too long, or never will.
        """
        self._begin()
        while not self.is_done and not is_stopped():
            changes = self._ledger.changes
            self._note_time()
            self._watch.look()
            if not is_stopped():
                self._look_up(is_stopped)
                running = self._watch.running.values()
                for work in self._starter.start(running, is_stopped):
                    self._watch.add(work)
                self._verifier.look()
            if self.is_done:
                return
            if self._ledger.changes != changes or self._starter.waking.are_awaited:
                self._pauses.shorten(self._starter.waking.soon)
            is_asking = self._watch.running or self._ledger.waiting or self._unknown
            if self._verifier.is_busy and not is_asking:
                self._verifier.wait(_LONGEST_SLEEP)
                continue
            left = self._pauses.next() or 0.0
            while left > 0 and not is_stopped():
                self._ledger.clock.sleep(min(left, _LONGEST_SLEEP))
                left -= _LONGEST_SLEEP

    def cancel(self) -> None:
        """Stop what runs, as far as that works."""
        for work in self._works:
            # One that was interrupted while it was being started may not count as running yet.
            is_begun = work.began is not None and work.began.started is not None
            is_over = work.result is not None or work.restored is not None
            if not is_over and is_begun and work.stopping_since is None:
                try:
                    self._restorer.stop(work, CANCELLED)
                except CloudBackupError:
                    continue

    def empty(self, is_stopped: Callable[[], bool]) -> bool:
        """Run the commands that empty the folders which were restored into.

        Returns:
            Whether all were run; not if the drill is to stop before.
        """
        for work in self._works:
            is_begun = work.began is not None and work.began.started is not None
            if not (work.options.after and work.result and is_begun):
                continue
            if is_stopped():
                return False
            failed = failed_to_empty(
                work.planned,
                work.result,
                work.options.after,
                secrets=self._restorer.secrets,
                is_stopped=is_stopped,
            )
            if failed is not None and is_stopped():
                return False
            if failed is not None and failed not in work.result.reason:
                reason = f"{work.result.reason} {failed}"
                result = work.result.with_verdict(work.result.verdict, reason)
                self._ledger.conclude(work, result)
        return True

    def look_for_strays(self) -> None:
        """Look for restores that a call brought about whose answer was lost, and stop them."""
        for work in self._works:
            told = strays_of(work, self._ledger.client)
            if told and work.result is not None:
                reason = " ".join([work.result.reason, *told])
                result = work.result.with_verdict(work.result.verdict, reason)
                self._ledger.conclude(work, result)

    def _begin(self) -> None:
        """Sort out what needs no restore, what waits for one, and what is being restored."""
        for work in self._works:
            began = work.began
            if work.result is not None:
                continue
            if work.restored is not None:
                self._ledger.unverified.append(work)
                continue
            if began is not None:
                work.uncertain_since = self._ledger.clock.passed()
            if began is not None and began.started is not None:
                self._watch.add(work)
            elif began is None and (work.options.check_only or work.planned.backup_time is None):
                self._unknown.append(work)
            else:
                self._ledger.wait(work)

    def _look_up(self, is_stopped: Callable[[], bool]) -> None:
        """Look up the newest backups that decide by themselves, or whether there is one."""
        ledger = self._ledger
        for _ in range(len(self._unknown)):
            if is_stopped():
                return
            work = self._unknown.popleft()
            try:
                newest = self._restorer.newest(work)
            except FATAL:
                raise
            except CloudBackupError as error:
                if error.may_pass and ledger.may_pass(work, error):
                    self._unknown.append(work)
                else:
                    ledger.finish(work, Verdict.ERROR, f"{error}")
                continue
            work.unanswered = None
            if newest is None:
                reason = "There is no backup that could be restored."
                if work.planned.backup_time is not None:
                    reason = "One is listed as available, but no backup is listed as completed."
                ledger.finish(work, Verdict.NO_BACKUP, reason)
            elif work.options.check_only:
                work.newest_time = newest.completed_time
                reason = "The newest backup was looked at, and not restored, as asked for."
                ledger.finish(work, Verdict.CHECKED, reason)
            else:
                ledger.wait(work)

    def _note_time(self) -> None:
        """Write down now and then for how long the drill has been running."""
        passed = self._ledger.clock.passed()
        if passed - self._written >= _WATCHED_EVERY:
            self._ledger.journal.write("watched", {"passed": passed})
            self._written = passed
