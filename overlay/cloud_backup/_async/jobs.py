"""What backups and restores have in common: they are done in their own time."""

from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any, ClassVar, Final, Generic, TypeVar

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

SINGLE_LOOKS: Final = 5
"""How many that the activity doesn't tell about are asked for one by one at each look."""


class AsyncWatcher(Generic[R, J, C]):
    """Watches backups or restores, to which others may be added at any time.

    A look is one request for the activity, however many are watched, and at most five more for some
    of those that it doesn't tell about, which take turns.

    Args:
        change: The class of the changes.
        get: Fetches one.
        activity: Fetches the activity.
        always: Whether to fetch the activity even if only one is watched.
    """

    def __init__(
        self,
        change: type[C],
        *,
        get: AsyncAsk[[R], J],
        activity: AsyncAsk[[], list[Activity]],
        always: bool,
    ) -> None:
        self._change = change
        self._get = get
        self._activity = activity
        self._always = always
        self._last: dict[int, C | None] = {}
        # In the order in which those that the activity doesn't tell about are asked for.
        self._pending: dict[int, R] = {}
        # The changes that no look has returned yet.
        self._seen: list[C] = []

    @property
    def pending(self) -> list[int]:
        """The ids of those that aren't done."""
        return list(self._pending)

    @property
    def states(self) -> dict[int, str]:
        """The state of each that is or was watched, by id; "Unknown" if it hasn't been seen."""
        return {
            job_id: "Unknown" if last is None else str(last.state)
            for job_id, last in self._last.items()
        }

    def add(self, *jobs: R) -> None:
        """Watch others too.

        Raises:
            ValueError: An id can't be right.
        """
        for job_id, job in [(self._change.id_of(job), job) for job in jobs]:
            self._last.setdefault(job_id, None)
            self._pending.setdefault(job_id, job)

    def discard(self, job: R) -> None:
        """Watch one no longer, if it was."""
        self._pending.pop(self._change.id_of(job), None)

    async def look(
        self, on_error: Callable[[int, CloudBackupError], object] | None = None
    ) -> list[C]:
        """Look once.

        Args:
            on_error: Called with its id and the error if one can't be looked at by itself; None to
                raise the error.

        Returns:
            Those that are in another state than before, or are seen for the first time. What is
            final is watched no longer.

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
        """Note the state of one, and the change if it has changed."""
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
        """Ask for the activity, and return what it tells of each, the latest if more."""
        told: dict[int, Activity] = {}
        for row in await self._activity():
            if row.type != self._change.KIND or row.state is None:
                continue
            # A backup's own id is under another name where the activity has one to itself.
            job_id = row.id
            if row.type == ActivityType.BACKUP and row.backup_id is not None:
                job_id = row.backup_id
            if job_id not in told or _time(row) > _time(told[job_id]):
                told[job_id] = row
        return told


class AsyncJobs(Generic[R, J, C]):
    """Backups or restores: waiting for one, or for many."""

    CHANGE: type[C]
    FAILED: ClassVar[type[NotCompleted]]

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, job: R, /) -> J:
        """Look at one."""
        raise NotImplementedError

    async def report(self, job: R, /) -> Any:
        """Ask for the report of one that is done."""
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
        """Wait until a backup or restore is done, whether well or not: its report tells.

        A restore that nobody starts is never done: give a timeout where that may be.

        Args:
            job: The backup or restore.
            poll_interval: For how many seconds to wait between two looks, above 0. While nothing
                changes the waits grow, to four times as much.
            timeout: For how many seconds to wait in all; None for as long as it takes.
            on_change: Called with the backup or restore whenever it is in another state than at the
                look before, and at the first look.
            wake: Whether to wake the user's agents at first and then every 70 seconds.
            check: Whether to raise an error if it ends otherwise than Completed.

        Returns:
            It in its final state: Completed, CompletedWithErrors, Stopped or Failed; a backup may
            also be Skipped or Missed.

        Raises:
            ValueError: The id, the poll interval or the timeout can't be right.
            WaitTimeout: It wasn't done in time; the error has it as last seen.
            BackupFailed, RestoreFailed: It ended otherwise than Completed, and `check` is true.
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
                    raise self.FAILED(name, now, await self._report_if_any(job))
                return now
        raise RuntimeError("looking ends with an error if not by itself")

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
        """Wait until many backups or restores are done, at the cost of a few requests a look.

        Args:
            jobs: The backups or restores, one or thousands.
            poll_interval: As for `wait`, and so are `timeout` and `wake`.
            on_change: Called whenever one is in another state than at the look before, and when it
                is seen first.

        Returns:
            How each of them ended, in the order given. `report()` and `get()` take these.

        Raises:
            ValueError: An id, the poll interval or the timeout can't be right.
            WaitTimeout: Some weren't done in time; the error says how many are in which state.
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
        """Watch backups or restores until all are done, and tell each change as it is seen.

        The first look tells the state of each. Whoever stops iterating stops watching.

        Args:
            jobs: As for `wait_all`, and so are the others.

        Returns:
            What to iterate over. Iterating raises what `wait_all` raises.
        """
        watcher = self.watcher(always=False)
        watcher.add(*jobs)
        pauses = Pauses(poll_interval, timeout, self._connection.retries.clock)
        return self._watch(watcher, pauses, wake=wake)

    def watcher(self, *, always: bool = True) -> AsyncWatcher[R, J, C]:
        """Make a watcher, for a program that has a loop of its own and adds jobs as it goes.

        Args:
            always: Whether a look always asks for the activity; else for one alone it asks for the
                backup or restore itself.
        """
        return AsyncWatcher(
            self.CHANGE,
            get=self.get,
            activity=AsyncActivities(self._connection).list,
            always=always,
        )

    async def _report_if_any(self, job: R) -> Any:
        try:
            return await self.report(job)
        except CloudBackupError:
            return None

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


def _time(row: Activity) -> float:
    return 0.0 if row.time_of_activity is None else row.time_of_activity.timestamp()
