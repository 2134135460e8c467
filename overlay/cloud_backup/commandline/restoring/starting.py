"""Starts a restore, explains failures, and prints the report with the files' location."""

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
"""How many times to prompt for a passphrase, as logins do for a password."""


def start_restore(
    invocation: "Invocation",
    restore: "Restore",
    passphrase: "Secret | None",
    *,
    whose: str,
    wake: bool,
) -> None:
    """Start a restore. On a terminal, prompt again if the passphrase is wrong.

    Args:
        invocation: The invocation.
        restore: The restore, not yet started.
        passphrase: The passphrase; None if the backup isn't encrypted.
        whose: Whose passphrase it is.
        wake: Whether to wake an agent that isn't ready, and retry once.

    Raises:
        CloudBackupError: It can't be started. The restore's state was printed.
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
                    raise  # the passphrase isn't the cause
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
        # The agent fell asleep in the meantime.
        wait_for_agent(invocation, agent, restore.destination_machine_name)
        invocation.client.restores.start(restore, passphrase=passphrase)


def not_started(restore: "Restore") -> str:
    """Explain that a restore was created but not started.

    Args:
        restore: The restore.
    """
    return (
        f"restore {restore.restore_id} was not started, so nothing was restored: "
        f"`cloud-backup restores start {restore.restore_id}` starts it"
    )


def _left(invocation: "Invocation", restore: "Restore", error: BaseException) -> str:
    """Explain in what state a failed start left the restore."""
    if isinstance(error, StatusError) and error.status < 500:  # noqa: PLR2004 - of HTTP
        return not_started(restore)
    if isinstance(error, Unreachable) and error.not_carried_out:
        return not_started(restore)
    if isinstance(error, Exception) and not isinstance(error, CloudBackupError):
        return not_started(restore)  # it was never sent
    check = f"check with `cloud-backup restores show {restore.restore_id}`"
    if isinstance(error, CloudBackupError):
        try:
            state = invocation.client.restores.get(restore).state
        except CloudBackupError:
            pass
        else:
            return f"restore {restore.restore_id} is now {state}, and may still start: {check}"
    return f"restore {restore.restore_id} may have started: {check}"


def print_report(invocation: "Invocation", restore: "Restore", report: "RestoreReport") -> None:
    """Print a restore's report, and where its files are, which the service's report lacks.

    Args:
        invocation: The invocation.
        restore: The restore.
        report: Its report.
    """
    path, machine = restore.destination_path, restore.destination_machine_name
    print_one(invocation, report, destination_machine_name=machine, destination_path=path)
    if report.files_restored:
        on = f"on {machine or f'agent {restore.destination_machine_id}'}"
        invocation.say(one_line(f"{report.files_restored} files are in {path} {on}"))
