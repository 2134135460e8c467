"""What a call costs grows with what it answers, and not with what else there is.

Counted in steps of SQLite's machine and in entities read, which are the same on every machine.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cloud_backup_emulator import read_seed, store

from .conftest import MakeService, Service

SMALL, LARGE = 25, 100
OF_ALL = {
    "listAgents": "/user/agents",
    "listBackupConfigurations": "/backup-configuration",
    "listBackupsAvailableForRestore": "/backup/availableforrestore",
    "listActivity": "/activity",
}
OF_ONE = {
    "listAgentBackupConfigurations": "/backup-configuration/system/1",
    "listAgentActivity": "/system/activity/1",
    "listCompletedBackups": "/backup/completed/1001",
    "getAgent": "/agent/1",
    "getAgentByHostServer": "/agent/server/00000000-0000-0000-0000-000000000001",
    "getBackupReport": "/backup/report/10001",
    "getBackupConfiguration": "/backup-configuration/1001",
}
BACKUPS = 3
"""How many backups each configuration has."""


def world(agents: int) -> dict[str, Any]:
    """A world of agents with two configurations each, one by schedule, and their backups."""
    configurations = [
        {
            "BackupConfigurationId": 1001 + number,
            "BackupConfigurationName": f"configuration {number}",
            "MachineAgentId": 1 + number // 2,
            **({} if number % 2 else {"Frequency": "Hourly", "HourInterval": 3}),
        }
        for number in range(2 * agents)
    ]
    return {
        "users": [{"username": "demo"}],
        "agents": [
            {
                "MachineAgentId": number,
                "MachineName": f"machine {number}",
                "HostServerId": f"00000000-0000-0000-0000-{number:012}",
                "awake": "when woken" if number == 1 else "always",
            }
            for number in range(1, agents + 1)
        ],
        "configurations": configurations,
        "backups": [
            {
                "BackupId": 10_001 + BACKUPS * number + age,
                "BackupConfigurationId": 1001 + number,
                "hours_ago": 10 + age,
            }
            for number in range(2 * agents)
            for age in range(BACKUPS)
        ],
    }


Make = Callable[[int], Service]


@pytest.fixture
def make_world(tmp_path: Path, make_service: MakeService) -> Make:
    def make(agents: int) -> Service:
        seed = tmp_path / f"{agents}.json"
        seed.write_text(json.dumps({"tenants": {"1234": world(agents)}}))
        service = make_service(seed=read_seed(seed))
        service.log_in()
        return service

    return make


class Work:
    """How much was done."""

    def __init__(self) -> None:
        self.done = 0

    def one(self) -> int:
        # The thread that moves files does so whenever it likes.
        self.done += threading.current_thread().name != "transfers"
        return 0


@contextmanager
def counted(service: Service) -> Iterator[Work]:
    """Count steps of the database, and entities read, which take a hundred times as long."""
    work, read = Work(), store._entity

    def entity(kind: Any, document: str) -> Any:
        work.done += 100
        return read(kind, document)

    connection = service.emulator._store._connection
    # Nobody may be using the connection meanwhile: SQLite would wait for who waits for Python.
    with service.emulator._lock:
        connection.set_progress_handler(work.one, 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "_entity", entity)
        yield work
    with service.emulator._lock:
        connection.set_progress_handler(None, 1)


def cost(service: Service, method: str, path: str, status: int = 200, **body: Any) -> int:
    with counted(service) as work:
        service.ask(method, path, status, **body)
    return work.done


@pytest.mark.parametrize("path", OF_ALL.values(), ids=OF_ALL)
def test_a_list_of_all_costs_as_much_as_it_answers(make_world: Make, path: str) -> None:
    small, large = make_world(SMALL), make_world(LARGE)
    rows = len(large.get(path)) / len(small.get(path))

    assert rows == LARGE / SMALL
    assert cost(large, "GET", path) < 1.1 * rows * cost(small, "GET", path)


@pytest.mark.parametrize("path", OF_ONE.values(), ids=OF_ONE)
def test_what_is_of_one_costs_the_same_among_many(make_world: Make, path: str) -> None:
    small, large = make_world(SMALL), make_world(LARGE)

    assert large.get(path)
    assert cost(large, "GET", path) < 1.1 * cost(small, "GET", path)


CONFIGURATION: dict[str, Any] = {
    "BackupConfigurationName": "One more",
    "MachineAgentId": 2,
    "IsActive": True,
    "VersionRetention": 0,
    "Frequency": "Hourly",
    "StartTimeHour": None,
    "StartTimeMinute": None,
    "StartTimeAmPm": None,
    "DayOfWeekId": None,
    "HourInterval": 2,
    "TimeZoneId": "UTC",
    "NotifyRecipients": "",
    "NotifySuccess": False,
    "NotifyFailure": False,
}
WRITES: dict[str, tuple[str, str, int, dict[str, Any]]] = {
    "createBackupConfiguration": ("POST", "/backup-configuration", 200, CONFIGURATION),
    "setBackupConfigurationEnabled": (
        "POST",
        "/backup-configuration/enable/1001",
        200,
        {"Enable": True},
    ),
    "requestBackupAction": (
        "POST",
        "/backup/action-requested",
        200,
        {"Action": "StartManual", "Id": 1003},
    ),
    "deleteAgent": ("POST", "/agent/delete", 204, {"MachineAgentId": 3}),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_write_and_the_call_after_it_cost_the_same_among_many(
    make_world: Make, write: tuple[str, str, int, dict[str, Any]]
) -> None:
    method, path, status, body = write
    costs = []
    for agents in (SMALL, LARGE):
        service = make_world(agents)
        written = cost(service, method, path, status, **body)
        costs.append(written + cost(service, "GET", "/agent/1"))

    assert costs[1] < 1.1 * costs[0]


def test_what_a_configuration_costs_does_not_grow_with_its_backups(make_world: Make) -> None:
    service = make_world(SMALL)
    costs = []
    for days in (1, 10):
        # Every configuration by schedule runs eight times a day.
        service.advance(days * 24 * 3600)
        service.log_in()
        costs.append(
            [cost(service, "GET", path) for path in ("/backup-configuration", "/agent/2")]
            + [cost(service, "GET", "/backup/availableforrestore")]
        )

    before, after = costs
    assert all(now < 1.2 * then for then, now in zip(before, after, strict=True))


def test_a_seed_is_planted_in_proportion_to_its_size(make_world: Make) -> None:
    costs = []
    for agents in (SMALL, LARGE):
        service = make_world(agents)
        with counted(service) as work:
            service.emulator.reset()
        costs.append(work.done)

    assert costs[1] < 1.1 * costs[0] * LARGE / SMALL
