"""A break: in which file, what stands there, what is put in its place, and who must notice."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = ["CONTRACT_TESTS", "ROOT", "Mutant"]

ROOT: Final = Path(__file__).parents[2]
CONTRACT_TESTS: Final = (
    "tests/recorded",
    "tests/contract/test_links.py",
    "tests/contract/test_recorded_shapes.py",
    "tests/contract/test_security.py",
    "tests/contract/test_status_codes.py",
    "tests/emulator",
    "tests/contract/test_conformance.py",
    "tests/contract/test_stateful.py",
)
"""What checks the emulator against the document, the quickest first."""


@dataclass(frozen=True)
class Mutant:
    """A break.

    Attributes:
        name: What is broken.
        path: The file, from the top of the repository.
        old: What stands there, once.
        new: What is put in its place.
        tests: The tests that must notice, as pytest names them.
    """

    name: str
    path: str
    old: str
    new: str
    tests: tuple[str, ...] = CONTRACT_TESTS

    def apply(self, root: Path) -> None:
        """Break a copy of the repository.

        Raises:
            ValueError: The file doesn't have `old` exactly once: the list is out of date.
        """
        file = root / self.path
        text = file.read_text(encoding="utf-8")
        if text.count(self.old) != 1:
            raise ValueError(
                f"{self.name}: {self.path} has {text.count(self.old)} times {self.old!r}"
            )
        file.write_text(text.replace(self.old, self.new), encoding="utf-8")
