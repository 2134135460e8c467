"""Starting a restore, what to say if it fails, and its report with the place of the files."""

from typing import TYPE_CHECKING, Final

from cloud_backup.commandline.options.passphrases import ask_passphrase
from cloud_backup.commandline.options.waiting import wait_for_agent
from cloud_backup.commandline.rendering.output import print_one
from cloud_backup.commandline.running.printable import one_line
from cloud_backup.errors import (
    CloudBackupError,
    InvalidRequest,
    PermissionDenied,
    StatusError,
    Unreachable,
)
from cloud_backup.states import RestoreState

if TYPE_CHECKING:
    from cloud_backup import Restore, RestoreReport, Secret
    from cloud_backup.commandline.running.invocation import Invocation

__all__ = ["not_started", "print_report", "start_restore"]

_TRIES: Final = 3
"""How often a passphrase is asked for, as for a password to log in with."""


def start_restore(
    invocation: "Invocation",
    restore: "Restore",
    passphrase: "Secret | None",
    *,
    whose: str,
    wake: bool,
) -> None:
    """Start a restore; ask for the passphrase again if it is wrong and there is somebody to ask.

    Args:
        invocation: The client, and whether there is somebody to ask.
        restore: The restore, which isn't started.
        passphrase: The passphrase; None if the backup isn't encrypted.
        whose: Whose passphrase it is.
        wake: Whether an agent that isn't ready is woken, and the start tried once more.

    Raises:
        CloudBackupError: It can't be started. What has become of it was said.
    """
    tries = 1
    try:
        while True:
            try:
                _start(invocation, restore, passphrase, wake=wake)
            except InvalidRequest as refused:
                if passphrase is None or tries == _TRIES or not invocation.interactive:
                    raise
                if invocation.client.restores.get(restore).state != RestoreState.CREATING:
                    raise  # it isn't for the passphrase
                invocation.say(f"not started: {refused.message}")
            else:
                return
            tries += 1
            passphrase = ask_passphrase(invocation, whose)
    except BaseException as error:
        invocation.say(_left(invocation, restore, error))
        raise


def _start(
    invocation: "Invocation", restore: "Restore", passphrase: "Secret | None", *, wake: bool
) -> None:
    try:
        invocation.client.restores.start(restore, passphrase=passphrase)
    except PermissionDenied:
        agent = restore.destination_machine_id
        if not wake or agent is None:
            raise
        # It went to sleep in between.
        wait_for_agent(invocation, agent, restore.destination_machine_name)
        invocation.client.restores.start(restore, passphrase=passphrase)


def not_started(restore: "Restore") -> str:
    """Say what is left of a restore that was created and can't be started.

    Args:
        restore: The restore.
    """
    return (
        f"restore {restore.restore_id} is not started, and nothing was restored: "
        f"`cloud-backup restores start {restore.restore_id}` starts it"
    )


def _left(invocation: "Invocation", restore: "Restore", error: BaseException) -> str:
    """Say what has become of a restore that was to be started."""
    if isinstance(error, StatusError) and error.status < 500:  # noqa: PLR2004 - of HTTP
        return not_started(restore)
    if isinstance(error, Unreachable) and error.not_carried_out:
        return not_started(restore)
    if isinstance(error, Exception) and not isinstance(error, CloudBackupError):
        return not_started(restore)  # it was never sent
    tells = f"`cloud-backup restores show {restore.restore_id}` tells"
    if isinstance(error, CloudBackupError):
        try:
            state = invocation.client.restores.get(restore).state
        except CloudBackupError:
            pass
        else:
            return f"restore {restore.restore_id} is {state} now; whether it goes on, {tells}"
    return f"whether restore {restore.restore_id} is started isn't known: {tells}"


def print_report(invocation: "Invocation", restore: "Restore", report: "RestoreReport") -> None:
    """Print the report of a restore, and where its files are, which the service's lacks.

    Args:
        invocation: How to print.
        restore: The restore.
        report: Its report.
    """
    path, machine = restore.destination_path, restore.destination_machine_name
    print_one(invocation, report, destination_machine_name=machine, destination_path=path)
    if report.files_restored:
        on = f"on {machine or f'agent {restore.destination_machine_id}'}"
        invocation.say(one_line(f"{report.files_restored} files are in {path} {on}"))
