"""The exit codes of `cloud-backup`, which scripts may rely on."""

from enum import IntEnum
from typing import Final

__all__ = ["MEANINGS", "ExitCode"]


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
    ExitCode.WRONG_USAGE: "wrong usage",
    ExitCode.NO_CREDENTIALS: "credentials missing or refused",
    ExitCode.NOT_FOUND: "there is no such thing",
    ExitCode.NOT_COMPLETED: "the backup, restore or drill ended otherwise than Completed",
    ExitCode.DEADLINE_PASSED: "a deadline passed",
    ExitCode.INTERRUPTED: "interrupted",
}
"""What each of them means, in the words of `cloud-backup --help`."""
