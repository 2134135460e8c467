"""Restores: creating, changing, starting and stopping them, their states and reports."""

from typing import Any, Final

from cloud_backup_emulator.agent_facts import name_and_place, public_key, require_ready
from cloud_backup_emulator.backed_up_files import select
from cloud_backup_emulator.backups import (
    completed_at,
    configuration_facts,
    duration_text,
    error_list,
    is_restorable,
    work_of,
)
from cloud_backup_emulator.entities import (
    Agent,
    Backup,
    BackupConfiguration,
    Document,
    Restore,
)
from cloud_backup_emulator.errors import InvalidRequest, NotFound
from cloud_backup_emulator.faults import ERROR
from cloud_backup_emulator.job_states import BUSY, WORK_BEGINS, State
from cloud_backup_emulator.ms_date import ms_date
from cloud_backup_emulator.passphrases import decrypted, is_passphrase
from cloud_backup_emulator.size_text import size_text
from cloud_backup_emulator.world import World

__all__ = [
    "add_restore_file",
    "create_restore",
    "delete_restore_files",
    "get_restore",
    "get_restore_report",
    "list_restore_files",
    "request_restore_action",
    "restore_state",
    "restores_of",
    "update_restore",
]

STATE_IDS: Final = {
    "Creating": 0,
    "Queued": 1,
    "InProgress": 2,
    "Completed": 3,
    "Stopped": 4,
    "Failed": 5,
    "StartRequested": 6,
    "StopRequested": 7,
    "CompletedWithErrors": 8,
    "Preparing": 9,
}


_NOTHING_SAID: Final[Document] = {"Inclusions": [], "Exclusions": []}
"""What a backup holds if its configuration is gone."""


def restore_state(restore: Restore, now: int) -> State:
    """Return a restore's state at a time."""
    if restore.state is not None:
        return State(restore.state, restore.changed)
    job = restore.job
    return State("Creating", restore.changed) if job is None else job.state(now)


def restores_of(world: World, agent_id: int) -> list[Restore]:
    """Return the restores from or to an agent."""
    to = world.all(Restore, destination_id=agent_id)
    of = world.all(Restore, **{"document.BackupMachineId": agent_id})
    return [*to, *(restore for restore in of if restore.destination_id != agent_id)]


def create_restore(world: World, body: dict[str, Any]) -> Document:
    """Create a restore of a backup. It stays in Creating until it is started.

    Raises:
        NotFound: The backup or an agent doesn't exist.
        InvalidRequest: The backup can't be restored, or belongs to another agent.
    """
    restore_id = world.store.next_id()
    restore = Restore(
        restore_id,
        body["BackupId"],
        body["DestinationMachineId"],
        {"RestoreId": restore_id, **_described(world, body)},
        changed=world.now,
    )
    world.put(restore_id, restore)
    return _answer(world, restore)


def update_restore(world: World, body: dict[str, Any]) -> None:
    """Change a restore that hasn't been started.

    Read-only fields in the request, such as the state, are ignored.

    Raises:
        InvalidRequest: It has been started.
    """
    restore = _creating(world, body["RestoreId"], "RestoreId")
    described = _described(world, body)
    if body["BackupId"] == restore.backup_id:
        described["IsEncrypted"] = restore.document["IsEncrypted"]
    restore.document |= described
    restore.backup_id = body["BackupId"]
    restore.destination_id = body["DestinationMachineId"]
    restore.changed = world.now
    world.put(restore.restore_id, restore)


def add_restore_file(world: World, body: dict[str, Any]) -> None:
    """Include or exclude a file, folder or database in a restore that hasn't been started."""
    restore = _creating(world, body["ParentId"], "ParentId")
    item = {
        "FilePath": body["FilePath"],
        "Filter": int(body["Filter"]),
        "RestoreId": restore.restore_id,
        "FileItemType": int(body["FileItemType"]),
    }
    if item not in restore.files:
        restore.files.append(item)
        world.put(restore.restore_id, restore)


def list_restore_files(world: World, restore_id: int) -> list[Document]:
    """List a restore's inclusions and exclusions."""
    return world.get(Restore, restore_id, "restoreId").files


def delete_restore_files(world: World, restore_id: int) -> None:
    """Delete a restore's inclusions and exclusions, unless it is running.

    The reference's own example uses a finished restore.

    Raises:
        InvalidRequest: It is running.
    """
    restore = world.get(Restore, restore_id, "restoreId")
    state = restore_state(restore, world.now).name
    if state in BUSY:
        raise InvalidRequest(f"restoreId: restore {restore_id} is running; it is {state}")
    restore.files = []
    world.put(restore_id, restore)


def request_restore_action(world: World, body: dict[str, Any]) -> None:
    """Start or stop a restore.

    Raises:
        Forbidden: The destination's agent isn't ready.
        InvalidRequest: It has already been started, isn't running, or the passphrase is missing.
    """
    restore = world.get(Restore, body["Id"], "Id")
    if body["Action"] == "StartManual":
        _start(world, restore, body.get("EncryptedPassword"))
    else:
        _stop(world, restore)
    world.put(restore.restore_id, restore)


def _start(world: World, restore: Restore, encrypted_password: str | None) -> None:
    state = restore_state(restore, world.now).name
    if state != "Creating":
        raise InvalidRequest(
            f"Id: restore {restore.restore_id} is {state}; "
            "only a restore in Creating can be started"
        )
    if restore.document["IsEncrypted"]:
        _check_passphrase(world, restore, encrypted_password)
    destination = world.get(Agent, restore.destination_id, "DestinationMachineId")
    require_ready(destination, world.now)
    backup = world.get(Backup, restore.backup_id, "BackupId")
    if not is_restorable(world, backup):
        raise InvalidRequest(f"BackupId: backup {backup.backup_id} has expired")
    configuration = world.find(BackupConfiguration, backup.configuration_id)
    holds = backup.holds or (configuration.document if configuration else _NOTHING_SAID)
    selection = select(backup.files, holds, restore.files)
    restore.started = world.now
    restore.backup_files = selection.files
    restore.backup_size = backup.size
    if selection.files < backup.files:
        restore.backup_size = backup.size * selection.files // backup.files
    restore.work = work_of(restore.backup_size)
    outcome = world.take_outcome("requestRestoreAction")
    if outcome is not None:
        restore.outcome, restore.errors = outcome.state, list(outcome.errors)
    if destination.machine is not None:
        restore.backup_files, restore.backup_size, restore.moved = 0, 0, True
        if restore.outcome != "Failed":  # by a fault; nothing is transferred
            restore.moving = world.now + WORK_BEGINS
            world.look()
    elif outcome is None and selection.missing:
        restore.outcome = "Failed" if selection.is_empty else "CompletedWithErrors"
        restore.errors = [
            {**ERROR, "ErrorDesc": "The backup does not hold this path.", "Path": path}
            for path in selection.missing
        ]


def _check_passphrase(world: World, restore: Restore, encrypted: str | None) -> None:
    field = "EncryptedPassword"
    if not encrypted:
        raise InvalidRequest(f"{field}: is required, because the backup is encrypted")
    source = world.get(Agent, restore.document["BackupMachineId"], "BackupMachineId")
    passphrase = decrypted(source, encrypted, field)
    if source.passphrase is None or not is_passphrase(source.passphrase, passphrase):
        raise InvalidRequest(f"{field}: wrong passphrase for agent {source.agent_id}")


def _stop(world: World, restore: Restore) -> None:
    state = restore_state(restore, world.now).name
    if state not in BUSY:
        raise InvalidRequest(f"Id: restore {restore.restore_id} is not running; it is {state}")
    if restore.stopped is None:
        restore.stopped = world.now
        if restore.moving is not None:
            world.look()


def get_restore(world: World, restore_id: int) -> Document:
    """Return a restore and its state."""
    return _answer(world, world.get(Restore, restore_id, "restoreId"))


def get_restore_report(world: World, restore_id: int) -> Document:
    """Return the report of a finished restore.

    Raises:
        NotFound: It isn't finished, so there is no report.
    """
    restore = world.get(Restore, restore_id, "restoreId")
    if restore.report is not None:
        return restore.report
    job, state = restore.job, restore_state(restore, world.now)
    if job is None or state.name in BUSY:
        raise NotFound(f"restoreId: restore {restore_id} is {state.name} and has no report yet")
    share = 1.0 if restore.moved else job.share_done(world.now)
    document = restore.document
    errors = error_list(restore.restore_id, restore.errors, state)
    return {
        "BackupConfigurationId": document["BackupConfigurationId"],
        "BackupConfigurationName": document["BackupConfigurationName"],
        "BackupReportId": restore.backup_id,
        "RestorePoint": document["BackupRestorePoint"],
        "StartTime": ms_date(job.started),
        "CompletedTime": ms_date(state.since),
        "Duration": duration_text(state.since - job.started),
        "OriginatingComputerName": document["BackupMachineName"],
        "State": state.name,
        "NumFilesRestored": str(int(restore.backup_files * share)),
        "NumBytesRestored": size_text(int(restore.backup_size * share)),
        "RestoreDestination": document["DestinationMachineName"],
        "RestoreDestinationMachineId": restore.destination_id,
        "NumErrors": str(len(errors)),
        "Reason": "Success" if state.name == "Completed" else state.name,
        "Diagnostics": "No errors" if state.name == "Completed" else f"Restore {state.name}",
        "ErrorList": errors,
    }


def _creating(world: World, restore_id: int, name: str) -> Restore:
    restore = world.get(Restore, restore_id, name)
    state = restore_state(restore, world.now).name
    if state != "Creating":
        raise InvalidRequest(
            f"{name}: restore {restore_id} is {state}; only a restore in Creating can be changed"
        )
    return restore


def _described(world: World, body: dict[str, Any]) -> Document:
    """Validate a request, and return the fields of its restore."""
    backup = world.get(Backup, body["BackupId"], "BackupId")
    source = world.get(Agent, body["BackupMachineId"], "BackupMachineId")
    destination = world.get(Agent, body["DestinationMachineId"], "DestinationMachineId")
    if backup.agent_id != source.agent_id:
        raise InvalidRequest(
            f"BackupMachineId: backup {backup.backup_id} belongs to agent {backup.agent_id}, "
            f"not {source.agent_id}"
        )
    completed = completed_at(backup, world.now)
    if completed is None:
        raise InvalidRequest(f"BackupId: backup {backup.backup_id} is not complete")
    if not is_restorable(world, backup):
        raise InvalidRequest(f"BackupId: backup {backup.backup_id} has expired")
    place = name_and_place(source)
    return {
        "BackupId": backup.backup_id,
        "DestinationMachineId": destination.agent_id,
        "OverwriteFiles": body["OverwriteFiles"],
        **configuration_facts(world, backup.configuration_id),
        "BackupRestorePoint": ms_date(completed),
        "BackupMachineId": source.agent_id,
        "BackupMachineName": place["MachineName"],
        "BackupFlavor": place["Flavor"],
        "DestinationMachineName": name_and_place(destination)["MachineName"],
        "DestinationPath": body["DestinationPath"],
        "BackupDataCenter": body.get("BackupDataCenter", place["Datacenter"]),
        "IsEncrypted": source.document["IsEncrypted"],
    }


def _answer(world: World, restore: Restore) -> Document:
    source = world.find(Agent, restore.document["BackupMachineId"])
    answer = {**restore.document, "EncryptedPassword": None}
    if source is not None:
        answer["PublicKey"] = public_key(source)
    answer["RestoreStateId"] = STATE_IDS[restore_state(restore, world.now).name]
    return answer
