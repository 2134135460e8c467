"""A drill is killed in every window between two things that it does; one restore is begun.

What it does is a sequence of lines of its journal and of calls of the service. Killed before each
of them, it has been killed in every window: between a line and the call it announces, between a
call that was carried out and the line that says so, and so on.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from cloud_backup.drill import DrillReport, drill
from cloud_backup.drill.journal import Journal

from .drill_world import DrillWorld, Killed, agent, backup, configuration, nothing, verdicts

CREATE = "PUT /restore"
START = "POST /restore/action-requested"


class Windows:
    """Kills a drill before what it does as the number so and so, and notes what it did."""

    def __init__(self, world: DrillWorld, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world = world
        self.monkeypatch = monkeypatch
        self.did: list[str] = []

    @contextmanager
    def killed_before(self, number: int | None, *, torn: bool = False) -> Iterator[None]:
        self.did = []
        write = Journal.write

        def step(what: str) -> None:
            if len(self.did) == number:
                raise Killed(what)
            self.did.append(what)

        def killing(journal: Journal, kind: str, record: Any) -> None:
            if torn and len(self.did) == number and journal.path is not None:
                line = json.dumps({"kind": kind, **record})
                with journal.path.open("a") as file:
                    file.write(line[: len(line) // 2])
            step(f"line {kind}")
            write(journal, kind, record)

        self.world.transport.before = lambda _, called: step(called)
        with self.monkeypatch.context() as patch:
            patch.setattr(Journal, "write", killing)
            yield
        self.world.transport.before = nothing


@pytest.fixture
def one_world(tmp_path: Path) -> Iterator[DrillWorld]:
    """One configuration with one backup."""
    made = DrillWorld(
        tmp_path,
        {
            "agents": [agent(11)],
            "configurations": [configuration(21, 11)],
            "backups": [backup(32, 21)],
        },
    )
    yield made
    made.emulator.close()


@pytest.fixture
def windows(one_world: DrillWorld, monkeypatch: pytest.MonkeyPatch) -> Windows:
    return Windows(one_world, monkeypatch)


def run(world: DrillWorld, journal: Path, **fields: Any) -> DrillReport:
    # Few looks: between two of them nothing is written and nothing asked for.
    usual = {"now": world.now, "monotonic": world.monotonic, "poll_interval": 25}
    return drill(world.client(), journal=journal, **{**usual, **fields})


def is_killed(world: DrillWorld, journal: Path, **fields: Any) -> bool:
    try:
        run(world, journal, **fields)
    except Killed:
        return True
    return False


def fresh(world: DrillWorld, journal: Path) -> None:
    world.emulator.reset()
    world.emulator.faults.clear()
    journal.unlink(missing_ok=True)


def none(_: DrillWorld) -> None:
    """Let the service do what it is asked for."""


def lost(operation: str, *, carried_out: bool) -> Callable[[DrillWorld], None]:
    """Lose the first answer to an operation."""
    return lambda world: world.fault(operation=operation, status=504, carried_out=carried_out)


@pytest.mark.parametrize("torn", [False, True])
@pytest.mark.parametrize(
    ("fault", "fields", "verdict"),
    [
        (none, {}, "restored"),
        (none, {"deadline": timedelta(seconds=10), "poll_interval": 5}, "timed_out"),
        (lost("createRestore", carried_out=True), {}, "restored"),
        (lost("createRestore", carried_out=False), {}, "restored"),
        (lost("requestRestoreAction", carried_out=True), {}, "restored"),
        (lost("requestRestoreAction", carried_out=False), {}, "restored"),
    ],
    ids=["usual", "stopped", "create lost", "create refused", "start lost", "start refused"],
)
def test_killed_in_every_window(
    windows: Windows,
    tmp_path: Path,
    fault: Callable[[DrillWorld], None],
    fields: dict[str, Any],
    verdict: str,
    *,
    torn: bool,
) -> None:
    world, journal = windows.world, tmp_path / "drill.jsonl"
    number, was_killed = 0, True
    while was_killed:
        fresh(world, journal)
        fault(world)
        with windows.killed_before(number, torn=torn):
            was_killed = is_killed(world, journal, **fields)
        where = f"killed after {windows.did[-3:]}"

        report = run(world, journal, **fields)

        assert verdicts(report) == {21: verdict}, where
        assert world.created() == {21: 1}, where
        assert world.begun() == {21: 1}, where
        number += 1

    assert {"line creating", CREATE, "line created", "line starting", START} <= set(windows.did)


@pytest.mark.parametrize("share", range(4))
def test_killed_in_every_window_and_in_every_one_of_the_next_run(
    windows: Windows, tmp_path: Path, share: int
) -> None:
    world, journal = windows.world, tmp_path / "drill.jsonl"
    with windows.killed_before(None):
        run(world, journal)
    first = windows.did.index("line creating") + share
    last = windows.did.index("line started") + 2
    for one in range(first, last, 4):
        other, was_killed = 0, True
        while was_killed:
            fresh(world, journal)
            with windows.killed_before(one):
                assert is_killed(world, journal)
            before = windows.did[-1]
            with windows.killed_before(other):
                was_killed = is_killed(world, journal)
            where = f"killed after {before}, then after {windows.did[-3:]}"

            report = run(world, journal)

            assert verdicts(report) == {21: "restored"}, where
            assert world.begun() == {21: 1}, where
            assert world.created() == {21: 1}, where
            other += 1


class Late(httpx.BaseTransport):
    """A service that carries out some calls only after their client has given them up.

    Args:
        world: Whose time it is.
        called: The call, the first of which are late, by method and end of the path.
        after: After how long each of them is carried out.
    """

    def __init__(self, world: DrillWorld, called: str, after: list[timedelta]) -> None:
        self.world = world
        self.inner = world.transport.inner
        self.method, self.path = called.split()
        self.after = after
        self.error: BaseException = httpx.ReadTimeout("no answer")
        self._due: list[tuple[Any, httpx.Request]] = []
        world.transport.inner = self

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        due = [late for late in self._due if late[0] <= self.world.now()]
        self._due = [late for late in self._due if late not in due]
        for _, late in due:
            assert self.inner.handle_request(late).is_success
        is_late = request.method == self.method and request.url.path.endswith(self.path)
        if is_late and self.after:
            # A copy, since the client keeps no token in a request that failed.
            late = httpx.Request(
                request.method, request.url, headers=request.headers.raw, content=request.read()
            )
            self._due.append((self.world.now() + self.after.pop(0), late))
            raise self.error
        return self.inner.handle_request(request)


@pytest.mark.parametrize("seconds", [2, 30, 100])
@pytest.mark.parametrize("error", [httpx.ReadTimeout("no answer"), Killed()], ids=str)
def test_a_create_that_is_carried_out_late_is_not_doubled(
    one_world: DrillWorld, tmp_path: Path, seconds: int, error: BaseException
) -> None:
    journal = tmp_path / "drill.jsonl"
    Late(one_world, CREATE, [timedelta(seconds=seconds)]).error = error
    if isinstance(error, Killed):
        assert is_killed(one_world, journal)

    report = run(one_world, journal)

    assert verdicts(report) == {21: "restored"}
    assert one_world.created() == {21: 1}


def test_a_create_that_is_carried_out_later_than_that_is_named(
    one_world: DrillWorld, tmp_path: Path
) -> None:
    Late(one_world, CREATE, [timedelta(seconds=150)])

    (result,) = run(one_world, tmp_path / "drill.jsonl", poll_interval=5).results

    assert result.verdict == "restored"
    (stray,) = (row["ID"] for row in one_world.restores() if row["CurrentState"] == "Creating")
    assert f"Restore {stray} was created besides, and was never started." in result.reason
    assert one_world.begun() == {21: 1}


def test_a_stray_that_somebody_started_is_stopped(one_world: DrillWorld, tmp_path: Path) -> None:
    Late(one_world, CREATE, [timedelta(seconds=150)])

    def after(_: int, called: str) -> None:
        if called.startswith("GET /backup/report/"):
            (row,) = (row for row in one_world.restores() if row["CurrentState"] == "Creating")
            one_world.client().restores.start(row["ID"])

    one_world.transport.after = after

    (result,) = run(one_world, tmp_path / "drill.jsonl", poll_interval=5).results

    assert "was created besides, and was StartRequested, and has been stopped." in result.reason
    assert sorted(row["CurrentState"] for row in one_world.restores()) == [
        "Completed",
        "StopRequested",
    ]


def test_a_start_that_is_carried_out_late_is_not_asked_for_again(
    one_world: DrillWorld, tmp_path: Path
) -> None:
    Late(one_world, START, [timedelta(seconds=50)])

    report = run(one_world, tmp_path / "drill.jsonl")

    assert verdicts(report) == {21: "restored"}
    assert one_world.transport.seen.count(START) == 1


def test_a_start_that_is_carried_out_after_it_was_given_up_is_stopped(tmp_path: Path) -> None:
    large = {"bytes": 400 * 2**30}
    world = DrillWorld(
        tmp_path,
        {
            "agents": [agent(11), agent(12)],
            "configurations": [configuration(21, 11), configuration(22, 12)],
            "backups": [backup(31, 21, **large), backup(32, 22, **large)],
        },
    )
    # Each start of the first is lost; one of them is carried out when it has been given up.
    lost = Late(world, START, [timedelta(seconds=450)])

    def before(_: int, called: str) -> None:
        begun = world.transport.seen.count(START)
        lost.after = [timedelta(days=9)] if called == START and begun in (3, 4) else lost.after

    world.transport.before = before

    given_up, other = run(world, tmp_path / "drill.jsonl").results

    assert (given_up.verdict, other.verdict) == ("error", "restored")
    assert "didn't start, though that was asked for 3 times" in given_up.reason
    assert f"Restore {given_up.restore_id} was InProgress, and has been stopped." in given_up.reason
