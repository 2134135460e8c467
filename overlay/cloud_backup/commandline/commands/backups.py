"""`cloud-backup backups`."""

from typing import Unpack

import click

from cloud_backup.commandline.options.groups import Noun
from cloud_backup.commandline.options.naming import find_configuration, find_configuration_id
from cloud_backup.commandline.options.types import BACKUP, CONFIGURATION
from cloud_backup.commandline.options.waiting import (
    WaitOptions,
    wait_for_agent,
    wait_for_all,
    wait_for_report,
    wait_options,
)
from cloud_backup.commandline.rendering.output import print_list, print_one
from cloud_backup.commandline.running.invocation import Invocation, pass_invocation
from cloud_backup_api.models import CompletedBackup

__all__ = ["backups"]

_COLUMNS = (
    "backup_id",
    "completed_time",
    "backup_configuration_name",
    "machine_name",
    "bytes_searched",
    "errors",
)

_backup_id = click.argument("backup", type=BACKUP)
_configuration = click.argument("configuration", type=CONFIGURATION)


@click.group("backups", cls=Noun)
def backups() -> None:
    """Start backups, wait for them, and read their reports.

    CONFIGURATION is a configuration's id or name, BACKUP a backup's id.
    """


@backups.command("list")
@_configuration
@pass_invocation
def list_backups(invocation: Invocation, configuration: str) -> None:
    """List the backups of a configuration that can be restored, newest first.

    Examples:
      cloud-backup backups list BackupConfig1
      cloud-backup backups list 172418 -o json | jq '.[0].backup_id'
    """
    client = invocation.client
    found = find_configuration_id(client, configuration)
    print_list(invocation, CompletedBackup, client.backups.completed(found), _COLUMNS)


@backups.command("start")
@_configuration
@click.option("--wait", is_flag=True, help="Wait for it to finish, and print its report.")
@wait_options
@pass_invocation
def start(
    invocation: Invocation, configuration: str, *, wait: bool, **options: Unpack[WaitOptions]
) -> None:
    """Start a backup now, whatever the schedule says.

    Prints the backup, or with --wait its report.

    Examples:
      cloud-backup backups start BackupConfig1
      cloud-backup backups start BackupConfig1 --wake --wait --deadline 1h
    """
    client = invocation.client
    found = find_configuration(client, configuration)
    if options["wake"]:
        wait_for_agent(invocation, found.machine_agent_id, found.machine_name)
    started = client.backups.start(found)
    if not wait:
        print_one(invocation, started)
        return
    wait_for_report(
        invocation,
        "backup",
        started.backup_id,
        options,
        lambda report: print_one(invocation, report),
    )


@backups.command("stop")
@_backup_id
@pass_invocation
def stop(invocation: Invocation, backup: int) -> None:
    """Stop a running backup.

    Example:
      cloud-backup backups stop 368785
    """
    invocation.client.backups.stop(backup)
    invocation.say(f"stopping backup {backup}")


@backups.command("show")
@_backup_id
@pass_invocation
def show(invocation: Invocation, backup: int) -> None:
    """Show a backup: its state and its contents.

    Example:
      cloud-backup backups show 134691
    """
    print_one(invocation, invocation.client.backups.get(backup))


@backups.command("report")
@_backup_id
@pass_invocation
def report(invocation: Invocation, backup: int) -> None:
    """Show the report of a finished backup.

    Example:
      cloud-backup backups report 134691 -o yaml
    """
    print_one(invocation, invocation.client.backups.report(backup))


@backups.command("wait")
@click.argument("backups", metavar="BACKUP...", nargs=-1, required=True, type=BACKUP)
@wait_options
@pass_invocation
def wait(invocation: Invocation, backups: tuple[int, ...], **options: Unpack[WaitOptions]) -> None:
    """Wait for backups to finish. Exits with 5 unless all end Completed.

    Example:
      cloud-backup backups wait 368785 368786 --deadline 1h
    """
    wait_for_all(invocation, "backup", backups, options)
