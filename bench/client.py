"""What the client costs, as a ratio to httpx and json alone on the same bytes.

Usage: python -m bench.client

Both ask a bare server on this machine, in turns, so that what else the machine does falls on both
alike; the ratio is the median of the turns.
"""

import gc
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import httpx

from bench.server_process import process
from cloud_backup import CloudBackup

TURNS: Final = 15
ROWS: Final = 10_000
CALLS: Final = 200
"""How many small calls there are in a turn."""

TARGETS: Final = {"call": 1.10, "row": 2.0}

AGENT: Final = {
    "AgentVersion": "1.05.005848",
    "Architecture": "64-bit",
    "Flavor": "RaxCloudServer",
    "BackupVaultSize": "35.3 MB",
    "CleanupAllowed": True,
    "Datacenter": "DFW",
    "IPAddress": "192.168.1.1",
    "IsDisabled": False,
    "IsEncrypted": False,
    "MachineAgentId": 5,
    "MachineName": "web2",
    "OperatingSystem": "CentOS 6.3",
    "OperatingSystemVersion": "",
    "PublicKey": {"ModulusHex": "C6054E90" * 64, "ExponentHex": "10001"},
    "Status": "Online",
    "TimeOfLastSuccessfulBackup": "/Date(1357817400000)/",
    "UseServiceNet": True,
}


def activity(number: int) -> dict[str, Any]:
    """Make a row of the list of activity."""
    return {
        "ID": 200_000_000 + number,
        "Type": "Backup" if number % 3 else "Restore",
        "ParentId": 148_000 + number % 50,
        "DisplayName": f"Weekly Website Backup {number % 50}",
        "IsBackupConfigurationDeleted": False,
        "SourceMachineAgentId": 156_953,
        "SourceMachineName": "Web Server",
        "SourceDatacenter": "DFW",
        "DestinationMachineAgentId": 0,
        "DestinationMachineName": "",
        "DestinationDatacenter": "DFW",
        "CurrentState": "Completed",
        "TimeOfActivity": f"/Date({1_357_151_359_000 + 1000 * number})/",
        "BackupId": 100_000 + number,
    }


def seconds(work: Callable[[], object], times: int) -> float:
    """Measure how long something takes that is done so many times."""
    gc.collect()
    before = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - before) / times


def answers() -> str:
    """Write down what the bare server answers."""
    access = {
        "token": {"id": "token", "expires": "2099-01-01T00:00:00.000Z"},
        "serviceCatalog": [],
        "user": {"roles": []},
    }
    bodies = (
        ("POST", "/v2.0/tokens", {"access": access}),
        ("GET", "/v1.0/1234/agent/5", AGENT),
        ("GET", "/v1.0/1234/activity", [activity(number) for number in range(ROWS)]),
    )
    return json.dumps(
        [
            (method, path, 200, "application/json", json.dumps(body, separators=(",", ":")))
            for method, path, body in bodies
        ]
    )


def main() -> int:
    """Measure and print; return 1 if a target is missed."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "answers.json")
        file.write_text(answers())
        with process(str(Path(__file__).with_name("bare_app.py")), str(file)) as url:
            base = f"{url}/v1.0/1234"
            headers = {"X-Auth-Token": "token", "Accept": "application/json"}
            with (
                httpx.Client(base_url=base, headers=headers) as raw,
                CloudBackup("demo", "demo-key", auth_url=f"{url}/v2.0", base_url=base) as backup,
            ):
                cases: dict[str, tuple[Callable[[], object], Callable[[], object], int]] = {
                    "call": (
                        lambda: raw.get("/agent/5").json()["Status"],
                        lambda: backup.agents.get(5).status,
                        CALLS,
                    ),
                    "row": (
                        lambda: raw.get("/activity").json(),
                        lambda: [row.time_of_activity for row in backup.activity.list()],
                        1,
                    ),
                }
                missed = False
                print(f"{'':6} {'httpx + json':>14} {'client':>14} {'ratio':>6} {'target':>6}")
                for name, (alone, ours, times) in cases.items():
                    for warmed in (alone, ours):
                        warmed()
                    measured = [(seconds(alone, times), seconds(ours, times)) for _ in range(TURNS)]
                    per = ROWS if name == "row" else 1
                    one, other = (
                        statistics.median(column) / per * 1e6
                        for column in zip(*measured, strict=True)
                    )
                    ratio = statistics.median(own / bare for bare, own in measured)
                    missed |= ratio > TARGETS[name]
                    print(
                        f"{name:6} {one:11.1f} µs {other:11.1f} µs {ratio:6.2f} {TARGETS[name]:6}"
                    )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
