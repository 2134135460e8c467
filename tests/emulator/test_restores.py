"""A restore's life, by the emulator's clock, and what is refused in which part of it."""

from typing import Any

import pytest

from .conftest import MakeService, Service, encrypted

INPUT: dict[str, Any] = {
    "BackupId": 134691,
    "BackupMachineId": 252036,
    "DestinationMachineId": 252036,
    "DestinationPath": "/restored",
    "OverwriteFiles": False,
}
CREATING, STARTED, STOPPING, STOPPED, COMPLETED = 0, 6, 7, 4, 3


def create(service: Service, **changes: Any) -> int:
    created = service.ask("PUT", "/restore", **{**INPUT, **changes})
    restore_id: int = created["RestoreId"]
    return restore_id


def act(service: Service, action: str, restore_id: int, status: int = 204, **more: Any) -> Any:
    body = {"Action": action, "Id": restore_id, **more}
    return service.ask("POST", "/restore/action-requested", status, **body)


def state(service: Service, restore_id: int) -> int:
    number: int = service.get(f"/restore/{restore_id}")["RestoreStateId"]
    return number


def test_states_follow_the_clock(service: Service) -> None:
    restore_id = create(service)
    assert state(service, restore_id) == CREATING
    act(service, "StartManual", restore_id)

    seen = []
    for _ in range(60):
        seen.append(state(service, restore_id))
        service.advance(1)

    assert list(dict.fromkeys(seen)) == [STARTED, 1, 9, 2, COMPLETED]
    report = service.get(f"/restore/report/{restore_id}")
    assert report["State"] == "Completed"
    assert report["StartTime"] == "/Date(1360843200000)/"
    assert report["Duration"] == "00:00:44"
    assert (report["NumFilesRestored"], report["NumBytesRestored"]) == ("2310", "1.3 GB")
    assert report["BackupReportId"] == 134691
    newest = service.get("/activity")[0]
    assert (newest["ID"], newest["Type"], newest["CurrentState"]) == (
        restore_id,
        "Restore",
        "Completed",
    )


def test_a_stopped_restore_restores_a_part(service: Service) -> None:
    restore_id = create(service)
    act(service, "StartManual", restore_id)
    service.advance(30)
    act(service, "StopManual", restore_id)
    assert state(service, restore_id) == STOPPING
    act(service, "StopManual", restore_id)

    service.advance(5)

    assert state(service, restore_id) == STOPPED
    report = service.get(f"/restore/report/{restore_id}")
    assert report["State"] == "Stopped"
    assert 0 < int(report["NumFilesRestored"]) < 2310
    act(service, "StopManual", restore_id, status=400)


def test_only_a_restore_that_waits_is_started_and_changed(service: Service) -> None:
    restore_id = create(service)
    service.ask(
        "POST",
        "/restore",
        204,
        **{**INPUT, "DestinationPath": "/elsewhere"},
        RestoreId=restore_id,
        BackupConfigurationId=172418,
        RestoreStateId=0,
    )
    assert service.get(f"/restore/{restore_id}")["DestinationPath"] == "/elsewhere"
    act(service, "StopManual", restore_id, status=400)
    act(service, "StartManual", restore_id)
    before = service.get(f"/restore/{restore_id}")

    act(service, "StartManual", restore_id, status=400)
    refused = service.ask(
        "POST",
        "/restore",
        400,
        **INPUT,
        RestoreId=restore_id,
        BackupConfigurationId=172418,
        RestoreStateId=6,
    )
    assert "RestoreId" in refused["message"]
    item: dict[str, Any] = {
        "FilePath": "/a",
        "Filter": 1,
        "ParentId": restore_id,
        "FileItemType": 0,
    }
    service.ask("PUT", "/restore/files", 400, **item)
    service.ask("DELETE", f"/restore/files/{restore_id}", 400)

    assert service.get(f"/restore/{restore_id}") == before


def test_files_are_included_listed_and_deleted(service: Service) -> None:
    restore_id = create(service)
    for name, kind in (("/etc", 1), ("/etc/hosts", 0)):
        service.ask(
            "PUT",
            "/restore/files",
            FilePath=name,
            Filter="1",
            ParentId=restore_id,
            FileItemType=str(kind),
        )

    assert service.get(f"/restore/files/{restore_id}") == [
        {"FilePath": "/etc", "Filter": 1, "RestoreId": restore_id, "FileItemType": 1},
        {"FilePath": "/etc/hosts", "Filter": 1, "RestoreId": restore_id, "FileItemType": 0},
    ]
    service.ask("DELETE", f"/restore/files/{restore_id}", 204)
    assert service.get(f"/restore/files/{restore_id}") == []


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"BackupId": 1}, 404, "BackupId"),
        ({"BackupMachineId": 3}, 404, "BackupMachineId"),
        ({"DestinationMachineId": 3}, 404, "DestinationMachineId"),
        ({"BackupMachineId": 252034}, 400, "BackupMachineId"),
        ({"BackupId": 134332, "BackupMachineId": 224321}, 400, "BackupId"),
        ({"BackupId": 133886, "BackupMachineId": 866}, 400, "BackupId"),
        ({"DestinationPath": ""}, 400, "DestinationPath"),
        ({"OverwriteFiles": "perhaps"}, 400, "OverwriteFiles"),
    ],
)
def test_what_makes_no_sense_is_refused(
    service: Service, changes: dict[str, Any], status: int, field: str
) -> None:
    before = service.get("/activity")

    refused = service.ask("PUT", "/restore", status, **{**INPUT, **changes})

    assert refused["code"] == status
    assert field in refused["message"]
    assert service.get("/activity") == before


def test_a_report_is_of_a_restore_that_is_done(service: Service) -> None:
    restore_id = create(service)
    assert "Creating" in service.get(f"/restore/report/{restore_id}", 404)["message"]
    act(service, "StartManual", restore_id)
    assert "StartRequested" in service.get(f"/restore/report/{restore_id}", 404)["message"]


def test_an_offline_agent_is_woken_first(service: Service) -> None:
    restore_id = create(service, DestinationMachineId=252034)
    assert "wake" in act(service, "StartManual", restore_id, status=403)["message"]
    assert state(service, restore_id) == CREATING

    service.ask("POST", "/user/wakeupagents")
    service.advance(14)
    act(service, "StartManual", restore_id, status=403)
    assert service.get("/agent/252034")["Status"] == "Offline"

    service.advance(1)
    assert service.get("/agent/252034")["Status"] == "Online"
    act(service, "StartManual", restore_id)


def test_waking_an_agent_again_does_not_hold_it_up(service: Service) -> None:
    for _ in range(3):
        service.ask("POST", "/user/wakeupagents")
        service.advance(5)

    assert service.get("/agent/252034")["Status"] == "Online"


def test_a_woken_agent_stays_online_as_long_as_it_is_woken_again(service: Service) -> None:
    service.ask("POST", "/user/wakeupagents")
    for _ in range(5):
        service.advance(70)
        assert service.get("/agent/252034")["Status"] == "Online"
        service.ask("POST", "/user/wakeupagents")
        assert service.get("/agent/252034")["Status"] == "Online"

    service.advance(100)
    assert service.get("/agent/252034")["Status"] == "Offline"
    assert service.get("/agent/1311839")["Status"] == "Offline"


def test_an_encrypted_backup_wants_the_passphrase(service: Service) -> None:
    wrong = encrypted(service, 156953, "another passphrase")
    for passphrase in (None, "0bff42", wrong, "00" * 256, "ff" * 256):
        refused = act(service, "StartManual", 13689, status=400, EncryptedPassword=passphrase)
        assert "EncryptedPassword" in refused["message"]
        assert service.get("/restore/13689")["RestoreStateId"] == 0

    right = encrypted(service, 156953, "156953-passphrase")
    act(service, "StartManual", 13689, EncryptedPassword=right)

    assert service.get("/restore/13689")["EncryptedPassword"] is None


def test_ids_are_not_used_again(service: Service, make_service: MakeService) -> None:
    before = create(service)
    service.emulator.reset()
    service.log_in()

    service.get(f"/restore/{before}", 404)
    assert create(service) > before
