"""`cloud-backup restores`."""

from typing import Unpack

import click

from cloud_backup.commandline.options.groups import Noun
from cloud_backup.commandline.options.naming import described, find_agent_id
from cloud_backup.commandline.options.passphrases import (
    passphrase_is_given,
    passphrase_options,
    read_passphrase,
)
from cloud_backup.commandline.options.types import AGENT, BACKUP, RESTORE
from cloud_backup.commandline.options.waiting import (
    WaitOptions,
    wait_for_agent,
    wait_for_all,
    wait_for_report,
    wait_options,
)
from cloud_backup.commandline.rendering.output import print_list, print_one
from cloud_backup.commandline.restoring.starting import print_report, start_restore
from cloud_backup.commandline.running.invocation import Invocation, pass_invocation
from cloud_backup.values.restore import RestoreFile
from cloud_backup_api.models import AvailableBackup

__all__ = ["restores"]

_AVAILABLE = (
    "backup_configuration_id",
    "backup_configuration_name",
    "machine_name",
    "machine_agent_id",
    "is_encrypted",
    "last_successful_backup_time",
)
_FILES = ("path", "include", "is_folder")

_restore_id = click.argument("restore", type=RESTORE)


@click.group("restores", cls=Noun)
def restores() -> None:
    """Restore step by step: create a restore, start it, wait for it, read its report.

    RESTORE is a restore's id, AGENT an agent's id or its machine's name.
    """


@restores.command("available")
@pass_invocation
def available(invocation: Invocation) -> None:
    """List the configurations that have a backup to restore.

    `cloud-backup backups list` lists the backups of each.

    Example:
      cloud-backup restores available
    """
    print_list(invocation, AvailableBackup, invocation.client.restores.available(), _AVAILABLE)


@restores.command("create")
@click.option("--backup", required=True, type=BACKUP, help="The backup to restore.")
@click.option(
    "--from", "source", type=AGENT, help="The agent that backed up; by default the backup's own."
)
@click.option(
    "--to", "destination", type=AGENT, help="The agent that restores; by default the same one."
)
@click.option("--path", required=True, metavar="FOLDER", help="The folder to restore into.")
@click.option("--overwrite", is_flag=True, help="Overwrite existing files.")
@pass_invocation
def create(
    invocation: Invocation,
    backup: int,
    source: str | None,
    destination: str | None,
    path: str,
    *,
    overwrite: bool,
) -> None:
    """Create a restore of a whole backup. `restores start` starts it.

    Examples:
      cloud-backup restores create --backup 134691 --path /restored
      cloud-backup restores create --backup 134691 --to web2 --path /restored --overwrite
    """
    client = invocation.client
    if source is None:
        source_id = client.backups.get(backup).machine_agent_id
    else:
        source_id = find_agent_id(client, source)
    created = client.restores.create(
        backup_id=backup,
        source=source_id,
        destination=source_id if destination is None else find_agent_id(client, destination),
        path=path,
        overwrite=overwrite,
    )
    print_one(invocation, created)


@restores.command("show")
@_restore_id
@pass_invocation
def show(invocation: Invocation, restore: int) -> None:
    """Show a restore: its state, what it restores, and where.

    Example:
      cloud-backup restores show 13689
    """
    print_one(invocation, invocation.client.restores.get(restore))


@restores.command("update")
@_restore_id
@click.option("--to", "destination", type=AGENT, help="The agent that restores.")
@click.option("--path", metavar="FOLDER", help="The folder to restore into.")
@click.option(
    "--overwrite/--no-overwrite", default=None, help="Whether to overwrite existing files."
)
@pass_invocation
def update(
    invocation: Invocation,
    restore: int,
    destination: str | None,
    path: str | None,
    *,
    overwrite: bool | None,
) -> None:
    """Change a restore that has not been started.

    Example:
      cloud-backup restores update 13689 --path /elsewhere --overwrite
    """
    if destination is None and path is None and overwrite is None:
        raise click.UsageError("nothing to change: give --to, --path or --overwrite")
    client = invocation.client
    changed = client.restores.update(
        restore,
        destination=None if destination is None else find_agent_id(client, destination),
        path=path,
        overwrite=overwrite,
    )
    print_one(invocation, changed)


@restores.command("start")
@_restore_id
@passphrase_options()
@click.option("--wait", is_flag=True, help="Wait until it is done.")
@wait_options
@pass_invocation
def start(
    invocation: Invocation, restore: int, *, wait: bool, **options: Unpack[WaitOptions]
) -> None:
    """Start a restore.

    Prints the restore, or with --wait its report. For an encrypted backup it prompts for the
    passphrase, or reads it from a file or a variable, and encrypts it on this machine.

    Examples:
      cloud-backup restores start 13689 --wake --wait
      cloud-backup restores start 13689 --passphrase-file secret.txt
    """
    client = invocation.client
    found = client.restores.get(restore)
    passphrase = None
    whose = described(found.backup_machine_id, found.backup_machine_name)
    wake = options["wake"]
    if found.is_encrypted:
        passphrase = read_passphrase(invocation, whose)
    elif passphrase_is_given():
        invocation.say("the backup is not encrypted: ignoring the passphrase")
    if wake and found.destination_machine_id is not None:
        wait_for_agent(invocation, found.destination_machine_id, found.destination_machine_name)
    start_restore(invocation, found, passphrase, whose=whose, wake=wake)
    if not wait:
        print_one(invocation, client.restores.get(found))
        return
    wait_for_report(
        invocation,
        "restore",
        restore,
        options,
        lambda report: print_report(invocation, found, report),
    )


@restores.command("stop")
@_restore_id
@pass_invocation
def stop(invocation: Invocation, restore: int) -> None:
    """Stop a running restore.

    Example:
      cloud-backup restores stop 13689
    """
    invocation.client.restores.stop(restore)
    invocation.say(f"stopping restore {restore}")


@restores.command("report")
@_restore_id
@pass_invocation
def report(invocation: Invocation, restore: int) -> None:
    """Show the report of a finished restore.

    Example:
      cloud-backup restores report 13689 -o json
    """
    client = invocation.client
    found = client.restores.report(restore)
    print_report(invocation, client.restores.get(restore), found)


@restores.command("wait")
@click.argument("restores", metavar="RESTORE...", nargs=-1, required=True, type=RESTORE)
@wait_options
@pass_invocation
def wait(invocation: Invocation, restores: tuple[int, ...], **options: Unpack[WaitOptions]) -> None:
    """Wait for restores to finish. Exits with 5 unless all end Completed.

    Example:
      cloud-backup restores wait 13689 13692 --deadline 1h
    """
    wait_for_all(invocation, "restore", restores, options)


@restores.command("files")
@_restore_id
@pass_invocation
def files(invocation: Invocation, restore: int) -> None:
    """List the files and folders that a restore includes or excludes.

    Example:
      cloud-backup restores files 13689
    """
    print_list(invocation, RestoreFile, invocation.client.restores.files(restore), _FILES)


@restores.command("add-file")
@_restore_id
@click.argument("path")
@click.option("--exclude", is_flag=True, help="Exclude it instead.")
@click.option("--folder", is_flag=True, help="PATH is a folder, as if it ended in a slash.")
@pass_invocation
def add_file(
    invocation: Invocation, restore: int, path: str, *, exclude: bool, folder: bool
) -> None:
    """Restore only the files and folders added, or all but the excluded ones.

    Only possible before the restore is started. A PATH that ends in a slash is a folder.

    Examples:
      cloud-backup restores add-file 13689 /etc/fstab
      cloud-backup restores add-file 13689 /var/www/cache/ --exclude
    """
    folder = folder or path.endswith(("/", "\\"))
    invocation.client.restores.add_file(restore, path, include=not exclude, folder=folder)
    kind, done = "folder" if folder else "file", "excluded" if exclude else "included"
    invocation.say(f"{done} {kind} {path}")


@restores.command("delete-files")
@_restore_id
@pass_invocation
def delete_files(invocation: Invocation, restore: int) -> None:
    """Remove all inclusions and exclusions of a restore, so that it restores the whole backup.

    The service can't remove a single one.

    Example:
      cloud-backup restores delete-files 13689
    """
    invocation.client.restores.delete_files(restore)
    invocation.say(f"restore {restore} now restores the whole backup")
