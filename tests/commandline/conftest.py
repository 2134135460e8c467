"""The command in this process, against an emulator of the test's own, by TCP."""

import json
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cloud_backup.commandline.root import cloud_backup
from cloud_backup.commandline.running.invocation import Invocation
from cloud_backup_emulator import RunningEmulator


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        return json.loads(self.stdout)

    @property
    def error(self) -> Any:
        """The error as JSON, the last line of stderr."""
        return json.loads(self.stderr.splitlines()[-1])


@dataclass
class CommandLine:
    """`cloud-backup`, with its environment.

    Where the client would sleep, the emulator's clock moves.
    """

    emulator: RunningEmulator
    environment: dict[str, str] = field(default_factory=dict)
    sleep: Callable[[float], None] | None = None

    def __post_init__(self) -> None:
        self.environment = {**self.emulator.environment, **self.environment}

    def run(self, *arguments: str, typed: str | None = None) -> Ended:
        """Run a command; `typed` is what somebody types, None where there is no terminal."""
        invocation = Invocation(
            environ=self.environment,
            sleep=self.sleep or self.emulator.advance,
            interactive=typed is not None,
        )
        result = CliRunner().invoke(
            cloud_backup, list(arguments), input=typed or "", obj=invocation
        )
        return Ended(result.exit_code, result.stdout, result.stderr)

    def piped(self, *arguments: str, stdin: str) -> Ended:
        """Run a command that reads its stdin, with no terminal."""
        invocation = Invocation(environ=self.environment, interactive=False)
        result = CliRunner().invoke(cloud_backup, list(arguments), input=stdin, obj=invocation)
        return Ended(result.exit_code, result.stdout, result.stderr)

    def done(self, *arguments: str, typed: str | None = None) -> Ended:
        """Run a command that is to succeed."""
        ended = self.run(*arguments, typed=typed)
        assert ended.exit_code == 0, ended.stderr
        return ended

    def json(self, *arguments: str) -> Any:
        """Run a command that is to succeed, and return what it prints as JSON."""
        return self.done(*arguments, "-o", "json").json

    def asked(self, operation: str) -> int:
        """Say how often the emulator was asked for an operation."""
        return [request["operation"] for request in self.emulator.requests].count(operation)


def helped(*arguments: str) -> Ended:
    """Run a command that asks no service: there are no credentials."""
    invocation = Invocation(environ={}, interactive=False)
    result = CliRunner().invoke(cloud_backup, list(arguments), obj=invocation)
    return Ended(result.exit_code, result.stdout, result.stderr)


@pytest.fixture(autouse=True)
def nobodys_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Neither the credentials nor the keyring nor the cache of whoever runs the tests."""
    for name in ("RS_USERNAME", "RS_API_KEY", "RS_PASSWORD", "RS_REGION_NAME", "RS_AUTH_URL"):
        monkeypatch.delenv(name, raising=False)
    for name in ("NO_COLOR", "FORCE_COLOR", "CLOUD_BACKUP_TOKEN_CACHE", "PYTHONUNBUFFERED"):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("TZ", "UTC")
    return home


@pytest.fixture(autouse=True)
def ctrl_c() -> Iterator[None]:
    """Ctrl-C as it is at a terminal: what a shell runs in the background ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def cloud(cloud_backup_emulator: RunningEmulator) -> CommandLine:
    return CommandLine(cloud_backup_emulator)
