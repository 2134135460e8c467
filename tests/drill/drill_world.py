"""Worlds for drills: an emulator in process, its clock moved by the client's sleep."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from cloud_backup import CloudBackup, Retries
from cloud_backup.drill import DrillReport
from cloud_backup_emulator import Clock, Emulator, create_app, read_seed
from tests.overlay.emulated import InProcess

if TYPE_CHECKING:
    from collections.abc import Callable

START = datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC)
USER = {"username": "demo"}


class Killed(BaseException):
    """What ends a drill as `kill -9` would: nothing of the drill's own may catch it."""


def honest(_called: str, answer: Any) -> Any:
    """Answer what the service does."""
    return answer


def nothing(_number: int, _called: str) -> None:
    """Let it pass."""


class Tapped(httpx.BaseTransport):
    """Counts what is sent, and may break it.

    Args:
        inner: What sends.

    Attributes:
        seen: The calls, each a method and a path.
        before: Called with the number of a call and the call before it is sent, and may raise.
        after: The same after it was carried out.
        lie: Called with a call and its answer, and returns what is answered in its place.
    """

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self.inner = inner
        self.seen: list[str] = []
        self.before: Callable[[int, str], object] = nothing
        self.after: Callable[[int, str], object] = nothing
        self.lie: Callable[[str, Any], Any] = honest

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/v1.0/777")
        if path.endswith("/tokens"):
            return self.inner.handle_request(request)
        number, called = len(self.seen), f"{request.method} {path}"
        self.seen.append(called)
        self.before(number, called)
        response = self.inner.handle_request(request)
        self.after(number, called)
        if self.lie is honest or not response.is_success or not response.content:
            return response
        return httpx.Response(
            response.status_code, json=self.lie(called, json.loads(response.content))
        )


class DrillWorld:
    """An emulator with a world of its own, and clients of it.

    Args:
        folder: Where files may be made.
        world: What is in the seed file of tenant 777, besides its user.
    """

    def __init__(self, folder: Path, world: dict[str, Any]) -> None:
        seed = folder / f"seed-{len(list(folder.iterdir()))}.json"
        # JSON is YAML.
        seed.write_text(json.dumps({"tenants": {"777": {"users": [USER], **world}}}))
        self.folder = folder
        self.emulator = Emulator(
            clock=Clock(rate=0, wall=START.timestamp), seed=read_seed(seed), validate_answers=True
        )
        app = create_app(self.emulator, allowed_hosts=["emulator"])
        self.transport = Tapped(InProcess(httpx.ASGITransport(app)))
        self.slept: list[float] = []

    def client(self, *, retries: Retries | None = None) -> CloudBackup:
        return CloudBackup(
            "demo",
            "demo-key",
            auth_url="https://emulator/v2.0",
            base_url="https://emulator/v1.0/777",
            transport=self.transport,
            retries=retries or Retries(clock=lambda: 0.0, random=lambda: 0.0),
            sleep=self.sleep,
        )

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.emulator.advance(seconds)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.emulator.clock.now() / 1000, UTC)

    def monotonic(self) -> float:
        return self.emulator.clock.now() / 1000

    def fault(self, **fields: Any) -> None:
        self.emulator.faults.add(fields)

    def restores(self) -> list[dict[str, Any]]:
        """The activity of restores, as the service tells it."""
        client = self.client()
        return [dict(row.received) for row in client.activity.list() if row.type == "Restore"]

    def begun(self) -> Counter[int]:
        """How many restores of each configuration were started."""
        return Counter(
            row["ParentId"] for row in self.restores() if row["CurrentState"] != "Creating"
        )

    def created(self) -> Counter[int]:
        """How many restores of each configuration were created."""
        return Counter(row["ParentId"] for row in self.restores())


def agent(number: int, **fields: Any) -> dict[str, Any]:
    return {"MachineAgentId": number, "MachineName": f"machine{number}", **fields}


def configuration(number: int, of_agent: int, name: str | None = None) -> dict[str, Any]:
    return {
        "BackupConfigurationId": number,
        "BackupConfigurationName": name or f"Backup {number}",
        "MachineAgentId": of_agent,
    }


def backup(number: int, of: int, hours_ago: float = 10, **fields: Any) -> dict[str, Any]:
    return {"BackupId": number, "BackupConfigurationId": of, "hours_ago": hours_ago, **fields}


def small_world() -> dict[str, Any]:
    """Three agents, one asleep and one encrypted, five configurations, one without a backup."""
    return {
        "agents": [
            agent(11, OperatingSystem="CentOS 6.3"),
            agent(12, OperatingSystem="Windows Server 2012", awake="when woken"),
            agent(13, passphrase="canary-of-the-passphrase"),
        ],
        "configurations": [
            configuration(21, 11, "Web"),
            configuration(22, 11, "Database"),
            configuration(23, 12, "Files"),
            configuration(24, 13, "Secrets"),
            configuration(25, 11, "Never run"),
        ],
        "backups": [
            backup(31, 21, 50),
            backup(32, 21, 10),
            backup(33, 22, 40),
            backup(34, 23, 5),
            backup(35, 24, 5),
            backup(36, 25, 5, CurrentState="Failed"),
        ],
    }


PASSPHRASES = {13: "canary-of-the-passphrase"}


def verdicts(report: DrillReport) -> dict[int, str]:
    return {result.configuration_id: str(result.verdict) for result in report.results}
