"""`cloud-backup emulator`."""

import contextlib
import io
import sys
from importlib import import_module
from typing import Any, Final, TextIO

import click

from cloud_backup.commandline.command_failed import CommandFailed
from cloud_backup.commandline.lazy_group import Command

__all__ = ["emulator"]

_READY: Final = "Cloud Backup emulator at "


@click.command(
    "emulator",
    cls=Command,
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
)
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def emulator(options: tuple[str, ...]) -> None:
    """Run the service on this machine: no account, no network.

    All options are those of `cloud-backup-emulator`; --help lists them. Once it answers it prints
    the lines that tell a shell to use it, and serves until Ctrl-C.

    Examples:
      cloud-backup emulator --port 8774 --time-scale 20
      cloud-backup emulator --database backup.db
    """
    try:
        command: Any = import_module("cloud_backup_emulator.__main__")
        server: Any = import_module("cloud_backup_emulator.server")
    except ModuleNotFoundError as missing:
        raise CommandFailed(
            f"the emulator needs the package {missing.name}: "
            "pip install 'rackspace-cloud-backup[emulator]'"
        ) from None

    def exports(url: str) -> str:
        environment: dict[str, str] = server.RunningEmulator(url, None).environment
        return "export " + " ".join(f"{name}={value}" for name, value in environment.items())

    with contextlib.redirect_stdout(_Announcement(sys.stdout, exports)):
        exit_code: int = command.main(list(options))
    click.get_current_context().exit(exit_code)


class _Announcement(io.TextIOBase):
    """What the emulator writes, with the line that says it is ready put as a shell wants it."""

    def __init__(self, stdout: TextIO, exports: Any) -> None:
        super().__init__()
        self._stdout = stdout
        self._exports = exports

    def write(self, text: str, /) -> int:
        """Write a text; the emulator writes its line as one."""
        if text.startswith(_READY):
            click.echo(text, err=True)
            self._stdout.write(self._exports(text.removeprefix(_READY).strip()))
        else:
            self._stdout.write(text)
        return len(text)

    def flush(self) -> None:
        """Pass on what was written."""
        self._stdout.flush()
