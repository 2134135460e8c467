"""Classes of commands, and the options that all take, before or after the command's name."""

import inspect
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from importlib import import_module
from typing import Any, Final

import click
from click.core import ParameterSource
from click.shell_completion import CompletionItem

from cloud_backup.commandline.options.types import DURATION
from cloud_backup.commandline.running.invocation import OUTPUTS, Invocation

__all__ = ["Command", "LazyGroup", "Noun", "Verb", "VerbGroup", "shared_options", "yes_option"]

_MORE_OPTIONS: Final = "More options, such as --region: see `cloud-backup --help`."

_NEAR: Final = frozenset({"output", "utc", "debug"})
"""The shared options in each command's help; `cloud-backup --help` has the others."""

_AT: Final = {"logout": "login", **dict.fromkeys(("compare", "schema", "show"), "drill_reports")}
"""The commands whose module has another name."""

_EXAMPLES: Final = re.compile(r"\n\n(?=Examples?:\n)")

yes_option: Final = click.option("--yes", "-y", is_flag=True, help="Don't prompt.")
"""Adds the argument `yes` to a command."""


def shared_options(*, all_in_help: bool = False) -> list[click.Parameter]:
    """Return the options of all commands. If one is given twice, the last one counts.

    Args:
        all_in_help: Whether the help lists all of them, not only those that affect the output.
    """
    options = [
        click.Option(["--region"], metavar="REGION", help="DFW, ORD, IAD, LON, HKG or SYD."),
        click.Option(["--username"], metavar="NAME", help="Use this user's credentials."),
        click.Option(["--auth-url"], metavar="URL", help="Identity's URL."),
        click.Option(["--tenant"], metavar="ID", help="The tenant to log in to."),
        click.Option(
            ["--no-color", "color"],
            flag_value=False,
            default=True,
            help="Print without colours, as with NO_COLOR.",
        ),
        click.Option(
            ["--timeout"],
            type=click.FloatRange(min=0, min_open=True),
            metavar="SECONDS",
            help="How long to wait for each part of an answer.",
        ),
        click.Option(
            ["--call-deadline"],
            type=DURATION,
            help="How long each call may take in total, login and retries included.",
        ),
        click.Option(
            ["--no-retries", "retries"],
            flag_value=False,
            default=True,
            help="Don't retry failed calls.",
        ),
        click.Option(
            ["--token-cache/--no-token-cache"],
            envvar="CLOUD_BACKUP_TOKEN_CACHE",
            help="Keep the token on disk for the next command.",
        ),
        click.Option(
            ["--output", "-o"],
            type=click.Choice(OUTPUTS),
            help="Output format; by default a table.",
        ),
        click.Option(["--utc"], is_flag=True, help="Print times in UTC, not in the local zone."),
        click.Option(
            ["--debug"], is_flag=True, help="Show the HTTP exchange on stderr, without secrets."
        ),
    ]
    for option in options:
        option.expose_value = False
        option.callback = _keep
        option.hidden = not all_in_help and option.name not in _NEAR
    return [*options]


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Store an option in the invocation."""
    # During shell completion, an option may still lack its value.
    if param.name is None or value is None:
        return
    if isinstance(value, timedelta):
        value = value.total_seconds()
    source = ctx.get_parameter_source(param.name)
    # `cloud-backup` itself has read the environment, and an option may have overridden it since.
    if source is ParameterSource.COMMANDLINE or (
        source is ParameterSource.ENVIRONMENT and ctx.parent is None
    ):
        setattr(ctx.ensure_object(Invocation), param.name, value)


class LazyGroup(click.Group):
    """A group that imports a command on demand.

    Args:
        summaries: The line of each command in the list of commands, by name.
    """

    def __init__(self, *args: Any, summaries: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._summaries = summaries

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the names of the commands, in the order given."""
        del ctx
        return list(self._summaries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command. Returns None if there is no such command."""
        del ctx
        if cmd_name not in self._summaries:
            return None
        module = import_module(f"cloud_backup.commandline.commands.{_AT.get(cmd_name, cmd_name)}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete commands and options without importing any command."""
        offered = [
            CompletionItem(name, help=summary)
            for name, summary in self._summaries.items()
            if name.startswith(incomplete)
        ]
        # click.Group's own imports the commands for their help.
        return offered + click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(self._summaries.items()))


class Command(click.Command):
    """A command whose help ends in examples, which are printed unwrapped."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.help is not None:
            # \b keeps click from rewrapping the paragraph.
            self.help = _EXAMPLES.sub("\n\n\b\n", inspect.cleandoc(self.help))


class Verb(Command):
    """A command that also takes the shared options after its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, epilog=_MORE_OPTIONS, **kwargs)
        self.params.extend(shared_options())


class VerbGroup(Verb, LazyGroup):
    """A command with others below it, about what it makes; it runs if none of these is named."""

    def __init__(self, *args: Any, callback: Callable[..., Any], **kwargs: Any) -> None:
        @wraps(callback)
        def alone(*values: Any, **named: Any) -> Any:
            ctx = click.get_current_context()
            if ctx.invoked_subcommand is None:
                return callback(*values, **named)
            for param in ctx.command.params:
                is_given = ctx.get_parameter_source(param.name or "") is ParameterSource.COMMANDLINE
                if is_given and param.callback is not _keep:
                    raise click.UsageError(
                        f"{param.opts[0]} is an option of {ctx.info_name} alone, and "
                        f"{ctx.invoked_subcommand} doesn't take it"
                    )
            return None

        super().__init__(*args, callback=alone, invoke_without_command=True, **kwargs)


class Noun(click.Group):
    """A group of verbs for one kind of resource."""

    command_class = Verb

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, epilog=_MORE_OPTIONS, **kwargs)
        self.params.extend(shared_options())
