"""The emulator as a user runs it: a process of its own, on a free port."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import pytest


@dataclass(frozen=True)
class RunningEmulator:
    """An emulator with a clock that moves when it is told to."""

    url: str

    @property
    def environment(self) -> dict[str, str]:
        """The variables with which the client finds this emulator."""
        return {
            "RS_USERNAME": "demo",
            "RS_API_KEY": "demo-key",
            "RS_REGION_NAME": "DFW",
            "RS_AUTH_URL": f"{self.url}/v2.0",
        }

    def advance(self, seconds: float) -> None:
        """Move the emulator's clock: what a client under test does instead of sleeping."""
        answer = httpx.post(f"{self.url}/emulator/clock", json={"advance_seconds": seconds})
        answer.raise_for_status()

    async def advance_async(self, seconds: float) -> None:
        self.advance(seconds)


@contextmanager
def run_emulator(*options: str) -> Iterator[str]:
    command = [sys.executable, "-m", "cloud_backup_emulator", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def emulator_process() -> Iterator[str]:
    with run_emulator("--manual-clock") as url:
        yield url


@pytest.fixture
def emulator(emulator_process: str) -> RunningEmulator:
    """A running emulator with its starting data."""
    httpx.post(f"{emulator_process}/emulator/reset").raise_for_status()
    return RunningEmulator(emulator_process)
