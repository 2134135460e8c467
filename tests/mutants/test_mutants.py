"""The list of breaks is up to date: each can be put where it says."""

from pathlib import Path

import pytest

from .mutant import ROOT, Mutant
from .mutants import MUTANTS


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_break_can_be_made(mutant: Mutant, tmp_path: Path) -> None:
    assert all((ROOT / path).exists() for path in mutant.tests)
    copy = tmp_path / mutant.path
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_bytes((ROOT / mutant.path).read_bytes())

    mutant.apply(tmp_path)

    assert copy.read_bytes() != (ROOT / mutant.path).read_bytes()
    if copy.suffix == ".py":
        compile(copy.read_text(encoding="utf-8"), mutant.path, "exec")


def test_names_are_unique() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)
