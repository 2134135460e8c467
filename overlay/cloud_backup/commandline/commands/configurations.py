"""`cloud-backup configurations`."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, Unpack

import click

from cloud_backup.commandline.options.groups import Noun, yes_option
from cloud_backup.commandline.options.naming import (
    find_agent_id,
    find_configuration,
    find_configuration_id,
)
from cloud_backup.commandline.options.schedules import (
    ScheduleOptions,
    is_given,
    read_schedule,
    schedule_options,
)
from cloud_backup.commandline.options.types import AGENT, CONFIGURATION
from cloud_backup.commandline.rendering.output import print_list, print_one
from cloud_backup.commandline.running.invocation import Invocation, pass_invocation
from cloud_backup.schedules.schedule import Schedule
from cloud_backup.values.backup_path import BackupPath, File, Folder
from cloud_backup.values.configuration import BackupConfiguration
from cloud_backup_api.models import MissedBackupAction, VersionRetention

__all__ = ["configurations"]

F = TypeVar("F", bound=Callable[..., Any])

_COLUMNS = (
    "backup_configuration_id",
    "backup_configuration_name",
    "machine_name",
    "schedule",
    "is_active",
    "next_scheduled_run_time",
)

_MISSED = {kind.name.lower().replace("_", "-"): kind for kind in MissedBackupAction}


class _Options(ScheduleOptions):
    """The options that `create` and `update` share; None or empty if not given."""

    include: tuple[str, ...]
    include_file: tuple[str, ...]
    exclude: tuple[str, ...]
    exclude_file: tuple[str, ...]
    keep: str | None
    notify: str | None
    notify_success: bool | None
    notify_failure: bool | None
    active: bool | None
    missed: str | None


def _what_options(function: F) -> F:
    """Add the options for what to back up, how long to keep it, and whom to notify."""
    options = (
        click.option(
            "--include", multiple=True, metavar="FOLDER", help="Folder to back up. Repeatable."
        ),
        click.option(
            "--include-file", multiple=True, metavar="FILE", help="File to back up. Repeatable."
        ),
        click.option(
            "--exclude", multiple=True, metavar="FOLDER", help="Folder to leave out. Repeatable."
        ),
        click.option(
            "--exclude-file", multiple=True, metavar="FILE", help="File to leave out. Repeatable."
        ),
        click.option(
            "--keep",
            type=click.Choice([str(days) for days in VersionRetention]),
            metavar="DAYS",
            help="How many days to keep backups: 30, 60, or 0 for ever.",
        ),
        click.option("--notify", metavar="EMAIL", help="Whom to notify; '' for nobody."),
        click.option(
            "--notify-success/--no-notify-success",
            default=None,
            help="Notify when a backup succeeds.",
        ),
        click.option(
            "--notify-failure/--no-notify-failure",
            default=None,
            help="Notify when a backup fails.",
        ),
        click.option(
            "--active/--inactive",
            default=None,
            help="Whether to run on schedule; a new one does.",
        ),
        click.option(
            "--missed",
            type=click.Choice(list(_MISSED)),
            help="When to make up for a missed backup.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


_configuration = click.argument("configuration", type=CONFIGURATION)


@click.group("configurations", cls=Noun)
def configurations() -> None:
    """Manage what is backed up, and when.

    CONFIGURATION is a configuration's id or name, AGENT an agent's id or its machine's name.

    In JSON, YAML and CSV, "schedule" has the start time in its zone, while "start_time_hour" and
    so on have it in UTC, as the service sends it.
    """


@configurations.command("list")
@click.option("--agent", type=AGENT, help="Only this agent, by id or machine name.")
@pass_invocation
def list_configurations(invocation: Invocation, agent: str | None) -> None:
    """List the configurations of all agents, or of one.

    Examples:
      cloud-backup configurations list
      cloud-backup configurations list --agent MBP0 -o csv
    """
    client = invocation.client
    listed = client.configurations.list(None if agent is None else find_agent_id(client, agent))
    print_list(invocation, BackupConfiguration, listed, _COLUMNS)


@configurations.command("show")
@_configuration
@pass_invocation
def show(invocation: Invocation, configuration: str) -> None:
    """Show a configuration.

    Examples:
      cloud-backup configurations show 148325
      cloud-backup configurations show BackupConfig1 -o yaml
    """
    found = find_configuration_id(invocation.client, configuration)
    print_one(invocation, invocation.client.configurations.get(found))


@configurations.command("create")
@click.argument("name")
@click.option("--agent", type=AGENT, required=True, help="The agent that backs up.")
@schedule_options
@_what_options
@pass_invocation
def create(invocation: Invocation, name: str, agent: str, **options: Unpack[_Options]) -> None:
    r"""Create a configuration: what an agent backs up, and when.

    Without --frequency it runs only when you start it.

    Examples:
      cloud-backup configurations create Nightly --agent MBP0 --include /var/www \
          --frequency daily --at 02:30 --zone America/New_York --keep 30
      cloud-backup configurations create Logs --agent MBP0 --include /var/log \
          --exclude /var/log/journal --frequency hourly --every 4
    """
    include = _paths(options["include"], options["include_file"])
    if not include:
        raise click.UsageError("nothing to back up: give --include or --include-file")
    created = invocation.client.configurations.create(
        name=name,
        agent=find_agent_id(invocation.client, agent),
        schedule=read_schedule(options, Schedule.manually()) or Schedule.manually(),
        include=include,
        exclude=_paths(options["exclude"], options["exclude_file"]),
        retention=int(options["keep"] or 0),
        notify=options["notify"] or "",
        notify_success=bool(options["notify_success"]),
        notify_failure=options["notify_failure"],
        active=options["active"] is not False,
        missed=_MISSED[options["missed"] or "as-soon-as-possible"],
    )
    print_one(invocation, created)


@configurations.command("update")
@_configuration
@click.option("--name", metavar="NAME", help="The new name.")
@click.option("--no-exclude", is_flag=True, help="Remove all exclusions.")
@schedule_options
@_what_options
@pass_invocation
def update(
    invocation: Invocation,
    configuration: str,
    *,
    name: str | None,
    no_exclude: bool,
    **options: Unpack[_Options],
) -> None:
    """Change a configuration. Options that you don't give keep their value.

    New inclusions replace all current ones, and so do new exclusions. Existing backups are kept.

    Examples:
      cloud-backup configurations update Nightly --at 03:00
      cloud-backup configurations update Nightly --include /var/www --exclude /var/www/cache
    """
    client = invocation.client
    include = _paths(options["include"], options["include_file"])
    exclude = _paths(options["exclude"], options["exclude_file"])
    if exclude and no_exclude:
        raise click.UsageError("--no-exclude can't be combined with --exclude or --exclude-file")
    keep, missed = options["keep"], options["missed"]
    changes: dict[str, Any] = {
        "name": name,
        "include": include or None,
        "exclude": exclude or ([] if no_exclude else None),
        "retention": None if keep is None else int(keep),
        "notify": options["notify"],
        "notify_success": options["notify_success"],
        "notify_failure": options["notify_failure"],
        "active": options["active"],
        "missed": None if missed is None else _MISSED[missed],
    }
    wants_schedule = is_given(options)
    if not wants_schedule and all(value is None for value in changes.values()):
        raise click.UsageError("nothing to change: give at least one option")
    found = find_configuration_id(client, configuration)
    if wants_schedule:
        changes["schedule"] = read_schedule(options, client.configurations.get(found).schedule)
    print_one(invocation, client.configurations.update(found, **changes))


@configurations.command("copy")
@_configuration
@click.option("--agent", type=AGENT, help="The agent that backs up; by default the same one.")
@click.option("--name", metavar="NAME", help="The copy's name; required on the same agent.")
@pass_invocation
def copy(invocation: Invocation, configuration: str, agent: str | None, name: str | None) -> None:
    """Copy a configuration, without its backups.

    Example:
      cloud-backup configurations copy BackupConfig1 --agent web2 --name Nightly
    """
    client = invocation.client
    copied = client.configurations.copy(
        find_configuration_id(client, configuration),
        agent=None if agent is None else find_agent_id(client, agent),
        name=name,
    )
    print_one(invocation, copied)


@configurations.command("enable")
@_configuration
@pass_invocation
def enable(invocation: Invocation, configuration: str) -> None:
    """Enable a configuration: it runs on schedule.

    Example:
      cloud-backup configurations enable Nightly
    """
    found = find_configuration_id(invocation.client, configuration)
    print_one(invocation, invocation.client.configurations.enable(found))


@configurations.command("disable")
@_configuration
@pass_invocation
def disable(invocation: Invocation, configuration: str) -> None:
    """Disable a configuration: it runs only when you start it.

    Example:
      cloud-backup configurations disable Nightly
    """
    found = find_configuration_id(invocation.client, configuration)
    print_one(invocation, invocation.client.configurations.disable(found))


@configurations.command("delete")
@_configuration
@yes_option
@pass_invocation
def delete(invocation: Invocation, configuration: str, *, yes: bool) -> None:
    """Delete a configuration. Its backups can't be restored afterwards.

    Examples:
      cloud-backup configurations delete 172417
      cloud-backup configurations delete 172417 --yes
    """
    found = find_configuration(invocation.client, configuration)
    invocation.confirm(
        f"Configuration {found.backup_configuration_id} "
        f"({found.backup_configuration_name}) of {found.machine_name} will be deleted. "
        "This can't be undone, and its backups can't be restored afterwards.",
        f"Delete {found.backup_configuration_name}",
        yes=yes,
    )
    invocation.client.configurations.delete(found)
    invocation.say(f"configuration {found.backup_configuration_id} is deleted")


def _paths(folders: Sequence[str], files: Sequence[str]) -> list[BackupPath]:
    return [*(Folder(path) for path in folders), *(File(path) for path in files)]
