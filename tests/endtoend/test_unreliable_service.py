"""What the client makes of a service that fails now and then, over TCP."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from cloud_backup import AsyncCloudBackup, CloudBackup, CloudBackupError, Retries
from cloud_backup_emulator.entities import Restore

if TYPE_CHECKING:
    from cloud_backup_emulator.server import RunningEmulator

CALLS = 200

PATIENT = Retries(deadline=86_400, attempts=1000)
"""However many faults come one after another, by chance, and however long the pauses are."""

FAULTS: dict[str, dict[str, Any]] = {
    "429": {"status": 429},
    "429 with Retry-After": {"status": 429, "retry_after": 2},
    "500": {"status": 500},
    "500 of what was carried out": {"status": 500, "carried_out": True},
    "503": {"status": 503},
    "503 of what was carried out": {"status": 503, "carried_out": True},
    "503 with Retry-After": {"status": 503, "retry_after": 2},
    "503 with Retry-After of what was carried out": {
        "status": 503,
        "retry_after": 2,
        "carried_out": True,
    },
    "504 of what was carried out": {"status": 504, "carried_out": True},
    "no answer": {"disconnect": "before"},
    "no answer to what was not carried out": {"disconnect": "before", "carried_out": False},
    "half an answer": {"disconnect": "during"},
    "a garbled answer": {"malformed": True},
}
PASSING = {"429", "429 with Retry-After"}
"""The faults of which it is certain that the call was not carried out."""


def client(running: RunningEmulator) -> CloudBackup:
    """Make a client that moves the emulator's clock where it would sleep."""
    return CloudBackup.from_environment(running.environment, sleep=running.advance, retries=PATIENT)


@pytest.mark.parametrize("name", FAULTS)
def test_no_write_is_carried_out_twice(cloud_backup_emulator: RunningEmulator, name: str) -> None:
    running = cloud_backup_emulator
    failed: list[CloudBackupError] = []
    done: list[int] = []

    with client(running) as backup:
        completed = backup.backups.completed(172418)[0]
        running.fault(operation="createRestore", probability=0.4, seed=7, **FAULTS[name])
        for number in range(CALLS):
            try:
                made = backup.restores.create(
                    backup_id=completed.backup_id,
                    source=252036,
                    destination=252036,
                    path=f"/restored/{number}",
                    overwrite=False,
                )
            except CloudBackupError as error:
                failed.append(error)
            else:
                assert made.destination_path == f"/restored/{number}"
                done.append(number)

    carried_out = Counter(number_of(restore) for restore in restores(running))
    assert set(carried_out.values()) == {1}
    assert set(done) <= set(carried_out)
    if name in PASSING:
        assert failed == []
    else:
        # The fault did happen, so that this test does test.
        assert CALLS * 0.25 < len(failed) < CALLS * 0.55
        assert {error.attempts for error in failed} == {1}


def restores(running: RunningEmulator) -> list[Restore]:
    """The restores of these tests that there are in the emulator, whoever knows of them."""
    return [
        restore
        for restore in running.emulator._store.all(Restore, "1234")
        if restore.document["DestinationPath"].startswith("/restored/")
    ]


def number_of(restore: Restore) -> int:
    return int(restore.document["DestinationPath"].rpartition("/")[2])


def test_reads_succeed_and_never_sooner_than_told(
    cloud_backup_emulator: RunningEmulator,
) -> None:
    running = cloud_backup_emulator
    running.fault(operation="getAgent", status=503, retry_after=9, probability=0.15, seed=1)
    running.fault(operation="getAgent", status=429, retry_after=5, probability=0.15, seed=2)

    with client(running) as backup:
        for _ in range(CALLS):
            assert backup.agents.get(252036).machine_agent_id == 252036

    seen = [entry for entry in running.requests if entry["operation"] == "getAgent"]
    refused = Counter(entry["status"] for entry in seen)
    assert refused[200] == CALLS
    assert refused[503] > 20
    assert refused[429] > 20
    least = {503: 9, 429: 5, 200: 0}
    for one, following in pairwise(seen):
        waited = datetime.fromisoformat(following["time"]) - datetime.fromisoformat(one["time"])
        assert waited.total_seconds() >= least[one["status"]]


def test_all_that_a_restore_takes_succeeds_among_refusals(
    cloud_backup_emulator: RunningEmulator,
) -> None:
    running = cloud_backup_emulator
    running.fault(operation="getRestore", status=503, retry_after=1, probability=0.5, seed=3)
    running.fault(status=429, probability=0.15, seed=4)

    with client(running) as backup:
        completed = backup.backups.completed(172418)[0]
        restore = backup.restores.create(
            backup_id=completed.backup_id,
            source=252036,
            destination=252036,
            path="/restored/1",
            overwrite=False,
        )
        backup.restores.start(restore)
        report = backup.restores.wait(restore, check=True).report()

    assert report.state == "Completed"
    assert len(restores(running)) == 1
    assert {429, 503} <= {entry["status"] for entry in running.requests}


def test_fifty_calls_on_an_expired_token_log_in_once(
    cloud_backup_emulator: RunningEmulator,
) -> None:
    running = cloud_backup_emulator

    async def ask() -> list[int]:
        async with AsyncCloudBackup.from_environment(running.environment) as backup:
            await backup.agents.list()
            running.advance(25 * 3600)
            found = await asyncio.gather(*(backup.agents.get(252036) for _ in range(50)))
            return [agent.machine_agent_id for agent in found]

    assert asyncio.run(ask()) == [252036] * 50
    logins = [entry for entry in running.requests if entry["operation"] == "authenticate"]
    assert len(logins) == 2


def test_a_start_waits_for_an_agent_that_is_waking_up(
    cloud_backup_emulator: RunningEmulator,
) -> None:
    running = cloud_backup_emulator

    with client(running) as backup:
        assert backup.agents.get(252034).status == "Offline"
        backup.agents.wake()
        started = backup.backups.start(172417)

    assert started.backup_id
    statuses = [
        entry["status"] for entry in running.requests if entry["operation"] == "requestBackupAction"
    ]
    assert statuses[-1] == 200
    assert set(statuses[:-1]) <= {403}
