"""Prints tables that fit the terminal; elsewhere they are as wide as needed."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from enum import Enum, IntEnum
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final, Literal

import click
from rich.cells import cell_len

from cloud_backup.commandline.rendering.records import attributes_of, value_of
from cloud_backup.commandline.running.printable import printable
from cloud_backup.states import is_final, is_successful
from cloud_backup.wire.view import View
from cloud_backup_api import models

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from cloud_backup.commandline.running.invocation import Invocation

__all__ = ["Lines", "print_attributes", "print_pairs", "print_rows"]

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
"""The titles of columns, where they differ from the attribute."""

_SPELT: Final = {"ip_address": "IP address", "auth_url": "URL of Identity"}
"""The titles of attributes in a list, where they differ from the attribute."""


def print_rows(invocation: "Invocation", values: Sequence[Any], columns: Sequence[str]) -> None:
    """Print values as rows.

    Args:
        invocation: The invocation.
        values: The values.
        columns: The attributes to show.
    """
    titles = [_title(column) for column in columns]
    if columns[0].endswith("id"):
        titles[0] = "Id"
    right = [_is_of_numbers(values, column) for column in columns]
    rows = [[_text(invocation, value_of(value, column)) for column in columns] for value in values]
    if not _is_terminal():
        _print_plainly([titles, *rows], right)
        return
    from rich import box  # noqa: PLC0415 - slow to import
    from rich.table import Table  # noqa: PLC0415 - likewise

    table = Table(show_edge=False, pad_edge=False, box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for column, title, is_right in zip(columns, titles, right, strict=True):
        justify: Literal["left", "right"] = "right" if is_right else "left"
        is_id = column.endswith("id")
        table.add_column(title, justify=justify, overflow="fold", no_wrap=is_id)
    for row in rows:
        table.add_row(*map(_styled, columns, row))
    _print(invocation, table)


def print_attributes(invocation: "Invocation", value: Any, besides: Mapping[str, Any]) -> None:
    """Print a single value, one attribute per line.

    Args:
        invocation: The invocation.
        value: The value.
        besides: More fields to print below.
    """
    pairs = {name: value_of(value, name) for name in attributes_of(type(value))}
    # A nested object is an encryption key, whose digits mean nothing to people.
    shown = {name: found for name, found in pairs.items() if not isinstance(found, View)}
    print_pairs(invocation, {**shown, **besides})


def print_pairs(invocation: "Invocation", pairs: Mapping[str, Any]) -> None:
    """Print names and their values, one pair per line.

    Args:
        invocation: The invocation.
        pairs: What to print.
    """
    titles = [_SPELT.get(name, name.replace("_", " ").capitalize()) for name in pairs]
    texts = [_text(invocation, value) for value in pairs.values()]
    if not _is_terminal():
        _print_plainly(list(zip(titles, texts, strict=True)))
        return
    from rich.table import Table  # noqa: PLC0415 - slow to import

    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, title, text in zip(pairs, titles, texts, strict=True):
        table.add_row(title, _styled(name, text))
    _print(invocation, table)


class Lines:
    """Prints rows as they come, below headings.

    Args:
        invocation: The invocation.
        columns: The attributes to show.
        first: The first values, which set the columns' widths.
    """

    def __init__(
        self, invocation: "Invocation", columns: Sequence[str], first: Sequence[Any]
    ) -> None:
        self._invocation = invocation
        self._columns = columns
        headings = [_title(column) for column in columns]
        self._widths = _widths([headings, *map(self._cells, first)])
        self._print(headings)

    def print(self, value: Any) -> None:
        """Print a value."""
        self._print(self._cells(value))

    def _cells(self, value: Any) -> list[str]:
        cells = (_text(self._invocation, value_of(value, column)) for column in self._columns)
        return [cell.replace("\n", " ") for cell in cells]

    def _print(self, cells: Sequence[str]) -> None:
        click.echo(_line(cells, self._widths))


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _print(invocation: "Invocation", table: "Table") -> None:
    from rich.console import Console  # noqa: PLC0415 - slow to import

    no_color = None if invocation.color else True  # None leaves it to NO_COLOR
    Console(file=sys.stdout, no_color=no_color).print(table)


def _styled(name: str, text: str) -> "Text":
    """Return a text with its colour. Brackets in it aren't markup."""
    from rich.text import Text  # noqa: PLC0415 - slow to import

    if name != "state" or not is_final(text):
        return Text(text)
    return Text(text, style="green" if is_successful(text) else "red")


def _print_plainly(rows: Sequence[Sequence[str]], right: Sequence[bool] = ()) -> None:
    """Print rows without colours and lines, which a pipe's encoding may lack.

    Args:
        rows: The cells of each row; a cell may have several lines.
        right: Whether each column is right-aligned; empty for none.
    """
    lines = [
        line
        for row in rows
        for line in zip_longest(*(cell.split("\n") for cell in row), fillvalue="")
    ]
    widths = _widths(lines)
    for line in lines:
        click.echo(_line(line, widths, right))


def _widths(rows: Iterable[Sequence[str]]) -> list[int]:
    return [max(map(cell_len, cells)) for cells in zip(*rows, strict=True)]


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool] = ()) -> str:
    padded = []
    for index, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        padding = " " * (width - cell_len(cell))
        padded.append(padding + cell if right and right[index] else cell + padding)
    return "  ".join(padded).rstrip()


def _title(column: str) -> str:
    return _TITLES.get(column, column.replace("_", " ").capitalize())


def _is_of_numbers(values: Sequence[Any], column: str) -> bool:
    return any(
        isinstance(found, int | float) and not isinstance(found, bool | Enum)
        for found in (value_of(value, column) for value in values)
    )


def _text(invocation: "Invocation", value: Any) -> str:  # noqa: C901, PLR0911 - a case each
    match value:
        case None:
            return "-"
        case str():
            return printable(str(value))
        case bool():
            return "yes" if value else "no"
        case datetime():
            moment = value.astimezone(UTC) if invocation.utc else value.astimezone()
            return f"{moment:%Y-%m-%d %H:%M:%S %Z}"
        case time():
            return f"{value:%H:%M}"
        case IntEnum():
            return value.name.lower().replace("_", " ")
        case float():
            return f"{value:.2f}"
        case int() | timedelta():
            return str(value)
        case list() | tuple():
            return "\n".join(_text(invocation, item) for item in value) or "-"
        case models.FileItem():
            return printable(f"{value.path} ({str(value.file_item_type).lower()})")
        case models.ReportError():
            return printable(f"{value.path or '-'}: {value.description or '-'}")
    return printable(str(value))
