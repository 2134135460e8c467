"""Printing what a command is asked for, on stdout: a table, JSON, YAML or CSV."""

import csv
import json
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, TextIO

import click

from cloud_backup.commandline.rendering.records import flat_keys, flat_record, record_of

if TYPE_CHECKING:
    from cloud_backup.commandline.running.invocation import Invocation

__all__ = ["print_data", "print_followed", "print_list", "print_one", "replacing"]

_FORMULA: Final = re.compile(r"(?![+-][0-9.]+\Z)[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""How a text begins that a spreadsheet takes for a formula; a number with its sign is none."""


def print_list(
    invocation: "Invocation", kind: type, values: Sequence[Any], columns: Sequence[str]
) -> None:
    """Print a list of values: in JSON it is an array, even if it is empty.

    Args:
        invocation: How to print.
        kind: The class of the values.
        values: The values.
        columns: The attributes that a table shows; the other formats have all of them.
    """
    if tables := _tables(invocation):
        tables.print_rows(invocation, values, columns)
    else:
        _print(invocation.output, [record_of(value) for value in values], flat_keys(kind))


def print_one(invocation: "Invocation", value: Any, **besides: str | None) -> None:
    """Print a single value with all its attributes: in JSON it is an object.

    Args:
        invocation: How to print.
        value: One of the client's values.
        besides: What else to print, by keys in snake_case.
    """
    if tables := _tables(invocation):
        tables.print_attributes(invocation, value, besides)
    else:
        record = {**record_of(value), **besides}
        _print(invocation.output, record, [*flat_keys(type(value)), *besides])


def print_data(invocation: "Invocation", data: dict[str, Any]) -> None:
    """Print plain data that isn't one of the client's values: in JSON it is an object.

    Args:
        invocation: How to print.
        data: What JSON can hold, by keys in snake_case.
    """
    if tables := _tables(invocation):
        tables.print_pairs(invocation, data)
    else:
        _print(invocation.output, data, list(flat_record(data)))


def print_followed(invocation: "Invocation", value: Any, *, first: bool) -> None:
    """Print one of a stream of values, at once: a line of JSON or CSV, a document of YAML.

    Args:
        invocation: How to print; not as a table.
        value: One of the client's values.
        first: Whether it is the first, which the header of CSV goes before.
    """
    invocation.status.end()
    record = record_of(value)
    match invocation.output:
        case "json":
            click.echo(json.dumps(record, ensure_ascii=False))
        case "yaml":
            click.echo(f"---\n{_as_yaml(record)}", nl=False)
        case _:
            click.echo(_as_csv([record], flat_keys(type(value)), header=first), nl=False)
    sys.stdout.flush()


@contextmanager
def replacing(file: Path) -> Iterator[TextIO]:
    """Open a file to be written as UTF-8: what was there is replaced as a whole, or stays.

    Args:
        file: The file; a pipe or a device is written to as it is.
    """
    in_place = file.exists() and not file.is_file()
    new = file if in_place else file.with_name(f".{file.name}.new")
    try:
        with new.open("w", encoding="utf-8") as opened:
            yield opened
        if not in_place:
            new.replace(file)
    except BaseException:
        if not in_place:
            new.unlink(missing_ok=True)
        raise


def _tables(invocation: "Invocation") -> ModuleType | None:
    """Return what prints tables, if they are wanted."""
    invocation.status.end()
    if invocation.output != "table":
        return None
    return import_module("cloud_backup.commandline.rendering.tables")


def _print(output: str, data: Any, keys: list[str]) -> None:
    match output:
        case "json":
            text = f"{json.dumps(data, indent=2, ensure_ascii=False)}\n"
        case "yaml":
            text = _as_yaml(data)
        case _:
            text = _as_csv(data if isinstance(data, list) else [data], keys)
    click.echo(text, nl=False)


def _as_yaml(data: Any) -> str:
    import yaml  # noqa: PLC0415 - it takes its time

    text: str = yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
    return text


def _as_csv(records: Sequence[dict[str, Any]], keys: list[str], *, header: bool = True) -> str:
    lines = _Lines()
    writer = csv.DictWriter(lines, keys, restval="", extrasaction="ignore", lineterminator="\r\n")
    if header:
        writer.writeheader()
    for record in records:
        writer.writerow({key: _cell(value) for key, value in flat_record(record).items()})
    return "".join(lines)


class _Lines(list[str]):
    r"""What the module csv writes rows to.

    Before Python 3.13 it puts a text into quotes only for what ends a row: with `\n` alone, a name
    with a `\r` would begin a row of its own for a spreadsheet.
    """

    def write(self, row: str) -> None:
        """Take a row."""
        self.append(row.removesuffix("\r\n") + "\n")


def _cell(value: Any) -> Any:
    """Return what a cell of CSV holds: nothing for None, JSON for a list.

    Whoever names a machine or a file says what a text begins with: in front of what a spreadsheet
    would calculate, and even send elsewhere, stands an apostrophe, as OWASP has it.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
