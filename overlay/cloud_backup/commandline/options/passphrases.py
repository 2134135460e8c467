"""Passphrases: from a file, the environment or a prompt, but never from the command line."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cloud_backup import Secret
from cloud_backup.commandline.running.command_failed import CommandFailed
from cloud_backup.commandline.running.exit_codes import ExitCode
from cloud_backup.commandline.running.printable import one_line

if TYPE_CHECKING:
    from cloud_backup.commandline.running.invocation import Invocation

__all__ = ["ask_passphrase", "owner", "passphrase_options", "read_passphrase"]

F = TypeVar("F", bound=Callable[..., Any])


def passphrase_options(which: str = "") -> Callable[[F], F]:
    """Make the decorator that adds `--passphrase-file` and `--passphrase-env`.

    Args:
        which: What the options begin with, of several passphrases: `old`.
    """
    option = f"{which}-passphrase" if which else "passphrase"
    name = option.replace("-", "_")
    what = option.replace("-", " ")

    def add(function: F) -> F:
        from_file = click.option(
            f"--{option}-file",
            f"{name}_file",
            type=click.Path(dir_okay=False, allow_dash=True),
            metavar="FILE",
            help=f"Read the {what} from the first line of FILE; - is stdin.",
        )
        from_variable = click.option(
            f"--{option}-env",
            f"{name}_env",
            metavar="VARIABLE",
            help=f"Read the {what} from an environment variable.",
        )
        return from_file(from_variable(function))

    return add


def read_passphrase(
    invocation: "Invocation",
    file: str | None,
    variable: str | None,
    *,
    whose: str = "the backups",
    what: str = "passphrase",
    new: bool = False,
) -> Secret:
    """Read a passphrase from where the options say, or ask for it.

    Args:
        invocation: The environment, and whether there is somebody to ask.
        file: The file given.
        variable: The environment variable given.
        whose: Whose it is: `agent 252036 on MBP0`.
        what: What it is called.
        new: Whether it is a new one, which is asked for twice.

    Raises:
        CommandFailed: There is none, or there is nobody to ask.
        OSError: The file can't be read.
    """
    option = what.replace(" ", "-")
    if file is not None and variable is not None:
        raise click.UsageError(f"give one of --{option}-file and --{option}-env, not both")
    if file is not None:
        secret = _first_line(file)
    elif variable is not None:
        secret = Secret(invocation.environ.get(variable, ""))
    elif invocation.interactive:
        return ask_passphrase(invocation, whose, what=what, new=new)
    else:
        raise CommandFailed(
            f"there is no terminal to ask at for the {what} of {whose}",
            ExitCode.WRONG_USAGE,
            hint=f"give --{option}-file or --{option}-env",
        )
    if not secret.reveal():
        source = f"the file {file}" if file is not None else f"the variable {variable}"
        raise CommandFailed(f"there is no {what} in {source}", ExitCode.WRONG_USAGE)
    return secret


def owner(agent: int | None, machine: str | None) -> str:
    """Say whose passphrase it is.

    Args:
        agent: The id of the agent whose backups are encrypted; None if it isn't known.
        machine: The name of its machine; None if it isn't known.
    """
    return one_line(f"agent {agent or '(unknown)'} on {machine or 'a machine without a name'}")


def ask_passphrase(
    invocation: "Invocation", whose: str, *, what: str = "passphrase", new: bool = False
) -> Secret:
    """Ask for a passphrase at the terminal.

    Args:
        invocation: Where to ask.
        whose: Whose it is.
        what: What it is called.
        new: Whether it is a new one, which is asked for twice.
    """
    return invocation.ask_secret(f"{what.capitalize()} of {whose}", twice=new)


def _first_line(file: str) -> Secret:
    if file == "-":
        return Secret(sys.stdin.readline().rstrip("\r\n"))
    try:
        with Path(file).open(encoding="utf-8") as opened:
            return Secret(opened.readline().rstrip("\r\n"))
    except UnicodeDecodeError:
        pass
    # Out of the handler, which would chain the error that has the text.
    raise CommandFailed(f"{file} is not text in UTF-8")
