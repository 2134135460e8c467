"""`cloud-backup manifest`: record the files of a folder, or compare a folder with a record."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click
from attrs import asdict, frozen

from cloud_backup.commandline.options.groups import Verb
from cloud_backup.commandline.options.types import NEW_FILE
from cloud_backup.commandline.rendering.output import print_data, print_list, replacing
from cloud_backup.commandline.running.exit_codes import CommandFailed, ExitCode
from cloud_backup.commandline.running.invocation import Invocation, pass_invocation
from cloud_backup.commandline.running.printable import one_line
from cloud_backup.drill.comparison import Comparison, Tally, compare
from cloud_backup.drill.manifest import (
    Entry,
    ManifestDamaged,
    read_manifest,
    scan,
    write_manifest,
)

__all__ = ["manifest"]

_BAD = ("missing", "different", "unexpected", "other_mode", "unproven")
"""The tallies that must be empty."""


@click.command("manifest", cls=Verb)
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False))
@click.option(
    "--write",
    "file",
    type=NEW_FILE,
    metavar="FILE",
    help="Write the manifest to this file, outside DIR; by default to stdout.",
)
@click.option(
    "--exclude",
    metavar="PATTERN",
    multiple=True,
    help="Leave out '*.log' by name, 'var/cache' by path below DIR. Repeatable.",
)
@click.option(
    "--as",
    "name",
    metavar="FOLDER",
    help="What DIR is called in the backup, if it is a copy, such as a snapshot.",
)
@click.option(
    "--compare",
    "expected",
    # A byte that isn't UTF-8 becomes invalid JSON, so that the error names its line.
    type=click.File("r", encoding="utf-8", errors="backslashreplace"),
    metavar="MANIFEST",
    help="Compare DIR with this manifest; - reads it from stdin.",
)
@pass_invocation
def manifest(
    invocation: Invocation,
    *,
    folder: str,
    file: Path | None,
    exclude: tuple[str, ...],
    name: str | None,
    expected: TextIO | None,
) -> None:
    """Record a folder's files and their hashes in a manifest, or compare a folder with one.

    Write the manifest before the backup, on the machine that is backed up. After a restore,
    --compare reports what is missing, different or unexpected. Needs no credentials or network.

    A comparison exits with 0 if the folder matches the manifest, and with 5 if not. It ignores
    times, doesn't follow links, and leaves out what --exclude left out.

    Examples:
      cloud-backup manifest /srv/web --write web.manifest --exclude '*.log'
      cloud-backup manifest /restored/srv/web --compare web.manifest
      ssh web2 cat web.manifest | cloud-backup manifest /restored/srv/web --compare - -o json
    """
    if expected is None:
        _write(invocation, folder, file, exclude, name)
    elif file is not None or exclude or name is not None:
        raise click.UsageError("--compare can't be combined with --write, --exclude or --as")
    else:
        _compare(invocation, folder, expected)


def _write(
    invocation: Invocation,
    folder: str,
    file: Path | None,
    exclude: tuple[str, ...],
    name: str | None,
) -> None:
    if file is not None and file.resolve().is_relative_to(Path(folder).resolve()):
        raise click.UsageError(f"{file} is in {folder}: write the manifest elsewhere")
    unread = Tally()
    first: Entry | None = None

    def note(entry: Entry) -> None:
        nonlocal first, unread
        show(entry)
        if entry.problem is not None:
            first = first or entry
            unread = unread.plus(entry)

    # A manifest printed on a terminal is its own progress display.
    invocation.status.is_silent = file is None and sys.stdout.isatty()
    with _progress(invocation, folder) as show:
        if file is None:
            write_manifest(folder, sys.stdout, exclude=exclude, name=name, on_entry=note)
        else:
            with replacing(file) as new:
                write_manifest(folder, new, exclude=exclude, name=name, on_entry=note)
    if first is not None:
        raise CommandFailed(
            f"can't read {unread.files + unread.folders} paths, such as {one_line(first.path)}: "
            f"{first.problem}",
            hint="the manifest is written, but proves nothing about unreadable files",
        )


def _compare(invocation: Invocation, folder: str, expected: TextIO) -> None:
    try:
        read = read_manifest(expected)
        with _progress(invocation, folder) as show:
            found = compare(read.entries, _shown(scan(folder, like=read), show))
    except ManifestDamaged as damaged:
        raise CommandFailed(
            f"{getattr(expected, 'name', '<stdin>')}: {damaged}",
            hint="use an intact copy, or write it again",
        ) from None
    match invocation.output:
        case "table":
            _print_tables(invocation, found)
        case "csv":
            print_list(invocation, _Row, _rows(found), ())
        case _:
            print_data(
                invocation,
                {
                    "is_same": found.is_same,
                    "percent_of_files": found.percent_of_files,
                    "percent_of_bytes": found.percent_of_bytes,
                    **asdict(found),
                },
            )
    if not found.is_same:
        counts = [
            f"{tally.files + tally.folders} {name.replace('_', ' ')}"
            for name, tally in found.differences.items()
        ]
        raise CommandFailed(
            f"{folder} doesn't match the manifest: {', '.join(counts)}", ExitCode.NOT_COMPLETED
        )


@contextmanager
def _progress(invocation: Invocation, folder: str) -> Iterator[Callable[[Entry], None]]:
    """Show on a terminal how many files and bytes have been read."""
    read = Tally()

    def show(entry: Entry) -> None:
        nonlocal read
        if not invocation.status.is_on:
            return
        read = read.plus(entry)
        invocation.status.tell(f"reading {folder}: {read.files:,} files, {read.size:,} bytes")

    with invocation.status.waiting(f"reading {folder}"):
        yield show


def _shown(entries: Iterator[Entry], show: Callable[[Entry], None]) -> Iterator[Entry]:
    for entry in entries:
        show(entry)
        yield entry


@frozen(kw_only=True)
class _Row:
    """A tally, as a row of a table.

    Attributes:
        entries: What is counted: "expected", "same", "missing" and so on.
        files: The number of files and links.
        folders: The number of folders.
        bytes: The total size of the files.
        percent_of_files: The files, in per cent of those expected; None if none are.
        percent_of_bytes: The bytes, in per cent of those expected; None if none are.
    """

    entries: str
    files: int
    folders: int
    bytes: int
    percent_of_files: float | None
    percent_of_bytes: float | None


@frozen
class _Path:
    """A path and what is wrong with it, as a row of a table."""

    entries: str
    path: str


def _rows(found: Comparison) -> list[_Row]:
    of = found.expected
    tallies: dict[str, Tally] = {name: getattr(found, name) for name in ("expected", "same", *_BAD)}
    return [
        _Row(
            entries=name,
            files=tally.files,
            folders=tally.folders,
            bytes=tally.size,
            percent_of_files=_percent(tally.files, of.files),
            percent_of_bytes=_percent(tally.size, of.size),
        )
        for name, tally in tallies.items()
    ]


def _percent(part: int, whole: int) -> float | None:
    """Return a percentage, rounded down to two places so that only the whole is 100."""
    return part * 10_000 // whole / 100 if whole else None


def _print_tables(invocation: Invocation, found: Comparison) -> None:
    columns = ("entries", "files", "folders", "bytes", "percent_of_files", "percent_of_bytes")
    print_list(invocation, _Row, _rows(found), columns)
    differences = found.differences.items()
    paths = [_Path(name, one_line(path)) for name, tally in differences for path in tally.paths]
    if paths:
        click.echo()
        print_list(invocation, _Path, paths, ("entries", "path"))
    for name, tally in differences:
        if more := tally.files + tally.folders - len(tally.paths):
            invocation.say(f"{more} more {name}")
