"""The options that are taken both before and after the verb."""

from typing import Any

import click

from cloud_backup.commandline.invocation import OUTPUTS, Invocation

__all__ = ["shared_options"]


def shared_options() -> list[click.Parameter]:
    """Make the options `--output`, `--utc` and `--debug`; the last that is given holds."""
    return [
        click.Option(
            ["--output", "-o"],
            type=click.Choice(OUTPUTS),
            help="How to print: a table unless told.",
            expose_value=False,
            callback=_keep,
        ),
        click.Option(
            ["--utc"],
            is_flag=True,
            help="Print times in UTC, not in the local zone.",
            expose_value=False,
            callback=_keep,
        ),
        click.Option(
            ["--debug"],
            is_flag=True,
            help="Show the HTTP exchange on stderr, without secrets.",
            expose_value=False,
            callback=_keep,
        ),
    ]


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Tell the invocation of an option that was given."""
    if value and param.name is not None and not ctx.resilient_parsing:
        setattr(ctx.ensure_object(Invocation), param.name, value)
