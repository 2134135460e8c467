"""Backup configurations: creating, listing, deleting them."""

import json
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import Any, Final

from cloud_backup_emulator.agents import name_and_place, public_key
from cloud_backup_emulator.backups import last_run
from cloud_backup_emulator.entities import Agent, BackupConfiguration, Document
from cloud_backup_emulator.errors import Conflict, InvalidRequest, NotFound
from cloud_backup_emulator.ms_date import ms_date
from cloud_backup_emulator.schedules import Schedule
from cloud_backup_emulator.world import World

__all__ = [
    "create_backup_configuration",
    "delete_backup_configuration",
    "get_backup_configuration",
    "list_backup_configurations",
]

LARGEST: Final = 1024 * 1024
"""How many bytes the configurations of one agent may take up."""

NO_DATE: Final = ms_date(-62135596800000)
""".NET's minimum date: nothing is scheduled."""


def create_backup_configuration(world: World, body: dict[str, Any]) -> Document:
    """Create a backup configuration.

    Raises:
        NotFound: There is no such agent.
        InvalidRequest: The schedule or the files make no sense, or there is too much of them.
        Conflict: The agent has one of this name.
    """
    agent = world.get(Agent, body["MachineAgentId"], "MachineAgentId")
    schedule = Schedule.read(body)
    inclusions, exclusions = body.get("Inclusions", []), body.get("Exclusions", [])
    _check_exclusions(inclusions, exclusions)
    others = [
        other.document
        for other in world.all(BackupConfiguration)
        if other.agent_id == agent.agent_id and not other.document["IsDeleted"]
    ]
    name = body["BackupConfigurationName"]
    if any(other["BackupConfigurationName"] == name for other in others):
        raise Conflict(f"BackupConfigurationName: agent {agent.agent_id} has one of this name")
    if len(json.dumps([*others, body]).encode()) > LARGEST:
        raise InvalidRequest("the backup configurations of an agent may take up 1 MB in all")

    configuration_id = world.store.next_id()
    due = schedule.next_after(world.now) if body["IsActive"] else None
    document = {
        "BackupConfigurationId": configuration_id,
        "BackupConfigurationName": name,
        "BackupConfigurationScheduleId": world.store.next_id(),
        "BackupPostscript": "",
        "BackupPrescript": "",
        "DayOfWeekId": body["DayOfWeekId"],
        "Frequency": body["Frequency"],
        "HourInterval": body["HourInterval"],
        "Inclusions": _items(world, inclusions, "Include", configuration_id),
        "Exclusions": _items(world, exclusions, "Exclude", configuration_id),
        "IsActive": body["IsActive"],
        "IsDeleted": False,
        "LastRunBackupReportId": None,
        "LastRunTime": None,
        "MachineAgentId": agent.agent_id,
        "MissedBackupActionId": body.get("MissedBackupActionId", 1),
        "NextScheduledRunTime": NO_DATE if due is None else ms_date(due),
        "NotifyFailure": body["NotifyFailure"],
        "NotifyRecipients": body["NotifyRecipients"],
        "NotifySuccess": body["NotifySuccess"],
        "TimeZoneId": body["TimeZoneId"],
        "VersionRetention": body["VersionRetention"],
        **schedule.in_utc(world.now),
    }
    configuration = BackupConfiguration(configuration_id, agent.agent_id, document)
    world.put(configuration_id, configuration)
    return _answer(world, configuration)


def list_backup_configurations(world: World) -> list[Document]:
    """List the backup configurations that aren't deleted."""
    return [
        _answer(world, configuration)
        for configuration in sorted(
            world.all(BackupConfiguration), key=lambda entry: entry.configuration_id
        )
        if not configuration.document["IsDeleted"]
    ]


def get_backup_configuration(world: World, configuration_id: int) -> Document:
    """Get a backup configuration, be it deleted."""
    return _answer(world, _get(world, configuration_id))


def delete_backup_configuration(world: World, configuration_id: int) -> None:
    """Delete a backup configuration; it can be read ever after.

    Raises:
        NotFound: There is none, or it is deleted already.
    """
    configuration = _get(world, configuration_id)
    if configuration.document["IsDeleted"]:
        raise NotFound(
            f"backupConfigurationId: backup configuration {configuration_id} is deleted already"
        )
    configuration.document |= {"IsDeleted": True, "IsActive": False}
    world.put(configuration_id, configuration)


def _get(world: World, configuration_id: int) -> BackupConfiguration:
    return world.get(BackupConfiguration, configuration_id, "backupConfigurationId")


def _answer(world: World, configuration: BackupConfiguration) -> Document:
    agent = world.find(Agent, configuration.agent_id)
    answer = {
        **configuration.document,
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
    folders = [_path(item["FilePath"]) for item in inclusions if item["FileItemType"] == "Folder"]
    for index, item in enumerate(exclusions):
        path = _path(item["FilePath"])
        if not any(path != folder and path.is_relative_to(folder) for folder in folders):
            raise InvalidRequest(f"Exclusions/{index}/FilePath: lies in no included folder")


def _path(text: str) -> PurePath:
    # Of what system the agent is, its paths tell.
    return PurePosixPath(text) if text.startswith("/") else PureWindowsPath(text)
