"""All breaks."""

from typing import Final

from .client import CLIENT
from .commandline import COMMANDLINE
from .drill import DRILL
from .mutant import Mutant
from .service import SERVICE

__all__ = ["MUTANTS"]

MUTANTS: Final[tuple[Mutant, ...]] = (*SERVICE, *CLIENT, *COMMANDLINE, *DRILL)
"""What is broken, one at a time."""
