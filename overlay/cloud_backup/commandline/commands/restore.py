"""`cloud-backup restore`: plan, start and watch a restore in one command."""

from datetime import UTC
from typing import TYPE_CHECKING, Unpack

import click

from cloud_backup.commandline.options.groups import Verb, yes_option
from cloud_backup.commandline.options.naming import described
from cloud_backup.commandline.options.passphrases import (
    ask_passphrase,
    passphrase_is_given,
    passphrase_options,
    read_passphrase,
)
from cloud_backup.commandline.options.types import BACKUP, MACHINE, RESTORABLE, TIME
from cloud_backup.commandline.options.waiting import (
    deadline_option,
    interval_option,
    wait_for_agent,
)
from cloud_backup.commandline.rendering.output import print_one
from cloud_backup.commandline.rendering.restore_progress import show_progress
from cloud_backup.commandline.restoring.plan import RestorePlan, Wanted, plan_restore
from cloud_backup.commandline.restoring.starting import not_started, print_report, start_restore
from cloud_backup.commandline.running.exit_codes import CommandFailed, ExitCode
from cloud_backup.commandline.running.invocation import Invocation, pass_invocation
from cloud_backup.commandline.running.printable import one_line
from cloud_backup.errors import NotFound

if TYPE_CHECKING:
    from cloud_backup import Restore, Secret

__all__ = ["restore"]

_STOP, _LEAVE, _WATCH = "stop", "leave", "watch"


@click.command("restore", cls=Verb)
@click.argument("configuration", required=False, type=RESTORABLE)
@click.option(
    "--machine", type=MACHINE, help="Restore the newest backup of this machine: name or agent id."
)
@click.option("--backup", type=BACKUP, help="Restore this backup.")
@click.option("--before", type=TIME, help="Restore the newest backup up to this time.")
@click.option(
    "--to", "destination", type=MACHINE, help="Restore to this machine; by default the same one."
)
@click.option("--path", metavar="FOLDER", help="Restore into this folder; by default a new one.")
@click.option("--overwrite", is_flag=True, help="Overwrite existing files.")
@click.option(
    "--file", "files", multiple=True, metavar="PATH", help="Restore only this file. Repeatable."
)
@click.option(
    "--folder",
    "folders",
    multiple=True,
    metavar="PATH",
    help="Restore only this folder. Repeatable.",
)
@passphrase_options()
@yes_option
@click.option("--dry-run", is_flag=True, help="Only print the plan.")
@click.option("--no-wait", is_flag=True, help="Start the restore and print it, without waiting.")
@deadline_option
@interval_option
@pass_invocation
def restore(
    invocation: Invocation,
    *,
    yes: bool,
    dry_run: bool,
    no_wait: bool,
    deadline: float | None,
    interval: float,
    **wanted: Unpack[Wanted],
) -> None:
    """Restore a backup: by default the newest of CONFIGURATION or --machine.

    It prints a plan and prompts before starting. Then it wakes the agent, starts the restore, shows
    its progress and prints the report. Files go into a new folder by default. Restoring over the
    original files requires --overwrite. Exits with 0 only if the restore ends Completed.

    Ctrl-C offers to stop the restore, or to stop watching and leave it running.

    Examples:
      cloud-backup restore BackupConfig1
      cloud-backup restore --machine MBP0 --path /restored --yes
      cloud-backup restore 172418 --before 2026-11-22 --file /etc/passwd --to MBP0
    """
    plan = plan_restore(invocation, wanted)
    consequences = _described(invocation, plan)
    if dry_run:
        invocation.say(consequences)
        return
    whose = described(plan.backup.machine_agent_id, plan.backup.machine_name)
    passphrase = None
    if plan.is_encrypted and (passphrase_is_given() or not invocation.interactive):
        # Fail before prompting if it can't be read.
        passphrase = read_passphrase(invocation, whose)
    elif passphrase_is_given():
        invocation.say("the backup is not encrypted: ignoring the passphrase")
    invocation.confirm(consequences, "Restore", yes=yes)
    if plan.is_encrypted and passphrase is None:
        passphrase = ask_passphrase(invocation, whose)
    started = _start(invocation, plan, passphrase, whose)
    if no_wait:
        print_one(invocation, started)
        invocation.say(f"wait for it with `cloud-backup wait restore {started.restore_id}`")
        return
    _report(invocation, _watch(invocation, started, deadline, interval))


def _described(invocation: Invocation, plan: RestorePlan) -> str:
    backup, destination = plan.backup, plan.destination
    zone = UTC if invocation.utc else None
    only = [*plan.files, *(f"{folder} (folder)" for folder in plan.folders)]
    lines = {
        "Restore": f"backup {backup.backup_id} of {backup.backup_configuration_name} "
        f"({backup.backup_configuration_id}), "
        f"{backup.completed_time.astimezone(zone):%Y-%m-%d %H:%M:%S %Z}",
        "From": f"{backup.machine_name} (agent {backup.machine_agent_id})",
        "To": f"{destination.machine_name} (agent {destination.machine_agent_id}), {plan.path}",
        "Files": ", ".join(only) or "everything",
        "Conflicts": f"existing files are {'OVERWRITTEN' if plan.overwrite else 'kept'}",
    }
    if plan.is_elsewhere:
        lines["To"] += " - not the machine that was backed up"
    if not destination.is_online:
        lines["Agent"] = f"{destination.status}, will be woken"
    rows = [*lines.items(), *(("Warning", warning) for warning in plan.warnings)]
    return "\n".join(f"{name:<10} {one_line(value)}" for name, value in rows)


def _start(
    invocation: Invocation, plan: RestorePlan, passphrase: "Secret | None", whose: str
) -> "Restore":
    """Wake the agent, then create and start the restore."""
    client = invocation.client
    destination = plan.destination
    if not destination.is_online:
        invocation.say(f"waking {destination.machine_name} ...")
        wait_for_agent(invocation, destination.machine_agent_id, destination.machine_name)
    created = client.restores.create(
        backup_id=plan.backup.backup_id,
        source=plan.backup.machine_agent_id,
        destination=destination,
        path=plan.path,
        overwrite=plan.overwrite,
    )
    try:
        for file in plan.files:
            client.restores.add_file(created, file)
        for folder in plan.folders:
            client.restores.add_file(created, folder, folder=True)
    except BaseException:
        invocation.say(not_started(created))
        raise
    start_restore(invocation, created, passphrase, whose=whose, wake=True)
    invocation.say(f"restore {created.restore_id} started")
    return client.restores.get(created)


def _watch(
    invocation: Invocation, started: "Restore", deadline: float | None, interval: float
) -> "Restore":
    """Watch a restore until it finishes. On Ctrl-C, ask what to do."""
    wait = invocation.client.restores.wait
    while True:
        try:
            with show_progress(invocation) as shown:
                return wait(
                    started, poll_interval=interval, timeout=deadline, on_change=shown, wake=True
                )
        except KeyboardInterrupt:
            choice = _asked_what_to_do(invocation)
        if choice == _LEAVE:
            raise CommandFailed(
                f"restore {started.restore_id} is still running",
                ExitCode.INTERRUPTED,
                hint=f"`cloud-backup wait restore {started.restore_id}` watches it again, "
                f"`cloud-backup restores stop {started.restore_id}` stops it",
            )
        if choice == _STOP:
            invocation.client.restores.stop(started)
            invocation.say(f"stopping restore {started.restore_id}")


def _asked_what_to_do(invocation: Invocation) -> str:
    if not invocation.interactive:
        return _LEAVE
    try:
        choice: str = invocation.ask(
            "\nStop the restore, leave it running, or keep watching",
            type=click.Choice([_STOP, _LEAVE, _WATCH]),
            default=_LEAVE,
        )
    except click.Abort:
        return _LEAVE
    return choice


def _report(invocation: Invocation, ended: "Restore") -> None:
    """Print the report and where the files are. Fail unless the restore ended Completed."""
    try:
        print_report(invocation, ended, invocation.client.restores.report(ended))
    except NotFound:
        print_one(invocation, ended)
    if not ended.is_successful:
        raise CommandFailed(
            f"restore {ended.restore_id} ended {ended.state}", ExitCode.NOT_COMPLETED
        )
