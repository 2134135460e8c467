"""Groups of commands: the top one, which imports a command when it is asked for, and the nouns."""

import inspect
import re
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final, NamedTuple

import click
from click.shell_completion import CompletionItem

from cloud_backup.commandline.shared_options import shared_options

__all__ = ["Command", "LazyCommand", "LazyGroup", "Noun", "Verb"]

_MORE_OPTIONS: Final = "More options, such as --region: see `cloud-backup --help`."

_EXAMPLES: Final = re.compile(r"\n\n(?=Examples?:\n)")


class LazyCommand(NamedTuple):
    """Where a command is, and what the list of commands says of it.

    Attributes:
        module: The module.
        attribute: The command's name in it.
        summary: One line of help.
    """

    module: str
    attribute: str
    summary: str


class LazyGroup(click.Group):
    """A group that imports a command when it is asked for, and lists those whose module exists.

    Args:
        lazy: The commands, by name.
    """

    def __init__(self, *args: Any, lazy: Mapping[str, LazyCommand], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = {
            name: command for name, command in lazy.items() if find_spec(command.module) is not None
        }

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the names of the commands, in the order given."""
        del ctx
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None if there is none of this name."""
        del ctx
        wanted = self._lazy.get(cmd_name)
        if wanted is None:
            return None
        command: click.Command = getattr(import_module(wanted.module), wanted.attribute)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the commands that begin so, without importing any, or options."""
        offered = [
            CompletionItem(name, help=command.summary)
            for name, command in self._lazy.items()
            if name.startswith(incomplete)
        ]
        # Past the group's own, which imports the commands for their help.
        return offered + click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.summary) for name, command in self._lazy.items()])


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
