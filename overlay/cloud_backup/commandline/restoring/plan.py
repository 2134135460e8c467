"""The plan of `cloud-backup restore`: which backup, where to, and what it overwrites."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypedDict

from attrs import frozen

from cloud_backup.commandline.options.naming import find_agent, find_agent_id, id_or_name
from cloud_backup.commandline.restoring.original_place import overlap
from cloud_backup.commandline.restoring.systems import Family, family_of, misfits
from cloud_backup.commandline.running.exit_codes import CommandFailed, ExitCode
from cloud_backup.commandline.running.invocation import Invocation
from cloud_backup_api.models import Agent, AvailableBackup, CompletedBackup

__all__ = ["RestorePlan", "Wanted", "new_folder", "plan_restore"]


class Wanted(TypedDict):
    """What the user asked for.

    Attributes:
        configuration: The configuration's name or id; None for any.
        machine: The machine's name or its agent's id; None for any.
        backup: The backup's id; None for the newest.
        before: The backup's latest possible time; None for no limit.
        destination: The name or agent id of the machine to restore to; None for the same one.
        path: The folder to restore into; None for a new one.
        overwrite: Whether to overwrite existing files.
        files: The only files to restore; everything if this and `folders` are empty.
        folders: The only folders to restore.
    """

    configuration: str | None
    machine: str | None
    backup: int | None
    before: datetime | None
    destination: str | None
    path: str | None
    overwrite: bool
    files: tuple[str, ...]
    folders: tuple[str, ...]


@frozen(kw_only=True)
class RestorePlan:
    """What a restore will do.

    Attributes:
        backup: The backup.
        is_encrypted: Whether it needs a passphrase.
        destination: The agent that restores.
        path: The folder to restore into.
        overwrite: Whether existing files are overwritten.
        files: The only files to restore; everything if this and `folders` are empty.
        folders: The only folders to restore.
        warnings: Warnings, one sentence each.
    """

    backup: CompletedBackup
    is_encrypted: bool
    destination: Agent
    path: str
    overwrite: bool
    files: tuple[str, ...]
    folders: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def is_elsewhere(self) -> bool:
        """Whether the restore goes to another machine than was backed up."""
        return self.destination.machine_agent_id != self.backup.machine_agent_id


def plan_restore(invocation: Invocation, wanted: Wanted) -> RestorePlan:
    """Plan a restore, without changing anything.

    Args:
        invocation: The invocation.
        wanted: What the user asked for.

    Raises:
        CommandFailed: There is no such backup, several configurations match, the agent is
            disabled, or the restore could overwrite the original files without `--overwrite`.
        CloudBackupError: A call failed.
    """
    client = invocation.client
    candidates = _available(invocation, wanted)
    if wanted["before"] is None:
        # The newest backup belongs to the configuration that backed up last.
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
    if wanted["destination"] is None:
        destination = client.agents.get(source)
    else:
        destination = find_agent(client, wanted["destination"])
    if destination.is_disabled:
        raise CommandFailed(
            f"agent {destination.machine_agent_id} of {destination.machine_name} is disabled",
            hint=f"`cloud-backup agents enable {destination.machine_agent_id}` enables it",
        )
    backed_up = destination if destination.machine_agent_id == source else client.agents.get(source)
    inclusions = client.configurations.get(backup.backup_configuration_id).inclusions
    originals = [inclusion.path for inclusion in inclusions if inclusion.path]
    warnings = []
    if backup.errors:
        warnings.append(f"the backup had {backup.errors} errors, so some files may be missing")
    if wanted["path"] is None:
        path = new_folder(destination, backup)
    else:
        path = wanted["path"]
        if not wanted["overwrite"] and _may_be_one(backed_up, destination):
            _check_place(path, originals, destination)
            warnings.append(
                f"if {path} is a link, the restore follows it; this tool can't see links"
            )
    if backed_up is not destination:
        names = [*wanted["files"], *wanted["folders"]] or originals
        warnings += misfits(backed_up.operating_system, destination.operating_system, path, names)
    return RestorePlan(
        backup=backup,
        is_encrypted=bool(available.is_encrypted),
        destination=destination,
        path=path,
        overwrite=wanted["overwrite"],
        files=wanted["files"],
        folders=wanted["folders"],
        warnings=tuple(warnings),
    )


def _may_be_one(backed_up: Agent, destination: Agent) -> bool:
    """Return whether two agents may be on the same machine, as after a reinstallation."""
    if backed_up.machine_agent_id == destination.machine_agent_id:
        return True
    return any(
        (of_one := getattr(backed_up, name)) and of_one == getattr(destination, name)
        for name in ("machine_name", "host_server_id")
    )


def _check_place(path: str, originals: Iterable[str], destination: Agent) -> None:
    """Refuse to restore over the original files.

    Raises:
        CommandFailed: The path contains them, or may contain them.
    """
    problem = overlap(path, originals, destination.operating_system)
    if problem is not None:
        raise CommandFailed(
            f"{path} on {destination.machine_name} {problem}",
            ExitCode.WRONG_USAGE,
            hint="omit --path to use a new folder, or use --overwrite to overwrite the files",
        )


def new_folder(destination: Agent, backup: CompletedBackup) -> str:
    """Return a new folder's path for a restore, in the style of the machine's system.

    Args:
        destination: The agent that restores.
        backup: The backup.
    """
    name = f"{backup.completed_time.astimezone(UTC):%Y-%m-%d-%H%M%S}-{backup.backup_id}"
    if family_of(destination.operating_system) is Family.WINDOWS:
        return f"C:\\cloud-backup-restore\\{name}"
    return f"/cloud-backup-restore/{name}"


def _available(invocation: Invocation, wanted: Wanted) -> list[AvailableBackup]:
    """Return the configurations to choose a backup from: one, or all of one machine."""
    client = invocation.client
    rows = client.restores.available()
    said = []
    configuration = wanted["configuration"]
    if wanted["backup"] is not None:
        found = client.backups.get(wanted["backup"])
        rows = [row for row in rows if row.backup_configuration_id == found.backup_configuration_id]
        said.append(f"with backup {wanted['backup']}")
    if configuration is not None:
        rows = [row for row in rows if _is_named(row, configuration)]
        said.append(f"named {configuration!r}")
    if wanted["machine"] is not None:
        agent = find_agent_id(client, wanted["machine"])
        rows = [row for row in rows if row.machine_agent_id == agent]
        said.append(f"on {wanted['machine']}")
    if not rows:
        raise CommandFailed(
            " ".join(["no configuration", *said, "has a backup to restore"]),
            ExitCode.NOT_FOUND,
            hint="`cloud-backup restores available` lists those that do",
        )
    several_machines = len({row.machine_agent_id for row in rows}) > 1
    if (configuration is not None and len(rows) > 1) or several_machines:
        listed = ", ".join(
            f"{row.backup_configuration_id} ({row.backup_configuration_name} of {row.machine_name})"
            for row in rows
        )
        raise CommandFailed(
            f"several configurations have a backup to restore: {listed}",
            ExitCode.WRONG_USAGE,
            hint="give one, or its machine with --machine",
        )
    return rows


def _is_named(row: AvailableBackup, name: str) -> bool:
    key = id_or_name(name)
    if isinstance(key, int):
        return row.backup_configuration_id == key
    return (row.backup_configuration_name or "").casefold() == key.casefold()


def _backup(completed: Iterable[CompletedBackup], wanted: Wanted) -> CompletedBackup:
    """Return the backup asked for, or the newest, or the newest before a time."""
    found = list(completed)
    said = ""
    if wanted["backup"] is not None:
        found = [backup for backup in found if backup.backup_id == wanted["backup"]]
        said = f" {wanted['backup']}"
    if wanted["before"] is not None:
        found = [backup for backup in found if backup.completed_time <= wanted["before"]]
        said += f" from {wanted['before'].isoformat()} or earlier"
    if not found:
        raise CommandFailed(
            f"there is no backup{said} to restore",
            ExitCode.NOT_FOUND,
            hint="`cloud-backup backups list CONFIGURATION` lists those that can be restored",
        )
    return max(found, key=lambda backup: backup.completed_time)
