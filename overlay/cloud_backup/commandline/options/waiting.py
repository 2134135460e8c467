"""Waiting for backups and restores: its options and its progress messages."""

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
"""How many seconds to wait for an agent to come online. It usually takes up to a minute."""


class WaitOptions(TypedDict):
    """The options of `wait_options`.

    Attributes:
        deadline: Seconds to wait in total; None for no limit.
        interval: Seconds between polls.
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
"""Adds the argument `deadline` to a command, in seconds."""

interval_option = click.option(
    "--interval",
    type=click.FloatRange(min=0, min_open=True),
    default=5.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait between polls.",
)
"""Adds the argument `interval` to a command, in seconds."""


def wait_options(function: F) -> F:
    """Add `--deadline`, `--interval` and `--wake` to a command."""
    wake = click.option(
        "--wake", is_flag=True, help="Wake the agents, and keep them awake while waiting."
    )
    return deadline_option(interval_option(wake(function)))


def wait_for_agent(
    invocation: "Invocation",
    agent: int,
    machine: str | None = None,
    *,
    timeout: float = AGENT_PATIENCE,
) -> "Agent":
    """Wake an agent and wait until it is online, with a status line.

    Args:
        invocation: The invocation.
        agent: The agent's id.
        machine: Its machine's name; None if unknown.
        timeout: Seconds to wait in total.

    Raises:
        AgentNotOnline: It didn't come online in time.
    """
    name = f"agent {agent}" if machine is None else f"{machine} (agent {agent})"
    with invocation.status.waiting(f"waking {name}, which takes up to a minute"):
        return invocation.client.agents.wait_online(agent, timeout=timeout)


def _waiting(
    invocation: "Invocation", kind: str, options: WaitOptions
) -> tuple[Any, dict[str, Any]]:
    """Return the client's group for a kind, and the arguments of its wait methods."""
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
    """Wait for one backup or restore to finish, and print its report.

    Args:
        invocation: The invocation.
        kind: What to wait for.
        key: Its id.
        options: How to wait.
        print_report: Prints the report.

    Raises:
        BackupFailed, RestoreFailed: It did not end Completed. Its report is printed first.
        WaitTimeout: It didn't finish in time.
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
    """Wait for backups or restores to finish, and print how each ended.

    Args:
        invocation: The invocation.
        kind: What to wait for.
        keys: Their ids.
        options: How to wait.

    Raises:
        CommandFailed: One of them did not end Completed (exit code 5).
        WaitTimeout: Some didn't finish in time.
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
