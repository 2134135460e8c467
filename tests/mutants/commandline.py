"""Breaks of the command line."""

from typing import Final

from .mutant import Mutant

__all__ = ["COMMANDLINE"]

COMMANDLINE: Final[tuple[Mutant, ...]] = ()
