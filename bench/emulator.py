"""How fast the emulator is, as a ratio to a bare Starlette application that answers the same bytes.

And what a world costs as it grows: to start with it, and for each row of a list.

Usage: python -m bench.emulator

The servers are processes of their own. They are asked in turns, so that what else the machine does
falls on all of them alike; the ratio is the median of the turns.
"""

import json
import socket
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from bench.server_process import process

CONNECTIONS: Final = 4
TURNS: Final = 7
CALLS: Final = 200
"""How many calls each connection makes in a turn."""

TARGETS: Final = {"in memory": 0.4, "with a database file": 0.15}

AGENTS: Final = (1000, 3000, 10_000)
"""The sizes of the worlds: each agent has two configurations with a backup each."""

STEEPEST: Final = 2.0
"""How many times as much a row may cost in the largest world as in the smallest."""

LONGEST_START: Final = 30.0
"""How many seconds the start with the largest world may take, on a machine that is busy."""

LISTS: Final = {
    "listAgents": "/user/agents",
    "listBackupConfigurations": "/backup-configuration",
    "listBackupsAvailableForRestore": "/backup/availableforrestore",
    "listActivity": "/activity",
}
OF_ONE: Final = {
    "listAgentBackupConfigurations": "/backup-configuration/system/1",
    "listCompletedBackups": "/backup/completed/100000",
    "listAgentActivity": "/system/activity/1",
}


@dataclass(frozen=True)
class Question:
    """A call that is made again and again."""

    name: str
    method: str
    path: str
    body: bytes = b""

    def as_bytes(self, token: str) -> bytes:
        """Write the request as it travels."""
        head = [
            f"{self.method} {self.path} HTTP/1.1",
            "Host: 127.0.0.1",
            f"X-Auth-Token: {token}",
            f"Content-Length: {len(self.body)}",
            "Content-Type: application/json",
            "",
            "",
        ]
        return "\r\n".join(head).encode() + self.body


QUESTIONS: Final = (
    Question("GET /agent/5", "GET", "/v1.0/1234/agent/5"),
    Question(
        "POST /agent/enable",
        "POST",
        "/v1.0/1234/agent/enable",
        b'{"MachineAgentId": 5, "Enable": true}',
    ),
)


def ask(url: str, request: bytes, calls: int) -> None:
    """Make calls on one connection, one after another."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(calls):
            connection.sendall(request)
            answer = connection.recv(65536)
            head, _, body = answer.partition(b"\r\n\r\n")
            length = 0
            for line in head.split(b"\r\n")[1:]:
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            while len(body) < length:
                body += connection.recv(65536)
            if answer[9:10] != b"2":
                raise RuntimeError(answer.decode())


def rate(threads: ThreadPoolExecutor, url: str, request: bytes) -> float:
    """Measure how many calls are answered in a second."""
    before = time.perf_counter()
    for done in [threads.submit(ask, url, request, CALLS) for _ in range(CONNECTIONS)]:
        done.result()
    return CONNECTIONS * CALLS / (time.perf_counter() - before)


def log_in(url: str) -> str:
    """Get a token."""
    credentials = {"username": "demo", "apiKey": "demo-key"}
    answer = httpx.post(
        f"{url}/v2.0/tokens", json={"auth": {"RAX-KSKEY:apiKeyCredentials": credentials}}
    )
    token: str = answer.json()["access"]["token"]["id"]
    return token


def answers_of(url: str, token: str) -> str:
    """Write down what the emulator answers, for the bare application."""
    answers = []
    for question in QUESTIONS:
        answer = httpx.request(
            question.method,
            url + question.path,
            content=question.body,
            headers={"X-Auth-Token": token},
        )
        media_type = answer.headers.get("Content-Type")
        answers.append(
            (question.method, question.path, answer.status_code, media_type, answer.text)
        )
    return json.dumps(answers)


def seed_of(agents: int) -> dict[str, Any]:
    """Make a world of so many agents."""
    return {
        "users": [{"username": "demo"}],
        "agents": [{"MachineAgentId": n, "MachineName": f"m{n}"} for n in range(1, agents + 1)],
        "configurations": [
            {
                "BackupConfigurationId": 100_000 + n,
                "BackupConfigurationName": f"c{n}",
                "MachineAgentId": 1 + n // 2,
            }
            for n in range(2 * agents)
        ],
        "backups": [
            {"BackupId": 1_000_000 + n, "BackupConfigurationId": 100_000 + n, "hours_ago": 5}
            for n in range(2 * agents)
        ],
    }


def timed(url: str, headers: dict[str, str]) -> tuple[float, int]:
    """Ask for a list: in how many seconds it is there, and how many rows it has."""
    before = time.perf_counter()
    answer = httpx.get(url, headers=headers, timeout=600)
    return time.perf_counter() - before, len(answer.json())


def growth(folder: str) -> int:
    """Measure and print what worlds cost as they grow; return 1 if a target is missed."""
    seconds: dict[str, list[float]] = {"start": []}
    each: dict[str, list[float]] = {}
    for agents in AGENTS:
        seed = Path(folder, f"{agents}.json")
        seed.write_text(json.dumps({"tenants": {"1234": seed_of(agents)}}))
        before = time.perf_counter()
        options = ("--port", "0", "--manual-clock", "--seed", str(seed))
        with process("-m", "cloud_backup_emulator", *options) as url:
            seconds["start"].append(time.perf_counter() - before)
            headers = {"X-Auth-Token": log_in(url)}
            for name, path in (LISTS | OF_ONE).items():
                asked = [timed(f"{url}/v1.0/1234{path}", headers) for _ in range(3)]
                taken, listed = min(asked)
                seconds.setdefault(name, []).append(taken)
                if name in LISTS:
                    each.setdefault(name, []).append(taken / listed)
    print(f"{'seconds with so many agents':30}" + "".join(f"{n:>10}" for n in AGENTS))
    for name, curve in seconds.items():
        print(f"{name:30}" + "".join(f"{taken:10.3f}" for taken in curve))
    steepest = max(curve[-1] / curve[0] for curve in each.values())
    print(f"a row costs at most {steepest:.2f} times as much as in the smallest world, ", end="")
    print(f"target {STEEPEST}; the longest start may take {LONGEST_START:.0f} s")
    return int(steepest > STEEPEST or seconds["start"][-1] > LONGEST_START)


def main() -> int:
    """Measure and print; return 1 if a target is missed."""
    emulator = ("-m", "cloud_backup_emulator", "--port", "0", "--manual-clock")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        database = str(Path(folder, "world.sqlite"))
        urls = {
            "in memory": stack.enter_context(process(*emulator)),
            "with a database file": stack.enter_context(process(*emulator, "--database", database)),
        }
        tokens = {name: log_in(url) for name, url in urls.items()}
        answers = Path(folder, "answers.json")
        answers.write_text(answers_of(urls["in memory"], tokens["in memory"]))
        bare_app = str(Path(__file__).with_name("bare_app.py"))
        bare = stack.enter_context(process(bare_app, str(answers)))
        threads = stack.enter_context(ThreadPoolExecutor(CONNECTIONS))
        missed = False
        print(f"{'':20} {'':22} {'requests/s':>10} {'ratio':>6} {'target':>6}")
        for question in QUESTIONS:
            rates: dict[str, list[float]] = {"bare Starlette": [], **{name: [] for name in urls}}
            for _ in range(TURNS):
                rates["bare Starlette"].append(rate(threads, bare, question.as_bytes("")))
                for name, url in urls.items():
                    rates[name].append(rate(threads, url, question.as_bytes(tokens[name])))
            for name, measured in rates.items():
                ratio = statistics.median(
                    own / other
                    for own, other in zip(measured, rates["bare Starlette"], strict=True)
                )
                target = TARGETS.get(name)
                missed |= target is not None and ratio < target
                print(
                    f"{question.name:20} {name:22} {statistics.median(measured):10.0f} "
                    f"{ratio:6.2f} {'' if target is None else target:>6}"
                )
        print()
        missed |= bool(growth(folder))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
