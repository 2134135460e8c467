"""The emulator's process killed at random points, under load, again and again.

What it acknowledged is there ever after; what it didn't acknowledge is there wholly or not at all;
nothing happens twice.
"""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.emulator.test_command import running, token

WRITERS = 4
ROUNDS = 5
AGENT = 252036


def configuration(name: str) -> dict[str, Any]:
    return {
        "BackupConfigurationName": name,
        "MachineAgentId": AGENT,
        "IsActive": True,
        "VersionRetention": 0,
        "Frequency": "Manually",
        "StartTimeHour": None,
        "StartTimeMinute": None,
        "StartTimeAmPm": None,
        "DayOfWeekId": None,
        "HourInterval": None,
        "TimeZoneId": "UTC",
        "NotifyRecipients": "user@example.com",
        "NotifySuccess": False,
        "NotifyFailure": True,
    }


@dataclass
class Ledger:
    """What was asked for, and what of it was acknowledged, over all rounds."""

    asked: list[str] = field(default_factory=list)
    created: dict[str, int] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    maybe_deleted: set[str] = field(default_factory=set)
    backups: dict[str, int] = field(default_factory=dict)
    lock: threading.Condition = field(default_factory=threading.Condition)

    def acknowledged(self) -> int:
        return len(self.created) + len(self.deleted) + len(self.backups)


class Writer:
    """Creates configurations, starts their backups, deletes some, until nobody answers."""

    def __init__(self, url: str, headers: dict[str, str], ledger: Ledger, own: str) -> None:
        self._http = httpx.Client(base_url=f"{url}/v1.0/1234", headers=headers)
        self._ledger = ledger
        self._own = own

    def write(self) -> None:
        with self._http:
            try:
                for number in range(100_000):
                    self._one(f"{self._own}-{number}")
            except httpx.TransportError:
                return  # killed
        raise AssertionError("nobody killed the emulator")

    def _one(self, name: str) -> None:
        ledger = self._ledger
        with ledger.lock:
            ledger.asked.append(name)
        created = self._ask("POST", "/backup-configuration", configuration(name))
        with ledger.lock:
            ledger.created[name] = created["BackupConfigurationId"]
            ledger.lock.notify()
        own_id = ledger.created[name]
        backup = self._ask(
            "POST", "/backup/action-requested", {"Action": "StartManual", "Id": own_id}
        )
        with ledger.lock:
            ledger.backups[name] = backup
            ledger.lock.notify()
        if own_id % 3 == 0:
            with ledger.lock:
                ledger.maybe_deleted.add(name)
            self._ask("DELETE", f"/backup-configuration/{own_id}", None)
            with ledger.lock:
                ledger.deleted.add(name)
                ledger.lock.notify()

    def _ask(self, method: str, path: str, body: Any) -> Any:
        answer = self._http.request(method, path, **({} if body is None else {"json": body}))
        assert answer.status_code == 200, answer.text
        return answer.json() if answer.content else None


def check(url: str, headers: dict[str, str], ledger: Ledger) -> None:
    """Compare what is there with what was acknowledged."""
    with httpx.Client(base_url=f"{url}/v1.0/1234", headers=headers) as http:
        listed = http.get("/backup-configuration").json()
        names = [
            row["BackupConfigurationName"]
            for row in listed
            if row["BackupConfigurationId"] > 200_000_000
        ]
        assert len(names) == len(set(names))
        assert set(names) <= set(ledger.asked) - ledger.deleted
        assert set(names) >= set(ledger.created) - ledger.maybe_deleted
        for name, own_id in ledger.created.items():
            kept = http.get(f"/backup-configuration/{own_id}").json()
            assert kept["BackupConfigurationName"] == name
            if name in ledger.deleted:
                assert kept["IsDeleted"] is True
        rows = [row for row in http.get("/activity").json() if row["ID"] > 200_000_000]
        # One backup each at the most, and each that was acknowledged.
        started = [row["DisplayName"] for row in rows]
        assert len(started) == len(set(started))
        assert {row["DisplayName"]: row["ID"] for row in rows}.items() >= ledger.backups.items()


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_acknowledged_is_lost_and_nothing_happens_twice(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    ledger = Ledger()
    options = ["--database", str(tmp_path / "world.db"), "--manual-clock"]
    for round_ in range(ROUNDS):
        with running(*options) as (process, url), ThreadPoolExecutor(WRITERS) as threads:
            headers = token(url)
            check(url, headers, ledger)
            enough = ledger.acknowledged() + chance.randint(1, 80)
            writers = [
                threads.submit(Writer(url, headers, ledger, f"{round_}-{number}").write)
                for number in range(WRITERS)
            ]
            with ledger.lock:
                assert ledger.lock.wait_for(lambda: ledger.acknowledged() >= enough, timeout=60)  # noqa: B023
            process.kill()
            for writer in writers:
                writer.result()
    with running(*options) as (_, url):
        check(url, token(url), ledger)
    assert ledger.acknowledged() > ROUNDS
