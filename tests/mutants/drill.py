"""Breaks of the drill."""

from typing import Final

from .mutant import Mutant

__all__ = ["DRILL"]

DRILL: Final[tuple[Mutant, ...]] = ()
