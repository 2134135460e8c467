"""What the HTTP reference shows of every operation does what it says, on the emulator."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from click.testing import CliRunner

from cloud_backup import CloudBackup
from cloud_backup.commandline.root import cloud_backup
from cloud_backup.commandline.running.invocation import Invocation
from cloud_backup_emulator import RunningEmulator

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs"))

from code_samples import add_samples  # noqa: E402

DOCUMENT: dict[str, Any] = yaml.load((ROOT / "openapi.yaml").read_text("utf-8"), yaml.CSafeLoader)
SAMPLES = {
    operation["operationId"]: {each["label"]: each["source"] for each in operation["x-codeSamples"]}
    for item in add_samples(DOCUMENT)["paths"].values()
    for operation in item.values()
    if isinstance(operation, dict) and "operationId" in operation
}
NO_COMMAND = {"listVersions", "revokeToken"}

MADE_UP = {"enableAgentEncryption", "changeAgentEncryptionPassword"}
"""Their examples have passphrases that nobody's key has encrypted."""


@pytest.fixture
def service(
    cloud_backup_emulator: RunningEmulator, monkeypatch: pytest.MonkeyPatch, request: Any
) -> RunningEmulator:
    """An emulator, with all that samples find in their environment, ready for an operation."""
    running = cloud_backup_emulator
    login = {"username": "demo", "apiKey": "demo-key"}
    body = {"auth": {"RAX-KSKEY:apiKeyCredentials": login}}
    access = httpx.post(f"{running.auth_url}/tokens", json=body).json()["access"]
    variables = running.environment | {
        "BACKUP_HOST": running.url,
        "BACKUP_URL": f"{running.url}/v1.0/1234",
        "TOKEN": access["token"]["id"],
        "PASSPHRASE": "first-passphrase",
        "NEW_PASSPHRASE": "second-passphrase",
        "NO_PROXY": "127.0.0.1",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    operation = request.getfixturevalue("operation")
    if operation == "changeAgentEncryptionPassword":
        with CloudBackup.from_environment() as backup:
            backup.agents.enable_encryption(869, "first-passphrase")
    running.emulator.requests.clear()
    return running


def statuses(service: RunningEmulator, operation: str) -> set[int]:
    """Say what an operation was answered with."""
    return {each["status"] for each in service.requests if each["operation"] == operation}


def test_every_operation_has_samples() -> None:
    assert len(SAMPLES) == 36
    languages = {"curl", "Python", "Command line", "TypeScript", "Go"}
    for operation, samples in SAMPLES.items():
        missing = {"Command line"} if operation in NO_COMMAND else set()
        assert samples.keys() == languages - missing, operation


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl")
@pytest.mark.parametrize("operation", SAMPLES)
def test_curl(operation: str, service: RunningEmulator) -> None:
    fails = 'curl() { command curl --silent --fail-with-body "$@"; }\n'
    command = ["bash", "-c", fails + SAMPLES[operation]["curl"]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    if operation in MADE_UP:
        assert statuses(service, operation) == {400}
        assert "not encrypted with the key of agent 869" in done.stdout
    else:
        assert done.returncode == 0, done.stdout + done.stderr
        (status,) = statuses(service, operation)
        assert status < 300


@pytest.mark.parametrize("operation", SAMPLES)
def test_python(operation: str, service: RunningEmulator) -> None:
    exec(compile(SAMPLES[operation]["Python"], f"<{operation}>", "exec"), {})

    assert statuses(service, operation) <= {200, 201, 202, 204}
    assert statuses(service, operation)


@pytest.mark.parametrize("operation", [each for each in SAMPLES if each not in NO_COMMAND])
def test_command(operation: str, service: RunningEmulator) -> None:
    name, *arguments = shlex.split(SAMPLES[operation]["Command line"].replace("\\\n", " "))
    invocation = Invocation(environ=os.environ, sleep=service.advance, interactive=False)
    result = CliRunner().invoke(cloud_backup, arguments, obj=invocation)

    assert name == "cloud-backup"
    assert result.exit_code == 0, result.stderr
    assert statuses(service, operation) <= {200, 201, 202, 204}
    assert statuses(service, operation)
