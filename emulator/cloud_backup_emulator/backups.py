"""Backups: starting and stopping them, their states and reports, and which can be restored."""

from collections.abc import Iterator
from secrets import token_hex
from typing import Any, Final

from cloud_backup_emulator.agent_facts import (
    EXPONENT,
    name_and_place,
    public_key,
    require_ready,
)
from cloud_backup_emulator.clock import LATEST
from cloud_backup_emulator.entities import Agent, Backup, BackupConfiguration, Document
from cloud_backup_emulator.errors import InvalidRequest, NotFound
from cloud_backup_emulator.job_states import BUSY, COMPLETE, WORK_BEGINS, State
from cloud_backup_emulator.ms_date import ms_date
from cloud_backup_emulator.size_text import size_text
from cloud_backup_emulator.world import World

__all__ = [
    "completed_at",
    "configuration_facts",
    "duration_text",
    "error_list",
    "get_backup",
    "get_backup_report",
    "is_restorable",
    "last_job",
    "last_run",
    "last_success",
    "list_available_backups",
    "list_completed_backups",
    "request_backup_action",
    "start_backup",
    "state_of",
]

SECONDS_PER_GIGABYTE: Final = 20
"""How many seconds a job of a gigabyte is InProgress."""

KEY_BYTES: Final = 64
"""The length of the key that encrypts an agent's files in the vault."""

DAY: Final = 24 * 60 * 60 * 1000


def work_of(size: int) -> int:
    """Return how many milliseconds a job of this many bytes is InProgress.

    In whole seconds, like all of the service's times: from 5 s to 10 minutes.
    """
    return min(600, max(5, size * SECONDS_PER_GIGABYTE // 2**30)) * 1000


def state_of(backup: Backup, now: int) -> State:
    """Return a backup's state at a time."""
    if backup.state is not None:
        return State(backup.state, backup.since)
    return backup.job.state(now)


def completed_at(backup: Backup, now: int) -> int | None:
    """Return when a backup completed; None if it didn't."""
    state = state_of(backup, now)
    return state.since if state.name in COMPLETE else None


def restorable_backups(world: World, configuration_id: int) -> Iterator[tuple[int, Backup]]:
    """Yield the backups that can be restored, and when each completed, newest first.

    A configuration's newest complete backup can always be restored. Older ones can be for
    VersionRetention days after a newer one replaced them; 0 means for ever.
    """
    configuration = world.find(BackupConfiguration, configuration_id)
    days = configuration.document["VersionRetention"] if configuration else 0
    replaced: int | None = None
    for backup in world.newest(Backup, configuration_id=configuration_id):
        completed = completed_at(backup, world.now)
        if completed is None:
            continue
        if days and replaced is not None and world.now >= replaced + days * DAY:
            return  # older ones are expired too
        if backup.restorable:
            yield completed, backup
        replaced = completed


def is_restorable(world: World, backup: Backup) -> bool:
    """Return whether a backup can be restored."""
    restorable = restorable_backups(world, backup.configuration_id)
    return any(other.backup_id == backup.backup_id for _, other in restorable)


def configuration_facts(world: World, configuration_id: int) -> Document:
    """Return the fields of a configuration that other objects repeat."""
    configuration = world.find(BackupConfiguration, configuration_id)
    name = configuration.document["BackupConfigurationName"] if configuration else ""
    return {"BackupConfigurationId": configuration_id, "BackupConfigurationName": name}


def is_configuration_deleted(world: World, configuration_id: int) -> bool:
    """Return whether a configuration is deleted or missing."""
    configuration = world.find(BackupConfiguration, configuration_id)
    return configuration is None or bool(configuration.document["IsDeleted"])


def request_backup_action(world: World, body: dict[str, Any]) -> int | None:
    """Start a backup of a configuration, or stop a backup.

    Returns:
        The new backup's id for a start, None for a stop.
    """
    if body["Action"] == "StartManual":
        return _start(world, body["Id"])
    _stop(world, body["Id"])
    return None


def _start(world: World, configuration_id: int) -> int:
    configuration = world.get(BackupConfiguration, configuration_id, "Id")
    if configuration.document["IsDeleted"]:
        raise NotFound(f"Id: backup configuration {configuration_id} is deleted")
    require_ready(world.get(Agent, configuration.agent_id, "MachineAgentId"), world.now)
    running = last_job(world, configuration_id)
    if running is not None and state_of(running, world.now).name in BUSY:
        raise InvalidRequest(
            f"Id: backup {running.backup_id} of configuration {configuration_id} is running"
        )
    return start_backup(world, configuration, world.now).backup_id


def last_job(world: World, configuration_id: int, until: int = LATEST) -> Backup | None:
    """Return a configuration's backup that ends last, up to a time; None if there is none.

    Backups of the starting data don't count: they have the reference's times.
    """
    backups = world.newest(Backup, until, configuration_id=configuration_id)
    return next((backup for backup in backups if backup.state is None), None)


def start_backup(world: World, configuration: BackupConfiguration, started: int) -> Backup:
    """Start a backup, even if others are running.

    A machine's files are transferred once it is InProgress. Without a machine, the size is that of
    the last backup, or a gigabyte for the first.

    Args:
        world: The world.
        configuration: What to back up.
        started: When it starts, in milliseconds since 1970.
    """
    before = world.newest(Backup, LATEST, configuration_id=configuration.configuration_id)
    last = next((backup for backup in before if backup.size), None)
    size = last.size if last else 2**30
    files = last.files if last else 1200
    backup = Backup(
        world.store.next_id(),
        configuration.configuration_id,
        configuration.agent_id,
        files=files,
        size=size,
        started=started,
        work=work_of(size),
        holds={
            name: [
                {"FilePath": item["FilePath"], "FileItemType": item["FileItemType"]}
                for item in configuration.document[name]
            ]
            for name in ("Inclusions", "Exclusions")
        },
    )
    outcome = world.take_outcome("requestBackupAction")
    if outcome is not None:
        backup.outcome, backup.errors = outcome.state, list(outcome.errors)
    _prepare_transfer(world, backup)
    world.put(backup.backup_id, backup)
    return backup


def _prepare_transfer(world: World, backup: Backup) -> None:
    """Schedule the transfer of a backup's files, if its agent has a machine."""
    agent = world.find(Agent, backup.agent_id)
    if agent is None or agent.machine is None:
        return
    if backup.outcome == "Failed":  # by a fault; nothing is transferred
        backup.files, backup.size, backup.sent = 0, 0, [0, 0]
        return
    backup.is_encrypted = bool(agent.document["IsEncrypted"])
    if backup.is_encrypted and agent.data_key is None:
        agent.data_key = token_hex(KEY_BYTES)
        world.put(agent.agent_id, agent)
    backup.moving = backup.started + WORK_BEGINS
    world.look()


def _stop(world: World, backup_id: int) -> None:
    backup = world.get(Backup, backup_id, "Id")
    state = state_of(backup, world.now).name
    if backup.state is not None and state in BUSY:
        backup.state, backup.since = "Stopped", world.now
    elif state not in BUSY:
        raise InvalidRequest(f"Id: backup {backup_id} is not running; it is {state}")
    elif backup.stopped is None:
        backup.stopped = world.now
    world.put(backup_id, backup)
    if backup.moving is not None:
        world.look()


def get_backup(world: World, backup_id: int) -> Document:
    """Return a backup and its state."""
    backup = world.get(Backup, backup_id, "backupId")
    agent = world.find(Agent, backup.agent_id)
    place = name_and_place(agent)
    state = state_of(backup, world.now)
    answer = {
        "BackupId": backup.backup_id,
        **configuration_facts(world, backup.configuration_id),
        "CurrentState": state.name,
        "MachineAgentId": backup.agent_id,
        "MachineName": place["MachineName"],
        "StateChangeTime": ms_date(state.since),
        "Datacenter": place["Datacenter"],
        "BackupDatacenter": place["Datacenter"],
        "IsEncrypted": bool(agent and agent.document["IsEncrypted"]),
    }
    if agent is not None:
        answer["EncryptionKey"] = public_key(agent)
    return answer


def list_completed_backups(world: World, configuration_id: int) -> list[Document]:
    """List the backups of a configuration that can still be restored, newest first."""
    world.get(BackupConfiguration, configuration_id, "backupConfigurationId")
    return [
        {
            "BackupId": backup.backup_id,
            **configuration_facts(world, configuration_id),
            "MachineName": name_and_place(world.find(Agent, backup.agent_id))["MachineName"],
            "MachineAgentId": backup.agent_id,
            "CompletedTime": ms_date(completed),
            "BytesSearched": backup.size,
            "NumErrors": len(backup.errors),
        }
        for completed, backup in restorable_backups(world, configuration_id)
    ]


def list_available_backups(world: World) -> list[Document]:
    """List the configurations that have a backup to restore, except deleted ones, latest first."""
    newest = []
    for configuration in world.all(BackupConfiguration, **{"document.IsDeleted": False}):
        for completed, backup in restorable_backups(world, configuration.configuration_id):
            newest.append((completed, backup.backup_id, configuration))
            break
    newest.sort(key=lambda entry: entry[:2], reverse=True)
    answer = []
    for completed, _, configuration in newest:
        agent = world.get(Agent, configuration.agent_id, "MachineAgentId")
        place = name_and_place(agent)
        answer.append(
            {
                "BackupConfigurationId": configuration.configuration_id,
                "BackupConfigurationName": configuration.document["BackupConfigurationName"],
                "MachineName": place["MachineName"],
                "MachineAgentId": agent.agent_id,
                "IsEncrypted": agent.document["IsEncrypted"],
                "PublicKeyHex": EXPONENT,
                # Lower case here, but upper case elsewhere, as in the reference.
                "PublicKeyMod": public_key(agent)["ModulusHex"].lower(),
                "Flavor": place["Flavor"],
                "LastSuccessfulBackupTime": ms_date(completed),
            }
        )
    return answer


def get_backup_report(world: World, backup_id: int) -> Document:
    """Return the report of a finished backup.

    Raises:
        NotFound: It isn't finished, so there is no report.
    """
    backup = world.get(Backup, backup_id, "backupId")
    if backup.report is not None:
        return backup.report
    state = state_of(backup, world.now)
    if state.name in BUSY:
        raise NotFound(f"backupId: backup {backup_id} is {state.name} and has no report yet")
    place = name_and_place(world.find(Agent, backup.agent_id))
    is_counted = backup.state is not None or backup.sent is not None
    share = 1.0 if is_counted else backup.job.share_done(world.now)
    started = backup.started
    if not started:  # the starting data has only its end
        started = backup.since - work_of(backup.size)
    files, size = int(backup.files * share), int(backup.size * share)
    sent_files, sent_size = backup.sent or (files, size)
    errors = error_list(backup_id, backup.errors, state)
    return {
        "BackupId": backup_id,
        **configuration_facts(world, backup.configuration_id),
        "BackupConfigurationIsDeleted": is_configuration_deleted(world, backup.configuration_id),
        "ComputerName": place["MachineName"],
        "MachineAgentId": backup.agent_id,
        "Datacenter": place["Datacenter"],
        "BackupDatacenter": place["Datacenter"],
        "SnapshotId": str(backup_id),
        "State": state.name,
        "CanRestore": is_restorable(world, backup),
        "StartTime": ms_date(started),
        "CompletedTime": ms_date(state.since),
        "Duration": duration_text(state.since - started),
        "FilesSearched": str(files),
        "BytesSearched": size_text(size),
        "FilesBackedUp": str(sent_files),
        "BytesBackedUp": size_text(sent_size),
        "NumErrors": len(errors),
        "Reason": "Success" if state.name == "Completed" else state.name,
        "Diagnostics": _DIAGNOSTICS.get(state.name, f"Backup {state.name}"),
        "ErrorList": errors,
    }


_DIAGNOSTICS: Final = {
    "Completed": "No errors",
    "Missed": "The agent was offline",
    "Skipped": "Another backup of the configuration was running",
}


def error_list(report_id: int, errors: list[Document], state: State) -> list[Document]:
    """Return a report's ErrorList. A stopped job has no errors."""
    if state.name == "Stopped":
        return []
    return [
        {"BackupReportID": report_id, "ListIndex": index, **error}
        for index, error in enumerate(errors)
    ]


def last_run(world: World, configuration_id: int) -> Document:
    """Return a configuration's fields about its last run; empty if the emulator has run none."""
    last = last_job(world, configuration_id, world.now)
    if last is None or last.moving is not None:
        return {}
    return {"LastRunTime": ms_date(last.job.ends), "LastRunBackupReportId": last.backup_id}


def last_success(world: World, agent_id: int) -> int | None:
    """Return when an agent's last backup completed; None if the emulator has run none."""
    return next(
        (
            completed
            for backup in world.newest(Backup, agent_id=agent_id)
            if backup.state is None and (completed := completed_at(backup, world.now)) is not None
        ),
        None,
    )


def duration_text(milliseconds: int) -> str:
    """Format a duration as reports do: HH:MM:SS, with any number of hours."""
    seconds = max(0, milliseconds) // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
