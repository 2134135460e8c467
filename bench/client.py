"""What the client costs, as a ratio to httpx and json alone on the same bytes.

Usage: python -m bench.client

Both ask a bare server on this machine, in turns; the ratio is the median of the turns. What counts
is the processor's time in this process: neither the server's nor what else the machine does.
Without the extra `speed` and with it, each in a process of its own.
"""

import gc
import json
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

import httpx

from bench.server_process import process
from cloud_backup import CloudBackup

TURNS: Final = 21
CALLS: Final = 200
"""How many small calls there are in a turn."""
SIZES: Final = (10, 100, 1000, 10_000, 100_000)
"""How many rows the lists have."""
USUAL: Final = 10_000
LARGEST: Final = SIZES[-1]
TOKEN: Final = "gAAAAABpKQ" * 18
"""As long as those of Identity."""

DECODERS: Final = {"json": "httpx and attrs alone", "msgspec": "with the extra speed"}
TARGETS: Final = {
    "json": {"a call": 1.05, "a row": 1.2, "a row, its date read": 1.5, "memory": 1.2},
    "msgspec": {"a row": 0.8, "a row, its date read": 1.1},
}
"""What the ratios may be at most, by what decodes JSON. A row is one of 10,000."""

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
    """Measure how much of the processor's time something takes that is done so many times."""
    before = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - before) / times


def allocated(work: Callable[[], object]) -> int:
    """Measure how many bytes are taken by what something returns."""
    gc.collect()
    tracemalloc.start()
    kept = work()
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return size


def answers() -> str:
    """Write down what the bare server answers. Each list is that of the agent of its length."""
    access = {
        "token": {"id": TOKEN, "expires": "2099-01-01T00:00:00.000Z"},
        "serviceCatalog": [],
        "user": {"roles": []},
    }
    rows = [activity(number) for number in range(LARGEST)]
    bodies: list[tuple[str, str, object]] = [
        ("POST", "/v2.0/tokens", {"access": access}),
        ("GET", "/v1.0/1234/agent/5", AGENT),
        *(("GET", f"/v1.0/1234/system/activity/{size}", rows[:size]) for size in SIZES),
    ]
    return json.dumps(
        [
            (method, path, 200, "application/json", json.dumps(body, separators=(",", ":")))
            for method, path, body in bodies
        ]
    )


class Table:
    """Measures, prints a line for each case, and notes whether a target is missed.

    Args:
        targets: What the ratios may be at most.
    """

    def __init__(self, targets: dict[str, float]) -> None:
        self.missed = False
        self._targets = targets

    def line(self, name: str, alone: float, ours: float, ratio: float, unit: str) -> None:
        """Print a case."""
        target = self._targets.get(name)
        self.missed |= target is not None and ratio > target
        print(
            f"{name:26} {alone:9.1f} {unit} {ours:9.1f} {unit} {ratio:6.2f}"
            f" {'-' if target is None else f'{target:.2f}':>6}"
        )

    def time(
        self, name: str, alone: Callable[[], object], ours: Callable[[], object], parts: int = 1
    ) -> None:
        """Measure, in turns, what a call costs, or each part of what it answers."""
        times = CALLS if parts == 1 else max(1, USUAL // parts // 10)
        for warmed in (alone, ours):
            warmed()
        turns = TURNS if parts <= USUAL else TURNS // 4
        measured = [(seconds(alone, times), seconds(ours, times)) for _ in range(turns)]
        bare, own = (
            statistics.median(column) / parts * 1e6 for column in zip(*measured, strict=True)
        )
        self.line(name, bare, own, statistics.median(own / bare for bare, own in measured), "µs")


def measure(url: str, decoder: str) -> int:
    """Measure with a decoder of JSON, print, and return 1 if a target is missed."""
    if decoder == "json":
        sys.modules["msgspec"] = sys.modules["msgspec.json"] = None  # type: ignore[assignment]
    base = f"{url}/v1.0/1234"
    headers = {"X-Auth-Token": TOKEN, "Accept": "application/json"}
    table = Table(TARGETS[decoder])
    print(f"{DECODERS[decoder]:26} {'httpx + json':>12} {'client':>12} {'ratio':>6} {'target':>6}")
    with (
        httpx.Client(base_url=base, headers=headers) as raw,
        CloudBackup(
            "demo",
            "demo-key",
            auth_url=f"{url}/v2.0",
            base_url=base,
            max_answer_size=2**26,
        ) as backup,
    ):

        def alone(size: int) -> Any:
            return raw.get(f"/system/activity/{size}").json()

        table.time(
            "a call",
            lambda: raw.get("/agent/5").json()["Status"],
            lambda: backup.agents.get(5).status,
        )
        table.time("a row", lambda: alone(USUAL), lambda: backup.activity.list(USUAL), USUAL)
        table.time(
            "a row, its date read",
            lambda: alone(USUAL),
            lambda: [row.time_of_activity for row in backup.activity.list(USUAL)],
            USUAL,
        )
        for size in SIZES:
            table.time(
                f"a row of {size:,}",
                partial(alone, size),
                partial(backup.activity.list, size),
                size,
            )
        parsed = allocated(lambda: alone(LARGEST)) / 2**20
        listed = allocated(lambda: backup.activity.list(LARGEST)) / 2**20
        table.line("memory", parsed, listed, listed / parsed, "MB")
    return 1 if table.missed else 0


def main() -> int:
    """Measure and print; return 1 if a target is missed."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "answers.json")
        file.write_text(answers())
        with process(str(Path(__file__).with_name("bare_app.py")), str(file)) as url:
            done = [
                subprocess.run([sys.executable, "-m", "bench.client", url, decoder], check=False)
                for decoder in DECODERS
            ]
    return max(run.returncode for run in done)


if __name__ == "__main__":
    sys.exit(measure(*sys.argv[1:]) if sys.argv[1:] else main())
