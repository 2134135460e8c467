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
    "agents": "The agents, which back up and restore.",
    "configurations": "What an agent backs up, and when.",
    "backups": "Start backups, and see their reports.",
    "restores": "Restores, step by step.",
    "restore": "Restore a backup, guided.",
    "drill": "Prove that backups can be restored.",
    "manifest": "What is in a folder, and whether it is there again.",
    "activity": "Recent backups, restores and cleanups.",
    "wait": "Wait until backups or restores are done.",
    "login": "Keep the credentials in the keyring.",
    "logout": "Forget the credentials.",
    "emulator": "Run the service on this machine.",
    "completion": "Print the completion script for a shell.",
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
    """The top group, which reports every failure in one line and exits with its code."""

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
            # Before anything is done of which nobody would see the result.
            closed = CommandFailed(
                "stdout is closed", hint="nothing was done: redirect it to /dev/null"
            )
            sys.exit(_tell(invocation, closed, given))
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
            except SystemExit as ended:  # argparse's, or click's since nobody reads on
                exit_code = ended.code
            sys.stdout.flush()
        except Exception as error:  # noqa: BLE001 - whatever it is, no traceback is shown
            exit_code = _tell(invocation, error, given)
            _drop_unwritten()
        finally:
            invocation.close()
        sys.exit(exit_code if isinstance(exit_code, int) else ExitCode.DONE)


def _drop_unwritten() -> None:
    """Let go of what stdout didn't take: Python would try again at the end, and complain."""
    stdout = sys.stdout
    try:
        stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stdout.fileno())


def _wants_json(invocation: Invocation, given: Sequence[str]) -> bool:
    """Whether errors are to be JSON; what is wrongly used wasn't read to the end."""
    line = f" {' '.join(given)} "
    return invocation.output == "json" or (
        invocation.output == "table" and re.search(r" (-o ?|--output[ =])json ", line) is not None
    )


def _type(error: Exception) -> str:
    """Name the type of an error; click has more of them with each version."""
    if isinstance(error, click.Abort):
        return "Interrupted"
    return "UsageError" if isinstance(error, click.UsageError) else type(error).__name__


def _tell(invocation: Invocation, error: Exception, given: Sequence[str]) -> int:
    """Say what went wrong, and return the exit code."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        # Its message is the help of the group.
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
        told = {
            "type": _type(error),
            "message": message,
            "hint": hint or None,
            "status": getattr(error, "status", None),
            "operation": getattr(error, "operation", None),
            "exit_code": int(exit_code),
        }
        invocation.say(json.dumps(told))
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
    help="Print the version.",
)
def cloud_backup() -> None:
    """Back up and restore with Rackspace Cloud Backup.

    The credentials come from RS_USERNAME and RS_API_KEY in the environment, from
    ~/.rackspace_cloud_credentials, or from the keyring, where `cloud-backup login` puts them.
    Only data goes to stdout; everything else goes to stderr.
    """


cloud_backup.params.extend(shared_options(all_in_help=True))
add_completion_class(Bash)
