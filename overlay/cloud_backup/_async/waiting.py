"""Watching many backups or restores at once, by what the list of activity tells of them."""

from collections.abc import AsyncIterator, Callable, Iterable
from typing import Final, Generic, TypeVar

from cloud_backup.calling.deadline import within
from cloud_backup.calling.operations import AsyncAsk
from cloud_backup.errors import AuthenticationError, CloudBackupError, WaitTimeout
from cloud_backup.values.states import ActivityType, is_final
from cloud_backup.waiting.pauses import Pauses, check
from cloud_backup.waiting.state_changes import BackupChange, RestoreChange
from cloud_backup_api.api.activity import list_activity
from cloud_backup_api.api.agents import wake_agents
from cloud_backup_api.models import Activity, Backup, Restore

from .connection import LOGGER, AsyncConnection

J = TypeVar("J", bound=Backup | Restore)
C = TypeVar("C", BackupChange, RestoreChange)

SINGLE_LOOKS: Final = 5
"""How many that the activity doesn't tell about are asked for one by one at each look."""


async def wait_for_one(
    connection: AsyncConnection,
    name: str,
    look: AsyncAsk[[], J],
    *,
    poll_interval: float,
    timeout: float | None,  # noqa: ASYNC109 - between two looks, not of a task
    on_change: Callable[[J], object] | None,
    wake: bool,
) -> J:
    """Wait until a backup or a restore is done.

    Args:
        connection: Wakes agents, and sleeps.
        name: What it is called in an error.
        look: Asks for it.
        poll_interval: For how many seconds to wait between two looks, above 0.
        timeout: For how many seconds to wait in all; None for as long as it takes.
        on_change: Called with it whenever it is in another state, and at the first look.
        wake: Whether to wake agents at first and then every 70 seconds.

    Raises:
        ValueError: The poll interval is not above 0.
        WaitTimeout: It wasn't done in time.
    """
    pauses = Pauses(poll_interval, timeout, connection.retries.clock)
    seen: str | None = None
    last: J | None = None
    while True:
        try:
            with within(pauses.for_a_look):
                if wake and pauses.is_time_to_wake():
                    await wake_all(connection)
                now = await look()
        except CloudBackupError as error:
            if last is None or not pauses.is_over:
                raise
            raise WaitTimeout(name, last, pauses.waited) from error
        last = now
        changed = now.state != seen
        if changed:
            seen = now.state
            if on_change is not None:
                on_change(now)
        if now.is_final:
            return now
        pause = pauses.next(changed=changed)
        if pause is None:
            raise WaitTimeout(name, now, pauses.waited)
        await connection.sleep(pause)


class AsyncWatcher(Generic[C]):
    """Watches backups, or restores.

    A look is one request for the activity, whatever the number that is watched, and at most five
    more for some of those that it doesn't tell about, which take turns.

    Args:
        connection: Asks.
        kind: What they are.
        look: Asks for one of them.
        change: Makes the value that tells of a change: of the id, the state, the one before, and
            the activity that told.
    """

    def __init__(
        self,
        connection: AsyncConnection,
        kind: ActivityType,
        look: AsyncAsk[[int], Backup | Restore],
        change: Callable[[int, str, str | None, Activity | None], C],
    ) -> None:
        self._connection = connection
        self._kind = kind
        self._look = look
        self._change: Callable[[int, str, str | None, Activity | None], C] = change

    def watch(
        self, job_ids: Iterable[int], *, poll_interval: float, timeout: float | None, wake: bool
    ) -> AsyncIterator[C]:
        """Watch them until all are done.

        Raises:
            ValueError: The poll interval is not above 0.
        """
        check(poll_interval)
        pauses = Pauses(poll_interval, timeout, self._connection.retries.clock)
        return self._watch(list(dict.fromkeys(job_ids)), pauses, wake=wake)

    async def wait(
        self,
        job_ids: list[int],
        *,
        poll_interval: float,
        timeout: float | None,  # noqa: ASYNC109 - between two looks, not of a task
        wake: bool,
        on_change: Callable[[C], object] | None,
    ) -> list[C]:
        """Watch them until all are done, and return how each of them ended.

        Raises:
            ValueError: The poll interval is not above 0.
        """
        last: dict[int, C] = {}
        async for job_id, change in self._changes(
            job_ids, Pauses(poll_interval, timeout, self._connection.retries.clock), wake=wake
        ):
            last[job_id] = change
            if on_change is not None:
                on_change(change)
        return [last[job_id] for job_id in job_ids]

    async def _watch(self, job_ids: list[int], pauses: Pauses, *, wake: bool) -> AsyncIterator[C]:
        async for _, change in self._changes(job_ids, pauses, wake=wake):
            yield change

    async def _changes(
        self, job_ids: list[int], pauses: Pauses, *, wake: bool
    ) -> AsyncIterator[tuple[int, C]]:
        states: dict[int, str] = {}
        # In the order in which those that the activity doesn't tell about are asked for.
        pending = dict.fromkeys(job_ids)
        while pending:
            try:
                with within(pauses.for_a_look):
                    if wake and pauses.is_time_to_wake():
                        await wake_all(self._connection)
                    told, now = await self._states(pending)
            except CloudBackupError as error:
                if pauses.is_over:
                    raise self._timeout(job_ids, states, pauses) from error
                raise
            changed = False
            for job_id, state in now.items():
                previous = states.get(job_id)
                if state != previous:
                    changed = True
                    states[job_id] = state
                if is_final(state):
                    del pending[job_id]
                if state != previous:
                    yield job_id, self._change(job_id, state, previous, told.get(job_id))
            if not pending:
                return
            pause = pauses.next(changed=changed)
            await self._connection.sleep(self._in_time(pause, job_ids, states, pauses))

    def _in_time(
        self, pause: float | None, job_ids: list[int], states: dict[int, str], pauses: Pauses
    ) -> float:
        """Return a pause, where there is time for it."""
        if pause is None:
            raise self._timeout(job_ids, states, pauses)
        return pause

    def _timeout(
        self, job_ids: Iterable[int], states: dict[int, str], pauses: Pauses
    ) -> WaitTimeout:
        seen = {job_id: states.get(job_id, "Unknown") for job_id in job_ids}
        return WaitTimeout(f"{self._kind.lower()}s", None, pauses.waited, states=seen)

    async def _states(self, pending: dict[int, None]) -> tuple[dict[int, Activity], dict[int, str]]:
        """Look once: return what the activity tells, and the states that are known now."""
        told = await self._activity() if len(pending) > 1 else {}
        untold = [job_id for job_id in pending if job_id not in told][:SINGLE_LOOKS]
        now = {job_id: str(told[job_id].state) for job_id in pending if job_id in told}
        for job_id in untold:
            now[job_id] = str((await self._look(job_id)).state)
            # It has had its turn.
            del pending[job_id]
            pending[job_id] = None
        return told, now

    async def _activity(self) -> dict[int, Activity]:
        """Ask for the activity, and return what it tells of each, the latest if more."""
        told: dict[int, Activity] = {}
        for row in await self._connection.call(list_activity.call()):
            if row.type != self._kind or row.state is None:
                continue
            # A backup's own id is under another name where the activity has one to itself.
            job_id = row.id
            if self._kind is ActivityType.BACKUP and row.backup_id is not None:
                job_id = row.backup_id
            if job_id not in told or _time(row) > _time(told[job_id]):
                told[job_id] = row
        return told


async def wake_all(connection: AsyncConnection) -> None:
    """Wake all of the user's agents. Where that fails, they may be awake all the same.

    Raises:
        AuthenticationError: The credentials are wrong.
    """
    try:
        await connection.call(wake_agents.call())
    except AuthenticationError:
        raise
    except CloudBackupError as error:
        LOGGER.warning("the agents can't be woken: %s", type(error).__name__)


def _time(row: Activity) -> float:
    return 0.0 if row.time_of_activity is None else row.time_of_activity.timestamp()
