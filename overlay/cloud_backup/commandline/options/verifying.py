"""How a drill verifies what it restored: the options, and the file of what is expected."""

import shlex
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import Any, Final

import click

from cloud_backup.commandline.options.plan_file import read_yaml
from cloud_backup.commandline.options.types import DURATION, read_duration
from cloud_backup.drill import Expectation, Verify

__all__ = ["verify_options"]

_LIMIT: Final = "1h"


class _Expectations(click.ParamType[tuple[Expectation, ...]]):
    """A file of YAML: a list of what must be there."""

    name = "file"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Expectation, ...]:
        """Read it, and refuse one with mistakes."""
        if isinstance(value, tuple):
            return value
        try:
            document, _ = read_yaml(Path(value))
        except ValueError as error:
            self.fail(f"{error}", param, ctx)
        if not isinstance(document, list) or not document:
            self.fail(f"{value}: expected a list of what must be there", param, ctx)
        made = []
        for number, each in enumerate(document, 1):
            try:
                made.append(Expectation.from_dict(each, duration=read_duration))
            except (TypeError, ValueError) as error:
                self.fail(f"{value}: #{number}: {error}", param, ctx)
        return tuple(made)


class _Command(click.ParamType[tuple[str, ...]]):
    """A command with its arguments, in one text."""

    name = "command"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Split it as a shell does."""
        if isinstance(value, tuple):
            return value
        try:
            words = tuple(shlex.split(value))
        except ValueError as error:
            self.fail(f"invalid command {value!r}: {error}".lower(), param, ctx)
        if not words:
            self.fail("the command is empty", param, ctx)
        return words


_OPTIONS: Final = (
    click.option(
        "--verify",
        "manifest",
        type=click.Path(path_type=Path),
        metavar="MANIFEST",
        help="Compare what was restored with this manifest; {configuration} stands for the id.",
    ),
    click.option(
        "--expect",
        "expectations",
        type=_Expectations(),
        metavar="FILE",
        help="Check that what this YAML file lists was restored.",
    ),
    click.option(
        "--verify-command",
        type=_Command(),
        metavar="COMMAND",
        help="A command that verifies by its exit code; with --verify or --expect, one that prints "
        "a manifest of the restored folder: 'ssh web1 cloud-backup manifest {path}'.",
    ),
    click.option(
        "--verify-folder",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Where the folder that is restored to is mounted on this machine.",
    ),
    click.option(
        "--verify-time-limit",
        type=DURATION,
        default=_LIMIT,
        show_default=True,
        help="How long verifying one restore may take.",
    ),
)


def verify_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command, which gets the argument `verify`: a `Verify`, or None."""

    @wraps(command)
    def called(
        *arguments: Any,
        manifest: Path | None,
        expectations: tuple[Expectation, ...] | None,
        verify_command: tuple[str, ...] | None,
        verify_folder: Path | None,
        verify_time_limit: timedelta,
        **options: Any,
    ) -> Any:
        verify = None
        if manifest is not None or expectations or verify_command:
            verify = Verify(
                manifest=manifest,
                expectations=expectations or (),
                command=verify_command or (),
                folder=verify_folder,
                time_limit=verify_time_limit,
            )
        elif verify_folder is not None:
            raise click.UsageError(
                "--verify-folder needs --verify or --expect; in a plan, it is `folder` in `verify`"
            )
        return command(*arguments, verify=verify, **options)

    for option in reversed(_OPTIONS):
        called = option(called)
    return called
