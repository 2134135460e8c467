"""Backups: what the published examples ask for, and what comes back."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Final

from cloud_backup_api.api.backups import (
    get_backup,
    get_backup_report,
    list_backups_available_for_restore,
    list_completed_backups,
    request_backup_action,
)
from cloud_backup_api.models import (
    AvailableBackup,
    Backup,
    BackupAction,
    BackupReport,
    BackupState,
    CompletedBackup,
    PublicKey,
    ReportError,
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
        Backup(
            backup_id=134332,
            backup_configuration_id=158519,
            current_state=BackupState.QUEUED,
            backup_configuration_name="Weekly Website Backup",
            machine_agent_id=224321,
            machine_name="Web Server",
            state_change_time=datetime(2013, 1, 18, 17, 28, 17, tzinfo=UTC),
            is_encrypted=False,
            encryption_key=PublicKey(modulus_hex=BACKUP_MODULUS, exponent_hex=10001),
        ),
    ),
    "listCompletedBackups": Replay(
        partial(list_completed_backups.sync_detailed, 158638),
        [
            CompletedBackup(
                backup_id=134386,
                backup_configuration_id=158638,
                backup_configuration_name="Weekly Website Backup",
                machine_name="Web Server",
                machine_agent_id=224505,
                completed_time=datetime(2013, 1, 18, 18, 55, 52, tzinfo=UTC),
                bytes_searched=10_245_674_584,
                num_errors=0,
            ),
        ],
    ),
    "getBackupReport": Replay(
        partial(get_backup_report.sync_detailed, 92500),
        BackupReport(
            backup_id=92500,
            backup_configuration_id=101145,
            backup_configuration_name="Database Server Backup",
            backup_configuration_is_deleted=False,
            computer_name="Database Server",
            machine_agent_id=95874,
            state=BackupState("CompletedWithErrors"),
            can_restore=True,
            start_time=datetime(2012, 10, 24, 22, 46, tzinfo=UTC),
            completed_time=datetime(2012, 10, 24, 22, 50, 33, tzinfo=UTC),
            duration="00:04:33",
            files_searched="11936",
            bytes_searched="3.7 GB",
            files_backed_up="6",
            bytes_backed_up="178.1 MB",
            num_errors=2,
            reason="Success",
            diagnostics="Completed With Errors",
            error_list=[
                ReportError(
                    backup_report_id=48785,
                    list_index=3210,
                    error_type=101,
                    error_desc="The agent experienced a problem. (Rax)",
                    exception_desc=(
                        'Cannot open file "C:\\Program Files\\MicrosoftSQL Server\\'
                        'MSSQL10_50.MSSQLSERVER\\MSSQL\\DATA\\tempdb.mdf". The process cannot '
                        "access the file because it is beingused by another process. ."
                    ),
                    exception_details=(
                        "1: [WindowsFs.cpp: 157-rax::WindowsFs::Open]Error Code(313): Cannot open "
                        'file "C:\\Program Files\\Microsoft SQL Server\\MSSQL10_50.MSSQLSERVER\\'
                        'MSSQL\\DATA\\tempdb.mdf". The process cannot access the file because it '
                        "is being used by another process. ."
                    ),
                    exception_code=313,
                    path=(
                        "C:\\Program Files\\Microsoft SQL Server\\MSSQL10_50.MSSQLSERVER\\MSSQL\\"
                        "DATA\\tempdb.mdf"
                    ),
                ),
                ReportError(
                    backup_report_id=48785,
                    list_index=3211,
                    error_type=101,
                    error_desc="The agent experienced a problem. (Rax)",
                    exception_desc=(
                        'Cannot open file "C:\\Program Files\\MicrosoftSQL Server\\'
                        'MSSQL10_50.MSSQLSERVER\\MSSQL\\DATA\\templog.ldf". The process cannot '
                        "access the file because it is being used by another process. ."
                    ),
                    exception_details=(
                        "1: [WindowsFs.cpp: 157-rax::WindowsFs::Open]Error Code(313): Cannot open "
                        'file "C:\\Program Files\\Microsoft SQL Server\\MSSQL10_50.MSSQLSERVER\\'
                        'MSSQL\\DATA\\templog.ldf". The process cannot access the file because it '
                        "is being used by another process. ."
                    ),
                    exception_code=313,
                    path=(
                        "C:\\Program Files\\Microsoft SQL Server\\MSSQL10_50.MSSQLSERVER\\MSSQL\\"
                        "DATA\\templog.ldf"
                    ),
                ),
            ],
        ),
    ),
    "listBackupsAvailableForRestore": Replay(
        list_backups_available_for_restore.sync_detailed,
        [
            AvailableBackup(
                backup_configuration_id=172418,
                backup_configuration_name="BackupConfig1",
                machine_name="MBP0",
                machine_agent_id=252036,
                is_encrypted=False,
                public_key_hex=10001,
                public_key_mod=AVAILABLE_MODULUS,
                flavor="RaxCloudServer",
                last_successful_backup_time=datetime(2013, 2, 12, 20, 46, 11, tzinfo=UTC),
            ),
            AvailableBackup(
                backup_configuration_id=172417,
                backup_configuration_name="BackupCOnfig2",
                machine_name="MBP2",
                machine_agent_id=252034,
                is_encrypted=False,
                public_key_hex=10001,
                public_key_mod=AVAILABLE_MODULUS,
                flavor="RaxCloudServer",
                last_successful_backup_time=datetime(2013, 2, 12, 20, 45, 57, tzinfo=UTC),
            ),
        ],
    ),
}
