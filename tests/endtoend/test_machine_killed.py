"""The emulator killed while files move: what was acknowledged is restored, byte for byte."""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.emulator.test_command import running, token
from tests.emulator.test_machines import tree

pytestmark = pytest.mark.skipif(
    os.open not in os.supports_dir_fd, reason="this system can't keep to a folder"
)

FILES = 300


@contextmanager
def service(tmp_path: Path) -> Iterator[tuple[Any, httpx.Client]]:
    options = ["--database", str(tmp_path / "world.db"), "--manual-clock"]
    options += ["--machine", f"web1={tmp_path / 'machine'}"]
    with (
        running(*options) as (process, url),
        httpx.Client(base_url=url, headers=token(url), timeout=60) as http,
    ):
        yield process, http


def ask(http: httpx.Client, method: str, path: str, **body: Any) -> Any:
    answer = http.request(method, f"/v1.0/1234{path}", json=body or None)
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


def advance(http: httpx.Client, seconds: float) -> None:
    http.post("/emulator/clock", json={"advance_seconds": seconds}).raise_for_status()


def configuration(http: httpx.Client) -> tuple[int, int]:
    agents = ask(http, "GET", "/user/agents")
    agent = next(a["MachineAgentId"] for a in agents if a["MachineName"] == "web1")
    made = ask(
        http,
        "POST",
        "/backup-configuration",
        BackupConfigurationName="files",
        MachineAgentId=agent,
        IsActive=True,
        VersionRetention=0,
        Frequency="Manually",
        StartTimeHour=None,
        StartTimeMinute=None,
        StartTimeAmPm=None,
        DayOfWeekId=None,
        HourInterval=None,
        TimeZoneId="UTC",
        NotifyRecipients="user@example.com",
        NotifySuccess=False,
        NotifyFailure=True,
        Inclusions=[{"FilePath": "/data", "FileItemType": "Folder"}],
    )
    return agent, made["BackupConfigurationId"]


def begin_restore(http: httpx.Client, agent: int, backup: int, path: str) -> int:
    made = ask(
        http,
        "PUT",
        "/restore",
        BackupId=backup,
        BackupMachineId=agent,
        DestinationMachineId=agent,
        DestinationPath=path,
        OverwriteFiles=False,
    )
    restore = int(made["RestoreId"])
    ask(http, "POST", "/restore/action-requested", Action="StartManual", Id=restore)
    return restore


def fill(folder: Path, chance: random.Random) -> dict[str, bytes | str]:
    for number in range(FILES):
        file = folder / f"{number % 7}" / f"{number}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(chance.randbytes(chance.randint(0, 60_000)))
    return tree(folder)


def kill_when(process: Any, folder: Path, more_than: int, files: str) -> None:
    """Kill a process once there are so many files, which it makes as fast as it can."""
    while sum(1 for _ in folder.glob(files)) <= more_than:
        assert process.poll() is None
    process.kill()
    process.wait()


def begin(http: httpx.Client) -> None:
    """Move the clock to where files begin to move, without waiting for all of them."""
    advance(http, 17)
    with pytest.raises(httpx.ReadTimeout):
        http.post("/emulator/clock", json={"advance_seconds": 5}, timeout=0.001)


@pytest.mark.parametrize("seed", range(4))
def test_acknowledged_backups_are_there_and_what_was_moving_goes_on(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    data = tmp_path / "machine" / "data"
    first = fill(data, chance)
    vault = tmp_path / "world.db.vault"
    with service(tmp_path) as (process, http):
        agent, own_id = configuration(http)
        start = {"Action": "StartManual", "Id": own_id}
        acknowledged = ask(http, "POST", "/backup/action-requested", **start)
        advance(http, 60)
        assert ask(http, "GET", f"/backup/{acknowledged}")["CurrentState"] == "Completed"
        second = fill(data, chance)
        moving = ask(http, "POST", "/backup/action-requested", **start)
        kept = sum(1 for _ in vault.glob("objects/??/*"))
        begin(http)
        kill_when(process, vault, kept + chance.randint(1, FILES - 50), "objects/??/*")

    with service(tmp_path) as (process, http):
        advance(http, 60)
        assert ask(http, "GET", f"/backup/{moving}")["CurrentState"] == "Completed"
        restores = [
            begin_restore(http, agent, backup, path)
            for backup, path in ((acknowledged, "/first"), (moving, "/second"))
        ]
        begin(http)
        kill_when(
            process, tmp_path / "machine", chance.randint(1, FILES - 50), "first/data/*/[0-9]*"
        )

    with service(tmp_path) as (_, http):
        advance(http, 60)
        reports = [ask(http, "GET", f"/restore/report/{restore}") for restore in restores]
        assert [(r["State"], r["NumFilesRestored"]) for r in reports] == [
            ("Completed", str(FILES))
        ] * 2
        assert tree(tmp_path / "machine/first/data") == first
        assert tree(tmp_path / "machine/second/data") == second
