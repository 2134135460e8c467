"""The exit codes, which scripts may rely on, and an error with an exit code."""

from enum import IntEnum
from typing import Final

import click

__all__ = ["MEANINGS", "CommandFailed", "ExitCode"]


class ExitCode(IntEnum):
    """How a command ended."""

    DONE = 0
    FAILED = 1
    WRONG_USAGE = 2
    NO_CREDENTIALS = 3
    NOT_FOUND = 4
    NOT_COMPLETED = 5
    DEADLINE_PASSED = 6
    INTERRUPTED = 130


MEANINGS: Final = {
    ExitCode.DONE: "done",
    ExitCode.FAILED: "any other failure",
    ExitCode.WRONG_USAGE: "usage error",
    ExitCode.NO_CREDENTIALS: "credentials missing or rejected",
    ExitCode.NOT_FOUND: "not found",
    ExitCode.NOT_COMPLETED: "a backup, restore or drill did not end Completed, or a folder differs",
    ExitCode.DEADLINE_PASSED: "a deadline passed",
    ExitCode.INTERRUPTED: "interrupted",
}
"""The meanings, as `cloud-backup --help` prints them."""


class CommandFailed(click.ClickException):
    """A command failed.

    Args:
        message: What went wrong, in one line.
        exit_code: The exit code.
        hint: What to do about it; empty if nothing.
    """

    def __init__(
        self, message: str, exit_code: ExitCode = ExitCode.FAILED, *, hint: str = ""
    ) -> None:
        super().__init__(message)
        # click sets it on the class, but reads it from the instance.
        vars(self)["exit_code"] = exit_code
        self.hint = hint
