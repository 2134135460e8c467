"""Restores: what the published examples ask for, and what comes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from cloud_backup.wire.byte_size import ByteSize
from cloud_backup_api.api.restores import (
    add_restore_file,
    create_restore,
    delete_restore_file,
    get_restore,
    get_restore_report,
    list_restore_files,
    request_restore_action,
    update_restore,
)
from cloud_backup_api.models import (
    Datacenter,
    RequestedAction,
    RestoreAction,
    RestoreFileFilter,
    RestoreFileFilterText,
    RestoreFileInput,
    RestoreFileItemType,
    RestoreFileItemTypeText,
    RestoreInput,
    RestoreState,
    RestoreStateId,
    RestoreUpdate,
)

from .keys import ENCRYPTED_PASSWORD, RESTORE_MODULUS
from .replay import Replay

REPLAYS: Final[dict[str, Replay]] = {
    "createRestore": Replay(
        partial(
            create_restore.sync_detailed,
            body=RestoreInput(
                backup_id=133599,
                backup_machine_id=156953,
                destination_machine_id=156751,
                destination_path="C:\\FolderPathForRestore\\",
                backup_data_center=Datacenter.DFW,
                overwrite_files=False,
            ),
        ),
        {
            "restore_id": 1394,
            "state": RestoreState.CREATING,
            "backup_id": 133599,
            "backup_configuration_id": 6265,
            "backup_configuration_name": "Restore_Backup",
            "restore_point": datetime(2013, 1, 2, 18, 29, 19, tzinfo=UTC),
            "backup_machine_id": 5,
            "backup_machine_name": "BALAJIMBP",
            "backup_flavor": "RaxCloudServer",
            "backup_datacenter": Datacenter.DFW,
            "destination_machine_id": 156751,
            "destination_machine_name": "BILLS-TEST-WIN",
            "destination_path": "C:\\FolderPathForRestore\\",
            "overwrite_files": False,
            "is_encrypted": False,
            "public_key": {"modulus_hex": RESTORE_MODULUS, "exponent_hex": 10001},
            "inclusions": [],
            "exclusions": [],
        },
    ),
    "updateRestore": Replay(
        partial(
            update_restore.sync_detailed,
            body=RestoreUpdate(
                restore_id=14387,
                backup_configuration_id=148325,
                restore_state_id=RestoreStateId.QUEUED,
                backup_machine_id=156953,
                destination_machine_id=156953,
                destination_path="C:\\RestoredPath",
                backup_data_center=Datacenter.DFW,
                backup_id=133599,
                overwrite_files=True,
            ),
        ),
    ),
    "addRestoreFile": Replay(
        partial(
            add_restore_file.sync_detailed,
            body=RestoreFileInput(
                file_path="C:\\ImportantFile.txt",
                filter_=RestoreFileFilterText.INCLUDE,
                parent_id=14387,
                file_item_type=RestoreFileItemTypeText.FILE,
            ),
        ),
    ),
    "listRestoreFiles": Replay(
        partial(list_restore_files.sync_detailed, 1394),
        [
            {
                "restore_id": 1394,
                "path": "/boot",
                "filter": RestoreFileFilter.EXCLUDE,
                "file_item_type": RestoreFileItemType.FOLDER,
            }
        ],
    ),
    "deleteRestoreFile": Replay(partial(delete_restore_file.sync_detailed, 1394)),
    "requestRestoreAction.start-encrypted": Replay(
        partial(
            request_restore_action.sync_detailed,
            body=RestoreAction(
                action=RequestedAction("StartManual"),
                encrypted_password=ENCRYPTED_PASSWORD,
                id=13689,
            ),
        ),
    ),
    "requestRestoreAction.start-unencrypted": Replay(
        partial(
            request_restore_action.sync_detailed,
            body=RestoreAction(action=RequestedAction("StartManual"), id=13692),
        ),
    ),
    "requestRestoreAction.stop": Replay(
        partial(
            request_restore_action.sync_detailed,
            body=RestoreAction(action=RequestedAction("StopManual"), id=13689),
        ),
    ),
    "getRestore": Replay(
        partial(get_restore.sync_detailed, 1394),
        {
            "restore_id": 1394,
            "state": RestoreState.COMPLETED,
            "backup_id": 133886,
            "backup_configuration_id": 6270,
            "backup_configuration_name": "Restore_Backup",
            "restore_point": datetime(2013, 1, 2, 18, 29, 19, tzinfo=UTC),
            "backup_machine_id": 866,
            "backup_machine_name": "sujala-test-centos",
            "backup_flavor": "RaxCloudServer",
            "backup_datacenter": Datacenter.DFW,
            "destination_machine_id": 864,
            "destination_machine_name": "BILLS-TEST-WIN",
            "destination_path": "C:\\Test\\",
            "overwrite_files": True,
            "is_encrypted": False,
            "public_key": {"modulus_hex": RESTORE_MODULUS, "exponent_hex": 10001},
            "inclusions": [],
            "exclusions": [],
        },
    ),
    "getRestoreReport": Replay(
        partial(get_restore_report.sync_detailed, 1394),
        {
            "backup_configuration_id": 6270,
            "backup_configuration_name": "Restore_Backup",
            "backup_id": 133886,
            "restore_point": datetime(2013, 1, 2, 18, 29, 19, tzinfo=UTC),
            "start_time": datetime(2013, 1, 3, 15, 22, 1, tzinfo=UTC),
            "completed_time": datetime(2013, 1, 3, 15, 22, 15, tzinfo=UTC),
            "duration": timedelta(seconds=14),
            "originating_computer_name": "sujala-test-centos",
            "state": RestoreState.COMPLETED_WITH_ERRORS,
            "files_restored": 35,
            "bytes_restored": ByteSize.parse("18 MB"),
            "destination": "BILLS-TEST-WIN",
            "destination_machine_id": 864,
            "errors": 1,
            "reason": "UnableToProcessSomeFiles",
            "diagnostics": "Some files may not have been restored",
            "error_list": [],
        },
    ),
}
