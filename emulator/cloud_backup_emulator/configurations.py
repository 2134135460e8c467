"""Backup configurations: creating, changing, listing and deleting them."""

import json
from typing import Any, Final

from cloud_backup_emulator.agent_facts import name_and_place, public_key
from cloud_backup_emulator.backed_up_files import file_path, is_within
from cloud_backup_emulator.backups import last_run
from cloud_backup_emulator.entities import Agent, BackupConfiguration, Document
from cloud_backup_emulator.errors import Conflict, InvalidRequest, NotFound
from cloud_backup_emulator.ms_date import ms_date
from cloud_backup_emulator.scheduled_runs import plan
from cloud_backup_emulator.schedules import Schedule
from cloud_backup_emulator.world import World

__all__ = [
    "add_backup_configuration",
    "create_backup_configuration",
    "delete_backup_configuration",
    "get_backup_configuration",
    "list_agent_backup_configurations",
    "list_backup_configurations",
    "set_backup_configuration_enabled",
    "update_backup_configuration",
]

LARGEST: Final = 1024 * 1024
"""How many bytes the configurations of one agent may take up."""

_SENT: Final = frozenset(
    {
        "BackupConfigurationName",
        "DayOfWeekId",
        "Frequency",
        "HourInterval",
        "IsActive",
        "MachineAgentId",
        "MissedBackupActionId",
        "NotifyFailure",
        "NotifyRecipients",
        "NotifySuccess",
        "TimeZoneId",
        "VersionRetention",
    }
)
"""The fields that answers repeat as they were sent."""

_SCHEDULE: Final = frozenset(
    {
        "DayOfWeekId",
        "Frequency",
        "HourInterval",
        "StartTimeAmPm",
        "StartTimeHour",
        "StartTimeMinute",
        "TimeZoneId",
    }
)
"""The fields that determine when a configuration runs."""

NO_DATE: Final = ms_date(-62135578800000)
""".NET's minimum date, five hours west of UTC, which the service sends if no run is scheduled."""


def create_backup_configuration(world: World, body: dict[str, Any]) -> Document:
    """Create a backup configuration.

    Raises:
        NotFound: The agent doesn't exist.
        InvalidRequest: The schedule or the paths are invalid, or too large.
        Conflict: The agent already has a configuration with this name.
    """
    return _answer(world, add_backup_configuration(world, body, None))


def add_backup_configuration(
    world: World, body: dict[str, Any], configuration_id: int | None
) -> BackupConfiguration:
    """Create a backup configuration, with a given id or a new one.

    Raises:
        Refusal: As for `create_backup_configuration`.
    """
    agent = world.get(Agent, body["MachineAgentId"], "MachineAgentId")
    size = _check(world, agent, body, None)
    if configuration_id is None:
        configuration_id = world.store.next_id()
    document = {
        "BackupConfigurationId": configuration_id,
        "BackupConfigurationScheduleId": world.store.next_id(),
        "BackupPostscript": "",
        "BackupPrescript": "",
        "IsDeleted": False,
        "LastRunBackupReportId": None,
        "LastRunTime": None,
        "MissedBackupActionId": 1,
        **_described(world, body, configuration_id),
    }
    configuration = BackupConfiguration(configuration_id, agent.agent_id, document, size=size)
    _set_schedule(world, configuration, body)
    world.put(configuration_id, configuration)
    return configuration


def update_backup_configuration(world: World, configuration_id: int, body: dict[str, Any]) -> None:
    """Replace a backup configuration. Read-only fields in the request are ignored.

    Raises:
        NotFound: It doesn't exist, or is deleted.
        InvalidRequest: It belongs to another agent, or as for creating one.
        Conflict: The agent already has another with this name.
    """
    configuration = _not_deleted(world, configuration_id)
    agent = world.get(Agent, body["MachineAgentId"], "MachineAgentId")
    if agent.agent_id != configuration.agent_id:
        raise InvalidRequest(
            f"MachineAgentId: backup configuration {configuration_id} belongs to agent "
            f"{configuration.agent_id}"
        )
    configuration.size = _check(world, agent, body, configuration)
    configuration.document |= _described(world, body, configuration_id)
    _set_schedule(world, configuration, body)
    world.put(configuration_id, configuration)


def set_backup_configuration_enabled(
    world: World, configuration_id: int, body: dict[str, Any]
) -> Document:
    """Enable or disable a backup configuration's schedule.

    Raises:
        NotFound: It doesn't exist, or is deleted.
    """
    configuration = _not_deleted(world, configuration_id)
    configuration.document["IsActive"] = body["Enable"]
    plan(world, configuration)
    world.put(configuration_id, configuration)
    return _answer(world, configuration)


def list_backup_configurations(world: World) -> list[Document]:
    """List the backup configurations that aren't deleted."""
    return _list(world)


def list_agent_backup_configurations(world: World, agent_id: int) -> list[Document]:
    """List the backup configurations of an agent that aren't deleted."""
    world.get(Agent, agent_id, "machineAgentId")
    return _list(world, agent_id=agent_id)


def _list(world: World, **having: int) -> list[Document]:
    listed = world.all(BackupConfiguration, **having, **{"document.IsDeleted": False})
    listed.sort(key=lambda configuration: configuration.configuration_id)
    return [_answer(world, configuration) for configuration in listed]


def get_backup_configuration(world: World, configuration_id: int) -> Document:
    """Return a backup configuration, even if it is deleted."""
    return _answer(world, _get(world, configuration_id))


def delete_backup_configuration(world: World, configuration_id: int) -> None:
    """Delete a backup configuration. It can still be read.

    Raises:
        NotFound: It doesn't exist, or is already deleted.
    """
    configuration = _not_deleted(world, configuration_id)
    configuration.document |= {"IsDeleted": True, "IsActive": False}
    plan(world, configuration)
    world.put(configuration_id, configuration)


def _get(world: World, configuration_id: int) -> BackupConfiguration:
    return world.get(BackupConfiguration, configuration_id, "backupConfigurationId")


def _not_deleted(world: World, configuration_id: int) -> BackupConfiguration:
    configuration = _get(world, configuration_id)
    if configuration.document["IsDeleted"]:
        raise NotFound(f"backupConfigurationId: backup configuration {configuration_id} is deleted")
    return configuration


def _check(
    world: World, agent: Agent, body: dict[str, Any], own: BackupConfiguration | None
) -> int:
    """Validate a configuration, including its schedule and its agent's other configurations.

    Returns:
        Its size in bytes.
    """
    Schedule.read(body)
    _check_exclusions(body.get("Inclusions", []), body.get("Exclusions", []))
    others: dict[str, Any] = {"agent_id": agent.agent_id, "document.IsDeleted": False}
    name = body["BackupConfigurationName"]
    own_id = own.configuration_id if own else None
    if any(
        other.configuration_id != own_id
        for other in world.all(
            BackupConfiguration, **others, **{"document.BackupConfigurationName": name}
        )
    ):
        raise Conflict(
            f"BackupConfigurationName: agent {agent.agent_id} already has one with this name"
        )
    size = len(json.dumps(body, ensure_ascii=False).encode())
    taken = world.total(BackupConfiguration, "size", **others) - (own.size if own else 0)
    if taken + size > LARGEST:
        raise InvalidRequest("an agent's backup configurations may take up 1 MB in total")
    return size


def _described(world: World, body: dict[str, Any], configuration_id: int) -> Document:
    """Return the fields of a request as answers repeat them."""
    return {
        **{name: value for name, value in body.items() if name in _SENT},
        "Inclusions": _items(world, body.get("Inclusions", []), "Include", configuration_id),
        "Exclusions": _items(world, body.get("Exclusions", []), "Exclude", configuration_id),
    }


def _set_schedule(world: World, configuration: BackupConfiguration, body: dict[str, Any]) -> None:
    configuration.schedule = {name: value for name, value in body.items() if name in _SCHEDULE}
    plan(world, configuration)


def _times(world: World, configuration: BackupConfiguration) -> Document:
    """Return the start time and the next run, which depend on the clock."""
    if configuration.schedule is None:
        return {}
    schedule = Schedule.read(configuration.schedule)
    due = schedule.next_after(world.now) if configuration.document["IsActive"] else None
    return {
        "NextScheduledRunTime": NO_DATE if due is None else ms_date(due),
        **schedule.in_utc(world.now),
    }


def _answer(world: World, configuration: BackupConfiguration) -> Document:
    agent = world.find(Agent, configuration.agent_id)
    answer = {
        **configuration.document,
        **_times(world, configuration),
        **name_and_place(agent),
        "IsEncrypted": bool(agent and agent.document["IsEncrypted"]),
        **last_run(world, configuration.configuration_id),
    }
    if agent is not None:
        answer["EncryptionKey"] = public_key(agent)
    return answer


def _items(
    world: World, sent: list[dict[str, Any]], filter_: str, configuration_id: int
) -> list[Document]:
    return [
        {
            "FileId": world.store.next_id(),
            "FileItemType": item["FileItemType"],
            "FilePath": item["FilePath"],
            "FilePathEncoded": None,
            "Filter": filter_,
            "ParentId": configuration_id,
        }
        for item in sent
    ]


def _check_exclusions(inclusions: list[dict[str, Any]], exclusions: list[dict[str, Any]]) -> None:
    folders = [
        file_path(item["FilePath"]) for item in inclusions if item["FileItemType"] == "Folder"
    ]
    for index, item in enumerate(exclusions):
        path = file_path(item["FilePath"])
        if not any(path != folder and is_within(path, folder) for folder in folders):
            raise InvalidRequest(f"Exclusions/{index}/FilePath: not within an included folder")
