"""Plans: what is selected, which backup is restored, what is promised, and whose turn it is."""

import json
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud_backup.drill import (
    Drill,
    DrillChange,
    DrillOptions,
    DrillPlan,
    DrillReport,
    Expectation,
    JournalMismatch,
    PlanInvalid,
    UnknownChoice,
    Verify,
    drill,
    make_plan,
)
from cloud_backup.drill.options import is_meant
from cloud_backup.drill.plan import PlanLike
from cloud_backup.drill.rotation import Past, turn_of

from .drill_world import (
    PASSPHRASES,
    DrillWorld,
    Killed,
    agent,
    backup,
    configuration,
    nothing,
    verdicts,
)

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def run(world: DrillWorld, plan: PlanLike, **fields: Any) -> DrillReport:
    given_ = {"now": world.now, "passphrases": PASSPHRASES, "monotonic": world.monotonic, **fields}
    return drill(world.client(), plan=plan, **given_)


# What a plan says


def test_a_plan_is_made_of_dicts() -> None:
    plan = DrillPlan.from_dict(
        {
            "rotation": 7 * 86_400,
            "selections": [
                {"name": "web", "configurations": "web-*", "max_age": timedelta(hours=26)},
                {"agents": [11, "db1"], "backup": "random", "window": 30 * DAY, "path": "/x"},
            ],
        }
    )

    assert plan == DrillPlan(
        rotation=WEEK,
        selections=(
            DrillOptions(name="web", configurations=("web-*",), max_age=timedelta(hours=26)),
            DrillOptions(agents=(11, "db1"), backup="random", window=30 * DAY, path="/x"),
        ),
    )


def test_each_selection_verifies_in_its_own_way() -> None:
    verify = {
        "manifest": "/m/{configuration}",
        "expectations": [{"path": "/srv", "files": 3, "size": "1 MB", "newest": "2"}],
        "command": ["ssh", "web1", "cloud-backup", "manifest", "{path}"],
        "folder": "/mnt",
        "time_limit": "60",
    }

    plan = DrillPlan.from_dict(
        {"selections": [{"verify": verify}, {}]},
        duration=lambda text: timedelta(seconds=int(text)),
    )

    assert plan.selections[1].verify is None
    assert plan.selections[0].verify == Verify(
        manifest=Path("/m/{configuration}"),
        expectations=[Expectation(path="/srv", files=3, size=1 << 20, newest=timedelta(seconds=2))],
        command=("ssh", "web1", "cloud-backup", "manifest", "{path}"),
        folder=Path("/mnt"),
        time_limit=timedelta(seconds=60),
    )


def test_a_selection_is_verified_and_another_is_not(world: DrillWorld) -> None:
    command = [sys.executable, "-c", "import os; print(os.environ['CLOUD_BACKUP_PATH'])"]
    plan = {
        "selections": [
            {"configurations": "Web", "verify": {"command": command}},
            {"configurations": "Database"},
        ]
    }

    verified, other = run(world, plan).results

    assert (verified.verdict, other.verdict) == ("passed", "restored")
    assert verified.verification is not None
    assert verified.verification.output == f"{verified.path}\n"


@pytest.mark.parametrize(
    ("document", "where", "problem"),
    [
        ([], (), "expected names with values, got a list"),
        ({}, (), "selections must be one or more"),
        ({"selections": []}, ("selections",), "selections must be one or more"),
        ({"selections": {}}, ("selections",), "expected a list, got names with values"),
        ({"selections": [3]}, ("selections", 0), "expected names with values, got a number"),
        ({"selections": [{}], "rotations": 7}, ("rotations",), "did you mean 'rotation'?"),
        ({"selections": [{}], "rotation": 3600}, ("rotation",), "1 day or more, not 1 h"),
        ({"selections": [{}], "rotation": True}, ("rotation",), "got true or false"),
        ({"selections": [{}, {"agents": []}]}, ("selections", 1, "agents"), "got none"),
        ({"selections": [{"agents": [1.5]}]}, ("selections", 0, "agents"), "a number or text"),
        ({"selections": [{"max_age": "x"}]}, ("selections", 0, "max_age"), "got text"),
        ({"selections": [{"max_age": 0}]}, ("selections", 0, "max_age"), "must be above 0"),
        ({"selections": [{"max_age": float("inf")}]}, ("selections", 0, "max_age"), "inf"),
        ({"selections": [{"max_duration": -1}]}, ("selections", 0, "max_duration"), "above 0"),
        ({"selections": [{"backup": "oldest"}]}, ("selections", 0, "backup"), "newest or random"),
        ({"selections": [{"backup": "random"}]}, ("selections", 0), "window must be there"),
        ({"selections": [{"window": 86_400}]}, ("selections", 0, "window"), "only if"),
        (
            {"selections": [{"backup": "random", "window": 366 * 86_400}]},
            ("selections", 0, "window"),
            "1 to 365 days",
        ),
        ({"selections": [{"path": "relative"}]}, ("selections", 0, "path"), "from its root"),
        ({"selections": [{"check_only": 1}]}, ("selections", 0, "check_only"), "true or false"),
        ({"selections": [{"destination": 0}]}, ("selections", 0, "destination"), "agent's id"),
        ({"selections": [{"verify": {}}]}, ("selections", 0, "verify"), "needs a manifest"),
        (
            {"selections": [{"verify": {"command": "x"}}]},
            ("selections", 0, "verify", "command"),
            "expected a list, got text",
        ),
        (
            {"selections": [{"verify": {"expectations": [{"path": "/a"}, {"file": 1}]}}]},
            ("selections", 0, "verify", "expectations", 1),
            "unknown name 'file'",
        ),
        (
            {"selections": [{"check_only": True, "max_duration": 9}]},
            ("selections", 0, "max_duration"),
            "restores nothing",
        ),
    ],
)
def test_a_mistake_is_found_where_it_is(
    document: object, where: tuple[str | int, ...], problem: str
) -> None:
    with pytest.raises(PlanInvalid) as caught:
        DrillPlan.from_dict(document)

    ((there, text),) = caught.value.problems
    assert there == where
    assert problem in text
    assert text in str(caught.value)


def test_all_mistakes_are_told_at_once(world: DrillWorld) -> None:
    document = {"selections": [{"max_age": "x", "name": 3}, {"windows": 1}], "rotation": "y"}

    with pytest.raises(PlanInvalid) as caught:
        run(world, document)

    assert [where for where, _ in caught.value.problems] == [
        ("selections", 0, "max_age"),
        ("selections", 0, "name"),
        ("selections", 1, "windows"),
        ("rotation",),
    ]
    assert "selections #1 max_age: " in str(caught.value)
    assert world.transport.seen == []


def test_a_plan_says_all_of_what_to_test(world: DrillWorld) -> None:
    with pytest.raises(ValueError, match="a plan says what to test"):
        run(world, {"selections": [{}]}, max_age=DAY)


# What is selected


def test_the_first_selection_that_matches_has_it(world: DrillWorld) -> None:
    plan = DrillPlan(
        selections=[
            DrillOptions(name="data", configurations=("Data*", 23), max_age=timedelta(hours=48)),
            DrillOptions(agents=("machine11",), max_age=timedelta(hours=26), path="/elsewhere"),
        ]
    )

    planned = make_plan(world.client(), plan, drill_id="d", now=world.now())

    assert [(p.configuration_id, p.selection) for p in planned.configurations] == [
        (21, 1),
        (22, 0),
        (23, 0),
        (25, 1),
    ]
    assert planned.configurations[0].path == "/elsewhere/d/21"
    assert [(s.title, s.matched, s.taken, s.tested) for s in planned.selections] == [
        ("data", 2, 0, 2),
        ("selection 2", 3, 1, 2),
    ]


def test_each_is_held_to_the_promise_of_its_own_selection(world: DrillWorld) -> None:
    plan = {
        "selections": [
            {"configurations": "Database", "max_age": 48 * 3600},
            {"configurations": ["Web", "Files"], "max_age": 3600, "check_only": True},
        ]
    }

    report = run(world, plan)

    assert verdicts(report)[22] in {"passed", "restored"}
    assert [verdicts(report)[key] for key in (21, 23)] == ["too_old"] * 2
    assert [r.max_age for r in report.results] == [
        timedelta(hours=1),
        timedelta(hours=48),
        timedelta(hours=1),
    ]
    assert report.max_age == timedelta(hours=48)
    assert world.begun() == {22: 1}


def test_no_promise_is_told_unless_every_selection_makes_one(world: DrillWorld) -> None:
    plan = {"selections": [{"configurations": "Web", "max_age": 90_000}, {"check_only": True}]}

    assert run(world, plan).max_age is None


@pytest.mark.parametrize(
    ("selection", "what"),
    [
        ({"configurations": "Wbe"}, "configuration 'Wbe'"),
        ({"configurations": ["Web", "nothing-*"]}, "configuration 'nothing-*'"),
        ({"agents": 99}, "agent 99"),
        ({"name": "none", "configurations": "Web", "agents": 12}, "selection 'none' matches"),
        ({"destination": "machine99"}, "destination 'machine99'"),
    ],
)
def test_a_selection_that_matches_nothing_is_told_before_anything_starts(
    world: DrillWorld, selection: dict[str, Any], what: str
) -> None:
    with pytest.raises(UnknownChoice, match=what.replace("*", r"\*")) as caught:
        run(world, {"selections": [{"configurations": "Files"}, selection]})

    assert caught.value.selection == 1
    assert all(called.startswith("GET ") for called in world.transport.seen)


def test_a_destination_goes_by_its_name(world: DrillWorld) -> None:
    run(world, {"selections": [{"configurations": "Web", "destination": "machine12"}]})

    assert [row["DestinationMachineAgentId"] for row in world.restores()] == [12]


def test_a_name_that_several_machines_have_is_refused(tmp_path: Path) -> None:
    agents = [agent(1, MachineName="twin"), agent(2, MachineName="twin")]
    world = DrillWorld(tmp_path, {"agents": agents, "configurations": [configuration(9, 1)]})

    with pytest.raises(UnknownChoice, match="'twin' means several machines"):
        run(world, {"selections": [{"destination": "twin"}]})


NAMES = st.text("ab*[]?", max_size=3)


@given(choices=st.lists(NAMES | st.integers(0, 3), min_size=1), key=st.integers(0, 3), name=NAMES)
def test_a_choice_means_its_id_its_name_and_its_pattern_alone(
    choices: list[int | str], key: int, name: str
) -> None:
    for choice in choices:
        meant = is_meant(choice, key, name)
        if isinstance(choice, int):
            assert meant == (choice == key)
        elif not set(choice) & set("*[?"):
            assert meant == (choice == name != "")
        else:
            assert meant or choice != name
            assert not is_meant(choice, key, None)
            assert meant == is_meant(choice.upper(), key, name)
    assert is_meant("*", key, name) == bool(name)


# Which backup


def many_backups(folder: Path) -> DrillWorld:
    return DrillWorld(
        folder,
        {
            "agents": [agent(11)],
            "configurations": [configuration(21, 11)],
            "backups": [backup(100 + days, 21, 24 * days + 1) for days in range(60)],
        },
    )


RANDOM = {"selections": [{"backup": "random", "window": 30 * 86_400, "max_age": 86_400}]}


def test_a_random_backup_is_of_the_window_and_the_age_of_the_newest(tmp_path: Path) -> None:
    world = many_backups(tmp_path)
    source, chosen = Random(7), set()

    for _ in range(6):
        (result,) = run(world, RANDOM, random=source.random).results
        assert result.is_good, result
        assert result.backup_time is not None
        assert result.newest_time is not None
        assert result.age is not None
        assert result.age < timedelta(hours=2)
        assert world.now() - result.backup_time < 30 * DAY
        chosen.add(result.backup_id)

    assert len(chosen) > 3
    assert chosen <= set(range(100, 130))


@pytest.mark.parametrize(("at", "backup_id"), [(0.0, 100), (0.999, 129)])
def test_the_source_of_chance_decides(tmp_path: Path, at: float, backup_id: int) -> None:
    (result,) = run(many_backups(tmp_path), RANDOM, random=lambda: at).results

    assert result.backup_id == backup_id


def test_the_newest_is_restored_where_the_window_has_none(world: DrillWorld) -> None:
    plan = {"selections": [{"configurations": "Web", "backup": "random", "window": 86_400}]}
    world.emulator.advance(3 * 86_400)

    (result,) = run(world, plan).results

    assert result.backup_id == 32


def test_a_drill_that_goes_on_keeps_what_it_chose(tmp_path: Path) -> None:
    world, journal, chances = many_backups(tmp_path), tmp_path / "drill.jsonl", iter([0.5])

    def kill(_number: int, called: str) -> None:
        if called.startswith("PUT /restore"):
            raise Killed(called)

    world.transport.after = kill
    with pytest.raises(Killed):
        run(world, RANDOM, journal=journal, random=lambda: next(chances))
    world.transport.after = nothing
    # What chooses again finds that there is no more chance.
    (result,) = run(world, RANDOM, journal=journal, random=lambda: next(chances)).results

    assert result.backup_id == 115
    assert [row["BackupId"] for row in world.restores()] == [115]
    assert result.newest_time != result.backup_time
    assert result.age is not None
    assert result.age < timedelta(hours=2)


# How long it may take


@pytest.mark.parametrize(("seconds", "verdict"), [(1, "too_slow"), (3600, "good")])
def test_a_restore_may_take_as_long_as_promised(
    world: DrillWorld, seconds: int, verdict: str
) -> None:
    plan = {"selections": [{"configurations": "Web", "max_duration": seconds}]}

    (result,) = run(world, plan).results

    assert result.is_good == (verdict == "good")
    assert (result.verdict == "too_slow") == (verdict == "too_slow")
    assert ("but 1 s was promised" in result.reason) == (verdict == "too_slow")
    assert result.max_duration == timedelta(seconds=seconds)


def test_what_is_too_old_as_well_says_so(world: DrillWorld) -> None:
    plan = {"selections": [{"configurations": "Web", "max_duration": 1, "max_age": 3600}]}

    (result,) = run(world, plan).results

    assert result.verdict == "too_slow"
    assert "but 1 h was promised" in result.reason
    assert "but 1 s was promised" in result.reason


# What empties the folders

NOTE = "import os, sys; open(sys.argv[1], 'a').write(os.environ['CLOUD_BACKUP_PATH'] + sys.argv[2])"


def test_each_folder_is_emptied_when_all_is_tested(world: DrillWorld, tmp_path: Path) -> None:
    noted = tmp_path / "noted"
    after = [sys.executable, "-c", NOTE, f"{noted}", " {restore}\n"]
    journal = tmp_path / "drill.jsonl"
    plan = {"selections": [{"configurations": ["Web", "Never run"], "after": after}, {}]}

    report = run(world, plan, journal=journal)

    web = report.results[0]
    assert noted.read_text() == f"{web.path} {web.restore_id}\n"
    assert web.verdict == "restored"
    assert "failed" not in web.reason
    run(world, plan, journal=journal)
    assert len(noted.read_text().splitlines()) == 1


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ([sys.executable, "-c", "print('no\\nroom'); raise SystemExit(3)"], "exit code 3: no room"),
        (["/nowhere/program"], "/nowhere/program: No such file or directory"),
    ],
)
def test_a_folder_that_is_not_emptied_is_told(
    world: DrillWorld, after: list[str], told: str
) -> None:
    (result,) = run(world, {"selections": [{"configurations": "Web", "after": after}]}).results

    assert result.is_good
    assert result.reason.endswith(f"The command that empties its folder failed: {told}.")


NOTE_LATER = f"""
import os, sys, time
if not os.path.exists(sys.argv[3]):
    open(sys.argv[3], "w").close()
    time.sleep(60)
{NOTE}
"""


def test_a_drill_that_is_stopped_while_it_empties_goes_on_with_that(
    world: DrillWorld, tmp_path: Path
) -> None:
    begun, noted, journal = tmp_path / "begun", tmp_path / "noted", tmp_path / "drill.jsonl"
    after = [sys.executable, "-c", NOTE_LATER, f"{noted}", " {restore}\n", f"{begun}"]
    plan = DrillPlan(selections=[DrillOptions(configurations=("Web", "Database"), after=after)])
    stopped = Drill(world.client(), plan, journal=journal, now=world.now, monotonic=world.monotonic)

    def stop() -> None:
        while not begun.exists():
            time.sleep(0.01)
        stopped.stop()

    thread = Thread(target=stop, daemon=True)
    thread.start()
    first = stopped.run()
    thread.join()

    assert not first.is_finished
    assert not first.is_good
    assert verdicts(first) == {21: "restored", 22: "restored"}
    assert not any("folder" in result.reason for result in first.results)
    assert not noted.exists()

    second = run(world, plan, journal=journal)

    assert second.drill_id == first.drill_id
    assert second.is_good
    assert noted.read_text() == "".join(f"{r.path} {r.restore_id}\n" for r in second.results)
    assert world.created() == {21: 1, 22: 1}


def test_a_drill_that_is_stopped_before_it_empties_runs_no_command(
    world: DrillWorld, tmp_path: Path
) -> None:
    noted, journal = tmp_path / "noted", tmp_path / "drill.jsonl"
    after = [sys.executable, "-c", NOTE, f"{noted}", "\n"]
    plan = DrillPlan(selections=[DrillOptions(configurations=("Web",), after=after)])

    def stop(change: DrillChange) -> None:
        if change.result is not None:
            stopped.stop()

    stopped = Drill(
        world.client(),
        plan,
        journal=journal,
        now=world.now,
        monotonic=world.monotonic,
        on_change=stop,
    )

    assert not stopped.run().is_finished
    assert not noted.exists()
    assert run(world, plan, journal=journal).is_good
    assert noted.read_text()


# Whose turn it is

ROTATION = DrillPlan(selections=[DrillOptions()], rotation=WEEK)
LOOKING = DrillPlan(selections=[DrillOptions(check_only=True)])


def test_another_plan_is_another_drill(world: DrillWorld, tmp_path: Path) -> None:
    journal = tmp_path / "drill.jsonl"
    first = {"selections": [{"configurations": "Web"}, {"configurations": "Files"}]}
    second = {"selections": [{"configurations": "Web"}], "rotation": 7 * 86_400}
    run(world, first, journal=journal)

    with pytest.raises(JournalMismatch) as caught:
        run(world, second, journal=journal)

    assert caught.value.differences["rotation"] == (None, 604_800.0)
    assert caught.value.differences["selection 2: configurations"] == (["Files"], None)
    assert run(world, second, journal=journal, new=True).is_finished


def fleet(folder: Path, count: int) -> DrillWorld:
    return DrillWorld(
        folder,
        {
            "agents": [agent(1 + n) for n in range(count)],
            "configurations": [configuration(100 + n, 1 + n) for n in range(count)],
            "backups": [backup(500 + n, 100 + n) for n in range(count)],
        },
    )


def test_a_week_of_drills_tests_each_once(tmp_path: Path) -> None:
    world, journal = fleet(tmp_path, 15), tmp_path / "drill.jsonl"
    plan = {"selections": [{"check_only": True, "max_age": 40 * DAY}], "rotation": 7 * 86_400}
    tested: Counter[int] = Counter()
    last: dict[int, datetime] = {}

    for day in range(11):
        began = world.now()
        report = run(world, plan, journal=journal, new=True)
        assert report.is_finished
        assert len(report.results) == 3
        for result in report.results:
            tested[result.configuration_id] += 1
            last[result.configuration_id] = began
        if day >= 6:
            assert len(last) == 15
            assert min(last.values()) > began - WEEK
        world.emulator.advance((began + DAY - world.now()).total_seconds())

    assert set(tested) == set(range(100, 115))
    # Three a day, so that each has its turn after five.
    assert set(tested.values()) <= {2, 3}


def test_a_drill_that_was_stopped_goes_on_with_its_share(tmp_path: Path) -> None:
    world, journal = fleet(tmp_path, 14), tmp_path / "drill.jsonl"
    plan = {"selections": [{}], "rotation": 7 * 86_400}

    def kill(number: int, called: str) -> None:
        if called.startswith("PUT /restore"):
            raise Killed(called)

    world.transport.after = kill
    with pytest.raises(Killed):
        run(world, plan, journal=journal, new=True)
    world.transport.after = nothing
    world.emulator.advance(86_400)
    first = run(world, plan, journal=journal, new=True)
    second = run(world, plan, journal=journal, new=True)

    assert {r.configuration_id for r in first.results} == {100, 101}
    assert {r.configuration_id for r in second.results} == {102, 103}
    assert world.created() == dict.fromkeys(range(100, 104), 1)


def test_another_account_has_a_past_of_its_own() -> None:
    past = Past("mine", ROTATION)
    past.note(_lines("theirs", datetime(2026, 3, 2, tzinfo=UTC), {1: "passed"}))

    assert past == Past("mine", ROTATION)


def _lines(
    account: str,
    began: datetime,
    results: dict[int, str],
    waiting: tuple[int, ...] = (),
    *,
    plan: DrillPlan = ROTATION,
) -> list[dict[str, Any]]:
    """The lines of a drill, as far as they matter here."""
    options = plan.to_json()
    return [
        {"kind": "drill", "account": account, "time": began.isoformat(), "options": options},
        {
            "kind": "plan",
            "configurations": [{"configuration_id": key, "selection": 0} for key in results],
            "waiting": list(waiting),
        },
        *(
            {"kind": "result", "result": {"configuration_id": key, "verdict": verdict}}
            for key, verdict in results.items()
        ),
        {"kind": "end"},
    ]


class Calendar:
    """Drills by a rotation, one after another, and what they come to.

    Attributes:
        since: When each was last tested, or added.
        latest: For how long any was untested, at the worst.
        shares: How many each drill tested.
    """

    def __init__(self, period: timedelta) -> None:
        self.period = period
        self.past = Past("me", ROTATION)
        self.since: dict[int, datetime] = {}
        self.latest = timedelta(0)
        self.shares: list[int] = []

    def drill(self, now: datetime, keys: range, offline: frozenset[int] = frozenset()) -> None:
        for key in keys:
            self.since.setdefault(key, now)
        turn = turn_of(dict.fromkeys(keys, 0), self.period, self.past, now)
        assert turn
        assert turn <= set(keys)
        results = {key: "agent_offline" if key in offline else "too_old" for key in turn}
        for key in keys:
            if key not in offline:
                self.latest = max(self.latest, now - self.since[key])
        self.since |= dict.fromkeys(turn - offline, now)
        waiting = tuple(key for key in keys if key not in turn)
        self.past.note(json.loads(json.dumps(_lines("me", now, results, waiting))))
        self.shares.append(len(turn))


BEGAN = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
JITTER = st.integers(-600, 600)


@given(
    count=st.integers(1, 60),
    period=st.integers(2, 10).map(lambda days: days * DAY),
    offsets=st.lists(JITTER, min_size=12, max_size=30),
    missed=st.sets(st.integers(1, 29), max_size=6),
    added=st.integers(0, 20),
    offline=st.frozensets(st.integers(0, 79), max_size=20),
)
def test_each_is_tested_within_the_period_and_the_days_that_were_missed(
    *,
    count: int,
    period: timedelta,
    offsets: list[int],
    missed: set[int],
    added: int,
    offline: frozenset[int],
) -> None:
    calendar = Calendar(period)
    worst = pause = 0

    for day, offset in enumerate(offsets):
        if day in missed:
            pause += 1
            worst = max(worst, pause)
            continue
        pause = 0
        there = range(count + (added if day >= 5 else 0))
        calendar.drill(BEGAN + day * DAY + timedelta(seconds=offset), there, offline)

    assert calendar.latest <= period + worst * DAY + timedelta(hours=1)


@given(count=st.integers(1, 100), period=st.integers(2, 10), offsets=st.lists(JITTER, min_size=30))
def test_a_day_has_its_share_and_little_more(count: int, period: int, offsets: list[int]) -> None:
    calendar = Calendar(period * DAY)

    for day, offset in enumerate(offsets):
        calendar.drill(BEGAN + day * DAY + timedelta(seconds=offset), range(count))

    share = -(-count // period)
    assert calendar.shares[0] <= share
    assert max(calendar.shares) <= share + 1
    assert calendar.latest <= period * DAY + timedelta(hours=1)


@given(hours=st.integers(8, 24 * 14), count=st.integers(1, 50))
def test_drills_may_be_as_frequent_as_they_like(hours: int, count: int) -> None:
    calendar = Calendar(30 * DAY)

    for number in range(2 * 30 * 24 // hours + 2):
        calendar.drill(BEGAN + number * timedelta(hours=hours), range(count))

    assert calendar.latest <= 30 * DAY + timedelta(hours=hours) * 0.1


def test_dates_of_the_future_hide_nobody() -> None:
    """A clock that was years ahead once must not keep anything from being tested since."""
    calendar = Calendar(WEEK)
    calendar.drill(BEGAN + 4000 * DAY, range(10))
    calendar.since.clear()

    calendar.drill(BEGAN, range(10))

    assert calendar.shares[-1] == 10


@pytest.mark.parametrize("verdict", ["checked", "too_old"])
@pytest.mark.parametrize("minutes", [-10, 10])
def test_a_drill_that_only_looks_keeps_nothing_from_its_turn(verdict: str, minutes: int) -> None:
    """Neither which configurations are due nor how many: as if it weren't in the journal."""
    beside, alone = Calendar(WEEK), Calendar(WEEK)
    looked = dict.fromkeys(range(75), verdict)

    for day in range(20):
        now = BEGAN + day * DAY
        lines = _lines("me", now + timedelta(minutes=minutes), looked, plan=LOOKING)
        if minutes < 0:
            beside.past.note(lines)
        beside.drill(now, range(70))
        alone.drill(now, range(70))
        if minutes > 0:
            beside.past.note(lines)

    assert beside.since == alone.since
    assert beside.shares == alone.shares == [10] * 20


def test_a_drill_of_all_is_no_share_and_yet_a_test() -> None:
    """What was restored without a rotation needn't be soon again, and begins no pause."""
    calendar = Calendar(WEEK)
    calendar.drill(BEGAN, range(70))
    first = set(calendar.since) & set(calendar.past.restores.tested)
    everything = DrillPlan(selections=[DrillOptions()])
    some = dict.fromkeys(sorted(set(range(70)) - first)[:10], "restored")
    calendar.past.note(_lines("me", BEGAN + DAY / 2, some, plan=everything))

    calendar.drill(BEGAN + DAY, range(70))

    second = {key for key, time in calendar.since.items() if time == BEGAN + DAY}
    assert len(second) == 10
    assert not second & (first | set(some))


def test_a_rotation_that_restores_and_one_that_looks_take_no_turns_from_each_other() -> None:
    looking = DrillPlan(selections=[DrillOptions(check_only=True)], rotation=WEEK)
    restoring, keys = Past("me", ROTATION), dict.fromkeys(range(70), 0)
    looks = Past("me", looking)
    shares = []

    for day in range(14):
        for past, plan, verdict in ((restoring, ROTATION, "restored"), (looks, looking, "checked")):
            now = BEGAN + day * DAY + timedelta(minutes=len(verdict))
            turn = turn_of(keys, WEEK, past, now)
            waiting = tuple(keys.keys() - turn)
            for each in (restoring, looks):
                each.note(_lines("me", now, dict.fromkeys(turn, verdict), waiting, plan=plan))
            shares.append(len(turn))

    assert set(restoring.restores.tested) == set(looks.looks.tested) == set(keys)
    assert set(shares) == {10}


def test_a_rotation_beside_a_daily_look_restores_each(tmp_path: Path) -> None:
    world, journal = fleet(tmp_path, 12), tmp_path / "drill.jsonl"
    look = DrillOptions(check_only=True, max_age=40 * DAY)
    restored: list[int] = []

    for _ in range(7):
        began = world.now()
        run(world, look, journal=journal, new=True)
        restored += verdicts(run(world, ROTATION, journal=journal, new=True))
        world.emulator.advance((began + DAY - world.now()).total_seconds())

    assert set(restored) == set(range(100, 112))


def test_a_selection_of_a_rotation_may_only_look(tmp_path: Path) -> None:
    """Its configurations have had their turn, too, when they were looked at."""
    world, journal = fleet(tmp_path, 14), tmp_path / "drill.jsonl"
    plan = DrillPlan(
        rotation=WEEK,
        selections=[
            DrillOptions(configurations=range(100, 107), check_only=True, max_age=40 * DAY),
            DrillOptions(),
        ],
    )
    tested: Counter[int] = Counter()

    for _ in range(14):
        began = world.now()
        report = run(world, plan, journal=journal, new=True)
        tested.update(result.configuration_id for result in report.results)
        world.emulator.advance((began + DAY - world.now()).total_seconds())

    assert tested == dict.fromkeys(range(100, 114), 2)
