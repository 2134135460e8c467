"""The command `cloud-backup` itself: its options, its commands, and how it reports a failure."""

import json
import os
import re
import sys
import traceback
from collections.abc import Sequence
from typing import Any, Final, NoReturn

import click
from click.shell_completion import add_completion_class

import cloud_backup as client_package
from cloud_backup.commandline.commands.completion import Bash
from cloud_backup.commandline.options.groups import LazyGroup, shared_options
from cloud_backup.commandline.running.exit_codes import MEANINGS, CommandFailed, ExitCode
from cloud_backup.commandline.running.invocation import Invocation

__all__ = ["cloud_backup"]

_COMMANDS: Final = {
    "agents": "Manage the agents that back up and restore.",
    "configurations": "Manage what is backed up, and when.",
    "backups": "Start backups and read their reports.",
    "restores": "Restore step by step.",
    "restore": "Restore a backup in one command.",
    "drill": "Prove that backups can be restored.",
    "manifest": "Record the files of a folder, or compare a folder with a record.",
    "activity": "List recent backups, restores and cleanups.",
    "wait": "Wait for backups or restores to finish.",
    "login": "Store credentials in the keyring.",
    "logout": "Remove stored credentials and tokens.",
    "emulator": "Run the service on this machine.",
    "completion": "Print a shell completion script.",
}

_EPILOG: Final = "\n".join(
    [
        "\b",
        "Examples:",
        "  cloud-backup agents list",
        "  cloud-backup backups start 'Nightly' --wait",
        "  cloud-backup activity list -o json",
        "",
        "\b",
        "Exit codes:",
        *(f"  {code.value:>3}  {meaning}" for code, meaning in MEANINGS.items()),
    ]
)


class _Root(LazyGroup):
    """The top-level group. It reports each failure in one line and exits with its code."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002 - click's
        windows_expand_args: bool = True,  # noqa: FBT001, FBT002 - click's
        **extra: Any,
    ) -> NoReturn:
        """Run the command, and exit."""
        del standalone_mode
        if not isinstance(extra.get("obj"), Invocation):
            extra["obj"] = Invocation()
        invocation: Invocation = extra["obj"]
        given = sys.argv[1:] if args is None else args
        if sys.stdout is None:
            # Fail before doing anything: nobody would see the result.
            closed = CommandFailed(
                "stdout is closed", hint="nothing was done: redirect it to /dev/null"
            )
            sys.exit(_report(invocation, closed, given))
        try:
            try:
                exit_code = super().main(
                    args,
                    prog_name,
                    complete_var,
                    standalone_mode=False,
                    windows_expand_args=windows_expand_args,
                    **extra,
                )
            except SystemExit as ended:  # from argparse, or from click if the pipe is closed
                exit_code = ended.code
            sys.stdout.flush()
        except Exception as error:  # noqa: BLE001 - never show a traceback
            exit_code = _report(invocation, error, given)
            _drop_unwritten()
        finally:
            invocation.close()
        sys.exit(exit_code if isinstance(exit_code, int) else ExitCode.DONE)


def _drop_unwritten() -> None:
    """Discard output that couldn't be written: Python would retry at exit, and complain."""
    stdout = sys.stdout
    try:
        stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stdout.fileno())


def _wants_json(invocation: Invocation, given: Sequence[str]) -> bool:
    """Return whether to print errors as JSON. A usage error may come before -o was parsed."""
    line = f" {' '.join(given)} "
    return invocation.output == "json" or (
        invocation.output == "table" and re.search(r" (-o ?|--output[ =])json ", line) is not None
    )


def _type(error: Exception) -> str:
    """Return an error's type. All of click's usage errors are one: each version adds some."""
    if isinstance(error, click.Abort):
        return "Interrupted"
    return "UsageError" if isinstance(error, click.UsageError) else type(error).__name__


def _report(invocation: Invocation, error: Exception, given: Sequence[str]) -> int:
    """Print what went wrong, and return the exit code."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        # Its message is the group's help.
        invocation.say(error.format_message())
        return ExitCode.WRONG_USAGE
    if isinstance(error, click.Abort):
        message, hint, exit_code = "interrupted", "", ExitCode.INTERRUPTED
    elif isinstance(error, click.UsageError):
        message, hint, exit_code = error.format_message(), _help_hint(error), ExitCode.WRONG_USAGE
    elif isinstance(error, click.ClickException):
        message, hint = error.format_message(), getattr(error, "hint", "")
        exit_code = ExitCode(error.exit_code)
    else:
        from cloud_backup.commandline.running.failures import failure_of  # noqa: PLC0415 - for httpx

        failure = failure_of(error)
        message, hint, exit_code = failure.message, failure.hint, failure.exit_code
        if invocation.debug:
            invocation.say("".join(traceback.format_exception(error)).rstrip())
    message = " ".join(message.split()).rstrip(".")
    if _wants_json(invocation, given):
        fields = {
            "type": _type(error),
            "message": message,
            "hint": hint or None,
            "status": getattr(error, "status", None),
            "operation": getattr(error, "operation", None),
            "exit_code": int(exit_code),
        }
        invocation.say(json.dumps(fields))
    else:
        line = f"cloud-backup: {message}"
        invocation.say(f"{line}; {hint}" if hint else line)
    return exit_code


def _help_hint(error: click.UsageError) -> str:
    path = "cloud-backup" if error.ctx is None else error.ctx.command_path
    return f"see `{path} --help`"


def _print_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's
    del param
    if value and not ctx.resilient_parsing:
        try:
            version = client_package.__version__
        except ModuleNotFoundError:
            version = "unknown, since it isn't installed"
        click.echo(f"cloud-backup {version}")
        ctx.exit()


@click.group(
    "cloud-backup",
    cls=_Root,
    summaries=_COMMANDS,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version and exit.",
)
def cloud_backup() -> None:
    """Back up and restore with Rackspace Cloud Backup.

    Credentials come from RS_USERNAME and RS_API_KEY in the environment, from
    ~/.rackspace_cloud_credentials, or from the keyring, where `cloud-backup login` stores them.
    Data goes to stdout, everything else to stderr.
    """


cloud_backup.params.extend(shared_options(all_in_help=True))
add_completion_class(Bash)
