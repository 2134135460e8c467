"""Reads passphrases from a file, the environment or a prompt, never from the command line."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from cloud_backup import Secret
from cloud_backup.commandline.running.exit_codes import CommandFailed, ExitCode

if TYPE_CHECKING:
    from cloud_backup.commandline.running.invocation import Invocation

__all__ = ["ask_passphrase", "passphrase_is_given", "passphrase_options", "read_passphrase"]

F = TypeVar("F", bound=Callable[..., Any])

_GIVEN: Final = "cloud_backup.passphrases"
"""The key of the options in the context's `meta`: by passphrase, then by option."""


def passphrase_options(what: str = "passphrase") -> Callable[[F], F]:
    """Return a decorator that adds `--passphrase-file` and `--passphrase-env`.

    `read_passphrase` reads the passphrase from them.

    Args:
        what: The passphrase's name: `old passphrase` gives `--old-passphrase-file`.
    """
    option = f"--{what.replace(' ', '-')}"

    def keep(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
        if value is not None:
            ctx.meta.setdefault(_GIVEN, {}).setdefault(what, {})[param.opts[0]] = value

    def add(function: F) -> F:
        from_file = click.option(
            f"{option}-file",
            type=click.Path(dir_okay=False, allow_dash=True),
            metavar="FILE",
            expose_value=False,
            callback=keep,
            help=f"Read the {what} from the first line of FILE; - is stdin.",
        )
        from_variable = click.option(
            f"{option}-env",
            metavar="VARIABLE",
            expose_value=False,
            callback=keep,
            help=f"Read the {what} from an environment variable.",
        )
        return from_file(from_variable(function))

    return add


def _given(what: str) -> dict[str, str]:
    given: dict[str, str] = click.get_current_context().meta.get(_GIVEN, {}).get(what, {})
    return given


def passphrase_is_given(what: str = "passphrase") -> bool:
    """Return whether an option for the passphrase was given."""
    return bool(_given(what))


def read_passphrase(
    invocation: "Invocation", whose: str, *, what: str = "passphrase", new: bool = False
) -> Secret:
    """Read a passphrase from the file or variable of the options, or else prompt for it.

    Args:
        invocation: The invocation.
        whose: Whose it is: `agent 252036 on MBP0`.
        what: The passphrase's name.
        new: Whether it is a new one, which is prompted for twice.

    Raises:
        CommandFailed: It is empty, or there is no terminal to prompt on.
        OSError: The file can't be read.
    """
    given = _given(what)
    both = [f"--{what.replace(' ', '-')}-{way}" for way in ("file", "env")]
    if len(given) > 1:
        raise click.UsageError(f"give {' or '.join(both)}, not both")
    if not given:
        if invocation.interactive:
            return ask_passphrase(invocation, whose, what=what, new=new)
        raise CommandFailed(
            f"can't prompt for the {what} of {whose}: there is no terminal",
            ExitCode.WRONG_USAGE,
            hint=f"give {' or '.join(both)}",
        )
    [(option, source)] = given.items()
    if option == both[0]:
        secret = _first_line(source)
    else:
        secret = Secret(invocation.environ.get(source, ""))
        # No command that a drill runs is to inherit it.
        os.environ.pop(source, None)
    if not secret.reveal():
        kind = "file" if option == both[0] else "variable"
        raise CommandFailed(f"{kind} {source} has no {what}", ExitCode.WRONG_USAGE)
    return secret


def ask_passphrase(
    invocation: "Invocation", whose: str, *, what: str = "passphrase", new: bool = False
) -> Secret:
    """Prompt for a passphrase.

    Args:
        invocation: The invocation.
        whose: Whose it is.
        what: The passphrase's name.
        new: Whether it is a new one, which is prompted for twice.
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
    # Raised outside the handler: chained, UnicodeDecodeError would expose the text.
    raise CommandFailed(f"{file} is not UTF-8 text")
