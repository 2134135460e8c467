"""Waiting for backups and restores: its options, and what is said meanwhile."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Literal, TypedDict, TypeVar

import click

from cloud_backup.commandline.options.types import DURATION
from cloud_backup.commandline.rendering.output import print_list
from cloud_backup.commandline.running.exit_codes import CommandFailed, ExitCode
from cloud_backup.errors import BackupFailed, RestoreFailed
from cloud_backup.waiting.state_changes import BackupChange, RestoreChange

if TYPE_CHECKING:
    from cloud_backup import Agent
    from cloud_backup.commandline.running.invocation import Invocation

__all__ = [
    "AGENT_PATIENCE",
    "WaitOptions",
    "deadline_option",
    "interval_option",
    "wait_for_agent",
    "wait_for_all",
    "wait_for_report",
    "wait_options",
]

F = TypeVar("F", bound=Callable[..., Any])

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
    help="Stop waiting after this long, with exit code 6: 90s, 45m, 2h.",
)
"""Gives a command `deadline`, in seconds."""

interval_option = click.option(
    "--interval",
    type=click.FloatRange(min=0, min_open=True),
    default=5.0,
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


def _waiting(
    invocation: "Invocation", kind: str, options: WaitOptions
) -> tuple[Any, dict[str, Any]]:
    """Give the group of the client that waits for one kind, and the arguments."""
    client = invocation.client
    return client.backups if kind == "backup" else client.restores, {
        "poll_interval": options["interval"],
        "timeout": options["deadline"],
        "wake": options["wake"],
    }


def wait_for_report(
    invocation: "Invocation",
    kind: Literal["backup", "restore"],
    key: int,
    options: WaitOptions,
    print_report: Callable[[Any], None],
) -> None:
    """Wait until one backup or restore is done, and print its report.

    Args:
        invocation: The client, and where to say how it goes.
        kind: Which it is.
        key: Its id.
        options: How to wait.
        print_report: Prints the report.

    Raises:
        BackupFailed, RestoreFailed: It did not end Completed. Its report is printed.
        WaitTimeout: It wasn't done in time.
    """
    group, arguments = _waiting(invocation, kind, options)
    what = f"{kind} {key}"
    try:
        with invocation.status.waiting(f"waiting for {what}") as change_to:

            def tell(now: Any) -> None:
                change_to(f"waiting for {what}, which is {now.state}")
                invocation.say(f"{what}: {now.state}")

            group.wait(key, check=True, on_change=tell, **arguments)
    except (BackupFailed, RestoreFailed) as failed:
        if failed.report is not None:
            print_report(failed.report)
        raise
    print_report(group.report(key))


def wait_for_all(
    invocation: "Invocation",
    kind: Literal["backup", "restore"],
    keys: Sequence[int],
    options: WaitOptions,
) -> None:
    """Wait until backups or restores are done, and print how each ended.

    Args:
        invocation: The client, and how to print.
        kind: Which they are.
        keys: Their ids.
        options: How to wait.

    Raises:
        CommandFailed: One of them did not end Completed (exit code 5).
        WaitTimeout: Some weren't done in time.
    """
    group, arguments = _waiting(invocation, kind, options)
    name = f"{kind}_id"
    done: set[int] = set()
    with invocation.status.waiting(f"waiting for {len(keys)} {kind}s") as change_to:

        def tell(change: BackupChange | RestoreChange) -> None:
            key = getattr(change, name)
            if change.is_final:
                done.add(key)
            change_to(f"waiting for {kind}s: {len(done)} of {len(keys)} are done")
            invocation.say(f"{kind} {key}: {change.state}")

        ended = group.wait_all(keys, on_change=tell, **arguments)
    shown = BackupChange if kind == "backup" else RestoreChange
    print_list(invocation, shown, ended, (name, "state"))
    bad = [f"{kind} {getattr(it, name)} ended {it.state}" for it in ended if not it.is_successful]
    if bad:
        raise CommandFailed(
            ", ".join(bad),
            ExitCode.NOT_COMPLETED,
            hint=f"`cloud-backup {kind}s report ID` has the details",
        )
