"""What `cloud-backup restore` is going to do: which backup, to where, over what."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

from attrs import frozen

from cloud_backup.commandline.command_failed import CommandFailed
from cloud_backup.commandline.exit_codes import ExitCode
from cloud_backup.commandline.invocation import Invocation
from cloud_backup.commandline.naming import find_agent, find_agent_id
from cloud_backup.values.agent import Agent
from cloud_backup_api.models import AvailableBackup, CompletedBackup

__all__ = ["RestorePlan", "Wanted", "new_folder", "plan_restore", "touches"]

_WINDOWS_PATH: Final = re.compile(r"[A-Za-z]:[\\/]|\\\\")


@frozen(kw_only=True)
class Wanted:
    """What the user asked for.

    Attributes:
        configuration: The configuration's name or id; None for any.
        machine: The machine's name or its agent's id; None for any.
        backup: The backup's id; None for the newest.
        before: The time that the backup is not to be later than; None for any.
        destination: The name or agent id of the machine to restore to; None for the same.
        path: The folder to restore into; None for a new one.
        overwrite: Whether files that are there are to be overwritten.
        files: The only files to restore; with `folders` none, all.
        folders: The only folders to restore.
    """

    configuration: str | None = None
    machine: str | None = None
    backup: int | None = None
    before: datetime | None = None
    destination: str | None = None
    path: str | None = None
    overwrite: bool = False
    files: Sequence[str] = ()
    folders: Sequence[str] = ()


@frozen(kw_only=True)
class RestorePlan:
    """What is going to be restored.

    Attributes:
        backup: The backup.
        is_encrypted: Whether it takes the passphrase.
        destination: The agent that is to restore.
        path: The folder it is to restore into.
        overwrite: Whether files that are there are overwritten.
        files: The only files to restore.
        folders: The only folders to restore.
    """

    backup: CompletedBackup
    is_encrypted: bool
    destination: Agent
    path: str
    overwrite: bool
    files: tuple[str, ...]
    folders: tuple[str, ...]

    @property
    def is_elsewhere(self) -> bool:
        """Whether another machine restores than was backed up."""
        return self.destination.machine_agent_id != self.backup.machine_agent_id


def plan_restore(invocation: Invocation, wanted: Wanted) -> RestorePlan:
    """Find out what to restore. Nothing is changed.

    Args:
        invocation: The client.
        wanted: What the user asked for.

    Raises:
        CommandFailed: There is no such backup, several configurations could be meant, the agent is
            disabled, or the original place would be restored to without `--overwrite`.
        CloudBackupError: Asking failed.
    """
    client = invocation.client
    candidates = _available(invocation, wanted)
    if wanted.before is None:
        # The newest of all is of the configuration that was the last to back up.
        candidates = [max(candidates, key=lambda row: row.last_successful_backup_time)]
    completed = [
        backup
        for row in candidates
        for backup in client.backups.completed(row.backup_configuration_id)
    ]
    backup = _backup(completed, wanted)
    available = next(
        row for row in candidates if row.backup_configuration_id == backup.backup_configuration_id
    )
    source = backup.machine_agent_id
    if wanted.destination is None:
        destination = client.agents.get(source)
    else:
        destination = find_agent(client, wanted.destination)
    if destination.is_disabled:
        raise CommandFailed(
            f"agent {destination.machine_agent_id} of {destination.machine_name} is disabled",
            hint=f"`cloud-backup agents enable {destination.machine_agent_id}` lets it restore",
        )
    path = new_folder(destination, backup) if wanted.path is None else wanted.path
    if not wanted.overwrite and destination.machine_agent_id == source:
        inclusions = client.configurations.get(backup.backup_configuration_id).inclusions
        original = touches(path, (each.path for each in inclusions if each.path))
        if original is not None:
            raise CommandFailed(
                f"{path} on {destination.machine_name} has what was backed up: {original}",
                ExitCode.WRONG_USAGE,
                hint="--path restores into another folder; --overwrite restores over the files",
            )
    return RestorePlan(
        backup=backup,
        is_encrypted=bool(available.is_encrypted),
        destination=destination,
        path=path,
        overwrite=wanted.overwrite,
        files=tuple(wanted.files),
        folders=tuple(wanted.folders),
    )


def new_folder(destination: Agent, backup: CompletedBackup) -> str:
    """Name a folder for a restore, as the machine's operating system writes it.

    Args:
        destination: The agent that is to restore.
        backup: The backup.
    """
    name = f"{backup.completed_time.astimezone(UTC):%Y-%m-%d-%H%M%S}-{backup.backup_id}"
    if "windows" in (destination.operating_system or "").casefold():
        return f"C:\\cloud-backup-restore\\{name}"
    return f"/cloud-backup-restore/{name}"


def touches(path: str, originals: Iterable[str]) -> str | None:
    """Say which of the backed up files or folders a restore into a folder may write over.

    Args:
        path: The folder.
        originals: What was backed up.

    Returns:
        The first that is within the folder, is the folder, or has it within; the folder itself, if
        it is the root of all or of a drive; None otherwise.
    """
    parts = _parts(path)
    if not parts or (len(parts) == 1 and _WINDOWS_PATH.match(f"{path}/")):
        return path
    for original in originals:
        others = _parts(original)
        shorter = min(len(parts), len(others))
        if parts[:shorter] == others[:shorter]:
            return original
    return None


def _parts(path: str) -> list[str]:
    """Split a path; Windows doesn't tell letter cases apart, and takes slashes both ways."""
    if _WINDOWS_PATH.match(f"{path}/"):
        path = path.replace("\\", "/").casefold()
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in {"", "."}:
            parts.append(part)
    return parts


def _available(invocation: Invocation, wanted: Wanted) -> list[AvailableBackup]:
    """Find the configurations to restore a backup of: one, or those of one machine."""
    client = invocation.client
    rows = client.restores.available()
    said = []
    configuration = wanted.configuration
    if wanted.backup is not None:
        found = client.backups.get(wanted.backup)
        rows = [row for row in rows if row.backup_configuration_id == found.backup_configuration_id]
        said.append(f"with backup {wanted.backup}")
    if configuration is not None:
        rows = [row for row in rows if _is_named(row, configuration)]
        said.append(f"named {configuration!r}")
    if wanted.machine is not None:
        agent = find_agent_id(client, wanted.machine)
        rows = [row for row in rows if row.machine_agent_id == agent]
        said.append(f"on {wanted.machine}")
    if not rows:
        raise CommandFailed(
            " ".join(["there is no restorable backup of a configuration", *said]),
            ExitCode.NOT_FOUND,
            hint="`cloud-backup restores available` lists what can be restored",
        )
    several_machines = len({row.machine_agent_id for row in rows}) > 1
    if (configuration is not None and len(rows) > 1) or several_machines:
        listed = ", ".join(
            f"{row.backup_configuration_id} ({row.backup_configuration_name} of {row.machine_name})"
            for row in rows
        )
        raise CommandFailed(
            f"which one? There are backups of several configurations: {listed}",
            ExitCode.WRONG_USAGE,
            hint="name a configuration, or a machine with --machine",
        )
    return rows


def _is_named(row: AvailableBackup, name: str) -> bool:
    if name.isascii() and name.isdecimal():
        return row.backup_configuration_id == int(name)
    return (row.backup_configuration_name or "").casefold() == name.casefold()


def _backup(completed: Iterable[CompletedBackup], wanted: Wanted) -> CompletedBackup:
    """Choose a backup: the one asked for, or the newest, or the newest before a time."""
    found = list(completed)
    said = ""
    if wanted.backup is not None:
        found = [backup for backup in found if backup.backup_id == wanted.backup]
        said = f" {wanted.backup}"
    if wanted.before is not None:
        found = [backup for backup in found if backup.completed_time <= wanted.before]
        said += f" of {wanted.before.isoformat()} or before"
    if not found:
        raise CommandFailed(
            f"there is no restorable backup{said}",
            ExitCode.NOT_FOUND,
            hint="`cloud-backup backups list CONFIGURATION` lists those that can be restored",
        )
    return max(found, key=lambda backup: backup.completed_time)
