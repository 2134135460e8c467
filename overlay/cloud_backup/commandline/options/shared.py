"""The options of all commands, which are taken before and after the command's name alike."""

from typing import Any, Final

import click
from click.core import ParameterSource

from cloud_backup.commandline.running.invocation import OUTPUTS, Invocation

__all__ = ["shared_options", "yes_option"]

_NEAR: Final = frozenset({"output", "utc", "debug"})
"""What the help of each command lists; the others are in that of `cloud-backup`."""

yes_option: Final = click.option("--yes", "-y", is_flag=True, help="Don't ask.")
"""Gives a command `yes`."""


def shared_options(*, all_in_help: bool = False) -> list[click.Parameter]:
    """Make the options; of one that is given twice, the last holds.

    Args:
        all_in_help: Whether the help lists them all, not only those for what is printed.
    """
    return [
        click.Option(
            declarations,
            expose_value=False,
            callback=_keep,
            hidden=not all_in_help and declarations[0].strip("-") not in _NEAR,
            **attributes,
        )
        for declarations, attributes in _options()
    ]


def _options() -> list[tuple[list[str], dict[str, Any]]]:
    return [
        (["--region"], {"metavar": "REGION", "help": "DFW, ORD, IAD, LON, HKG or SYD."}),
        (["--username"], {"metavar": "NAME", "help": "Whose credentials to use."}),
        (["--auth-url"], {"metavar": "URL", "help": "Where Identity is."}),
        (["--tenant"], {"metavar": "ID", "help": "The tenant to log in to."}),
        (
            ["--no-color", "color"],
            {
                "flag_value": False,
                "default": True,
                "help": "Print without colours, as with NO_COLOR.",
            },
        ),
        (
            ["--timeout"],
            {
                "type": click.FloatRange(min=0, min_open=True),
                "metavar": "SECONDS",
                "help": "How long to wait for each part of an answer.",
            },
        ),
        (
            ["--no-retries", "retries"],
            {
                "flag_value": False,
                "default": True,
                "help": "Never send a call again that failed.",
            },
        ),
        (
            ["--token-cache/--no-token-cache"],
            {
                "envvar": "CLOUD_BACKUP_TOKEN_CACHE",
                "help": "Keep the token on disk, so that the next command needn't log in.",
            },
        ),
        (
            ["--output", "-o"],
            {"type": click.Choice(OUTPUTS), "help": "How to print: a table unless told."},
        ),
        (["--utc"], {"is_flag": True, "help": "Print times in UTC, not in the local zone."}),
        (
            ["--debug"],
            {"is_flag": True, "help": "Show the HTTP exchange on stderr, without secrets."},
        ),
    ]


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Tell the invocation of an option that was given."""
    # What is completed may be half an option, without a value.
    if param.name is None or value is None:
        return
    source = ctx.get_parameter_source(param.name)
    # What the environment says, the command itself has heard, and an option may have overruled.
    if source is ParameterSource.COMMANDLINE or (
        source is ParameterSource.ENVIRONMENT and ctx.parent is None
    ):
        setattr(ctx.ensure_object(Invocation), param.name, value)
