"""What a drill is going to test, from as few requests as possible."""

import logging
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, TypeVar

from attrs import frozen

from cloud_backup.drill.errors import UnknownChoice
from cloud_backup.drill.json_values import JsonValue
from cloud_backup.drill.options import DrillOptions
from cloud_backup.drill.scratch_path import scratch_path
from cloud_backup.errors import NotFound, UnexpectedAnswer
from cloud_backup.values.configuration import BackupConfiguration
from cloud_backup_api.models import Agent, AvailableBackup

if TYPE_CHECKING:
    from cloud_backup import CloudBackup

__all__ = ["DrillPlan", "PlannedConfiguration", "make_plan", "new_drill_id"]

_T = TypeVar("_T")

_LOGGER: Final = logging.getLogger("cloud_backup")


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


@frozen(kw_only=True)
class DrillPlan(JsonValue):
    """What a drill is going to test.

    Attributes:
        drill_id: The drill.
        made: When the plan was made.
        configurations: The configurations, in the order of their ids.
    """

    drill_id: str
    made: datetime
    configurations: tuple[PlannedConfiguration, ...]


def new_drill_id(now: datetime) -> str:
    """Make an id that no other drill has: when it began, and something at random."""
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"


def make_plan(
    client: "CloudBackup", options: DrillOptions, *, drill_id: str, now: datetime
) -> DrillPlan:
    """Plan a drill, at the cost of three requests, or of two if nothing is to be restored.

    What a list doesn't tell, since a row of it can't be read, is found out about one by one.

    Args:
        client: The client.
        options: What is to be tested.
        drill_id: The drill's id, from `new_drill_id`.
        now: The time.

    Raises:
        UnknownChoice: A configuration, an agent or the destination that was chosen isn't there.
        CloudBackupError: A request failed.
    """
    listed = sorted(
        (c for c in client.configurations.list() if not c.is_deleted),
        key=lambda c: c.backup_configuration_id,
    )
    chosen = _chosen(listed, options)
    available = {a.backup_configuration_id: a for a in _readable(client.restores.available)}
    agents: dict[int, Agent] = {}
    if not options.check_only:
        needed = {c.machine_agent_id for c in chosen}
        agents = _agents(client, needed if options.destination is None else {options.destination})
        if options.destination is not None and options.destination not in agents:
            raise UnknownChoice("destination", options.destination)
    planned = tuple(
        _planned(c, available.get(c.backup_configuration_id), agents, options, drill_id)
        for c in chosen
    )
    return DrillPlan(drill_id=drill_id, made=now, configurations=planned)


def _readable(ask: Callable[[], Sequence[_T]]) -> Sequence[_T]:
    """Ask for a list that a drill can do without; none of it if it can't be read."""
    try:
        return ask()
    except UnexpectedAnswer as error:
        if error.operation == "authenticate":
            raise
        _LOGGER.warning("a list can't be read, so the drill asks for each by itself: %s", error)
        return ()


def _agents(client: "CloudBackup", needed: Iterable[int]) -> dict[int, Agent]:
    """Find the agents that are to restore, and whatever else is listed, by id."""
    agents = {agent.machine_agent_id: agent for agent in _readable(client.agents.list)}
    for agent_id in set(needed) - set(agents):
        # One that isn't there, or can't be read, is the business of its configurations alone.
        with suppress(NotFound, UnexpectedAnswer):
            agents[agent_id] = client.agents.get(agent_id)
    return agents


def _chosen(
    listed: Sequence[BackupConfiguration], options: DrillOptions
) -> list[BackupConfiguration]:
    """Choose configurations, and refuse a choice that none of them is meant by."""
    for choice in options.configurations:
        if not any(choice in _names(c) for c in listed):
            raise UnknownChoice("configuration", choice)
    for choice in options.agents:
        if not any(choice in _agent_names(c) for c in listed):
            raise UnknownChoice("agent", choice)
    return [
        c
        for c in listed
        if (not options.configurations or not _names(c).isdisjoint(options.configurations))
        and (not options.agents or not _agent_names(c).isdisjoint(options.agents))
    ]


def _names(configuration: BackupConfiguration) -> set[int | str | None]:
    return {configuration.backup_configuration_id, configuration.backup_configuration_name}


def _agent_names(configuration: BackupConfiguration) -> set[int | str | None]:
    return {configuration.machine_agent_id, configuration.machine_name}


def _planned(
    configuration: BackupConfiguration,
    available: AvailableBackup | None,
    agents: Mapping[int, Agent],
    options: DrillOptions,
    drill_id: str,
) -> PlannedConfiguration:
    agent_id = configuration.machine_agent_id
    destination_id = agent_id if options.destination is None else options.destination
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
            options.path,
            None if destination is None else destination.operating_system,
            drill_id,
            configuration.backup_configuration_id,
        ),
    )
