"""Groups of commands: the top one, which imports a command when it is asked for, and the nouns."""

import inspect
import re
from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

import click
from click.shell_completion import CompletionItem

from cloud_backup.commandline.options.shared import shared_options

__all__ = ["Command", "LazyGroup", "Noun", "Verb"]

_MORE_OPTIONS: Final = "More options, such as --region: see `cloud-backup --help`."

_AT: Final = {"logout": "login"}
"""The modules that aren't called as their command."""

_EXAMPLES: Final = re.compile(r"\n\n(?=Examples?:\n)")


class LazyGroup(click.Group):
    """A group that imports a command when it is asked for.

    Args:
        summaries: What the list of commands says of each, by name.
    """

    def __init__(self, *args: Any, summaries: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._summaries = summaries

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the names of the commands, in the order given."""
        del ctx
        return list(self._summaries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; returns None if there is none of this name."""
        del ctx
        if cmd_name not in self._summaries:
            return None
        module = import_module(f"cloud_backup.commandline.commands.{_AT.get(cmd_name, cmd_name)}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the commands that begin so, without importing any, or options."""
        offered = [
            CompletionItem(name, help=summary)
            for name, summary in self._summaries.items()
            if name.startswith(incomplete)
        ]
        # Past the group's own, which imports the commands for their help.
        return offered + click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(self._summaries.items()))


class Command(click.Command):
    """A command whose help ends in examples, which are printed as they are written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.help is not None:
            # click fills paragraphs, save those marked so.
            self.help = _EXAMPLES.sub("\n\n\b\n", inspect.cleandoc(self.help))


class Verb(Command):
    """A command that takes the options of all commands after its name, too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, epilog=_MORE_OPTIONS, **kwargs)
        self.params.extend(shared_options())


class Noun(click.Group):
    """A group of verbs about one kind of thing."""

    command_class = Verb

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, epilog=_MORE_OPTIONS, **kwargs)
        self.params.extend(shared_options())
