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
    """Run the service on this machine, without an account or a network.

    Takes the options of `cloud-backup-emulator`, listed below. When ready, it prints the `export`
    lines that point a shell at it, and serves until Ctrl-C.

    Examples:
      cloud-backup emulator --port 8774 --time-scale 5
      cloud-backup emulator --database backup.db
      cloud-backup emulator --machine web1=/srv/web1
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
    """Return the environment variables of a client: those of the world's first user."""
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
    """A stdout that replaces the emulator's ready line with `export` lines.

    Args:
        stdout: Where to write.
        exports: Returns the `export` lines for a URL.
    """

    def __init__(self, stdout: TextIO, exports: Callable[[str], str]) -> None:
        super().__init__()
        self._stdout = stdout
        self._exports = exports

    def write(self, text: str, /) -> int:
        """Write text. The emulator writes its ready line in one call."""
        if text.startswith(_READY):
            click.echo(text.rstrip("\n"), err=True)
            self._stdout.write(self._exports(text.removeprefix(_READY).strip()))
        else:
            self._stdout.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush stdout."""
        self._stdout.flush()
