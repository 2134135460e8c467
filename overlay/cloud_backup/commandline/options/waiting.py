"""Waiting for backups and restores: its options, and what is said meanwhile."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, TypedDict, TypeVar

import click

from cloud_backup.commandline.options.durations import DURATION
from cloud_backup.commandline.rendering.output import print_list
from cloud_backup.commandline.running.command_failed import CommandFailed
from cloud_backup.commandline.running.exit_codes import ExitCode
from cloud_backup.states import is_final, is_successful
from cloud_backup.waiting.state_changes import BackupChange, RestoreChange

if TYPE_CHECKING:
    from cloud_backup import Agent
    from cloud_backup.commandline.running.invocation import Invocation

__all__ = [
    "AGENT_PATIENCE",
    "WaitOptions",
    "deadline_option",
    "interval_option",
    "telling_states",
    "wait_for_agent",
    "wait_for_backups",
    "wait_for_restores",
    "wait_options",
]

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_INTERVAL: Final = 5.0

AGENT_PATIENCE: Final = 180.0
"""For how many seconds to wait until an agent is online: one that is there takes a minute."""


class WaitOptions(TypedDict):
    """What `wait_options` gives a command.

    Attributes:
        deadline: For how many seconds to wait in all; None for as long as it takes.
        interval: For how many seconds to wait between two looks.
        wake: Whether to keep the agents awake.
    """

    deadline: float | None
    interval: float
    wake: bool


def _in_seconds(
    ctx: click.Context, param: click.Parameter, value: timedelta | None
) -> float | None:
    del ctx, param
    return None if value is None else value.total_seconds()


deadline_option = click.option(
    "--deadline",
    type=DURATION,
    callback=_in_seconds,
    metavar="DURATION",
    help="Give up after so long, with exit code 6: 90s, 45m, 2h.",
)
"""Gives a command `deadline`, in seconds."""

interval_option = click.option(
    "--interval",
    type=click.FloatRange(min=0, min_open=True),
    default=DEFAULT_INTERVAL,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait between two looks.",
)
"""Gives a command `interval`, in seconds."""


def wait_options(function: F) -> F:
    """Add `--deadline`, `--interval` and `--wake` to a command."""
    wake = click.option(
        "--wake", is_flag=True, help="Wake the agents, and keep them awake meanwhile."
    )
    return deadline_option(interval_option(wake(function)))


def wait_for_agent(
    invocation: "Invocation",
    agent: int,
    machine: str | None = None,
    *,
    timeout: float = AGENT_PATIENCE,
) -> "Agent":
    """Wake an agent, wait until it is online, and say so meanwhile.

    Args:
        invocation: The client, and where to say it.
        agent: The agent's id.
        machine: Its machine's name, if it is known.
        timeout: For how many seconds to wait in all.

    Raises:
        AgentNotOnline: It wasn't in time.
    """
    name = f"agent {agent}" if machine is None else f"{machine} (agent {agent})"
    with invocation.status.waiting(f"waking {name}, which takes up to a minute"):
        return invocation.client.agents.wait_online(agent, timeout=timeout)


@contextmanager
def telling_states(invocation: "Invocation", what: str) -> Iterator[Callable[[str], None]]:
    """Say how a backup or restore goes on.

    Args:
        invocation: Where to say it.
        what: What it is called.

    Returns:
        What says that it is in another state.
    """
    with invocation.status.waiting(f"waiting for {what}") as change:

        def tell(state: str) -> None:
            change(f"waiting for {what}, which is {state}")
            invocation.say(f"{what}: {state}")

        yield tell


@contextmanager
def _telling_changes(
    invocation: "Invocation", kind: str, total: int
) -> Iterator[Callable[[int, BackupChange | RestoreChange], None]]:
    """Say how many backups or restores go on."""
    done: set[int] = set()
    with invocation.status.waiting(f"waiting for {total} {kind}s") as change_to:

        def tell(key: int, change: BackupChange | RestoreChange) -> None:
            if is_final(change.state):
                done.add(key)
            change_to(f"waiting for {kind}s: {len(done)} of {total} are done")
            invocation.say(f"{kind} {key}: {change.state}")

        yield tell


def wait_for_backups(
    invocation: "Invocation", backups: Sequence[int], options: WaitOptions
) -> None:
    """Wait until backups are done, and print how each ended.

    Args:
        invocation: The client, and how to print.
        backups: Their ids.
        options: How to wait.

    Raises:
        CommandFailed: One of them ended otherwise than Completed (exit code 5).
        WaitTimeout: Some weren't done in time.
    """
    with _telling_changes(invocation, "backup", len(backups)) as tell:
        ended = invocation.client.backups.wait_all(
            backups,
            poll_interval=options["interval"],
            timeout=options["deadline"],
            wake=options["wake"],
            on_change=lambda change: tell(change.backup_id, change),
        )
    print_list(invocation, BackupChange, ended, ("backup_id", "state"))
    check_completed("backup", {change.backup_id: str(change.state) for change in ended})


def wait_for_restores(
    invocation: "Invocation", restores: Sequence[int], options: WaitOptions
) -> None:
    """Wait until restores are done, and print how each ended.

    Args:
        invocation: The client, and how to print.
        restores: Their ids.
        options: How to wait.

    Raises:
        CommandFailed: One of them ended otherwise than Completed (exit code 5).
        WaitTimeout: Some weren't done in time.
    """
    with _telling_changes(invocation, "restore", len(restores)) as tell:
        ended = invocation.client.restores.wait_all(
            restores,
            poll_interval=options["interval"],
            timeout=options["deadline"],
            wake=options["wake"],
            on_change=lambda change: tell(change.restore_id, change),
        )
    print_list(invocation, RestoreChange, ended, ("restore_id", "state"))
    check_completed("restore", {change.restore_id: str(change.state) for change in ended})


def check_completed(kind: str, states: dict[int, str]) -> None:
    """Make sure that all that has ended is Completed.

    Args:
        kind: What they are.
        states: The states they ended in, by id.

    Raises:
        CommandFailed: One of them isn't (exit code 5).
    """
    others = [f"{kind} {key} ended {state}" for key, state in states.items()]
    others = [
        said
        for said, state in zip(others, states.values(), strict=True)
        if not is_successful(state)
    ]
    if others:
        raise CommandFailed(
            ", ".join(others),
            ExitCode.NOT_COMPLETED,
            hint=f"`cloud-backup {kind}s report ID` has the details",
        )
