"""The drills that a journal has."""

from pathlib import Path
from typing import Any

from cloud_backup.drill import DrillReport, drill, drills_in

from .drill_world import DrillWorld


def run(world: DrillWorld, journal: Path, **fields: Any) -> DrillReport:
    return drill(
        world.client(),
        **{
            "now": world.now,
            "monotonic": world.monotonic,
            "journal": journal,
            "new": True,
            **fields,
        },
    )


def test_drills_that_are_done_are_there_the_oldest_first(world: DrillWorld, tmp_path: Path) -> None:
    journal = tmp_path / "drill.jsonl"
    made = []
    for chosen in (21, 22):
        made.append(run(world, journal, configurations=[chosen]))
        world.emulator.advance(86_400)

    assert drills_in(journal) == tuple(made)


def test_what_is_not_done_or_cannot_be_read_is_left_out(world: DrillWorld, tmp_path: Path) -> None:
    journal = tmp_path / "drill.jsonl"
    first = run(world, journal, check_only=True)
    second = run(world, journal, configurations=[21])
    lines = journal.read_text("utf-8").splitlines(keepends=True)
    begins = [number for number, line in enumerate(lines) if line.startswith('{"kind": "drill"')]
    assert len(begins) == 2

    def read(text: str) -> tuple[DrillReport, ...]:
        journal.write_text(text, "utf-8")
        return drills_in(journal)

    assert read("".join(lines)) == (first, second)
    assert read("".join(lines[:-1])) == (first,)
    assert read("".join(["nothing\n", *lines[1:]])) == (second,)
    assert read("".join(lines).replace('"check_only": true', '"check_only": ["no"')) == (second,)
    strange = "".join(lines).replace('"kind": "end"', '"kind": "finale"', 1)
    assert read(strange) == (second,)
    other = "".join(lines).replace('"version": ', '"version": 9', 1)
    assert read(other) == (second,)
    assert read("") == read("[1]\n{}\n7\n") == ()
