"""What a drill is going to test, from as few requests as possible."""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve, frozen

from cloud_backup.drill.errors import UnknownChoice
from cloud_backup.drill.json_values import JsonValue
from cloud_backup.drill.options import DrillOptions, is_meant
from cloud_backup.drill.plan import DrillPlan, PlanLike, as_plan
from cloud_backup.drill.rotation import Past, turn_of
from cloud_backup.drill.scratch_path import scratch_path
from cloud_backup.errors import NotFound, UnexpectedAnswer
from cloud_backup.values.configuration import BackupConfiguration
from cloud_backup.wire.view import LOGGER
from cloud_backup_api.models import Agent, AvailableBackup

if TYPE_CHECKING:
    from cloud_backup import CloudBackup

__all__ = ["PlannedConfiguration", "PlannedDrill", "Selected", "make_plan", "new_drill_id"]

_T = TypeVar("_T")


@frozen(kw_only=True)
class PlannedConfiguration(JsonValue):
    """A configuration that a drill tests, and how.

    Attributes:
        configuration_id: The configuration.
        configuration_name: Its name.
        agent_id: The agent whose files it backs up.
        machine: The agent's machine.
        backup_time: When the newest of its backups completed, by the list of backups that can be
            restored; None if that doesn't say.
        is_encrypted: Whether it takes the passphrase to restore.
        destination_id: The agent that is to restore.
        destination_machine: Its machine.
        path: The folder into which it is to restore: a new one, of this drill and configuration.
        selection: The number of the selection that says how it is tested, from 0.
    """

    configuration_id: int
    configuration_name: str | None
    agent_id: int
    machine: str | None
    backup_time: datetime | None
    is_encrypted: bool
    destination_id: int
    destination_machine: str | None
    path: str
    selection: int = 0


@frozen(kw_only=True)
class Selected(JsonValue):
    """What a selection comes to.

    Attributes:
        title: What the selection is called.
        matched: How many configurations it matches.
        taken: How many of these an earlier selection matches as well, which are tested as that
            says.
        tested: How many of the rest are tested in this drill.
    """

    title: str
    matched: int
    taken: int
    tested: int


@frozen(kw_only=True)
class PlannedDrill(JsonValue):
    """What a drill is going to test.

    Attributes:
        drill_id: The drill.
        made: When this was planned.
        configurations: The configurations, in the order of their ids.
        waiting: The ids of those whose turn comes in a later drill.
        selections: What each selection comes to.
    """

    drill_id: str
    made: datetime
    configurations: tuple[PlannedConfiguration, ...]
    waiting: tuple[int, ...] = ()
    selections: tuple[Selected, ...] = ()


def new_drill_id(now: datetime) -> str:
    """Make an id that no other drill has: when it began, and something at random."""
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"


def make_plan(
    client: "CloudBackup",
    plan: PlanLike,
    *,
    drill_id: str,
    now: datetime,
    past: Past | None = None,
) -> PlannedDrill:
    """Plan a drill with three requests, or two if nothing will be restored.

    If a row of a list can't be read, what it lacks is fetched one by one.

    Args:
        client: The client.
        plan: What to test.
        drill_id: The drill's id, from `new_drill_id`.
        now: The time.
        past: What earlier drills tested, for a rotation.

    Raises:
        UnknownChoice: A configuration, an agent or the destination that was chosen isn't there, or
            nothing matches a selection.
        CloudBackupError: A request failed.
    """
    plan = as_plan(plan)
    listed = sorted(
        (c for c in client.configurations.list() if not c.is_deleted),
        key=lambda c: c.backup_configuration_id,
    )
    matched = [_matched(listed, each, number) for number, each in enumerate(plan.selections)]
    # The first that matches a configuration has it.
    owner = {key: n for n, keys in reversed(list(enumerate(matched))) for key in keys}
    todays = set(owner)
    if plan.rotation is not None:
        todays = turn_of(owner, plan.rotation, past or Past(client.account), now)
    chosen = [c for c in listed if c.backup_configuration_id in todays]
    available = {a.backup_configuration_id: a for a in _readable(client.restores.available)}
    agents, destinations = _destinations(client, plan, chosen, owner)
    planned = []
    for configuration in chosen:
        key = configuration.backup_configuration_id
        made = _planned(
            configuration,
            available.get(key),
            agents,
            destinations.get(owner[key], configuration.machine_agent_id),
            scratch_of=(plan.selections[owner[key]].path, drill_id),
        )
        planned.append(evolve(made, selection=owner[key]))
    return PlannedDrill(
        drill_id=drill_id,
        made=now,
        configurations=tuple(planned),
        waiting=tuple(sorted(owner.keys() - todays)),
        selections=tuple(
            Selected(
                title=plan.title(number),
                matched=len(keys),
                taken=sum(owner[key] != number for key in keys),
                tested=sum(owner[key] == number and key in todays for key in keys),
            )
            for number, keys in enumerate(matched)
        ),
    )


def _readable(ask: Callable[[], Sequence[_T]]) -> Sequence[_T]:
    """Ask for a list that a drill can do without; none of it if it can't be read."""
    try:
        return ask()
    except UnexpectedAnswer as error:
        if error.operation == "authenticate":
            raise
        LOGGER.warning("a list can't be read, so the drill asks for each by itself: %s", error)
        return ()


def _agents(client: "CloudBackup", needed: Iterable[int]) -> dict[int, Agent]:
    """Find the agents that are to restore, and whatever else is listed, by id."""
    agents = {agent.machine_agent_id: agent for agent in _readable(client.agents.list)}
    for agent_id in set(needed) - set(agents):
        # One that isn't there, or can't be read, is the business of its configurations alone.
        with suppress(NotFound, UnexpectedAnswer):
            agents[agent_id] = client.agents.get(agent_id)
    return agents


def _destinations(
    client: "CloudBackup",
    plan: DrillPlan,
    chosen: Iterable[BackupConfiguration],
    owner: Mapping[int, int],
) -> tuple[dict[int, Agent], dict[int, int]]:
    """Find the agents by id, and those that selections name as destinations by its number.

    Raises:
        UnknownChoice: A destination isn't there.
    """
    named = {n: s.destination for n, s in enumerate(plan.selections) if s.destination is not None}
    if plan.check_only and not any(isinstance(choice, str) for choice in named.values()):
        return {}, {n: choice for n, choice in named.items() if isinstance(choice, int)}
    needed = {choice for choice in named.values() if isinstance(choice, int)}
    for configuration in chosen:
        number = owner[configuration.backup_configuration_id]
        if number not in named and not plan.selections[number].check_only:
            needed.add(configuration.machine_agent_id)
    agents = _agents(client, needed)
    found = {}
    for number, choice in named.items():
        of_name = [key for key, a in agents.items() if is_meant(choice, key, a.machine_name)]
        if len(of_name) != 1:
            several = "means several machines: give the agent's id" if of_name else None
            raise UnknownChoice("destination", choice, selection=number, problem=several)
        found[number] = of_name[0]
    return agents, found


def _matched(
    listed: Sequence[BackupConfiguration], options: DrillOptions, number: int
) -> list[int]:
    """Find what a selection matches, and refuse a choice that nothing is meant by.

    Raises:
        UnknownChoice: A choice means nothing, or all of them together do.
    """
    matched = list(listed)
    for what, choices, facts in (
        ("configuration", options.configurations, _configuration),
        ("agent", options.agents, _agent),
    ):
        if not choices:
            continue
        met = {choice: [c for c in listed if is_meant(choice, *facts(c))] for choice in choices}
        for choice, meant in met.items():
            if not meant:
                raise UnknownChoice(what, choice, selection=number)
        found = {c.backup_configuration_id for meant in met.values() for c in meant}
        matched = [c for c in matched if c.backup_configuration_id in found]
    if not matched and (options.configurations or options.agents):
        raise UnknownChoice(
            "selection",
            options.name or f"#{number + 1}",
            selection=number,
            problem="matches nothing: none of these agents has one of these configurations",
        )
    return [c.backup_configuration_id for c in matched]


def _configuration(row: BackupConfiguration) -> tuple[int, str | None]:
    return row.backup_configuration_id, row.backup_configuration_name


def _agent(row: BackupConfiguration) -> tuple[int, str | None]:
    return row.machine_agent_id, row.machine_name


def _planned(
    configuration: BackupConfiguration,
    available: AvailableBackup | None,
    agents: Mapping[int, Agent],
    destination_id: int,
    scratch_of: tuple[str | None, str],
) -> PlannedConfiguration:
    agent_id = configuration.machine_agent_id
    root, drill_id = scratch_of
    destination = agents.get(destination_id)
    agent = agents.get(agent_id)
    machine = configuration.machine_name or (None if agent is None else agent.machine_name)
    return PlannedConfiguration(
        configuration_id=configuration.backup_configuration_id,
        configuration_name=configuration.backup_configuration_name,
        agent_id=agent_id,
        machine=machine,
        backup_time=None if available is None else available.last_successful_backup_time,
        is_encrypted=any(
            known is not None and known.is_encrypted for known in (configuration, available)
        ),
        destination_id=destination_id,
        destination_machine=machine if destination is None else destination.machine_name,
        path=scratch_path(
            root,
            None if destination is None else destination.operating_system,
            drill_id,
            configuration.backup_configuration_id,
        ),
    )
