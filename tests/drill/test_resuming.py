"""A drill that is killed, at whatever point, goes on and restores nothing twice."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cloud_backup.drill import DrillReport, drill
from cloud_backup.drill.journal import Journal

from .drill_world import PASSPHRASES, DrillWorld, Killed, nothing, verdicts

UNDISTURBED = {21: "restored", 22: "too_old", 23: "restored", 24: "restored", 25: "no_backup"}
ONCE = dict.fromkeys([21, 22, 23, 24], 1)


def run(world: DrillWorld, journal: Path, **fields: Any) -> DrillReport:
    return drill(
        world.client(),
        max_age=timedelta(hours=26),
        journal=journal,
        passphrases=PASSPHRASES,
        now=world.now,
        **fields,
    )


def killed_once(world: DrillWorld, journal: Path) -> bool:
    """Run a drill; whether it was killed."""
    try:
        run(world, journal)
    except Killed:
        return True
    return False


def kill(at: int) -> Callable[[int, str], None]:
    def tap(number: int, called: str) -> None:
        if number == at:
            raise Killed(called)

    return tap


@contextmanager
def writes_killed(monkeypatch: pytest.MonkeyPatch, at: int, moment: str) -> Iterator[None]:
    """Kill the drill before, while or after its journal's line of a number is written."""
    write, count = Journal.write, 0

    def killing(journal: Journal, kind: str, record: Any) -> None:
        nonlocal count
        number, count = count, count + 1
        if number == at and moment == "before":
            raise Killed(kind)
        if number == at and moment == "while":
            assert journal.path is not None
            line = json.dumps({"kind": kind, **record})
            with journal.path.open("a") as file:
                file.write(line[: len(line) // 2])
            raise Killed(kind)
        write(journal, kind, record)
        if number == at:
            raise Killed(kind)

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "write", killing)
        yield


def check(world: DrillWorld, journal: Path, where: str) -> None:
    report = run(world, journal)

    assert report.is_finished, where
    assert verdicts(report) == UNDISTURBED, where
    assert world.created() == ONCE, where
    assert world.begun() == ONCE, where


def fresh(world: DrillWorld, journal: Path) -> None:
    world.emulator.reset()
    journal.unlink(missing_ok=True)
    world.transport.seen.clear()
    world.transport.before = world.transport.after = nothing


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("share", range(4))
def test_killed_at_every_request(
    world: DrillWorld, tmp_path: Path, share: int, *, after: bool
) -> None:
    journal = tmp_path / "drill.jsonl"
    at, was_killed = share, True
    while was_killed:
        fresh(world, journal)
        if after:
            world.transport.after = kill(at)
        else:
            world.transport.before = kill(at)
        was_killed = killed_once(world, journal)
        where = f"request {at}: {world.transport.seen[-1]}"
        world.transport.before = world.transport.after = nothing
        check(world, journal, where)
        at += 4

    assert at > 20


@pytest.mark.parametrize("moment", ["before", "while", "after"])
def test_killed_at_every_line_of_the_journal(
    world: DrillWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    journal = tmp_path / "drill.jsonl"
    at, was_killed = 0, True
    while was_killed:
        fresh(world, journal)
        with writes_killed(monkeypatch, at, moment):
            was_killed = killed_once(world, journal)
        check(world, journal, f"line {at}")
        at += 1

    # The header, the plan, four lines for each of four restores, that a minute has passed, five
    # verdicts, the end.
    assert at == 2 + 4 * 4 + 1 + 5 + 1 + 1


def test_killed_again_and_again(world: DrillWorld, tmp_path: Path) -> None:
    journal = tmp_path / "drill.jsonl"
    runs = 0
    while True:
        world.transport.seen.clear()
        # Later each time, or it would never get beyond what it does first.
        world.transport.after = kill(2 + runs // 2)
        if not killed_once(world, journal):
            break
        runs += 1

    world.transport.after = nothing
    check(world, journal, f"{runs} runs")
    assert runs > 10


def test_a_drill_that_is_done_only_says_so_again(world: DrillWorld, tmp_path: Path) -> None:
    journal = tmp_path / "drill.jsonl"
    report = run(world, journal)
    written, world.transport.seen[:] = journal.read_bytes(), []

    assert run(world, journal) == report
    assert world.transport.seen == []
    assert journal.read_bytes() == written


def test_a_new_drill_can_follow_in_the_same_journal(world: DrillWorld, tmp_path: Path) -> None:
    journal = tmp_path / "drill.jsonl"
    first = run(world, journal)
    second = run(world, journal, new=True)

    assert second.drill_id != first.drill_id
    assert run(world, journal) == second
    assert world.begun() == dict.fromkeys([21, 22, 23, 24], 2)


def test_a_drill_that_is_not_done_is_continued_even_if_a_new_one_is_wanted(
    world: DrillWorld, tmp_path: Path
) -> None:
    journal = tmp_path / "drill.jsonl"
    world.transport.after = lambda number, called: (
        kill(number)(number, called) if (called == "PUT /restore") else None
    )
    assert killed_once(world, journal)
    world.transport.after = nothing

    run(world, journal, new=True)

    assert world.created() == world.begun() == ONCE


def kill_after_create(world: DrillWorld, journal: Path, **fields: Any) -> None:
    def after(_: int, called: str) -> None:
        if called == "PUT /restore":
            raise Killed

    world.transport.after = after
    with pytest.raises(Killed):
        run(world, journal, **fields)
    world.transport.after = nothing


def test_another_drills_restore_is_not_taken_for_its_own(world: DrillWorld, tmp_path: Path) -> None:
    journal = tmp_path / "drill.jsonl"
    kill_after_create(world, tmp_path / "another.jsonl", configurations=[21])
    kill_after_create(world, journal, configurations=[21])
    kill_after_create(world, tmp_path / "third.jsonl", configurations=[21])

    (result,) = run(world, journal, configurations=[21]).results

    assert result.verdict == "restored"
    restore = world.client().restores.get(result.restore_id or 0)
    assert restore.destination_path == result.path
    assert world.created() == {21: 3}
    assert world.begun() == {21: 1}


def test_an_activity_that_lags_behind_starts_nothing_twice(
    world: DrillWorld, tmp_path: Path
) -> None:
    journal = tmp_path / "drill.jsonl"

    def after(_: int, called: str) -> None:
        if called == "POST /restore/action-requested":
            raise Killed

    world.transport.after = after
    with pytest.raises(Killed):
        run(world, journal, configurations=[21])
    world.transport.after = nothing
    looks = 0

    def lagging(called: str, answer: Any) -> Any:
        nonlocal looks
        if called == "GET /activity":
            looks += 1
            if looks < 3:
                return [
                    {**row, "CurrentState": "Creating"} if row["Type"] == "Restore" else row
                    for row in answer
                ]
        return answer

    world.transport.lie = lagging
    report = drill(
        world.client(),
        configurations=[21],
        max_age=timedelta(hours=26),
        journal=journal,
        now=world.now,
    )

    assert verdicts(report) == {21: "restored"}
    assert world.transport.seen.count("POST /restore/action-requested") == 1
    assert world.begun() == {21: 1}


def test_restores_that_ended_meanwhile_are_judged_though_late(
    world: DrillWorld, tmp_path: Path
) -> None:
    journal = tmp_path / "drill.jsonl"

    def halt(change: Any) -> None:
        if change.state == "InProgress":
            raise Killed

    with pytest.raises(Killed):
        run(world, journal, configurations=[21], on_change=halt)
    world.sleep(3 * 24 * 3600)

    report = run(world, journal, configurations=[21], deadline=timedelta(hours=1))

    assert verdicts(report) == {21: "restored"}


def test_a_stop_that_was_only_announced_is_asked_for_again(
    world: DrillWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = tmp_path / "drill.jsonl"
    hasty: dict[str, Any] = {"configurations": [21], "deadline": timedelta(seconds=10)}
    write = Journal.write

    def killing(self: Journal, kind: str, record: Any) -> None:
        write(self, kind, record)
        if kind == "stopping":
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "write", killing)
        with pytest.raises(Killed):
            run(world, journal, **hasty)

    assert verdicts(run(world, journal, **hasty)) == {21: "timed_out"}
