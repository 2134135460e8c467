"""A clock that is set forward or back while a drill runs decides nothing."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cloud_backup.drill import DrillChange, DrillReport, drill

from .drill_world import DrillWorld, Killed, agent, backup, configuration, verdicts


class SetClock:
    """The time of day of a world, as a machine's clock has it that is set while a drill runs."""

    def __init__(self, world: DrillWorld) -> None:
        self.world = world
        self.off = timedelta(0)

    def now(self) -> datetime:
        return self.world.now() + self.off


def run(world: DrillWorld, clock: SetClock, **fields: Any) -> DrillReport:
    return drill(world.client(), now=clock.now, monotonic=world.monotonic, **fields)


@pytest.fixture
def clock(world: DrillWorld) -> SetClock:
    return SetClock(world)


def long_world(folder: Path) -> DrillWorld:
    """A world with one restore, of ten minutes."""
    return DrillWorld(
        folder,
        {
            "agents": [agent(11)],
            "configurations": [configuration(21, 11)],
            "backups": [backup(32, 21, bytes=400 * 2**30)],
        },
    )


@pytest.mark.parametrize("hours", [25, 25_000, -25, -1])
@pytest.mark.parametrize("state", ["StartRequested", "InProgress"])
def test_a_healthy_restore_is_not_timed_out(
    world: DrillWorld, clock: SetClock, state: str, hours: int
) -> None:
    def turn(change: DrillChange) -> None:
        if change.state == state:
            clock.off = timedelta(hours=hours)

    report = run(world, clock, configurations=[21, 22], on_change=turn)

    assert verdicts(report) == {21: "restored", 22: "restored"}
    assert timedelta(seconds=5) < report.duration < timedelta(minutes=5)


@pytest.mark.parametrize("hours", [1, -1])
def test_an_agent_has_its_time_to_come_online(
    world: DrillWorld, clock: SetClock, hours: int
) -> None:
    def turn(change: DrillChange) -> None:
        del change
        clock.off = timedelta(hours=hours)

    assert verdicts(run(world, clock, configurations=[23], on_change=turn)) == {23: "restored"}


def test_a_deadline_holds_though_the_clock_is_set_back_again_and_again(
    world: DrillWorld, clock: SetClock
) -> None:
    began = world.now()

    def sleep(seconds: float) -> None:
        world.sleep(seconds)
        clock.off -= timedelta(seconds=2 * seconds)

    report = run(world, clock, configurations=[21], deadline=timedelta(seconds=10), sleep=sleep)

    assert verdicts(report) == {21: "timed_out"}
    assert world.now() - began < timedelta(minutes=1)


def test_an_outage_ends_in_time_though_the_clock_is_set_back(
    world: DrillWorld, clock: SetClock
) -> None:
    began = world.now()
    world.fault(operation="listActivity", status=503, count=None)

    def sleep(seconds: float) -> None:
        world.sleep(seconds)
        clock.off -= timedelta(seconds=2 * seconds)

    with pytest.raises(Exception, match="listActivity: 503"):
        run(world, clock, configurations=[21], sleep=sleep)

    assert world.now() - began < timedelta(minutes=15)


@pytest.mark.parametrize("days", [2, -2])
def test_a_resumed_drill_does_not_stop_what_is_healthy(
    world: DrillWorld, clock: SetClock, tmp_path: Path, days: int
) -> None:
    journal = tmp_path / "drill.jsonl"

    def halt(change: DrillChange) -> None:
        if change.state == "InProgress":
            raise Killed

    with pytest.raises(Killed):
        run(world, clock, configurations=[21], journal=journal, on_change=halt)
    clock.off = timedelta(days=days)

    report = run(world, clock, configurations=[21], journal=journal)

    assert verdicts(report) == {21: "restored"}
    assert world.begun() == {21: 1}


def test_what_was_watched_before_counts_for_the_deadline(tmp_path: Path) -> None:
    world = long_world(tmp_path)
    clock, journal = SetClock(world), tmp_path / "drill.jsonl"
    fields: dict[str, Any] = {"journal": journal, "deadline": timedelta(minutes=5)}
    began = world.now()

    def sleep(seconds: float) -> None:
        if world.now() - began > timedelta(minutes=4):
            raise Killed
        world.sleep(seconds)

    with pytest.raises(Killed):
        run(world, clock, sleep=sleep, **fields)
    killed = world.now()
    clock.off = -timedelta(days=1)

    assert verdicts(run(world, clock, **fields)) == {21: "timed_out"}
    # It is written down once a minute how long it has been.
    assert timedelta(seconds=30) < world.now() - killed < timedelta(minutes=3)


def test_an_agent_that_is_awake_for_a_moment_is_caught(world: DrillWorld) -> None:
    """As at `--time-scale 60`: an agent that is woken is online for a second and a half."""
    looks: list[float] = []

    def sleep(seconds: float) -> None:
        looks.append(seconds)
        world.sleep(60 * seconds)

    began = world.now()
    report = drill(
        world.client(),
        configurations=[21, 23],
        now=world.now,
        monotonic=lambda: world.monotonic() / 60,
        sleep=sleep,
    )

    assert verdicts(report) == {21: "restored", 23: "restored"}
    # Within one waking, and not at the edge of patience.
    assert world.now() - began < timedelta(minutes=15)
    assert world.transport.seen.count("POST /user/wakeupagents") <= 2


@pytest.mark.parametrize("patience", [30, 180])
def test_an_agent_is_woken_again_before_it_is_given_up(tmp_path: Path, patience: int) -> None:
    world = DrillWorld(
        tmp_path,
        {
            "agents": [agent(11, awake="never")],
            "configurations": [configuration(21, 11)],
            "backups": [backup(32, 21)],
        },
    )

    report = drill(world.client(), now=world.now, patience=timedelta(seconds=patience))

    assert verdicts(report) == {21: "agent_offline"}
    assert world.transport.seen.count("POST /user/wakeupagents") in (2, 3)
    world.emulator.close()
