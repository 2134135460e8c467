"""Answers that can't be right: rows of no use, another's answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from cloud_backup import AsyncCloudBackup, CloudBackup, UnexpectedAnswer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.overlay.conftest import FakeService

AGENT = {"MachineAgentId": 5, "HostServerId": "87c3b6e1-fb1a-41f9-91e5-313ae35a5a06"}
ANOTHER = "00000000-0000-4000-8000-000000000001"
CONFIGURATION = {"BackupConfigurationId": 7, "MachineAgentId": 5}
AVAILABLE = CONFIGURATION | {"LastSuccessfulBackupTime": "/Date(1360701957000)/"}
COMPLETED = CONFIGURATION | {"BackupId": 9, "CompletedTime": "/Date(1360701957000)/"}
BACKUP = {"BackupId": 9, "CurrentState": "Completed", "State": "Completed", "NumErrors": 0}
RESTORE = {"RestoreId": 8, "BackupId": 9, "RestoreStateId": 0}
FILE = {"FilePath": "/etc", "RestoreId": 8}
ACTIVITY = {"ID": 9, "Type": "Backup", "CurrentState": "Completed"}

LISTS: dict[str, tuple[str, dict[str, Any], str, Callable[[CloudBackup], list[Any]]]] = {
    "listAgents": ("/user/agents", AGENT, "MachineAgentId", lambda b: b.agents.list()),
    "listBackupConfigurations": (
        "/backup-configuration",
        CONFIGURATION,
        "MachineAgentId",
        lambda b: b.configurations.list(),
    ),
    "listAgentBackupConfigurations": (
        "/backup-configuration/system/5",
        CONFIGURATION,
        "BackupConfigurationId",
        lambda b: b.configurations.list(5),
    ),
    "listBackupsAvailableForRestore": (
        "/backup/availableforrestore",
        AVAILABLE,
        "LastSuccessfulBackupTime",
        lambda b: b.restores.available(),
    ),
    "listCompletedBackups": (
        "/backup/completed/7",
        COMPLETED,
        "CompletedTime",
        lambda b: b.backups.completed(7),
    ),
    "listActivity": ("/activity", ACTIVITY, "Type", lambda b: b.activity.list()),
    "listAgentActivity": ("/system/activity/5", ACTIVITY, "ID", lambda b: b.activity.list(5)),
    "listRestoreFiles": ("/restore/files/8", FILE, "FilePath", lambda b: b.restores.files(8)),
}


@pytest.mark.parametrize("operation", LISTS)
@pytest.mark.parametrize("spoiled", ["missing", "null", "an object", "no object"])
def test_a_row_that_cannot_be_read_hides_no_other(
    service: FakeService,
    backup: CloudBackup,
    caplog: pytest.LogCaptureFixture,
    operation: str,
    spoiled: str,
) -> None:
    path, row, name, ask = LISTS[operation]
    without = {key: value for key, value in row.items() if key != name}
    bad: Any = {
        "missing": without,
        "null": row | {name: None},
        "an object": row | {name: {}},
        "no object": "row",
    }[spoiled]
    service.answer("GET", path, [row, bad, row])

    assert len(ask(backup)) == 2

    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert record.message.startswith(f"{operation}: row 1 is skipped: ")
    assert ("expected an object" if spoiled == "no object" else name) in record.message


ANSWERS: dict[str, tuple[str, str, Any, str, Callable[[CloudBackup], object]]] = {
    "getAgent": (
        "GET",
        "/agent/5",
        AGENT | {"MachineAgentId": 6},
        "machine_agent_id",
        lambda b: b.agents.get(5),
    ),
    "getAgentByHostServer": (
        "GET",
        f"/agent/server/{AGENT['HostServerId']}",
        AGENT | {"HostServerId": ANOTHER},
        "host_server_id",
        lambda b: b.agents.get_by_host_server(str(AGENT["HostServerId"])),
    ),
    "updateAgent": (
        "POST",
        "/agent/5",
        AGENT | {"MachineAgentId": 6},
        "machine_agent_id",
        lambda b: b.agents.update(5, use_service_net=True),
    ),
    "getBackupConfiguration": (
        "GET",
        "/backup-configuration/7",
        CONFIGURATION | {"BackupConfigurationId": 6},
        "backup_configuration_id",
        lambda b: b.configurations.get(7),
    ),
    "setBackupConfigurationEnabled": (
        "POST",
        "/backup-configuration/enable/7",
        CONFIGURATION | {"BackupConfigurationId": 6},
        "backup_configuration_id",
        lambda b: b.configurations.enable(7),
    ),
    "listAgentBackupConfigurations": (
        "GET",
        "/backup-configuration/system/5",
        [CONFIGURATION, CONFIGURATION | {"MachineAgentId": 6}],
        "machine_agent_id",
        lambda b: b.configurations.list(5),
    ),
    "listCompletedBackups": (
        "GET",
        "/backup/completed/7",
        [COMPLETED | {"BackupConfigurationId": 6}],
        "backup_configuration_id",
        lambda b: b.backups.completed(7),
    ),
    "getBackup": (
        "GET",
        "/backup/9",
        CONFIGURATION | BACKUP | {"BackupId": 6},
        "backup_id",
        lambda b: b.backups.get(9),
    ),
    "getBackupReport": (
        "GET",
        "/backup/report/9",
        BACKUP | {"BackupId": 6},
        "backup_id",
        lambda b: b.backups.report(9),
    ),
    "getRestore": (
        "GET",
        "/restore/8",
        RESTORE | {"RestoreId": 6},
        "restore_id",
        lambda b: b.restores.get(8),
    ),
    "listRestoreFiles": (
        "GET",
        "/restore/files/8",
        [FILE | {"RestoreId": 6}],
        "restore_id",
        lambda b: b.restores.files(8),
    ),
    "createRestore": (
        "PUT",
        "/restore",
        RESTORE | {"BackupId": 6},
        "backup_id",
        lambda b: b.restores.create(
            backup_id=9, source=5, destination=5, path="/restored", overwrite=False
        ),
    ),
}


@pytest.mark.parametrize("operation", ANSWERS)
def test_an_answer_about_something_else_is_refused(
    service: FakeService, backup: CloudBackup, operation: str
) -> None:
    method, path, answer, field, ask = ANSWERS[operation]
    service.answer(method, path, answer)

    with pytest.raises(UnexpectedAnswer, match=r"asked for .*(6|0001)\b") as e:
        ask(backup)

    assert (e.value.operation, e.value.field) == (operation, field)
    assert len(service.seen) == 1


def test_asynchronously(service: FakeService, async_backup: AsyncCloudBackup) -> None:
    service.answer("GET", "/restore/8", RESTORE | {"RestoreId": 6})

    async def ask() -> None:
        async with async_backup as backup:
            await backup.restores.get(8)

    with pytest.raises(UnexpectedAnswer, match="asked for restore_id 8, got 6"):
        asyncio.run(ask())
