"""Changing agents, and what becomes of what they have backed up."""

from typing import Any

import pytest

from .conftest import Service


def test_an_agent_is_found_by_its_server(service: Service) -> None:
    server = "87c3b6e1-fb1a-41f9-91e5-313ae35a5a06"
    found = service.get(f"/agent/server/{server.upper()}")

    assert (found["MachineAgentId"], found["UseServiceNet"]) == (213564, "true")
    service.get("/agent/server/0cee72c7-015c-493b-b5fe-a896ae444c34", 404)


def test_an_agent_is_updated(service: Service) -> None:
    updated = service.ask("POST", "/agent/213564", UseServiceNet=False, BackupDataCenter="DFW")

    assert (updated["UseServiceNet"], updated["BackupDataCenter"]) == (False, "DFW")
    assert service.get("/agent/213564")["UseServiceNet"] is False
    before = service.get("/agent/213564")
    for place in ("SYD", "XYZ"):
        refused = service.ask(
            "POST", "/agent/213564", 400, UseServiceNet=True, BackupDataCenter=place
        )
        assert "BackupDataCenter" in refused["message"]
    assert service.get("/agent/213564") == before


def test_a_disabled_agent_takes_up_no_work(service: Service) -> None:
    start = {"Action": "StartManual", "Id": 172418}
    service.ask("POST", "/agent/enable", 204, MachineAgentId=252036, Enable=False)
    assert service.get("/agent/252036")["IsDisabled"] is True
    assert "disabled" in service.ask("POST", "/backup/action-requested", 400, **start)["message"]

    service.ask("POST", "/agent/enable", 204, MachineAgentId="252036", Enable="True")

    service.ask("POST", "/backup/action-requested", 200, **start)


def test_the_log_level_is_taken_as_a_form_and_as_json(service: Service) -> None:
    for arguments in (
        {"data": {"MachineAgentId": "213564", "LoggingLevelId": "6"}},
        {"json": {"MachineAgentId": 213564, "LoggingLevelId": 1}},
    ):
        answer = service.call("PUT", "/v1.0/1234/agent/logging", **arguments)
        assert (answer.status_code, answer.content) == (200, b"")
    for level in ("0", "7", "x"):
        wrong = {"MachineAgentId": "213564", "LoggingLevelId": level}
        assert service.call("PUT", "/v1.0/1234/agent/logging", data=wrong).status_code == 400


def test_an_agent_is_deleted_with_its_data(service: Service) -> None:
    service.ask("POST", "/agent/delete", 204, MachineAgentId=252036)

    service.get("/agent/252036", 404)
    service.get("/backup-configuration/172418", 404)
    service.get("/backup/134691", 404)
    available = service.get("/backup/availableforrestore")
    assert [entry["MachineAgentId"] for entry in available] == [252034]
    assert all(entry["SourceMachineAgentId"] != 252036 for entry in service.get("/activity"))
    service.ask("POST", "/agent/delete", 404, MachineAgentId=252036)


def test_a_report_outlives_the_backup(service: Service) -> None:
    restore = service.ask(
        "PUT",
        "/restore",
        BackupId=134691,
        BackupMachineId=252036,
        DestinationMachineId=1,
        DestinationPath="/restored",
        OverwriteFiles=False,
    )
    number = restore["RestoreId"]
    service.ask("POST", "/restore/action-requested", 204, Action="StartManual", Id=number)
    service.advance(3600)
    report = service.get(f"/restore/report/{number}")
    vaults = {"SourceMachineAgentId": 252036, "DestinationMachineAgentId": 2}
    service.ask("PUT", "/agent/migratevault", **vaults)
    service.ask("POST", "/agent/delete", 204, MachineAgentId=2)

    assert service.get(f"/restore/report/{number}") == report


def test_a_vault_is_handed_over(service: Service) -> None:
    vaults = {"SourceMachineAgentId": 252036, "DestinationMachineAgentId": 2}
    service.ask("PUT", "/agent/migratevault", **vaults)

    (completed,) = service.get("/backup/completed/172418")
    assert completed["MachineAgentId"] == 2
    assert service.get("/backup-configuration/system/252036") == []
    assert len(service.get("/backup-configuration/system/2")) == 1


@pytest.mark.parametrize(
    ("source", "destination", "field"),
    [
        (252036, 252036, "DestinationMachineAgentId"),
        (213564, 2, "SourceMachineAgentId"),
        (1, 213564, "DestinationMachineAgentId"),
        (1, 252034, "DestinationMachineAgentId"),
    ],
)
def test_a_vault_that_cannot_be_handed_over_stays(
    service: Service, source: int, destination: int, field: str
) -> None:
    vaults: dict[str, Any] = {
        "SourceMachineAgentId": source,
        "DestinationMachineAgentId": destination,
    }
    before = service.get("/backup-configuration")

    refused = service.ask("PUT", "/agent/migratevault", 400, **vaults)

    assert refused["message"].startswith(field)
    assert service.get("/backup-configuration") == before
