"""Failures that a command itself finds, with their exit codes."""

import click

from cloud_backup.commandline.running.exit_codes import ExitCode

__all__ = ["CommandFailed"]


class CommandFailed(click.ClickException):
    """A command can't do, or didn't do, what was asked for.

    Args:
        message: What went wrong, in one line.
        exit_code: The exit code.
        hint: What to do about it, if anything can be said.
    """

    def __init__(
        self, message: str, exit_code: ExitCode = ExitCode.FAILED, *, hint: str = ""
    ) -> None:
        super().__init__(message)
        # Of the class in click, but looked up on the error.
        vars(self)["exit_code"] = exit_code
        self.hint = hint
