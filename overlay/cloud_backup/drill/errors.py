"""What can go wrong with a drill as a whole, as types.

    CloudBackupError
    └── DrillError
        ├── NotVerifiable       what is needed to verify restores is missing or damaged
        ├── PlanInvalid         a plan has mistakes
        ├── UnknownChoice       a configuration, agent or destination that was chosen isn't there
        ├── ReportDamaged       it is no report, or one that this version can't read
        │   └── ReportAltered   it isn't as it was written: its hash is another one
        └── JournalError        the journal can't be used
            ├── JournalDamaged  it is no drill's journal, or is broken elsewhere than at its end
            ├── JournalMismatch it is of another account, other options or another version
            └── JournalInUse    another process is using it

What goes wrong with one configuration is its verdict, not an error.
"""
# ruff: noqa: N818 - named for what happened: these names are part of the public face

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from cloud_backup.errors import CloudBackupError

__all__ = [
    "DrillError",
    "JournalDamaged",
    "JournalError",
    "JournalInUse",
    "JournalMismatch",
    "NotVerifiable",
    "PlanInvalid",
    "ReportAltered",
    "ReportDamaged",
    "UnknownChoice",
    "Where",
]

Where: TypeAlias = tuple[str | int, ...]
"""A place in a plan: the names and numbers that lead to it, as in ("selections", 0, "window")."""


class DrillError(CloudBackupError):
    """A drill can't be made, or can't go on."""


class NotVerifiable(DrillError):
    """What is needed to verify a restore is missing, damaged, or doesn't come in time."""


class PlanInvalid(DrillError):
    """A plan has mistakes.

    Attributes:
        problems: Where each is, and what it is.
    """

    def __init__(self, problems: Iterable[tuple[Where, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{_place(where)}: {text}" for where, text in self.problems))


def _place(where: Where) -> str:
    """Write a place for people, who count from 1."""
    counted = (f"#{step + 1}" if isinstance(step, int) else step for step in where)
    return " ".join(counted) or "the plan"


class UnknownChoice(DrillError):
    """What was chosen isn't there.

    Attributes:
        what: What it was to be: "configuration", "agent" or "destination".
        choice: What was given: an id, a name or a pattern.
        selection: The number of the selection in which it was given, from 0.
    """

    def __init__(
        self, what: str, choice: int | str, *, selection: int = 0, problem: str | None = None
    ) -> None:
        self.what = what
        self.choice = choice
        self.selection = selection
        problem = problem or "is not there, or has been deleted"
        super().__init__(f"{what} {choice!r} {problem}")


class ReportDamaged(DrillError, ValueError):
    """A document is no report of a drill, or can't be read by this version."""


class ReportAltered(ReportDamaged):
    """A report isn't as it was written.

    Attributes:
        written: The hash that is in it.
        found: The hash of what is there now.
    """

    def __init__(self, written: object, found: str) -> None:
        self.written = written
        self.found = found
        super().__init__(
            f"the report was altered after it was written: its sha256 is {written!r}, "
            f"but that of its content is {found!r}"
        )


class JournalError(DrillError):
    """A journal can't be used.

    Attributes:
        path: The file.
    """

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        super().__init__(f"{path}: {problem}")


class JournalDamaged(JournalError):
    """It is no drill's journal, or is broken elsewhere than at its end."""


class JournalMismatch(JournalError):
    """It is the journal of another drill than the one asked for.

    Attributes:
        differences: What differs, by name: what the journal has, and what was asked for.
    """

    def __init__(self, path: Path, differences: Mapping[str, tuple[object, object]]) -> None:
        self.differences = dict(differences)
        told = "; ".join(
            f"{name} is {there!r} in the journal, {asked!r} now"
            for name, (there, asked) in self.differences.items()
        )
        super().__init__(path, f"it is the journal of another drill: {told}")


class JournalInUse(JournalError):
    """Another process is using it: a drill is running."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "another drill is using it")
