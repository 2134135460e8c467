"""Starting restores: on agents that are online, many at once, but never two on one agent."""

from collections import deque
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Final

from cloud_backup.drill.duration_text import duration_text
from cloud_backup.drill.failures import FATAL
from cloud_backup.drill.ledger import Ledger
from cloud_backup.drill.restoring import NotRestored, Restorer, Uncertain
from cloud_backup.drill.verdict import Verdict
from cloud_backup.drill.work import Work
from cloud_backup.errors import CloudBackupError, NotFound, PermissionDenied
from cloud_backup.waiting.waking import Waking

__all__ = ["Starter"]

_OFFLINE_LOOKS: Final = 8
"""How many agents that turn out to be offline are asked for at each look."""


class Starter:
    """Starts restores, as many as may run at once, and wakes the agents that are to restore.

    Args:
        ledger: What is known.
        restorer: What creates and starts a restore.
        concurrency: How many restores may run at once.
    """

    def __init__(self, ledger: Ledger, restorer: Restorer, concurrency: int) -> None:
        self.waking = Waking(ledger.clock.passed, ledger.patience)
        self._ledger = ledger
        self._restorer = restorer
        self._concurrency = concurrency

    def start(self, running: Collection[Work], is_stopped: Callable[[], bool]) -> list[Work]:
        """Start what waits, if its agent is online and free.

        Args:
            running: What is restoring now.
            is_stopped: Whether the drill is to stop.

        Returns:
            What is restoring besides.

        Raises:
            CloudBackupError: The service hasn't answered for too long, or never will.
        """
        busy = {work.planned.destination_id for work in running}
        started: list[Work] = []
        waiting = self._ledger.waiting
        offline_looks = 0
        for agent_id in [agent_id for agent_id in waiting if agent_id not in busy]:
            room = self._concurrency - len(running) - len(started)
            if room <= 0 or offline_looks >= _OFFLINE_LOOKS or is_stopped():
                break
            queue = waiting.pop(agent_id)
            if self._is_online(agent_id, queue):
                started += self._begin_one(queue, is_stopped)
            else:
                offline_looks += 1
            # At the end, so that agents take turns; a start that was refused waits there already.
            waiting.setdefault(agent_id, deque()).extend(queue)
            if not waiting[agent_id]:
                del waiting[agent_id]
        if self.waking.are_awaited and self.waking.is_due():
            self._wake()
        return started

    def _wake(self) -> None:
        try:
            self._ledger.client.agents.wake()
        except FATAL:
            raise
        except CloudBackupError:
            pass  # they may come online by themselves

    def _is_online(self, agent_id: int, queue: deque[Work]) -> bool:
        """Check an agent; reach a verdict on all that waits for it if it will never be online."""
        ledger = self._ledger
        try:
            agent = ledger.client.agents.get(agent_id)
        except FATAL:
            raise
        except NotFound:
            self._give_up(agent_id, queue, Verdict.ERROR, f"Agent {agent_id} isn't there any more.")
            return False
        except CloudBackupError as error:
            if error.may_pass:
                # That tells nothing about the agent.
                ledger.outage.bear(error)
            else:
                self._await(agent_id, queue, f": {error}")
            return False
        ledger.outage.end()
        if agent.is_disabled:
            reason = f"Agent {agent_id} is disabled: enable it, and try again."
            self._give_up(agent_id, queue, Verdict.AGENT_OFFLINE, reason)
        elif not agent.is_online:
            self._await(agent_id, queue, f", but {agent.status}")
        else:
            self.waking.forget(agent_id)
            return True
        return False

    def _await(self, agent_id: int, queue: deque[Work], problem: str) -> None:
        """Give an agent time to come online, but no more than there is."""
        waited = self.waking.offline(agent_id)
        if waited >= self._ledger.patience:
            told = duration_text(timedelta(seconds=waited))
            reason = f"Agent {agent_id} was not online after {told}{problem}."
            self._give_up(agent_id, queue, Verdict.AGENT_OFFLINE, reason)

    def _give_up(self, agent_id: int, queue: deque[Work], verdict: Verdict, reason: str) -> None:
        self.waking.forget(agent_id)
        while queue:
            self._ledger.finish(queue.popleft(), verdict, reason)

    def _begin_one(self, queue: deque[Work], is_stopped: Callable[[], bool]) -> list[Work]:
        """Start the first that can be started, if one can; return it."""
        while queue and not is_stopped():
            work = queue.popleft()
            if self._begin(work):
                return [work]
            if work.result is None:
                break  # it waits to be tried again
        return []

    def _begin(self, work: Work) -> bool:
        """Create and start a restore, and say whether it runs; what is wrong is its verdict."""
        ledger = self._ledger
        try:
            if work.restore_id is None:
                self._restorer.create(work)
            self._restorer.start(work)
        except FATAL:
            raise
        except NotRestored as judged:
            ledger.finish(work, judged.verdict, judged.reason)
        except Uncertain:
            ledger.wait(work, is_news=False)
        except PermissionDenied as refusal:
            self._refused(work, refusal)
        except ValueError as error:
            ledger.finish(work, Verdict.ERROR, f"{error}")
        except CloudBackupError as error:
            if error.may_pass and ledger.may_pass(work, error):
                ledger.wait(work)
            else:
                ledger.finish(work, Verdict.ERROR, f"{error}")
        else:
            work.unanswered = None
            return True
        return False

    def _refused(self, work: Work, refusal: PermissionDenied) -> None:
        """Take it that an agent isn't ready yet, for as long as there is patience."""
        ledger = self._ledger
        now = ledger.clock.passed()
        work.refused_since = now if work.refused_since is None else work.refused_since
        if work.restore_id is None:
            ledger.finish(work, Verdict.ERROR, f"{refusal}")
        elif now - work.refused_since >= ledger.patience:
            self.waking.forget(work.planned.destination_id)
            reason = f"The restore can't be started: {refusal}"
            ledger.finish(work, Verdict.AGENT_OFFLINE, reason)
        else:
            self.waking.offline(work.planned.destination_id)
            ledger.wait(work)
