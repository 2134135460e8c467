"""What backups and restores have in common: they run for a while."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, ClassVar, Final, Generic, TypeVar

from attrs import define, field

from cloud_backup.calling.operations import AsyncAsk
from cloud_backup.errors import CloudBackupError, NotCompleted, WaitTimeout
from cloud_backup.states import ActivityType, is_final
from cloud_backup.waiting.pauses import Pauses
from cloud_backup.waiting.state_changes import JobChange
from cloud_backup.waiting.waking import Waking
from cloud_backup_api.models import Activity, Backup, Restore

from .activity import AsyncActivities
from .connection import AsyncConnection
from .waiting import looks

R = TypeVar("R")
J = TypeVar("J", bound=Backup | Restore)
C = TypeVar("C", bound=JobChange[Any])

_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)

SINGLE_LOOKS: Final = 5
"""How many backups or restores missing from the activity each look fetches one by one."""


@define(eq=False, repr=False)
class AsyncWatcher(Generic[R, J, C]):
    """Watches backups or restores; more can be added at any time.

    A look takes one request for the activity, however many are watched, and at most five more for
    those that aren't in the activity, which take turns.
    """

    _change: type[C]
    _get: AsyncAsk[[R], J]
    _activity: AsyncAsk[[], list[Activity]]
    _always: bool
    _last: dict[int, C | None] = field(factory=dict, init=False)
    # In the order in which those that aren't in the activity are fetched.
    _pending: dict[int, R] = field(factory=dict, init=False)
    # The changes that no look has returned yet.
    _seen: list[C] = field(factory=list, init=False)

    @property
    def pending(self) -> list[int]:
        """The ids of those that aren't finished."""
        return list(self._pending)

    @property
    def states(self) -> dict[int, str]:
        """The state of each that is or was watched, by id; "Unknown" if it was never seen."""
        return {
            job_id: "Unknown" if last is None else str(last.state)
            for job_id, last in self._last.items()
        }

    def add(self, *jobs: R) -> None:
        """Watch more of them; raise a `ValueError` if an id is invalid."""
        for job_id, job in [(self._change.id_of(job), job) for job in jobs]:
            self._last.setdefault(job_id, None)
            self._pending.setdefault(job_id, job)

    def discard(self, job: R) -> None:
        """Stop watching one, if it is watched."""
        self._pending.pop(self._change.id_of(job), None)

    async def look(
        self, on_error: Callable[[int, CloudBackupError], object] | None = None
    ) -> list[C]:
        """Look once.

        Args:
            on_error: Called with the id and the error if one can't be fetched; None to raise the
                error.

        Returns:
            Those whose state has changed, or that are seen for the first time. Those in a final
            state are not watched any longer.

        Raises:
            CloudBackupError: It failed. The next look also returns what this one saw.
        """
        alone = len(self._pending) == 1 and not self._always
        told = await self._told() if self._pending and not alone else {}
        single = [job_id for job_id in self._pending if job_id not in told][:SINGLE_LOOKS]
        for job_id in [job_id for job_id in self._pending if job_id in told]:
            self._see(job_id, str(told[job_id].state), told[job_id])
        for job_id in single:
            # It has had its turn then.
            self._pending[job_id] = job = self._pending.pop(job_id)
            try:
                self._see(job_id, str((await self._get(job)).state))
            except CloudBackupError as error:
                if on_error is None:
                    raise
                on_error(job_id, error)
        changes, self._seen = self._seen, []
        return changes

    def _see(self, job_id: int, state: str, told: Activity | None = None) -> None:
        """Note the state of one, and the change if there is one."""
        if is_final(state):
            self._pending.pop(job_id, None)
        last = self._last[job_id]
        if last is None or last.state != state:
            previous = None if last is None else str(last.state)
            self._last[job_id] = change = self._change.of(
                job_id, state=state, previous=previous, activity=told
            )
            self._seen.append(change)

    async def _told(self) -> dict[int, Activity]:
        """Fetch the activity, and return the latest row of each."""
        told: dict[int, Activity] = {}
        rows = await self._activity()
        rows.sort(key=lambda row: row.time_of_activity or _LONG_AGO, reverse=True)
        for row in rows:
            if row.type != self._change.KIND or row.state is None:
                continue
            # A row may have an id of its own; the backup's id is in another field then.
            job_id = row.id
            if row.type == ActivityType.BACKUP and row.backup_id is not None:
                job_id = row.backup_id
            told.setdefault(job_id, row)
        return told


class AsyncJobs(Generic[R, J, C]):
    """Backups or restores: waiting for one, or for many."""

    CHANGE: type[C]
    FAILED: ClassVar[type[NotCompleted]]

    _connection: AsyncConnection

    async def get(self, job: R, /) -> J:
        """Fetch one."""
        raise NotImplementedError

    async def report(self, job: R, /) -> Any:
        """Fetch the report of one that is finished."""
        raise NotImplementedError

    async def wait(
        self,
        job: R,
        /,
        *,
        poll_interval: float = 5.0,
        timeout: float | None = None,  # noqa: ASYNC109 - between two looks, not of a task
        on_change: Callable[[J], object] | None = None,
        wake: bool = False,
        check: bool = False,
    ) -> J:
        """Wait until a backup or restore has finished, successfully or not.

        A restore that is never started never finishes, so set a timeout if that can happen.

        Args:
            job: The backup or restore.
            poll_interval: Seconds between two looks, above 0. While nothing changes, the pauses
                grow to four times as long.
            timeout: How many seconds to wait in all; None for no limit.
            on_change: Called with the backup or restore at the first look and whenever its state
                has changed.
            wake: Whether to wake the user's agents now and then every 70 seconds.
            check: Whether to raise an error if it ends in another state than Completed.

        Returns:
            The backup or restore in its final state: Completed, CompletedWithErrors, Stopped or
            Failed; a backup may also be Skipped or Missed.

        Raises:
            ValueError: The id, the poll interval or the timeout is invalid.
            WaitTimeout: It didn't finish in time; the error has it as last seen.
            BackupFailed, RestoreFailed: It didn't end Completed, and `check` is true.
        """
        name = f"{self.CHANGE.KIND.lower()} {self.CHANGE.id_of(job)}"
        pauses = Pauses(poll_interval, timeout, self._connection.retries.clock)
        state: str | None = None
        async for now in looks(
            self._connection,
            pauses,
            lambda: self.get(job),
            lambda last: WaitTimeout(name, last, pauses.waited),
            waking=Waking(lambda: pauses.waited) if wake else None,
        ):
            if now.state != state:
                state = now.state
                pauses.shorten()
                if on_change is not None:
                    on_change(now)
            if now.is_final:
                if check and not now.is_successful:
                    report = None
                    with suppress(CloudBackupError):
                        report = await self.report(job)
                    raise self.FAILED(name, now, report)
                return now
        raise RuntimeError("looks() ends only with an error")

    async def wait_all(
        self,
        jobs: Iterable[R],
        /,
        *,
        poll_interval: float = 5.0,
        timeout: float | None = None,  # noqa: ASYNC109 - between two looks, not of a task
        on_change: Callable[[C], object] | None = None,
        wake: bool = False,
    ) -> list[C]:
        """Wait until many backups or restores have finished, with a few requests a look.

        Args:
            jobs: The backups or restores, one or thousands.
            poll_interval: As for `wait`, and so are `timeout` and `wake`.
            on_change: Called whenever one is seen for the first time or its state has changed.

        Returns:
            How each of them ended, in the order given. `report()` and `get()` take these.

        Raises:
            ValueError: An id, the poll interval or the timeout is invalid.
            WaitTimeout: Some didn't finish in time; the error says how many are in which state.
        """
        watched = list(jobs)
        last: dict[int, C] = {}
        changes = self.watch(watched, poll_interval=poll_interval, timeout=timeout, wake=wake)
        async for change in changes:
            last[change.job_id] = change
            if on_change is not None:
                on_change(change)
        return [last[self.CHANGE.id_of(job)] for job in watched]

    def watch(
        self,
        jobs: Iterable[R],
        /,
        *,
        poll_interval: float = 5.0,
        timeout: float | None = None,
        wake: bool = False,
    ) -> AsyncIterator[C]:
        """Watch backups or restores until all have finished, and yield each change.

        The first look yields the state of each. To stop watching, stop iterating, which raises what
        `wait_all` raises. The arguments are as for `wait_all`.
        """
        watcher = self.watcher(always=False)
        watcher.add(*jobs)
        pauses = Pauses(poll_interval, timeout, self._connection.retries.clock)
        return self._watch(watcher, pauses, wake=wake)

    def watcher(self, *, always: bool = True) -> AsyncWatcher[R, J, C]:
        """Make a watcher, for a program that has its own loop and adds jobs as it goes.

        Args:
            always: Whether to fetch the activity even if only one is watched; otherwise a look
                fetches that one itself.
        """
        activity = AsyncActivities(self._connection).list
        return AsyncWatcher(self.CHANGE, self.get, activity, always)

    async def _watch(
        self, watcher: AsyncWatcher[R, J, C], pauses: Pauses, *, wake: bool
    ) -> AsyncIterator[C]:
        if not watcher.pending:
            return
        async for changes in looks(
            self._connection,
            pauses,
            lambda: watcher.look(),  # noqa: PLW0108 - with no argument
            lambda _: WaitTimeout(
                f"{self.CHANGE.KIND.lower()}s", None, pauses.waited, states=watcher.states
            ),
            seen=list[C](),
            waking=Waking(lambda: pauses.waited) if wake else None,
        ):
            if changes:
                pauses.shorten()
            for change in changes:
                yield change
            if not watcher.pending:
                return
