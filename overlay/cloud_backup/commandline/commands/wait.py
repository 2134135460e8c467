"""`cloud-backup wait`."""

import click

from cloud_backup.commandline.options.groups import Verb
from cloud_backup.commandline.options.offers import offer_jobs
from cloud_backup.commandline.options.waiting import (
    WaitOptions,
    wait_for_backups,
    wait_for_restores,
    wait_options,
)
from cloud_backup.commandline.running.invocation import Invocation, pass_invocation

__all__ = ["wait"]


@click.command("wait", cls=Verb)
@click.argument("kind", type=click.Choice(["backup", "restore"]))
@click.argument(
    "ids",
    metavar="ID...",
    nargs=-1,
    required=True,
    type=click.IntRange(min=1),
    shell_complete=offer_jobs,
)
@wait_options
@pass_invocation
def wait(
    invocation: Invocation,
    kind: str,
    ids: tuple[int, ...],
    deadline: float | None,
    interval: float,
    *,
    wake: bool,
) -> None:
    """Wait until backups or restores are done, one or thousands.

    Each change of a state is told on stderr; how each ended is printed at the end. The exit code is
    5 if one ends otherwise than Completed, and 6 if the deadline passes.

    Examples:
      cloud-backup wait restore 13689
      cloud-backup wait backup 368785 368786 --wake --deadline 1h
    """
    options = WaitOptions(deadline=deadline, interval=interval, wake=wake)
    if kind == "backup":
        wait_for_backups(invocation, ids, options)
    else:
        wait_for_restores(invocation, ids, options)
