"""A service that fails at random, and a process that is killed for real."""

import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cloud_backup import CloudBackup
from cloud_backup.drill import drill
from cloud_backup_emulator import RunningEmulator

from .drill_world import PASSPHRASES, DrillWorld, verdicts

KILLED = """
import sys, pathlib, httpx
from cloud_backup import CloudBackup
from cloud_backup.drill import drill

url, journal, state = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]

def sleep(seconds):
    httpx.post(f"{url}/emulator/clock", json={"advance_seconds": seconds})

def hold(change):
    if change.state == state:
        print("here", flush=True)
        sys.stdin.read()

drill(CloudBackup.from_environment(sleep=sleep), journal=journal, on_change=hold)
"""

FAULTS: list[tuple[str, dict[str, Any]]] = [
    ("createRestore", {"status": 500, "carried_out": True}),
    ("requestRestoreAction", {"status": 502, "carried_out": True}),
    ("requestRestoreAction", {"status": 504, "carried_out": False}),
    ("getRestore", {"status": 503}),
    ("listActivity", {"malformed": True}),
    ("getAgent", {"status": 500}),
    ("listCompletedBackups", {"status": 503}),
]


@pytest.mark.parametrize("seed", range(12))
def test_a_service_that_fails_at_random(world: DrillWorld, tmp_path: Path, seed: int) -> None:
    for number, (operation, fields) in enumerate(FAULTS):
        world.fault(
            operation=operation,
            count=None,
            probability=0.3,
            seed=100 * seed + number,
            **fields,
        )

    report = drill(
        world.client(),
        journal=tmp_path / "drill.jsonl",
        now=world.now,
        passphrases=PASSPHRASES,
        max_age=timedelta(hours=26),
    )

    world.emulator.faults.clear()
    found = verdicts(report)
    assert found.pop(25) == "no_backup"
    # A start may have bad luck three times; nothing may be restored twice, whatever happens.
    assert set(found.values()) <= {"restored", "too_old", "error"}
    assert max(world.begun().values()) == 1
    for result in report.results:
        begun = world.begun()[result.configuration_id]
        assert begun == (result.verdict in ("restored", "too_old")) or result.verdict == "error"


@pytest.mark.parametrize("state", ["Queued", "InProgress"])
def test_a_process_that_is_killed(
    cloud_backup_emulator: RunningEmulator,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    state: str,
) -> None:
    journal = tmp_path / "drill.jsonl"
    for name, value in cloud_backup_emulator.environment.items():
        monkeypatch.setenv(name, value)
    arguments = [cloud_backup_emulator.url, str(journal), state]
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        process.kill()
        process.wait()

    with CloudBackup.from_environment(sleep=cloud_backup_emulator.advance) as client:
        report = drill(client, journal=journal)
        begun = Counter(
            row.parent_id
            for row in client.activity.list()
            if row.type == "Restore"
            and (row.parent_id in (172417, 172418))
            and row.id > 200_000_000
        )

    assert {str(v): n for v, n in report.verdict_counts.items()} == {"no_backup": 9, "restored": 2}
    assert begun == {172417: 1, 172418: 1}
