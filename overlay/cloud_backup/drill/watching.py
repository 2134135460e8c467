"""Watching the restores that run: until they end, or have taken too long."""

from datetime import timedelta
from typing import Final

from cloud_backup.drill.evidence import Testimony
from cloud_backup.drill.failures import FATAL
from cloud_backup.drill.judging import judge_restore
from cloud_backup.drill.ledger import Ledger
from cloud_backup.drill.restoring import SETTLED_AFTER, Restorer
from cloud_backup.drill.verdict import Verdict
from cloud_backup.drill.work import OVERDUE, Work
from cloud_backup.errors import CloudBackupError, NotFound
from cloud_backup.states import RestoreState, is_final

__all__ = ["Watch"]

_MOST_STARTS: Final = 3
"""How often a start is asked for of which nobody knows whether it was carried out."""


_RESTORED: Final = (RestoreState.COMPLETED, RestoreState.COMPLETED_WITH_ERRORS)


class Watch:
    """Watches restores, at the cost of one or a few requests a look.

    Args:
        ledger: What is known.
        restorer: What stops a restore.
        deadline: How long a restore may take; None for as long as it takes.

    Attributes:
        running: What is restoring, by the id of its restore.
    """

    def __init__(self, ledger: Ledger, restorer: Restorer, deadline: timedelta | None) -> None:
        self.running: dict[int, Work] = {}
        self._ledger = ledger
        self._restorer = restorer
        self._deadline = deadline
        self._watcher = ledger.client.restores.watcher()

    def add(self, work: Work) -> None:
        """Watch a configuration's restore."""
        if work.restore_id is not None:
            work.is_running, work.refused_since = True, None
            self.running[work.restore_id] = work
            self._watcher.add(work.restore_id)
            self._ledger.tell(work)

    def look(self) -> None:
        """Look at all restores that run, and reach a verdict on those that are done.

        Raises:
            CloudBackupError: The service hasn't answered for too long, or never will.
        """
        if not self._see():
            return
        for restore_id, work in list(self.running.items()):
            if is_final(work.state or ""):
                self._judge(work)
            elif self._is_unsettled(work):
                self._settle(work)
            # Of one that is being created it isn't known whether it runs, unless its start was
            # acknowledged.
            elif work.state != RestoreState.CREATING or (work.began and work.began.is_started):
                self._keep_to_deadline(work, restore_id)
            if not work.is_running:
                del self.running[restore_id]
                self._watcher.discard(restore_id)

    def _see(self) -> bool:
        """Note the states that restores are in; whether the service told them."""
        try:
            changes = self._watcher.look(self._failed)
        except FATAL:
            raise
        except CloudBackupError as error:
            self._ledger.outage.bear(error)
            return False
        if self._watcher.pending or changes:
            self._ledger.outage.end()
        for change in changes:
            work = self.running[change.restore_id]
            work.state, work.told = str(change.state), change.activity
            if not (change.is_final or self._is_unsettled(work)):
                self._ledger.tell(work)
        return True

    def _failed(self, restore_id: int, error: CloudBackupError) -> None:
        """Take it that one restore can't be looked at by itself."""
        if isinstance(error, FATAL):
            raise error
        if isinstance(error, NotFound):
            reason = f"Restore {restore_id} isn't there any more."
            self._ledger.finish(self.running[restore_id], Verdict.ERROR, reason)
        # Else perhaps at the next look; the deadline holds.

    @staticmethod
    def _is_unsettled(work: Work) -> bool:
        """Whether a restore was asked to start, and doesn't seem to have."""
        return work.state == RestoreState.CREATING and work.is_start_uncertain

    def _settle(self, work: Work) -> None:
        """Start a restore again, once it is certain that it hasn't been started after all."""
        since = work.uncertain_since
        if since is not None and self._ledger.clock.passed() - since < SETTLED_AFTER:
            return
        if work.attempts >= _MOST_STARTS:
            reason = f"The restore didn't start, though that was asked for {work.attempts} times."
            self._ledger.finish(work, Verdict.ERROR, reason)
        else:
            work.is_running = False
            self._ledger.wait(work)

    def _judge(self, work: Work) -> None:
        """Collect what the service says of a restore that is done, and judge it."""
        ledger, client, said = self._ledger, self._ledger.client, Testimony()
        try:
            said.report = client.restores.report(work.restore_id or 0)
            said.details = client.restores.get(work.restore_id or 0)
            if work.began is not None:
                said.backup = client.backups.report(work.began.backup_id)
        except FATAL:
            raise
        except CloudBackupError as error:
            # A restore that is Completed may still have errors, which its report alone tells.
            if work.state == RestoreState.COMPLETED and ledger.may_pass(work, error):
                return
        else:
            if said.is_early and ledger.may_pass(work, None):
                return
        result = judge_restore(
            work,
            said,
            made=ledger.plan.made,
            ended=ledger.clock.now(),
            passed=ledger.clock.passed(),
        )
        if work.options.verify is not None and work.state in _RESTORED:
            ledger.verify(work, result)
        else:
            ledger.settle(work, result)

    def _keep_to_deadline(self, work: Work, restore_id: int) -> None:
        ledger, began, now = self._ledger, work.began, self._ledger.clock.passed()
        if began is None or began.started is None:
            return
        if began.stopping == OVERDUE and work.stopping_since is not None:
            if now - work.stopping_since >= ledger.patience:
                reason = f"Restore {restore_id} was asked to stop, but is still {work.state}."
                ledger.finish(work, Verdict.TIMED_OUT, reason)
            return
        # A restore that an earlier run was about to stop, and that still runs, is stopped again;
        # one that was cancelled with the drill continues with it.
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
        ledger.tell(work)
