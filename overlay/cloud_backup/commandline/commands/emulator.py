"""`cloud-backup emulator`."""

import argparse
import contextlib
import io
import shlex
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Final, TextIO

import click

from cloud_backup.commandline.options.groups import Command
from cloud_backup.commandline.running.exit_codes import CommandFailed

__all__ = ["emulator"]

_READY: Final = "Cloud Backup emulator at "


@click.command(
    "emulator",
    cls=Command,
    context_settings={"ignore_unknown_options": True},
    add_help_option=False,
)
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def emulator(ctx: click.Context, options: tuple[str, ...]) -> None:
    """Run the service on this machine: no account, no network.

    The options are those of `cloud-backup-emulator`, listed below. Once it answers it prints the
    lines that tell a shell to use it, and serves until Ctrl-C.

    Examples:
      cloud-backup emulator --port 8774 --time-scale 5
      cloud-backup emulator --database backup.db
    """
    try:
        import_module("cloud_backup_emulator.server")
    except ModuleNotFoundError as missing:
        raise CommandFailed(
            f"the emulator needs the package {missing.name}",
            hint="pip install 'rackspace-cloud-backup[emulator]'",
        ) from None
    command: Any = import_module("cloud_backup_emulator.__main__")
    if not {"-h", "--help"}.isdisjoint(options):
        click.echo(f"{ctx.get_help()}\n")
        command.main(["--help"])

    def exports(url: str) -> str:
        variables = _environment(url, options)
        return "\n".join(f"export {name}={shlex.quote(value)}" for name, value in variables)

    with contextlib.redirect_stdout(_Announcement(sys.stdout, exports)):
        exit_code: int = command.main(list(options))
    ctx.exit(exit_code)


def _environment(url: str, options: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the variables with which a client uses it, as the first user of its world."""
    server: Any = import_module("cloud_backup_emulator.server")
    variables: dict[str, str] = server.RunningEmulator(url, None).environment
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--seed", type=Path)
    seed = parser.parse_known_args(options)[0].seed
    if seed is not None:
        world: Any = import_module("cloud_backup_emulator.seed_file")
        account = world.read_seed(seed).accounts[0]
        variables |= {"RS_USERNAME": account.username, "RS_API_KEY": account.api_key}
    return list(variables.items())


class _Announcement(io.TextIOBase):
    """What the emulator writes, with the line that says it is ready put as a shell wants it.

    Args:
        stdout: Where to write.
        exports: Makes the lines for a shell, given the URL.
    """

    def __init__(self, stdout: TextIO, exports: Callable[[str], str]) -> None:
        super().__init__()
        self._stdout = stdout
        self._exports = exports

    def write(self, text: str, /) -> int:
        """Write a text; the emulator writes its line as one."""
        if text.startswith(_READY):
            click.echo(text.rstrip("\n"), err=True)
            self._stdout.write(self._exports(text.removeprefix(_READY).strip()))
        else:
            self._stdout.write(text)
        return len(text)

    def flush(self) -> None:
        """Pass on what was written."""
        self._stdout.flush()
