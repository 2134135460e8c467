"""The client: what it sends, and what it makes of the published answers."""

from __future__ import annotations

import asyncio
import pickle
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.overlay.conftest import API_KEY, AUTH_URL, TOKEN

from cloud_backup import (
    Activity,
    ActivityType,
    AgentStatus,
    AsyncCloudBackup,
    AuthenticationError,
    BackupState,
    CloudBackup,
    InvalidRequest,
    NotFound,
    RestoreState,
    ServerError,
    UnexpectedAnswer,
    Unreachable,
    responses,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.overlay.conftest import FakeService

AVAILABLE = {
    "BackupConfigurationId": 172418,
    "BackupConfigurationName": "BackupConfig1",
    "MachineName": "MBP0",
    "MachineAgentId": 252036,
    "IsEncrypted": False,
    "PublicKeyHex": 10001,
    "PublicKeyMod": "a526",
    "Flavor": "RaxCloudServer",
    "LastSuccessfulBackupTime": "/Date(1360701971000)/",
}
COMPLETED = {
    "BackupId": 134386,
    "BackupConfigurationId": 158638,
    "BackupConfigurationName": "Weekly Website Backup",
    "MachineName": "Web Server",
    "MachineAgentId": 224505,
    "CompletedTime": "/Date(1358535352000)/",
    "BytesSearched": 10245674584,
    "NumErrors": 0,
}
RESTORE = {
    "RestoreId": 1394,
    "BackupId": 133599,
    "DestinationMachineId": 156751,
    "OverwriteFiles": False,
    "BackupConfigurationId": 6265,
    "BackupConfigurationName": "Restore_Backup",
    "BackupRestorePoint": "/Date(1357151359000)/",
    "BackupMachineId": 5,
    "BackupMachineName": "BALAJIMBP",
    "BackupFlavor": "RaxCloudServer",
    "DestinationMachineName": "BILLS-TEST-WIN",
    "DestinationPath": "C:\\FolderPathForRestore\\",
    "BackupDataCenter": "DFW",
    "IsEncrypted": False,
    "EncryptedPassword": None,
    "PublicKey": {"ModulusHex": "CA75", "ExponentHex": 10001},
    "RestoreStateId": 0,
}
RESTORE_REPORT = {
    "BackupConfigurationId": 6270,
    "BackupConfigurationName": "Restore_Backup",
    "BackupReportId": 133886,
    "RestorePoint": "/Date(1357151359000)/",
    "StartTime": "/Date(1357226521000)/",
    "CompletedTime": "/Date(1357226535000)/",
    "Duration": "00:00:14",
    "OriginatingComputerName": "sujala-test-centos",
    "State": "CompletedWithErrors",
    "NumFilesRestored": "35",
    "NumBytesRestored": "18 MB",
    "RestoreDestination": "BILLS-TEST-WIN",
    "RestoreDestinationMachineId": 864,
    "NumErrors": "1",
    "Reason": "UnableToProcessSomeFiles",
    "Diagnostics": "Some files may not have been restored",
    "ErrorList": [],
}
BACKUP = {
    "BackupId": 134332,
    "BackupConfigurationId": 158519,
    "CurrentState": "Queued",
    "BackupConfigurationName": "Weekly Website Backup",
    "MachineAgentId": 224321,
    "MachineName": "Web Server",
    "StateChangeTime": "/Date(1358530097000)/",
    "IsEncrypted": False,
}
BACKUP_REPORT = {
    "BackupId": 92500,
    "BackupConfigurationId": 101145,
    "BackupConfigurationName": "Database Server Backup",
    "BackupConfigurationIsDeleted": False,
    "ComputerName": "Database Server",
    "MachineAgentId": 95874,
    "State": "CompletedWithErrors",
    "CanRestore": True,
    "StartTime": "/Date(1351118760000)/",
    "CompletedTime": "/Date(1351119033000)/",
    "Duration": "00:04:33",
    "FilesSearched": "11936",
    "BytesSearched": "3.7 GB",
    "FilesBackedUp": "6",
    "BytesBackedUp": "178.1 MB",
    "NumErrors": 2,
    "Reason": "Success",
    "Diagnostics": "Completed With Errors",
    "ErrorList": [
        {
            "BackupReportID": 48785,
            "ListIndex": 3210,
            "ErrorType": 101,
            "ErrorDesc": "The agent experienced a problem. (Rax)",
            "ExceptionDesc": "Cannot open file",
            "ExceptionCode": 313,
            "Path": "C:\\tempdb.mdf",
        }
    ],
}
AGENT = {
    "AgentVersion": "1.05.005848",
    "Architecture": "64-bit",
    "Flavor": "RaxCloudServer",
    "BackupVaultSize": "35.3 MB",
    "CleanupAllowed": True,
    "Datacenter": "DFW",
    "IPAddress": "192.168.1.1",
    "IsDisabled": False,
    "IsEncrypted": True,
    "MachineAgentId": 213564,
    "MachineName": "Web Server",
    "OperatingSystem": "Windows Server 2012",
    "OperatingSystemVersion": "",
    "PublicKey": {"ModulusHex": "a526", "ExponentHex": "09528"},
    "Status": "Online",
    "TimeOfLastSuccessfulBackup": "/Date(1357817400000)/",
    "UseServiceNet": "true",
    "HostServerId": "87c3b6e1-fb1a-41f9-91e5-313ae35a5a06",
}
CONFIGURATION = {
    "BackupConfigurationId": 6265,
    "BackupConfigurationName": "Weekly Website Backup",
    "MachineAgentId": 156953,
    "MachineName": "Web Server",
    "Flavor": "RaxCloudServer",
    "IsEncrypted": False,
    "IsActive": True,
    "IsDeleted": False,
    "VersionRetention": 60,
    "Frequency": "Manually",
    "NextScheduledRunTime": "/Date(-62135578800000)/",
    "LastRunTime": None,
    "LastRunBackupReportId": None,
}
ACTIVITY = {
    "ID": 134692,
    "Type": "Backup",
    "ParentId": 6265,
    "DisplayName": "Backup1",
    "IsBackupConfigurationDeleted": False,
    "SourceMachineAgentId": 5,
    "SourceMachineName": "BALAJIMBP",
    "DestinationMachineAgentId": 0,
    "DestinationMachineName": "",
    "CurrentState": "Completed",
    "TimeOfActivity": "/Date(1357230189000)/",
    "BackupId": 134332,
}


def test_the_lines_of_the_readme(service: FakeService, backup: CloudBackup) -> None:
    older = {**AVAILABLE, "BackupConfigurationId": 172417} | {
        "LastSuccessfulBackupTime": "/Date(1360701957000)/"
    }
    service.answer("GET", "/backup/availableforrestore", [older, AVAILABLE])
    completed_of_it = COMPLETED | {"BackupConfigurationId": 172418}
    service.answer("GET", "/backup/completed/172418", [completed_of_it])
    service.answer("PUT", "/restore", RESTORE | {"BackupId": 134386})
    service.answer("POST", "/restore/action-requested", httpx.Response(204))
    service.answer("GET", "/restore/1394", RESTORE | {"RestoreStateId": 8})
    service.answer("GET", "/restore/report/1394", RESTORE_REPORT)

    with backup:
        newest = max(backup.restores.available(), key=lambda b: b.last_successful_backup_time)
        completed = backup.backups.completed(newest.backup_configuration_id)[0]
        restore = backup.restores.create(
            backup_id=completed.backup_id,
            source=completed.machine_agent_id,
            destination=completed.machine_agent_id,
            path="/restored",
            overwrite=False,
        )
        backup.restores.start(restore)
        report = backup.restores.wait(restore).report()

    assert report.state == "CompletedWithErrors"
    assert report.duration == timedelta(seconds=14)
    assert (report.files_restored, report.errors) == (35, 1)
    assert (report.bytes_restored, str(report.bytes_restored)) == (18 << 20, "18 MB")
    assert [(seen.method, seen.body) for seen in service.seen if seen.body] == [
        (
            "PUT",
            {
                "BackupId": 134386,
                "BackupMachineId": 224505,
                "DestinationMachineId": 224505,
                "DestinationPath": "/restored",
                "OverwriteFiles": False,
            },
        ),
        ("POST", {"Action": "StartManual", "Id": 1394}),
    ]


def test_the_async_client_does_the_same(
    service: FakeService, async_backup: AsyncCloudBackup
) -> None:
    service.answer("GET", "/backup/completed/158638", [COMPLETED])
    service.answer("PUT", "/restore", RESTORE | {"BackupId": 134386})
    service.answer("POST", "/restore/action-requested", httpx.Response(204))
    service.answer(
        "GET", "/restore/1394", *(RESTORE | {"RestoreStateId": number} for number in (6, 3))
    )
    service.answer("GET", "/restore/report/1394", RESTORE_REPORT)

    async def main() -> str:
        async with async_backup as backup:
            completed = (await backup.backups.completed(158638))[0]
            restore = await backup.restores.create(
                backup_id=completed, source=completed, destination=5, path="/r", overwrite=True
            )
            await backup.restores.start(restore)
            return (await (await backup.restores.wait(restore)).report()).state

    assert asyncio.run(main()) == "CompletedWithErrors"
    assert len(service.logins) == 1


def test_restore(service: FakeService, backup: CloudBackup) -> None:
    service.answer("GET", "/restore/1394", RESTORE)

    restore = backup.restores.get(1394)

    assert restore.state is RestoreState.CREATING
    assert not restore.is_final
    assert restore.restore_point == datetime(2013, 1, 2, 18, 29, 19, tzinfo=UTC)
    assert (restore.backup_machine_id, restore.destination_machine_id) == (5, 156751)
    assert restore.destination_path == "C:\\FolderPathForRestore\\"
    assert restore.overwrite_files is False
    assert restore.backup_datacenter == "DFW"
    assert backup.restores.get(restore) == restore
    assert hash(restore) == hash(backup.restores.get(restore))
    assert pickle.loads(pickle.dumps(restore)) == restore


@pytest.mark.parametrize(
    ("number", "state", "final"),
    [
        (2, "InProgress", False),
        (4, "Stopped", True),
        (5, "Failed", True),
        (9, "Preparing", False),
        (77, "77", False),
        ("3", "Completed", True),
    ],
)
def test_states_of_a_restore(
    service: FakeService, backup: CloudBackup, number: Any, state: str, *, final: bool
) -> None:
    service.answer("GET", "/restore/1394", RESTORE | {"RestoreStateId": number})

    restore = backup.restores.get(1394)

    assert (str(restore.state), restore.is_final) == (state, final)


def test_restore_report(service: FakeService, backup: CloudBackup) -> None:
    service.answer("GET", "/restore/report/1394", RESTORE_REPORT)

    report = backup.restores.report(1394)

    assert report.restore_point == datetime(2013, 1, 2, 18, 29, 19, tzinfo=UTC)
    assert report.start_time is not None
    assert report.completed_time is not None
    assert report.completed_time - report.start_time == report.duration
    assert (report.destination, report.destination_machine_id) == ("BILLS-TEST-WIN", 864)
    assert report.originating_computer_name == "sujala-test-centos"
    assert report.reason == "UnableToProcessSomeFiles"
    assert report.error_list == ()


def test_update_sends_all_fields_of_a_restore(service: FakeService, backup: CloudBackup) -> None:
    service.answer("GET", "/restore/1394", RESTORE)
    service.answer("POST", "/restore", httpx.Response(204))

    backup.restores.update(1394, path="/elsewhere", overwrite=True)

    assert service.seen[1].body == {
        "RestoreId": 1394,
        "BackupId": 133599,
        "BackupMachineId": 5,
        "DestinationMachineId": 156751,
        "OverwriteFiles": True,
        "BackupConfigurationId": 6265,
        "DestinationPath": "/elsewhere",
        "RestoreStateId": 0,
        "BackupDataCenter": "DFW",
    }


def test_an_update_needs_all_that_it_sends(service: FakeService, backup: CloudBackup) -> None:
    service.answer("GET", "/restore/1394", {**RESTORE, "BackupMachineId": None})

    with pytest.raises(UnexpectedAnswer, match="no BackupMachineId, which an update needs"):
        backup.restores.update(1394, path="/elsewhere")
    assert len(service.seen) == 1


def test_files_of_a_restore(service: FakeService, backup: CloudBackup) -> None:
    file = {"FilePath": "/boot", "Filter": 2, "RestoreId": 1394, "FileItemType": 1}
    service.answer("GET", "/restore/files/1394", [file])
    service.answer("PUT", "/restore/files", httpx.Response(200))
    service.answer("DELETE", "/restore/files/1394", httpx.Response(204))

    (listed,) = backup.restores.files(1394)
    backup.restores.add_file(1394, "C:\\ImportantFile.txt")
    backup.restores.add_file(1394, "/boot", include=False, folder=True)
    backup.restores.delete_files(1394)

    assert (listed.path, listed.include, listed.is_folder) == ("/boot", False, True)
    assert [seen.body for seen in service.seen[1:3]] == [
        {
            "FilePath": "C:\\ImportantFile.txt",
            "Filter": 1,
            "ParentId": 1394,
            "FileItemType": 0,
        },
        {"FilePath": "/boot", "Filter": 2, "ParentId": 1394, "FileItemType": 1},
    ]
    assert service.seen[3].method == "DELETE"


def test_start_of_an_encrypted_restore_and_stop(service: FakeService, backup: CloudBackup) -> None:
    service.answer("POST", "/restore/action-requested", httpx.Response(204))

    backup.restores.start(13689, encrypted_password="c0ffee")
    backup.restores.stop(13689)

    assert [seen.body for seen in service.seen] == [
        {"Action": "StartManual", "Id": 13689, "EncryptedPassword": "c0ffee"},
        {"Action": "StopManual", "Id": 13689},
    ]


def test_completed_backups_come_newest_first(service: FakeService, backup: CloudBackup) -> None:
    newer = COMPLETED | {"BackupId": 7, "CompletedTime": "/Date(1358535353000)/"}
    service.answer("GET", "/backup/completed/158638", [COMPLETED, newer])

    first, second = backup.backups.completed(158638)

    assert (first.backup_id, second.backup_id) == (7, 134386)
    assert second.bytes_searched == 10245674584
    assert second.completed_time == datetime(2013, 1, 18, 18, 55, 52, tzinfo=UTC)


def test_backups_are_started_and_stopped(service: FakeService, backup: CloudBackup) -> None:
    service.answer(
        "POST",
        "/backup/action-requested",
        httpx.Response(200, content=b"368785"),
        httpx.Response(204),
    )
    service.answer("GET", "/backup/368785", BACKUP | {"BackupId": 368785})

    started = backup.backups.start(148325)
    looked = backup.backups.get(started)
    backup.backups.stop(started)

    assert (started.backup_id, started.backup_configuration_id) == (368785, 148325)
    assert looked.state is BackupState.QUEUED
    assert looked.state_change_time == datetime(2013, 1, 18, 17, 28, 17, tzinfo=UTC)
    assert service.seen[0].body == {"Action": "StartManual", "Id": 148325}
    assert service.seen[2].body == {"Action": "StopManual", "Id": 368785}


def test_backup_report(service: FakeService, backup: CloudBackup) -> None:
    service.answer("GET", "/backup/report/92500", BACKUP_REPORT)

    report = backup.backups.report(92500)

    assert report.state == "CompletedWithErrors"
    assert report.duration == timedelta(minutes=4, seconds=33)
    assert (report.files_searched, report.files_backed_up, report.errors) == (11936, 6, 2)
    assert str(report.bytes_searched) == "3.7 GB"
    assert report.bytes_backed_up == round(178.1 * 1024**2)
    assert report.can_restore is True
    (error,) = report.error_list
    assert (error.path, error.code) == ("C:\\tempdb.mdf", 313)
    assert error.description == "The agent experienced a problem. (Rax)"


def test_agents(service: FakeService, backup: CloudBackup) -> None:
    service.answer("GET", "/user/agents", [AGENT])
    service.answer("GET", "/agent/213564", AGENT | {"Status": "Napping", "BackupVaultSize": None})
    service.answer("POST", "/user/wakeupagents", httpx.Response(200))

    (agent,) = backup.agents.list()
    again = backup.agents.get(agent)
    backup.agents.wake()

    assert agent.status is AgentStatus.ONLINE
    assert str(agent.vault_size) == "35.3 MB"
    assert agent.last_successful_backup_time == datetime(2013, 1, 10, 11, 30, tzinfo=UTC)
    assert (agent.ip_address, agent.datacenter) == ("192.168.1.1", "DFW")
    assert (again.status, again.vault_size) == ("Napping", None)
    assert service.seen[2].method == "POST"


def test_configurations(service: FakeService, backup: CloudBackup) -> None:
    service.answer("GET", "/backup-configuration", [CONFIGURATION, CONFIGURATION])
    service.answer("GET", "/backup-configuration/system/156953", [CONFIGURATION])
    service.answer("GET", "/backup-configuration/6265", CONFIGURATION | {"IsDeleted": True})
    service.answer("DELETE", "/backup-configuration/6265", httpx.Response(200))

    assert len(backup.configurations.list()) == 2
    (configuration,) = backup.configurations.list(agent=156953)
    deleted = backup.configurations.get(configuration)
    backup.configurations.delete(configuration)

    assert configuration.backup_configuration_name == "Weekly Website Backup"
    assert configuration.frequency == "Manually"
    assert configuration.next_scheduled_run_time is None
    assert (configuration.is_deleted, deleted.is_deleted) == (False, True)


def test_activity(service: FakeService, backup: CloudBackup) -> None:
    cleanup = {"ID": 1, "Type": "Cleanup", "ParentId": 0, "TimeOfActivity": "/Date(0)/"}
    service.answer("GET", "/activity", [ACTIVITY, cleanup])
    service.answer("GET", "/system/activity/5", [ACTIVITY])

    first, second = backup.activity.list()

    assert isinstance(first, Activity)
    assert (first.type, second.type) == (ActivityType.BACKUP, ActivityType.CLEANUP)
    assert first.time_of_activity == datetime(2013, 1, 3, 16, 23, 9, tzinfo=UTC)
    assert (first.destination_machine_agent_id, first.destination_machine_name) == (None, None)
    assert (first.state, first.is_final, second.is_final) == ("Completed", True, False)
    assert (first.backup_id, second.parent_id) == (134332, None)
    assert backup.activity.list(agent=5) == [first]


WITHOUT: list[tuple[str, Callable[[CloudBackup], object], dict[str, Any], str]] = [
    ("/restore/5", lambda backup: backup.restores.get(5), RESTORE, "RestoreId"),
    ("/restore/5", lambda backup: backup.restores.get(5), RESTORE, "RestoreStateId"),
    ("/restore/report/5", lambda backup: backup.restores.report(5), RESTORE_REPORT, "State"),
    ("/agent/5", lambda backup: backup.agents.get(5), AGENT, "MachineAgentId"),
    ("/backup/5", lambda backup: backup.backups.get(5), BACKUP, "BackupId"),
]


@pytest.mark.parametrize("value", [None, "missing", [], {}, ""])
@pytest.mark.parametrize("case", WITHOUT, ids=[case[3] for case in WITHOUT])
def test_an_answer_without_what_it_must_have(
    service: FakeService,
    backup: CloudBackup,
    case: tuple[str, Callable[[CloudBackup], object], dict[str, Any], str],
    value: object,
) -> None:
    path, ask, document, name = case
    answer = {key: item for key, item in document.items() if key != name}
    if value != "missing":
        answer[name] = value
    service.answer("GET", path, answer)

    with pytest.raises(UnexpectedAnswer) as e:
        ask(backup)

    assert e.value.field == name
    assert name in str(e.value)
    assert str(e.value).startswith(f"{e.value.operation}: ")


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200),
        httpx.Response(200, html="<html>"),
        httpx.Response(200, json=None),
        httpx.Response(200, json="no"),
        httpx.Response(200, json={}),
        httpx.Response(204),
    ],
)
def test_an_answer_of_another_kind(
    service: FakeService, backup: CloudBackup, answer: httpx.Response
) -> None:
    service.answer("GET", "/restore/5", answer)
    service.answer("GET", "/user/agents", answer)

    with pytest.raises(UnexpectedAnswer, match=r"^getRestore: "):
        backup.restores.get(5)
    if answer.content == b"[5]":
        assert backup.agents.list() == []
        return
    with pytest.raises(UnexpectedAnswer, match=r"^listAgents: "):
        backup.agents.list()


def test_fields_that_are_strange_or_new_do_no_harm(
    service: FakeService, backup: CloudBackup
) -> None:
    odd = AGENT | {
        "IPAddress": 5,
        "IsDisabled": "perhaps",
        "BackupVaultSize": "lots",
        "TimeOfLastSuccessfulBackup": "yesterday",
        "Colour": "blue",
    }
    service.answer("GET", "/agent/213564", odd)

    agent = backup.agents.get(213564)

    assert (agent.ip_address, agent.is_disabled, agent.vault_size) == (None, None, None)
    assert agent.last_successful_backup_time is None
    assert agent.received["Colour"] == "blue"


def test_the_services_errors_name_the_operation(service: FakeService, backup: CloudBackup) -> None:
    service.answer(
        "GET", "/restore/5", httpx.Response(404, json={"code": 404, "message": "no restore 5"})
    )

    with pytest.raises(NotFound) as e:
        backup.restores.get(5)

    error = e.value
    assert (error.status, error.operation, error.message) == (404, "getRestore", "no restore 5")
    assert error.request.url == "https://dfw.backup.example/v1.0/1234/restore/5"


def test_errors_that_are_not_json(service: FakeService, backup: CloudBackup) -> None:
    service.answer("POST", "/user/wakeupagents", httpx.Response(502, html="<h1>Bad</h1>"))
    service.answer("GET", "/restore/5", httpx.Response(302, headers={"Location": "/"}))

    with pytest.raises(ServerError, match="wakeAgents: 502 Bad Gateway"):
        backup.agents.wake()
    with pytest.raises(Exception, match="getRestore: 302 Found"):
        backup.restores.get(5)


def test_a_service_that_is_not_there(service: FakeService, backup: CloudBackup) -> None:
    service.answer("GET", "/restore/5", httpx.ReadTimeout("slow"))

    with pytest.raises(Unreachable, match="getRestore: no answer: ReadTimeout: slow") as e:
        backup.restores.get(5)

    assert e.value.operation == "getRestore"
    assert isinstance(e.value.__cause__, httpx.ReadTimeout)


@pytest.mark.parametrize(
    "ask",
    [
        lambda backup: backup.restores.get(0),
        lambda backup: backup.restores.get(-1),
        lambda backup: backup.restores.get(True),
        lambda backup: backup.backups.completed(0),
        lambda backup: backup.agents.get(0),
        lambda backup: backup.restores.add_file(5, ""),
        lambda backup: backup.restores.wait(5, poll_interval=0),
        lambda backup: backup.restores.create(
            backup_id=1, source=1, destination=1, path=" ", overwrite=False
        ),
        lambda backup: backup.restores.create(
            backup_id=1, source=1, destination=0, path="/", overwrite=False
        ),
    ],
)
def test_what_cannot_be_right_is_not_sent(
    service: FakeService, backup: CloudBackup, ask: Callable[[CloudBackup], object]
) -> None:
    with pytest.raises(ValueError, match=r"id|path|poll_interval"):
        ask(backup)

    assert service.logins == []


def test_the_client_is_closed_with_its_transport(service: FakeService) -> None:
    closed = []

    class Transport(httpx.MockTransport):
        def close(self) -> None:
            closed.append("sync")

        async def aclose(self) -> None:
            closed.append("async")

    CloudBackup("demo", "key", transport=Transport(service.handle)).close()

    async def main() -> None:
        async with AsyncCloudBackup("demo", "key", transport=Transport(service.handle)):
            pass
        await AsyncCloudBackup("demo", "key", transport=Transport(service.handle)).aclose()

    asyncio.run(main())
    assert closed == ["sync", "async", "async"]


def test_a_base_url_replaces_that_of_the_catalogue(service: FakeService) -> None:
    transport = service.transport()
    base_url = "http://127.0.0.1:8774/v1.0/1234"
    auth_url = "https://identity.example"
    with CloudBackup(
        "demo", password="word", auth_url=auth_url, base_url=base_url, transport=transport
    ) as backup:
        assert backup.service_url == base_url
        backup.agents.list()

    assert service.seen[0].url == "http://127.0.0.1:8774/v1.0/1234/user/agents"


def test_where_the_service_is_is_known_after_the_first_call(
    service: FakeService, backup: CloudBackup
) -> None:
    assert backup.service_url is None
    service.answer("GET", "/user/agents", [])
    backup.agents.list()

    assert backup.service_url == str(service.seen[-1].url).removesuffix("/user/agents")


def test_waiting_for_an_answer_has_an_end() -> None:
    with CloudBackup("demo", "key") as backup:
        timeout = backup._http.current().timeout

    assert (timeout.connect, timeout.read, timeout.write) == (10, 30, 30)


def test_the_state_of_things_decides(service: FakeService, backup: CloudBackup) -> None:
    service.answer("GET", "/restore/1394", RESTORE)
    service.answer("POST", "/restore", httpx.Response(400, json={"code": 400, "message": "late"}))

    with pytest.raises(InvalidRequest, match="updateRestore: 400 late"):
        backup.restores.update(1394, path="/elsewhere")


@pytest.mark.parametrize("ask", ["get", "stop", "update"])
def test_timeout_and_headers_of_one_call(service: FakeService, ask: str) -> None:
    sent: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return service.handle(request)

    service.answer("GET", "/restore/1394", RESTORE)
    service.answer("POST", "/restore", httpx.Response(204))
    service.answer("POST", "/restore/action-requested", httpx.Response(204))
    with CloudBackup(
        "demo", API_KEY, auth_url=AUTH_URL, transport=httpx.MockTransport(handle)
    ) as backup:
        getattr(backup.restores, ask)(1394, timeout=7, headers={"X-Trace": "5", "Accept": "text/x"})
        backup.restores.get(1394)

    login, *of_the_call, after = sent
    assert "X-Trace" not in login.headers
    assert "X-Trace" not in after.headers
    assert login.extensions["timeout"]["read"] == after.extensions["timeout"]["read"] == 30
    for request in of_the_call:
        assert request.headers["X-Trace"] == "5"
        assert request.headers["X-Auth-Token"]
        assert request.extensions["timeout"] == dict.fromkeys(
            ("connect", "read", "write", "pool"), 7
        )


def test_a_token_is_not_to_be_replaced_by_a_header(
    service: FakeService, backup: CloudBackup
) -> None:
    service.answer("GET", "/restore/1394", RESTORE)

    backup.restores.get(1394, headers={"X-Auth-Token": "another"})

    assert set(service.tokens()) == {f"{TOKEN}-1"}


def test_responses_of_a_block(service: FakeService, backup: CloudBackup) -> None:
    service.answer("GET", "/restore/1394", httpx.Response(404), RESTORE)

    with responses() as received:
        with pytest.raises(NotFound), responses() as inner:
            backup.restores.get(1394)
        backup.restores.get(1394)
    backup.restores.get(1394)

    assert [response.status_code for response in inner] == [404]
    assert [response.status_code for response in received] == [404, 200]
    assert received[1].json() == RESTORE
    assert received[1].request.url.path.endswith("/restore/1394")
    assert TOKEN not in repr(received[1].request.headers)


def test_responses_have_the_one_that_refused_the_token(
    service: FakeService, backup: CloudBackup
) -> None:
    service.answer("GET", "/restore/1394", RESTORE)
    backup.restores.get(1394)

    service.revoked.add(f"{TOKEN}-1")
    with responses() as received:
        backup.restores.get(1394)
    service.revoked.add(f"{TOKEN}-2")
    service.login_answer = httpx.Response(401)
    with responses() as failed, pytest.raises(AuthenticationError):
        backup.restores.get(1394)

    assert [response.status_code for response in received] == [401, 200]
    assert received[0].json()["message"] == "the token has expired"
    assert TOKEN not in repr(received[0].request.headers)
    assert [response.status_code for response in failed] == [401]


def test_responses_asynchronously(service: FakeService, async_backup: AsyncCloudBackup) -> None:
    service.answer("GET", "/restore/1394", RESTORE)

    async def ask() -> list[int]:
        async with async_backup as backup:
            with responses() as received:
                await asyncio.gather(backup.restores.get(1394), backup.restores.get(1394))
            return [response.status_code for response in received]

    assert asyncio.run(ask()) == [200, 200]
