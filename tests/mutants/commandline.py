"""Breaks of the command line."""

from typing import Final

from .mutant import Mutant

__all__ = ["COMMANDLINE"]

_HERE: Final = "overlay/cloud_backup/commandline"
_ROOT_TESTS: Final = ("tests/commandline/test_root.py",)
_OUTPUT_TESTS: Final = ("tests/commandline/test_output.py",)

COMMANDLINE: Final[tuple[Mutant, ...]] = (
    Mutant(
        "a cell of CSV is a formula",
        f"{_HERE}/output.py",
        "isinstance(value, str) and _FORMULA.match(value)",
        "False",
        _OUTPUT_TESTS,
    ),
    Mutant(
        "a number with its sign is taken for a formula",
        f"{_HERE}/output.py",
        r"(?![+-][0-9.]+\Z)",
        "",
        _OUTPUT_TESTS,
    ),
    Mutant(
        "an error is text where JSON is asked for",
        f"{_HERE}/root.py",
        "if _wants_json(invocation, given):",
        "if False:",
        _ROOT_TESTS,
    ),
    Mutant(
        "a command runs with stdout closed",
        f"{_HERE}/root.py",
        "if sys.stdout is None:",
        "if False:",
        _ROOT_TESTS,
    ),
)
