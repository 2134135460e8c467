"""A backup's life, and which can be restored."""

from typing import Any

from .conftest import Service

DAY = 24 * 60 * 60


def act(service: Service, action: str, number: int, status: int) -> Any:
    return service.ask("POST", "/backup/action-requested", status, Action=action, Id=number)


def run(service: Service, configuration_id: int) -> int:
    backup_id: int = act(service, "StartManual", configuration_id, 200)
    service.advance(3600)
    return backup_id


def test_a_backup_runs_completes_and_can_be_restored(service: Service) -> None:
    backup_id = act(service, "StartManual", 172418, 200)
    seen = []
    for _ in range(60):
        seen.append(service.get(f"/backup/{backup_id}")["CurrentState"])
        service.advance(1)

    assert list(dict.fromkeys(seen)) == [
        "StartRequested",
        "Queued",
        "Preparing",
        "InProgress",
        "Completed",
    ]
    report = service.get(f"/backup/report/{backup_id}")
    assert (report["State"], report["CanRestore"], report["Duration"]) == (
        "Completed",
        True,
        "00:00:44",
    )
    completed = service.get("/backup/completed/172418")
    assert [entry["BackupId"] for entry in completed] == [backup_id, 134691]
    (available, _) = service.get("/backup/availableforrestore")
    assert available["LastSuccessfulBackupTime"] == completed[0]["CompletedTime"]
    configuration = service.get("/backup-configuration/172418")
    assert configuration["LastRunBackupReportId"] == backup_id
    assert configuration["LastRunTime"] == completed[0]["CompletedTime"]


def test_a_running_backup_is_not_started_twice(service: Service) -> None:
    backup_id = act(service, "StartManual", 172418, 200)

    assert str(backup_id) in act(service, "StartManual", 172418, 400)["message"]


def test_a_stopped_backup_leaves_nothing_to_restore(service: Service) -> None:
    backup_id = act(service, "StartManual", 172418, 200)
    service.advance(20)
    act(service, "StopManual", backup_id, 204)
    assert service.get(f"/backup/{backup_id}")["CurrentState"] == "StopRequested"
    service.advance(5)

    assert service.get(f"/backup/{backup_id}")["CurrentState"] == "Stopped"
    assert service.get(f"/backup/report/{backup_id}")["CanRestore"] is False
    assert len(service.get("/backup/completed/172418")) == 1
    act(service, "StopManual", backup_id, 400)


def test_offline_unknown_and_deleted_are_refused(service: Service) -> None:
    act(service, "StartManual", 172417, 403)
    act(service, "StartManual", 3, 404)
    act(service, "StartManual", 158638, 404)
    act(service, "StopManual", 172418, 404)


def test_replaced_backups_are_kept_as_long_as_the_configuration_says(service: Service) -> None:
    first, second = run(service, 148325), run(service, 148325)

    def kept() -> list[int]:
        service.log_in()
        return [entry["BackupId"] for entry in service.get("/backup/completed/148325")]

    service.advance(59 * DAY)
    assert kept() == [second, first]
    service.advance(2 * DAY)
    assert kept() == [second]
    service.advance(1000 * DAY)
    assert kept() == [second]
    assert service.get(f"/backup/report/{first}")["CanRestore"] is False
