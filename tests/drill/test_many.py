"""Hundreds of configurations, at the cost of one look at a time."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

from cloud_backup.drill import drill

from .drill_world import DrillWorld, agent, backup, configuration

AGENTS = 50
CONFIGURATIONS = 300


def big_world(folder: Path) -> DrillWorld:
    return DrillWorld(
        folder,
        {
            "agents": [agent(1 + n) for n in range(AGENTS)],
            "configurations": [
                configuration(1000 + n, 1 + n % AGENTS) for n in range(CONFIGURATIONS)
            ],
            "backups": [backup(5000 + n, 1000 + n) for n in range(CONFIGURATIONS)],
        },
    )


def test_three_hundred_take_few_requests(tmp_path: Path) -> None:
    world = big_world(tmp_path)
    journal = tmp_path / "drill.jsonl"

    report = drill(
        world.client(),
        max_age=timedelta(hours=26),
        journal=journal,
        now=world.now,
        concurrency=100,
        poll_interval=5,
    )

    assert report.is_good
    assert len(report.results) == CONFIGURATIONS
    asked = Counter(
        called.rsplit("/", 1)[0] if called[-1].isdigit() else called
        for called in world.transport.seen
    )
    looks = asked.pop("GET /activity")
    # One agent restores six, one after another, in less than a minute each.
    assert looks <= 6 * 12
    assert asked == {
        "GET /backup-configuration": 1,
        "GET /backup/availableforrestore": 1,
        "GET /user/agents": 1,
        "GET /agent": CONFIGURATIONS,
        "GET /backup/completed": CONFIGURATIONS,
        "PUT /restore": CONFIGURATIONS,
        "POST /restore/action-requested": CONFIGURATIONS,
        "GET /restore": 2 * CONFIGURATIONS,
        "GET /restore/files": CONFIGURATIONS,
        "GET /restore/report": CONFIGURATIONS,
        "GET /backup/report": CONFIGURATIONS,
    }
    assert world.begun() == dict.fromkeys(range(1000, 1000 + CONFIGURATIONS), 1)


def test_a_look_costs_the_same_however_many_run(tmp_path: Path) -> None:
    world = big_world(tmp_path)
    a_tick: Counter[int] = Counter()

    def before(number: int, called: str) -> None:
        a_tick[len(world.slept)] += 1

    world.transport.before = before
    drill(
        world.client(),
        configurations=range(1000, 1000 + AGENTS),
        now=world.now,
        concurrency=AGENTS,
        poll_interval=1,
    )

    # When they begin, and when they end: in between there is one look, with fifty that run.
    assert Counter(a_tick.values()).most_common(1)[0][0] == 1
    assert sorted(a_tick.values())[-3] == 1
