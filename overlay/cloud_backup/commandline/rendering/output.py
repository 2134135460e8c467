"""Prints a command's data to stdout: as a table, JSON, YAML or CSV."""

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
"""The start of text that a spreadsheet takes for a formula. A signed number isn't one."""


def print_list(
    invocation: "Invocation", kind: type, values: Sequence[Any], columns: Sequence[str]
) -> None:
    """Print a list of values: in JSON an array, even if it is empty.

    Args:
        invocation: The invocation.
        kind: The values' class.
        values: The values.
        columns: The attributes to show in a table; the other formats have all of them.
    """
    if tables := _tables(invocation):
        tables.print_rows(invocation, values, columns)
    else:
        _print(invocation.output, [record_of(value) for value in values], flat_keys(kind))


def print_one(invocation: "Invocation", value: Any, **besides: str | None) -> None:
    """Print a single value with all its attributes: in JSON an object.

    Args:
        invocation: The invocation.
        value: One of the client's values.
        besides: More fields to print, with keys in snake_case.
    """
    if tables := _tables(invocation):
        tables.print_attributes(invocation, value, besides)
    else:
        record = {**record_of(value), **besides}
        _print(invocation.output, record, [*flat_keys(type(value)), *besides])


def print_data(invocation: "Invocation", data: dict[str, Any]) -> None:
    """Print plain data that isn't one of the client's values: in JSON an object.

    Args:
        invocation: The invocation.
        data: JSON-compatible data, with keys in snake_case.
    """
    if tables := _tables(invocation):
        tables.print_pairs(invocation, data)
    else:
        _print(invocation.output, data, list(flat_record(data)))


def print_followed(invocation: "Invocation", value: Any, *, first: bool) -> None:
    """Print and flush one of a stream of values: a line of JSON or CSV, or a YAML document.

    Args:
        invocation: The invocation, whose output isn't a table.
        value: One of the client's values.
        first: Whether it is the first, which follows the CSV header.
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
    """Open a file to write as UTF-8. It replaces an existing file atomically, or leaves it.

    Args:
        file: The file; a pipe or device is written to directly.
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
    """Return the module that prints tables, if the output is a table."""
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
    import yaml  # noqa: PLC0415 - slow to import

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
    r"""Collects the rows of a CSV writer, ended by `\n`.

    The writer itself ends rows with `\r\n`: before Python 3.13 it quotes only characters of the
    line terminator, so with `\n` alone an unquoted `\r` in a name would start a new row.
    """

    def write(self, row: str) -> None:
        """Add a row."""
        self.append(row.removesuffix("\r\n") + "\n")


def _cell(value: Any) -> Any:
    """Return a CSV cell: empty for None, JSON for a list.

    Names come from others and could be formulas that a spreadsheet runs: as OWASP recommends, text
    that looks like one gets a leading apostrophe.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
