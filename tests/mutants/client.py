"""Breaks of the client: calls, retries, authentication, limits."""

from typing import Final

from .mutant import Mutant

__all__ = ["CLIENT"]

CLIENT: Final[tuple[Mutant, ...]] = ()
