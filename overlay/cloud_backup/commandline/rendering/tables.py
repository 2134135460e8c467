"""Tables for people, which fit the terminal; where there is none they are as wide as they need."""

import io
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from enum import Enum, IntEnum
from typing import TYPE_CHECKING, Any, Final

import click
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cloud_backup.commandline.rendering.records import attributes_of, value_of
from cloud_backup.commandline.running.printable import printable
from cloud_backup.states import is_final, is_successful
from cloud_backup.values.backup_path import File, Folder
from cloud_backup.wire.byte_size import ByteSize
from cloud_backup.wire.view import View
from cloud_backup_api.models import FileItem, ReportError

if TYPE_CHECKING:
    from cloud_backup.commandline.running.invocation import Invocation

__all__ = ["Lines", "print_attributes", "print_pairs", "print_rows"]

_WIDE: Final = 100_000
"""The width where there is no terminal: nothing is cut off or broken into lines."""

_TITLES: Final = {
    "id": "Id",
    "backup_configuration_id": "Configuration",
    "backup_configuration_name": "Name",
    "machine_agent_id": "Agent",
    "machine_name": "Machine",
    "backup_id": "Backup",
    "restore_id": "Restore",
    "backup_datacenter": "Backups in",
    "operating_system": "System",
    "ip_address": "IP address",
    "is_active": "Active",
    "is_disabled": "Disabled",
    "is_encrypted": "Encrypted",
    "is_folder": "Folder",
    "is_successful": "Successful",
    "last_run_time": "Last run",
    "last_successful_backup_time": "Last backup",
    "next_scheduled_run_time": "Next run",
    "completed_time": "Completed",
    "time_of_activity": "Time",
    "display_name": "Name",
    "source_machine_name": "From",
    "destination_machine_name": "To",
    "version_retention": "Days kept",
}
"""What the columns are called that aren't called as their attributes."""

_SPELT: Final = {"ip_address": "IP address", "auth_url": "URL of Identity"}
"""Names that aren't spelt like the attribute, where attributes are listed."""


def print_rows(invocation: "Invocation", values: Sequence[Any], columns: Sequence[str]) -> None:
    """Print values as rows.

    Args:
        invocation: How to print.
        values: The values.
        columns: The attributes to show.
    """
    table = Table(show_edge=False, pad_edge=False)
    if sys.stdout is not None and sys.stdout.isatty():
        table.box, table.padding = box.SIMPLE_HEAD, (0, 1, 0, 0)
    else:
        # A pipe's encoding may have no lines to draw with.
        table.box, table.padding = None, (0, 2, 0, 0)
    for column in columns:
        is_id = column.endswith("id")
        table.add_column(
            "Id" if is_id and column == columns[0] else _title(column),
            justify="right" if _is_of_numbers(values, column) else "left",
            overflow="fold",
            no_wrap=is_id,
        )
    for value in values:
        table.add_row(*(_cell(invocation, column, value_of(value, column)) for column in columns))
    _print(invocation, table)


def print_attributes(invocation: "Invocation", value: Any, besides: Mapping[str, Any]) -> None:
    """Print a single value, an attribute to a line.

    Args:
        invocation: How to print.
        value: The value.
        besides: What to print below.
    """
    pairs = {name: value_of(value, name) for name in attributes_of(type(value))}
    # An object within is a key, whose digits tell nobody anything.
    shown = {name: found for name, found in pairs.items() if not isinstance(found, View)}
    print_pairs(invocation, {**shown, **besides})


def print_pairs(invocation: "Invocation", pairs: Mapping[str, Any]) -> None:
    """Print names and what they stand for, a pair to a line.

    Args:
        invocation: How to print.
        pairs: What to print.
    """
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in pairs.items():
        title = _SPELT.get(name, name.replace("_", " ").capitalize())
        table.add_row(Text(title), _cell(invocation, name, value))
    _print(invocation, table)


class Lines:
    """Rows that are printed one by one, below the headings, as they come.

    Args:
        invocation: How to print.
        columns: The attributes to show.
        first: The first values, to which the columns are fitted.
    """

    def __init__(
        self, invocation: "Invocation", columns: Sequence[str], first: Sequence[Any]
    ) -> None:
        self._invocation = invocation
        self._columns = columns
        headings = [_title(column) for column in columns]
        rows = [headings, *(self._cells(value) for value in first)]
        self._widths = [max(map(cell_len, cells)) for cells in zip(*rows, strict=True)]
        self._print(headings)

    def print(self, value: Any) -> None:
        """Print a value."""
        self._print(self._cells(value))

    def _cells(self, value: Any) -> list[str]:
        cells = (_text(self._invocation, value_of(value, column)) for column in self._columns)
        return [cell.replace("\n", " ") for cell in cells]

    def _print(self, cells: Sequence[str]) -> None:
        padded = (
            cell + " " * (width - cell_len(cell))
            for cell, width in zip(cells, self._widths, strict=True)
        )
        click.echo("  ".join(padded).rstrip())


def _print(invocation: "Invocation", table: Table) -> None:
    """Print a table: into a pipe as wide as it needs, and without colours."""
    if sys.stdout is not None and sys.stdout.isatty():
        no_color = None if invocation.color else True  # None leaves it to NO_COLOR
        Console(file=sys.stdout, no_color=no_color).print(table)
        return
    text = io.StringIO()
    Console(file=text, width=_WIDE, color_system=None, force_terminal=False).print(table)
    for line in text.getvalue().splitlines():
        click.echo(line.rstrip())


def _title(column: str) -> str:
    return _TITLES.get(column, column.replace("_", " ").capitalize())


def _is_of_numbers(values: Sequence[Any], column: str) -> bool:
    return any(
        isinstance(found, int) and not isinstance(found, bool | Enum)
        for found in (value_of(value, column) for value in values)
    )


def _cell(invocation: "Invocation", name: str, value: Any) -> Text:
    text = _text(invocation, value)
    style = ""
    if name == "state" and is_final(str(value)):
        style = "green" if is_successful(str(value)) else "red"
    return Text(text, style=style)


def _text(invocation: "Invocation", value: Any) -> str:  # noqa: C901, PLR0911 - a case each
    match value:
        case None:
            return "-"
        case bool():
            return "yes" if value else "no"
        case datetime():
            moment = value.astimezone(UTC) if invocation.utc else value.astimezone()
            return f"{moment:%Y-%m-%d %H:%M:%S %Z}"
        case time():
            return f"{value:%H:%M}"
        case timedelta() | ByteSize():
            return str(value)
        case IntEnum():
            return value.name.lower().replace("_", " ")
        case File() | Folder():
            return f"{printable(value.path)} ({type(value).__name__.lower()})"
        case FileItem():
            return printable(f"{value.path} ({str(value.file_item_type).lower()})")
        case ReportError():
            return printable(f"{value.path or '-'}: {value.description or '-'}")
        case list() | tuple():
            return "\n".join(_text(invocation, item) for item in value) or "-"
    return printable(str(value))
