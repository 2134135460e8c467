"""Scheduled backups.

Nothing runs in the background: each call first makes the runs that were due since the last call,
each at the time when it was due.
"""

from collections.abc import Callable
from typing import Final

from cloud_backup_emulator.agent_facts import online_from
from cloud_backup_emulator.backups import DAY, last_job, start_backup
from cloud_backup_emulator.entities import Agent, Backup, BackupConfiguration
from cloud_backup_emulator.faults import Outcome
from cloud_backup_emulator.schedules import Schedule
from cloud_backup_emulator.store import Store
from cloud_backup_emulator.world import World

__all__ = ["look_again", "make_due_runs", "plan"]

NEVER: Final = 2**63 - 1
"""Later than any time."""

AT_ONCE: Final = 0
"""Earlier than any time: a configuration's next run must be determined."""

LONGEST_GAP: Final = 90 * DAY
"""How far back runs are made, in milliseconds. Runs due earlier are omitted."""

AS_SOON_AS_POSSIBLE: Final = 1
"""The MissedBackupActionId that makes up for a missed run once the agent is online."""


def make_due_runs(
    store: Store,
    now: int,
    take_outcome: Callable[[str], Outcome | None] = lambda _id: None,
    look: Callable[..., object] = lambda: None,
) -> None:
    """Make the runs that were due, in a transaction if there are any.

    A run is Skipped while the previous one is running, and Missed if the agent is offline or
    disabled.

    Args:
        store: The store.
        now: The time, in milliseconds since 1970.
        take_outcome: As in `World`.
        look: As in `World`.
    """
    due = store.due(BackupConfiguration, now)
    if due:
        with store.transaction():
            for tenant, configuration in due:
                _Runs(World(store, tenant, now, take_outcome, look), configuration).make()


def plan(world: World, configuration: BackupConfiguration) -> None:
    """Set when a configuration is due next, from now on. The caller stores it."""
    document, schedule = configuration.document, configuration.schedule
    configuration.ran_until = world.now
    configuration.moment = None
    if schedule is not None and document["IsActive"] and not document["IsDeleted"]:
        due = Schedule.read(schedule).next_after(world.now)
        configuration.moment = AT_ONCE if due is not None and configuration.missed else due


def look_again(world: World) -> None:
    """Determine again when missed runs can be made up for, because agents have changed."""
    for configuration in world.all(BackupConfiguration, missed=True):
        if configuration.moment is not None:
            configuration.moment = AT_ONCE
            world.put(configuration.configuration_id, configuration)


class _Runs:
    """The runs of one configuration."""

    def __init__(self, world: World, configuration: BackupConfiguration) -> None:
        if configuration.schedule is None:
            raise ValueError("a configuration of the starting data has no runs")
        self._world = world
        self._configuration = configuration
        self._schedule = Schedule.read(configuration.schedule)
        self._agent = world.find(Agent, configuration.agent_id)

    def make(self) -> None:
        """Make the runs that are due, in chronological order."""
        configuration, now = self._configuration, self._world.now
        event = self._next(max(configuration.ran_until, now - LONGEST_GAP))
        last = last_job(self._world, configuration.configuration_id)
        busy_until = last.job.ends if last else 0
        while event <= now:
            run = self._run(event, busy=event < busy_until)
            if run.state is None:
                busy_until = run.job.ends
            configuration.ran_until = event
            event = self._next(event)
        configuration.moment = event
        self._world.put(configuration.configuration_id, configuration)

    def _next(self, after: int) -> int:
        due = self._schedule.next_after(after)
        made_up = None
        if self._configuration.missed and self._agent and not self._agent.document["IsDisabled"]:
            made_up = online_from(self._agent, after + 1)
        return min((time for time in (due, made_up) if time is not None), default=NEVER)

    def _run(self, at: int, *, busy: bool) -> Backup:
        configuration, agent = self._configuration, self._agent
        disabled = agent is None or agent.document["IsDisabled"]
        if agent is None or disabled or online_from(agent, at) != at:
            action = configuration.document["MissedBackupActionId"]
            configuration.missed = not disabled and action == AS_SOON_AS_POSSIBLE
            return self._not_made("Missed", at)
        configuration.missed = False
        if busy:
            return self._not_made("Skipped", at)
        return start_backup(self._world, configuration, at)

    def _not_made(self, state: str, at: int) -> Backup:
        configuration = self._configuration
        backup = Backup(
            self._world.store.next_id(),
            configuration.configuration_id,
            configuration.agent_id,
            state=state,
            since=at,
            started=at,
        )
        self._world.put(backup.backup_id, backup)
        return backup
