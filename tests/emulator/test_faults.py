"""Faults on demand, over TCP: what a client's author can rehearse."""

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from cloud_backup_emulator import RunningEmulator

from .conftest import Service
from .test_scheduled_runs import HOUR, configure, runs

ACTIVITY = "/v1.0/1234/activity"
CREATION: dict[str, Any] = {
    "BackupId": 134691,
    "BackupMachineId": 252036,
    "DestinationMachineId": 252036,
    "DestinationPath": "/restored",
    "OverwriteFiles": False,
}


@pytest.fixture
def http(cloud_backup_emulator: RunningEmulator) -> Iterator[httpx.Client]:
    """A client that has logged in."""
    with httpx.Client(base_url=cloud_backup_emulator.url) as client:
        credentials = {"username": "demo", "apiKey": "demo-key"}
        answer = client.post(
            "/v2.0/tokens", json={"auth": {"RAX-KSKEY:apiKeyCredentials": credentials}}
        )
        client.headers["X-Auth-Token"] = answer.json()["access"]["token"]["id"]
        yield client


def restores(http: httpx.Client) -> int:
    """How many restores have been created since the start."""
    rows = http.get(ACTIVITY).json()
    return sum(row["Type"] == "Restore" and row["ID"] > 200_000_000 for row in rows)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"disconnect": "before"}, httpx.RemoteProtocolError),
        ({"disconnect": "during"}, httpx.RemoteProtocolError),
        ({"status": 503, "disconnect": "before"}, httpx.RemoteProtocolError),
    ],
    ids=str,
)
def test_a_connection_is_closed(
    cloud_backup_emulator: RunningEmulator,
    http: httpx.Client,
    capfd: pytest.CaptureFixture[str],
    fault: dict[str, Any],
    error: type[Exception],
) -> None:
    cloud_backup_emulator.fault(operation="createRestore", **fault)

    with pytest.raises(error):
        http.put("/v1.0/1234/restore", json=CREATION)

    # The call was carried out, unless it was answered with a status of its own.
    assert restores(http) == (0 if "status" in fault else 1)
    assert capfd.readouterr().err == ""
    (last,) = [r for r in cloud_backup_emulator.requests if r["operation"] == "createRestore"]
    assert "disconnect" in last["fault"]


def test_an_empty_answer_breaks_off_too(
    cloud_backup_emulator: RunningEmulator, http: httpx.Client
) -> None:
    cloud_backup_emulator.fault(operation="setAgentEnabled", disconnect="during")

    with pytest.raises(httpx.RemoteProtocolError):
        http.post("/v1.0/1234/agent/enable", json={"MachineAgentId": 5, "Enable": False})

    assert http.get("/v1.0/1234/agent/5").json()["IsDisabled"] is True


def test_a_body_is_malformed(cloud_backup_emulator: RunningEmulator, http: httpx.Client) -> None:
    cloud_backup_emulator.fault(operation="createRestore", malformed=True)

    answer = http.put("/v1.0/1234/restore", json=CREATION)

    assert answer.status_code == 200
    with pytest.raises(ValueError, match=r"."):
        answer.json()
    assert restores(http) == 1


def test_a_status_can_hide_that_it_was_done(
    cloud_backup_emulator: RunningEmulator, http: httpx.Client
) -> None:
    cloud_backup_emulator.fault(operation="createRestore", status=500, carried_out=True)

    assert http.put("/v1.0/1234/restore", json=CREATION).status_code == 500
    assert restores(http) == 1


def test_an_answer_takes_its_time(
    cloud_backup_emulator: RunningEmulator, http: httpx.Client
) -> None:
    cloud_backup_emulator.fault(operation="listActivity", latency=0.2)

    before = time.monotonic()
    assert http.get(ACTIVITY).status_code == 200

    assert time.monotonic() - before >= 0.2


def test_a_client_can_lose_its_patience(
    cloud_backup_emulator: RunningEmulator, http: httpx.Client
) -> None:
    cloud_backup_emulator.fault(operation="listActivity", latency=30)

    with pytest.raises(httpx.ReadTimeout):
        http.get(ACTIVITY, timeout=0.05)


def test_what_happens_by_chance_comes_again(
    cloud_backup_emulator: RunningEmulator, http: httpx.Client
) -> None:
    told = []
    for _ in range(2):
        cloud_backup_emulator.emulator.faults.clear()
        cloud_backup_emulator.fault(
            operation="listActivity", status=429, retry_after=0, probability=0.3, seed=7
        )
        told.append([http.get(ACTIVITY).status_code for _ in range(100)])

    assert told[0] == told[1]
    assert 15 <= told[0].count(429) <= 45


@pytest.mark.parametrize("state", ["Failed", "CompletedWithErrors"])
def test_a_backup_ends_as_it_was_told_to(service: Service, state: str) -> None:
    service.emulator.faults.add(
        {
            "operation": "requestBackupAction",
            "outcome": state,
            "errors": [{"ErrorDesc": "The disk is full.", "Path": "/var/log/a"}, {}],
        }
    )
    daily = configure(service)
    backup = service.ask(
        "POST",
        "/backup/action-requested",
        Action="StartManual",
        Id=daily["BackupConfigurationId"],
    )
    service.advance(600)

    assert service.get(f"/backup/{backup}")["CurrentState"] == state
    report = service.get(f"/backup/report/{backup}")
    assert (report["State"], report["Reason"], report["NumErrors"]) == (state, state, 2)
    first = report["ErrorList"][0]
    assert (first["BackupReportID"], first["ListIndex"]) == (backup, 0)
    assert (first["ErrorDesc"], first["Path"]) == ("The disk is full.", "/var/log/a")
    assert report["CanRestore"] is (state == "CompletedWithErrors")
    # The next one is as always, and runs by itself.
    service.advance(10 * HOUR)
    assert [run["CurrentState"] for run in runs(service, daily)] == [state, "Completed"]


@pytest.mark.parametrize("state", ["Failed", "CompletedWithErrors"])
def test_a_restore_ends_as_it_was_told_to(service: Service, state: str) -> None:
    service.emulator.faults.add({"outcome": state})
    restore = service.ask("PUT", "/restore", **CREATION)["RestoreId"]
    service.ask("POST", "/restore/action-requested", 204, Action="StartManual", Id=restore)
    service.advance(600)

    report = service.get(f"/restore/report/{restore}")

    assert report["State"] == state
    assert report["NumErrors"] == str(len(report["ErrorList"]))
    whole = int(service.get("/restore/report/1394")["NumFilesRestored"])
    assert whole > 0
    restored = int(report["NumFilesRestored"])
    assert restored == (2310 if state == "CompletedWithErrors" else 2310 // 2)


def test_a_run_by_schedule_ends_as_it_was_told_to(service: Service) -> None:
    service.emulator.faults.add({"outcome": "Failed", "count": 2})
    daily = configure(service)

    service.advance(3 * 24 * HOUR)

    assert [run["CurrentState"] for run in runs(service, daily)] == [
        "Failed",
        "Failed",
        "Completed",
    ]


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"outcome": "Perfect"}, "outcome"),
        ({"outcome": "Failed", "operation": "listAgents"}, "operation"),
        ({"outcome": "Failed", "status": 500}, "outcome"),
        ({"outcome": "Completed", "errors": [{}]}, "errors"),
        ({"outcome": "Failed", "errors": [{"Pth": ""}]}, "errors/0"),
        ({"outcome": "Failed", "errors": [{"Path": 1}]}, "errors/0/Path"),
        ({"status": 500, "errors": [{}]}, "errors"),
        ({"disconnect": "after"}, "disconnect"),
        ({"malformed": "yes"}, "malformed"),
        ({"latency": -1}, "latency"),
        ({"latency": 1e9}, "latency"),
        ({"status": 500, "probability": 0}, "probability"),
        ({"status": 500, "probability": 1.1}, "probability"),
        ({"status": 500, "seed": -1}, "seed"),
        ({"latency": 0}, "latency"),
        ({"operation": "listAgents"}, "status"),
    ],
)
def test_faults_that_cannot_be_are_refused(
    service: Service, fault: dict[str, Any], field: str
) -> None:
    answer = service.call("POST", "/emulator/faults", json=fault)

    assert answer.status_code == 400
    assert field in answer.json()["message"]
    assert service.call("GET", "/emulator/faults").json() == []
