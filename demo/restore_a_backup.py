"""Restore a backup through the typed client, against the emulator: what `make demo` runs.

Starts `cloud-backup-emulator` on a free port with a clock twenty times as fast as ours, restores
the newest backup on offer, and prints the report. Needs no account and no network.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from cloud_backup import AvailableBackup, CloudBackup, Restore, RestoreReport

TIME_SCALE = 20
POLL_INTERVAL = 0.1
STATES = ("Creating", "StartRequested", "Queued", "Preparing", "InProgress", "Completed")


def main() -> int:
    """Run the demo; return the exit status: 0 when the restore completed, 130 after Ctrl-C."""
    # As wide as the tables need where the output is not a terminal (a pipe, a log of a build).
    console = Console(width=None if sys.stdout.isatty() else 100, highlight=False)
    try:
        with emulator() as url:
            console.print(
                f"The emulator answers at {url}, {TIME_SCALE} times as fast as the clock.\n"
            )
            return restore_newest_backup(console, url)
    except KeyboardInterrupt:
        console.print("\nInterrupted; the emulator is stopped.")
        return 130


@contextmanager
def emulator() -> Iterator[str]:
    """Run the emulator as a process of its own, and yield its URL; it never outlives the block."""
    command = [sys.executable, "-m", "cloud_backup_emulator", "--port", "0"]
    command += ["--time-scale", str(TIME_SCALE)]
    # In a process group of its own: Ctrl-C is for the demo, which stops the emulator itself.
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
            process.wait()  # Popen doesn't, after Ctrl-C


def restore_newest_backup(console: Console, url: str) -> int:
    """Restore the newest backup that `url` offers, in the sight of `console`."""
    environment = {
        "RS_USERNAME": "demo",
        "RS_API_KEY": "demo-key",
        "RS_REGION_NAME": "DFW",
        "RS_AUTH_URL": f"{url}/v2.0",
    }
    with CloudBackup.from_environment(environment) as backup:
        available = backup.restores.available()
        console.print(available_table(available))

        newest = max(available, key=lambda b: b.last_successful_backup_time)
        completed = backup.backups.completed(newest.backup_configuration_id)[0]
        restore = backup.restores.create(
            backup_id=completed.backup_id,
            source=completed.machine_agent_id,
            destination=completed.machine_agent_id,
            path="/restored",
            overwrite=False,
        )
        console.print(
            f"\nRestore {restore.restore_id}: backup {completed.backup_id} "
            f"of {newest.backup_configuration_name} to {restore.destination_machine_name}"
            f":{restore.destination_path}, overwriting nothing\n"
        )
        backup.restores.start(restore)

        with Progress(
            TextColumn("  {task.description:<15}"),
            BarColumn(bar_width=40),
            TimeElapsedColumn(),
            console=console,
        ) as progress:
            bar = progress.add_task(STATES[0], total=len(STATES) - 1)

            def show(now: Restore) -> None:
                state = str(now.state)
                step = STATES.index(state) if state in STATES else None
                progress.update(bar, description=state, completed=step)
                if not console.is_terminal:
                    console.print(f"  {state}")

            finished = backup.restores.wait(restore, poll_interval=POLL_INTERVAL, on_change=show)

        report = finished.report()
        console.print()
        console.print(report_table(report))
        return 0 if report.state == "Completed" else 1


def available_table(available: list[AvailableBackup]) -> Table:
    """Lay out what can be restored, a line each."""
    table = Table(title="Backups available for restore", title_justify="left")
    for heading in ("Configuration", "Name", "Machine", "Agent", "Last successful backup"):
        table.add_column(heading)
    for backup in available:
        table.add_row(
            str(backup.backup_configuration_id),
            backup.backup_configuration_name,
            backup.machine_name,
            str(backup.machine_agent_id),
            local(backup.last_successful_backup_time),
        )
    return table


def report_table(report: RestoreReport) -> Table:
    """Lay out a report, a line for each fact."""
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
    """Say an instant in the local zone, with the zone's name."""
    return "none" if instant is None else f"{instant.astimezone():%Y-%m-%d %H:%M:%S %Z}"


if __name__ == "__main__":
    sys.exit(main())
