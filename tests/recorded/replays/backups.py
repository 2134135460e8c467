"""Backups: what the published examples ask for, and what comes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from cloud_backup.wire.byte_size import ByteSize
from cloud_backup_api.api.backups import (
    get_backup,
    get_backup_report,
    list_completed_backups,
    request_backup_action,
)
from cloud_backup_api.api.restores import list_backups_available_for_restore
from cloud_backup_api.models import (
    BackupAction,
    BackupState,
    RequestedAction,
)

from .keys import AVAILABLE_MODULUS, BACKUP_MODULUS
from .replay import Replay

REPLAYS: Final[dict[str, Replay]] = {
    "requestBackupAction.start": Replay(
        partial(
            request_backup_action.sync_detailed,
            body=BackupAction(action=RequestedAction("StartManual"), id=148325),
        ),
        368785,
    ),
    "requestBackupAction.stop": Replay(
        partial(
            request_backup_action.sync_detailed,
            body=BackupAction(action=RequestedAction("StopManual"), id=368785),
        ),
    ),
    "getBackup": Replay(
        partial(get_backup.sync_detailed, 134332),
        {
            "backup_id": 134332,
            "backup_configuration_id": 158519,
            "backup_configuration_name": "Weekly Website Backup",
            "state": BackupState.QUEUED,
            "state_change_time": datetime(2013, 1, 18, 17, 28, 17, tzinfo=UTC),
            "machine_agent_id": 224321,
            "machine_name": "Web Server",
            "is_encrypted": False,
            "encryption_key": {"modulus_hex": BACKUP_MODULUS, "exponent_hex": 10001},
        },
    ),
    "listCompletedBackups": Replay(
        partial(list_completed_backups.sync_detailed, 158638),
        [
            {
                "backup_id": 134386,
                "backup_configuration_id": 158638,
                "backup_configuration_name": "Weekly Website Backup",
                "machine_agent_id": 224505,
                "machine_name": "Web Server",
                "completed_time": datetime(2013, 1, 18, 18, 55, 52, tzinfo=UTC),
                "bytes_searched": ByteSize(10245674584),
                "errors": 0,
            }
        ],
    ),
    "getBackupReport": Replay(
        partial(get_backup_report.sync_detailed, 92500),
        {
            "backup_id": 92500,
            "backup_configuration_id": 101145,
            "backup_configuration_name": "Database Server Backup",
            "backup_configuration_is_deleted": False,
            "computer_name": "Database Server",
            "machine_agent_id": 95874,
            "state": BackupState.COMPLETED_WITH_ERRORS,
            "can_restore": True,
            "start_time": datetime(2012, 10, 24, 22, 46, tzinfo=UTC),
            "completed_time": datetime(2012, 10, 24, 22, 50, 33, tzinfo=UTC),
            "duration": timedelta(seconds=273),
            "files_searched": 11936,
            "bytes_searched": ByteSize.parse("3.7 GB"),
            "files_backed_up": 6,
            "bytes_backed_up": ByteSize.parse("178.1 MB"),
            "errors": 2,
            "reason": "Success",
            "diagnostics": "Completed With Errors",
            "error_list": [
                {
                    "report_id": 48785,
                    "list_index": 3210,
                    "error_type": 101,
                    "description": "The agent experienced a problem. (Rax)",
                    "details": 'Cannot open file "C:\\Program Files\\MicrosoftSQL Server\\MSSQL10_50.MSSQLSERVER\\MSSQL\\DATA\\tempdb.mdf". The process cannot access the file because it is beingused by another process. .',
                    "exception_details": '1: [WindowsFs.cpp: 157-rax::WindowsFs::Open]Error Code(313): Cannot open file "C:\\Program Files\\Microsoft SQL Server\\MSSQL10_50.MSSQLSERVER\\MSSQL\\DATA\\tempdb.mdf". The process cannot access the file because it is being used by another process. .',
                    "code": 313,
                    "path": "C:\\Program Files\\Microsoft SQL Server\\MSSQL10_50.MSSQLSERVER\\MSSQL\\DATA\\tempdb.mdf",
                },
                {
                    "report_id": 48785,
                    "list_index": 3211,
                    "error_type": 101,
                    "description": "The agent experienced a problem. (Rax)",
                    "details": 'Cannot open file "C:\\Program Files\\MicrosoftSQL Server\\MSSQL10_50.MSSQLSERVER\\MSSQL\\DATA\\templog.ldf". The process cannot access the file because it is being used by another process. .',
                    "exception_details": '1: [WindowsFs.cpp: 157-rax::WindowsFs::Open]Error Code(313): Cannot open file "C:\\Program Files\\Microsoft SQL Server\\MSSQL10_50.MSSQLSERVER\\MSSQL\\DATA\\templog.ldf". The process cannot access the file because it is being used by another process. .',
                    "code": 313,
                    "path": "C:\\Program Files\\Microsoft SQL Server\\MSSQL10_50.MSSQLSERVER\\MSSQL\\DATA\\templog.ldf",
                },
            ],
        },
    ),
    "listBackupsAvailableForRestore": Replay(
        list_backups_available_for_restore.sync_detailed,
        [
            {
                "backup_configuration_id": 172418,
                "backup_configuration_name": "BackupConfig1",
                "machine_agent_id": 252036,
                "machine_name": "MBP0",
                "is_encrypted": False,
                "public_key_hex": 10001,
                "public_key_mod": AVAILABLE_MODULUS,
                "flavor": "RaxCloudServer",
                "last_successful_backup_time": datetime(2013, 2, 12, 20, 46, 11, tzinfo=UTC),
            },
            {
                "backup_configuration_id": 172417,
                "backup_configuration_name": "BackupCOnfig2",
                "machine_agent_id": 252034,
                "machine_name": "MBP2",
                "is_encrypted": False,
                "public_key_hex": 10001,
                "public_key_mod": AVAILABLE_MODULUS,
                "flavor": "RaxCloudServer",
                "last_successful_backup_time": datetime(2013, 2, 12, 20, 45, 57, tzinfo=UTC),
            },
        ],
    ),
}
