"""`cloud-backup wait`."""

from typing import Literal, Unpack

import click

from cloud_backup.commandline.options.groups import Verb
from cloud_backup.commandline.options.types import JOB
from cloud_backup.commandline.options.waiting import WaitOptions, wait_for_all, wait_options
from cloud_backup.commandline.running.invocation import Invocation, pass_invocation

__all__ = ["wait"]


@click.command("wait", cls=Verb)
@click.argument("kind", type=click.Choice(["backup", "restore"]))
@click.argument("ids", metavar="ID...", nargs=-1, required=True, type=JOB)
@wait_options
@pass_invocation
def wait(
    invocation: Invocation,
    kind: Literal["backup", "restore"],
    ids: tuple[int, ...],
    **options: Unpack[WaitOptions],
) -> None:
    """Wait for backups or restores to finish, one or thousands.

    Each change of state goes to stderr; at the end it prints how each one ended. Exits with 5
    unless all end Completed, and with 6 if the deadline passes.

    Examples:
      cloud-backup wait restore 13689
      cloud-backup wait backup 368785 368786 --wake --deadline 1h
    """
    wait_for_all(invocation, kind, ids, options)
