"""Backups that run by themselves, when their configurations are due.

Nothing runs in the background here either: before a call is answered, the runs that were due since
the last one are made, each at the time it was due.
"""

from collections.abc import Callable
from typing import Final

from cloud_backup_emulator.agent_facts import online_from
from cloud_backup_emulator.backups import DAY, start_backup
from cloud_backup_emulator.entities import Agent, Backup, BackupConfiguration
from cloud_backup_emulator.faults import Outcome
from cloud_backup_emulator.schedules import Schedule
from cloud_backup_emulator.store import Store
from cloud_backup_emulator.world import World

__all__ = ["NEVER", "make_due_runs"]

NEVER: Final = 2**63 - 1
"""Later than any time."""

LONGEST_GAP: Final = 90 * DAY
"""How far back runs are made, in milliseconds: of what was due before, there is nothing."""

AS_SOON_AS_POSSIBLE: Final = 1
"""The MissedBackupActionId that makes up for a missed run once the agent is there."""


def make_due_runs(
    store: Store, now: int, take_outcome: Callable[[str], Outcome | None] = lambda _id: None
) -> int:
    """Make the runs that were due, within a transaction of the caller's.

    A run is Skipped while the one before goes on, and Missed if the agent is offline or disabled.

    Args:
        store: The store.
        now: The time, in milliseconds since 1970.
        take_outcome: As in `World`.

    Returns:
        When the next one is due, in milliseconds since 1970; `NEVER` if none is.
    """
    earliest = NEVER
    for tenant in store.tenants(BackupConfiguration):
        world = World(store, tenant, now, take_outcome)
        for configuration in world.all(BackupConfiguration, is_scheduled=True):
            document = configuration.document
            if document["IsActive"] and not document["IsDeleted"]:
                earliest = min(earliest, _Runs(world, configuration).make())
    return earliest


class _Runs:
    """The runs of one configuration."""

    def __init__(self, world: World, configuration: BackupConfiguration) -> None:
        if configuration.schedule is None:
            raise ValueError("a configuration of the starting data has no runs")
        self._world = world
        self._configuration = configuration
        self._schedule = Schedule.read(configuration.schedule)
        self._agent = world.find(Agent, configuration.agent_id)

    def make(self) -> int:
        """Make what is due, in the order of time; tell when the next is."""
        configuration, now = self._configuration, self._world.now
        began = max(configuration.ran_until, now - LONGEST_GAP)
        event = self._next(began)
        if event > now:
            return event
        runs = self._world.all(Backup, configuration_id=configuration.configuration_id)
        busy_until = max((run.job.ends for run in runs if run.state is None), default=0)
        while event <= now:
            run = self._run(event, runs, busy=event < busy_until)
            if run.state is None:
                busy_until = run.job.ends
            runs.append(run)
            configuration.ran_until = event
            event = self._next(event)
        self._world.put(configuration.configuration_id, configuration)
        return event

    def _next(self, after: int) -> int:
        due = self._schedule.next_after(after)
        made_up = None
        if self._configuration.missed and self._agent and not self._agent.document["IsDisabled"]:
            made_up = online_from(self._agent, after + 1)
        return min((time for time in (due, made_up) if time is not None), default=NEVER)

    def _run(self, at: int, before: list[Backup], *, busy: bool) -> Backup:
        configuration, agent = self._configuration, self._agent
        disabled = agent is None or agent.document["IsDisabled"]
        if agent is None or disabled or online_from(agent, at) != at:
            action = configuration.document["MissedBackupActionId"]
            configuration.missed = not disabled and action == AS_SOON_AS_POSSIBLE
            return self._not_made("Missed", at)
        configuration.missed = False
        if busy:
            return self._not_made("Skipped", at)
        return start_backup(self._world, configuration, before, at)

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
