"""A small world to drill in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .drill_world import DrillWorld, small_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[DrillWorld]:
    made = DrillWorld(tmp_path, small_world())
    yield made
    made.emulator.close()
