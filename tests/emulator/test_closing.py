"""Whatever happens, what the emulator opened is closed: else a user's own tests warn of it."""

import contextlib
import functools
import gc
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from cloud_backup_emulator import Emulator, create_app, read_seed, serve
from cloud_backup_emulator.errors import EmulatorError
from cloud_backup_emulator.seed import Seed
from cloud_backup_emulator.server import bind
from cloud_backup_emulator.store import Store


class Opened:
    """The connections to databases, and how many of them are open."""

    def __init__(self) -> None:
        self.count = 0
        self.open: set[int] = set()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    seen = Opened()

    class Watched(sqlite3.Connection):
        def close(self) -> None:
            super().close()
            seen.open.discard(id(self))

    def connect(*arguments: object, **options: object) -> sqlite3.Connection:
        connection = original(*arguments, factory=Watched, **options)
        seen.count += 1
        seen.open.add(id(connection))
        return connection

    original: Callable[..., sqlite3.Connection] = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", functools.wraps(original)(connect))
    return seen


def with_a_block() -> None:
    with Emulator():
        pass


def twice() -> None:
    emulator = Emulator()
    emulator.close()
    emulator.close()


def by_an_error_in_a_block() -> None:
    with contextlib.suppress(KeyError), Emulator():
        raise KeyError


def served_and_forgotten() -> None:
    with serve(Emulator()):
        pass


def as_an_application_of_its_own() -> None:
    create_app()


@pytest.mark.parametrize(
    "use",
    [
        with_a_block,
        twice,
        by_an_error_in_a_block,
        served_and_forgotten,
        as_an_application_of_its_own,
    ],
)
def test_an_emulator_leaves_no_database_open(opened: Opened, use: Callable[[], None]) -> None:
    use()
    gc.collect()  # an application refers to itself

    assert (opened.count, opened.open) == (1, set())


def test_a_file_that_is_refused_is_let_go_of_at_once(opened: Opened, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.db"
    with contextlib.closing(sqlite3.connect(theirs)) as connection:
        connection.execute("create table theirs (x)")

    # What was raised refers to what had been made by then.
    with pytest.raises(EmulatorError, match="not a database of this version") as refused:
        Emulator(database=theirs)

    assert (refused.type, opened.open) == (EmulatorError, set())


def test_a_file_whose_world_fails_is_let_go_of_at_once(opened: Opened, tmp_path: Path) -> None:
    database = tmp_path / "world.db"

    def plant(_store: Store, _now: int) -> None:
        raise EmulatorError("no world")

    with pytest.raises(EmulatorError, match="no world") as refused:
        Emulator(database=database, seed=Seed(accounts=(), plant=plant))

    assert (refused.type, opened.open) == (EmulatorError, set())


@pytest.mark.parametrize("other", ["there is none", "there is a second"])
def test_the_trial_of_a_world_is_closed(opened: Opened, tmp_path: Path, other: str) -> None:
    agent = "{MachineAgentId: 1, MachineName: a}"
    agents = f"{agent}, {agent}" if other == "there is a second" else agent
    world = tmp_path / "world.yaml"
    world.write_text(f'tenants: {{"7": {{users: [{{username: alice}}], agents: [{agents}]}}}}')

    with contextlib.suppress(EmulatorError):
        read_seed(world)

    assert (opened.count, opened.open) == (1, set())


def test_a_port_in_use_leaves_no_socket_open() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(EmulatorError, match="in use"):
            bind("127.0.0.1", taken.getsockname()[1])

    # Collecting one that is open is a warning, and so an error.
    gc.collect()
