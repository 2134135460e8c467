"""`cloud-backup activity`."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from cloud_backup.commandline.options.groups import Noun
from cloud_backup.commandline.options.naming import find_agent_id
from cloud_backup.commandline.options.types import AGENT
from cloud_backup.commandline.rendering.output import print_followed, print_list
from cloud_backup.commandline.running.invocation import Invocation, pass_invocation
from cloud_backup_api.models import Activity

if TYPE_CHECKING:
    from cloud_backup.commandline.rendering.tables import Lines

__all__ = ["activity"]

_COLUMNS = (
    "time_of_activity",
    "type",
    "id",
    "state",
    "display_name",
    "source_machine_name",
    "destination_machine_name",
)


@click.group("activity", cls=Noun)
def activity() -> None:
    """List recent backups, restores and cleanups."""


@activity.command("list")
@click.option("--agent", type=AGENT, help="Only this agent, by id or machine name.")
@click.option("--follow", is_flag=True, help="Keep printing new activity until Ctrl-C.")
@click.option(
    "--interval",
    type=click.FloatRange(min=0, min_open=True),
    default=15.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait between polls, with --follow.",
)
@pass_invocation
def list_activity(
    invocation: Invocation, agent: str | None, interval: float, *, follow: bool
) -> None:
    """List backups, restores and cleanups, newest first.

    With --follow the newest comes last, and each change of state is printed as it happens: a line
    in a table, an object in JSON, a document in YAML.

    Examples:
      cloud-backup activity list
      cloud-backup activity list --agent MBP0 --follow -o json
    """
    agent_id = None if agent is None else find_agent_id(invocation.client, agent)
    if not follow:
        listed = invocation.client.activity.list(agent_id)
        print_list(invocation, Activity, listed, _COLUMNS)
        return
    print_news = _printer(invocation)
    for news in _followed(invocation, agent_id, interval):
        print_news(news)


def _followed(
    invocation: Invocation, agent: int | None, interval: float
) -> Iterator[list[Activity]]:
    """Yield the news of each poll, oldest first: each activity once per state. Never ends."""
    seen: dict[tuple[str, int], str | None] = {}
    while True:
        news = []
        for found in _oldest_first(invocation.client.activity.list(agent)):
            key = str(found.type), found.id
            if key not in seen or seen[key] != found.state:
                seen[key] = found.state
                news.append(found)
        yield news
        with invocation.status.waiting("waiting for new activity until Ctrl-C"):
            invocation.sleep(interval)


def _oldest_first(listed: Sequence[Activity]) -> list[Activity]:
    def when(found: Activity) -> float:
        moment = found.time_of_activity
        return 0.0 if moment is None else moment.timestamp()

    return sorted(listed, key=when)


def _printer(invocation: Invocation) -> Callable[[Sequence[Activity]], None]:
    """Return a function that prints activities, with headings before the first."""
    lines: Lines | None = None
    first = True

    def print_news(news: Sequence[Activity]) -> None:
        nonlocal lines, first
        invocation.status.end()
        if invocation.output == "table" and lines is None:
            from cloud_backup.commandline.rendering import tables  # noqa: PLC0415 - for rich

            lines = tables.Lines(invocation, _COLUMNS, news)
        for found in news:
            if lines is not None:
                lines.print(found)
            else:
                print_followed(invocation, found, first=first)
                first = False

    return print_news
