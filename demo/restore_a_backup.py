"""Back up a folder, lose much of it, restore it, and compare every byte, for `make demo`.

Starts `cloud-backup-emulator` on a free port, with a folder of a few hundred files as a machine and
a clock that runs sixty times as fast. Everything else uses the typed client. Needs no account and
no network.
"""

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from cloud_backup import Backup, CloudBackup, Restore, RestoreReport, Schedule

TIME_SCALE = 60
POLL_INTERVAL = 0.1
MACHINE = "web1"
STATES = ("Creating", "StartRequested", "Queued", "Preparing", "InProgress", "Completed")

Contents = dict[str, bytes | str | None]
"""A folder's contents by path: the bytes of files, the targets of links, None for folders."""


def main() -> int:
    """Run the demo.

    Returns:
        The exit status: 0 if every byte is restored, 1 if not, 130 after Ctrl-C.
    """
    # Wide enough for the tables if the output isn't a terminal.
    console = Console(width=None if sys.stdout.isatty() else 100, highlight=False)
    try:
        with TemporaryDirectory(prefix="cloud-backup-demo-") as scratch:
            machine = Path(scratch) / MACHINE
            fill(machine / "srv")
            with emulator(machine) as url:
                console.print(
                    f"The emulator runs at {url}, at {TIME_SCALE} times real time.\n"
                    f"{MACHINE} is the folder {machine}.\n"
                )
                return lose_and_restore(console, url, machine)
    except KeyboardInterrupt:
        console.print("\nInterrupted. The emulator has stopped.")
        return 130


def fill(folder: Path) -> None:
    """Create a few hundred files, an empty folder and a link, which are harder to restore."""
    chance = random.Random(1)  # noqa: S311 - makes every run the same
    for number in range(400):
        file = folder / f"site{number % 8}" / f"page{number}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(chance.randbytes(chance.randint(0, 50_000)))
    (folder / "empty").mkdir()
    (folder / "current").symlink_to("site7")


@contextmanager
def emulator(machine: Path) -> Iterator[str]:
    """Run the emulator as a separate process, and yield its URL. It never outlives the block."""
    command = [sys.executable, "-m", "cloud_backup_emulator", "--port", "0", "--empty"]
    command += ["--time-scale", str(TIME_SCALE), "--machine", f"{MACHINE}={machine}"]
    # In a separate process group: Ctrl-C is for the demo, which stops the emulator itself.
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, process_group=0) as process:  # noqa: S603 - our own command
        try:
            assert process.stdout is not None  # noqa: S101 - by stdout=PIPE
            ready = process.stdout.readline()
            if not ready:
                message = f"the emulator ended with status {process.wait()} before it was ready"
                raise RuntimeError(message)
            yield ready.split()[-1]
        finally:
            process.terminate()
            process.wait()  # after Ctrl-C, Popen doesn't


def lose_and_restore(console: Console, url: str, machine: Path) -> int:
    """Back up the machine, lose files, restore them, and compare, printing to `console`."""
    environment = {
        "RS_USERNAME": "demo",
        "RS_API_KEY": "demo-key",
        "RS_REGION_NAME": "DFW",
        "RS_AUTH_URL": f"{url}/v2.0",
    }
    with CloudBackup.from_environment(environment) as backup:
        agent = next(agent for agent in backup.agents.list() if agent.machine_name == MACHINE)
        nightly = backup.configurations.create(
            name="Nightly", agent=agent, schedule=Schedule.manually(), include=["/srv"]
        )
        before = contents_of(machine)

        started = backup.backups.start(nightly)
        with progress(console, f"Backup of /srv on {MACHINE}") as show:
            saved = backup.backups.wait(started, poll_interval=POLL_INTERVAL, on_change=show)
        told = backup.backups.report(saved)
        console.print(f"  {told.state}: {told.files_searched} files, {told.bytes_searched}\n")

        cause_disaster(machine / "srv")
        console.print(difference_table("The disaster", before, contents_of(machine)))

        restore = backup.restores.create(
            backup_id=saved.backup_id,
            source=agent,
            destination=agent,
            path="/",
            overwrite=True,
        )
        backup.restores.start(restore)
        console.print()
        with progress(console, f"Restore {restore.restore_id} to the original folder") as show:
            finished = backup.restores.wait(restore, poll_interval=POLL_INTERVAL, on_change=show)
        report = finished.report()
        console.print(report_table(report))

    after = contents_of(machine)
    console.print(difference_table("After the restore", before, after))
    if report.state != "Completed" or after != before:
        console.print("\nNot everything was restored.")
        return 1
    size = sum(len(content) for content in after.values() if isinstance(content, bytes))
    console.print(f"\nEvery one of {size} bytes in {len(after)} files and folders is back.")
    return 0


def contents_of(folder: Path) -> Contents:
    """Read all of a folder's contents."""
    contents: Contents = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            contents[name] = str(path.readlink())
        else:
            contents[name] = path.read_bytes() if path.is_file() else None
    return contents


def cause_disaster(folder: Path) -> None:
    """Delete folders, files and a link, and damage files, partly without changing their size."""
    for name in ("site0", "site1", "empty"):
        rmtree(folder / name)
    (folder / "current").unlink()
    for index, file in enumerate(sorted((folder / "site2").iterdir())):
        content = file.read_bytes()
        if index % 3 == 0:
            file.unlink()
        elif index % 3 == 1:
            file.write_bytes(content[: len(content) // 2])
        else:
            file.write_bytes(bytes(byte ^ 1 for byte in content))


@contextmanager
def progress(console: Console, title: str) -> Iterator["Show"]:
    """Show the states of a job as they change."""
    console.print(title)
    with Progress(
        TextColumn("  {task.description:<15}"),
        BarColumn(bar_width=40),
        TimeElapsedColumn(),
        console=console,
    ) as bars:
        yield Show(console, bars)


class Show:
    """Shows a job as it changes: a bar on a terminal, a line for each state elsewhere."""

    def __init__(self, console: Console, bars: Progress) -> None:
        self._console = console
        self._bars = bars
        self._bar = bars.add_task(STATES[0], total=len(STATES) - 1)

    def __call__(self, now: Backup | Restore) -> None:
        """Show the state that the job is in now."""
        state = str(now.state)
        step = STATES.index(state) if state in STATES else None
        self._bars.update(self._bar, description=state, completed=step)
        if not self._console.is_terminal:
            self._console.print(f"  {state}")


def difference_table(title: str, before: Contents, after: Contents) -> Table:
    """Return a table of the differences between two states of a folder."""
    missing = before.keys() - after.keys()
    damaged = {path for path in before.keys() & after.keys() if before[path] != after[path]}
    table = Table(title=title, title_justify="left", show_header=False)
    for fact, paths in (
        ("As it was", before.keys() - missing - damaged),
        ("Missing", missing),
        ("Damaged", damaged),
        ("New", after.keys() - before.keys()),
    ):
        table.add_row(fact, str(len(paths)))
    return table


def report_table(report: RestoreReport) -> Table:
    """Return a table of a report, one fact per row."""
    table = Table(title="Report of the restore", title_justify="left", show_header=False)
    for fact, value in (
        ("State", report.state),
        ("Backup of", local(report.restore_point)),
        ("Started", local(report.start_time)),
        ("Completed", local(report.completed_time)),
        ("Duration", report.duration),
        ("Files restored", report.files_restored),
        ("Bytes restored", report.bytes_restored),
        ("Errors", report.errors),
    ):
        table.add_row(fact, str(value))
    return table


def local(instant: datetime | None) -> str:
    """Format a time in the local zone, with the zone's name."""
    return "none" if instant is None else f"{instant.astimezone():%Y-%m-%d %H:%M:%S %Z}"


if __name__ == "__main__":
    sys.exit(main())
