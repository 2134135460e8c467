"""Backup configurations: what the published examples ask for, and what comes back."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Final

from cloud_backup_api.api.configurations import (
    create_backup_configuration,
    delete_backup_configuration,
    get_backup_configuration,
    list_agent_backup_configurations,
    list_backup_configurations,
    set_backup_configuration_enabled,
    update_backup_configuration,
)
from cloud_backup_api.models import (
    BackupConfigurationEnabling,
    BackupConfigurationInput,
    BackupConfigurationUpdate,
    Datacenter,
    FileItemFilter,
    FileItemInput,
    FileItemType,
    Frequency,
    MissedBackupAction,
    VersionRetention,
)

from .keys import WHOLE_MODULUS
from .replay import Replay

REPLAYS: Final[dict[str, Replay]] = {
    "createBackupConfiguration": Replay(
        partial(
            create_backup_configuration.sync_detailed,
            body=BackupConfigurationInput(
                machine_agent_id=202743,
                backup_configuration_name="Weekly Website Backup",
                is_active=True,
                version_retention=VersionRetention(30),
                missed_backup_action_id=MissedBackupAction.AS_SOON_AS_POSSIBLE,
                frequency=Frequency.WEEKLY,
                start_time_hour=7,
                start_time_minute=30,
                start_time_am_pm="PM",
                day_of_week_id=5,
                hour_interval=None,
                time_zone_id="Eastern Standard Time",
                notify_recipients="test@my-email-address.com",
                notify_success=True,
                notify_failure=True,
                inclusions=[
                    FileItemInput(
                        file_path="C:\\backup_up_file.txt", file_item_type=FileItemType.FILE
                    ),
                    FileItemInput(
                        file_path="C:\\backed_up_folder", file_item_type=FileItemType.FOLDER
                    ),
                ],
                exclusions=[
                    FileItemInput(
                        file_path="C:\\backed_up_folder\\excluded_file.txt",
                        file_item_type=FileItemType.FILE,
                    ),
                ],
            ),
        ),
        {
            "backup_configuration_id": 174084,
            "backup_configuration_name": "Weekly Website Backup",
            "machine_agent_id": 202743,
            "machine_name": "web2",
            "flavor": "RaxCloudServer",
            "datacenter": Datacenter.DFW,
            "is_encrypted": False,
            "encryption_key": {"modulus_hex": WHOLE_MODULUS, "exponent_hex": 10001},
            "is_active": True,
            "is_deleted": False,
            "version_retention": 30,
            "backup_configuration_schedule_id": 173131,
            "missed_backup_action": MissedBackupAction.AS_SOON_AS_POSSIBLE,
            "frequency": Frequency.WEEKLY,
            "start_time_hour": 11,
            "start_time_minute": 30,
            "start_time_am_pm": "PM",
            "day_of_week_id": 5,
            "time_zone_id": "Eastern Standard Time",
            "next_scheduled_run_time": datetime(2014, 8, 1, 23, 30, tzinfo=UTC),
            "notify_recipients": "test@my-email-address.com",
            "notify_success": True,
            "notify_failure": True,
            "inclusions": [
                {
                    "file_id": 657291,
                    "parent_id": 174084,
                    "path": "C:\\backup_up_file.txt",
                    "file_item_type": FileItemType.FILE,
                    "filter": FileItemFilter.INCLUDE,
                },
                {
                    "file_id": 657292,
                    "parent_id": 174084,
                    "path": "C:\\backed_up_folder",
                    "file_item_type": FileItemType.FOLDER,
                    "filter": FileItemFilter.INCLUDE,
                },
            ],
            "exclusions": [
                {
                    "file_id": 657293,
                    "parent_id": 174084,
                    "path": "C:\\backed_up_folder\\excluded_file.txt",
                    "file_item_type": FileItemType.FILE,
                    "filter": FileItemFilter.EXCLUDE,
                }
            ],
        },
    ),
    "listBackupConfigurations": Replay(
        list_backup_configurations.sync_detailed,
        [
            {
                "backup_configuration_id": 100850,
                "backup_configuration_name": "Manual Website Backup",
                "machine_agent_id": 96674,
                "machine_name": "Web Server",
                "flavor": "RaxCloudServer",
                "is_encrypted": False,
                "is_active": True,
                "is_deleted": False,
                "version_retention": 60,
                "backup_configuration_schedule_id": 98017,
                "missed_backup_action": MissedBackupAction.NEXT_SCHEDULED_TIME,
                "frequency": Frequency.MANUALLY,
                "time_zone_id": "Eastern Standard Time",
                "last_run_time": datetime(2012, 7, 25, 14, 20, 53, tzinfo=UTC),
                "last_run_backup_id": 80071,
                "notify_recipients": "user@rackspace.com",
                "notify_success": False,
                "notify_failure": True,
                "inclusions": [
                    {
                        "file_id": 2947,
                        "parent_id": 100850,
                        "path": "/web/",
                        "file_item_type": FileItemType.FOLDER,
                    }
                ],
                "exclusions": [
                    {
                        "file_id": 2948,
                        "parent_id": 100850,
                        "path": "/web/cache/",
                        "file_item_type": FileItemType.FOLDER,
                    }
                ],
            },
            {
                "backup_configuration_id": 100928,
                "backup_configuration_name": "Manual DB Backup",
                "machine_agent_id": 96685,
                "machine_name": "Database Server",
                "flavor": "RaxCloudServer",
                "is_encrypted": False,
                "is_active": True,
                "is_deleted": False,
                "version_retention": 60,
                "backup_configuration_schedule_id": 98019,
                "missed_backup_action": MissedBackupAction.NEXT_SCHEDULED_TIME,
                "frequency": Frequency.MANUALLY,
                "time_zone_id": "Eastern Standard Time",
                "last_run_time": datetime(2012, 7, 25, 14, 21, 14, tzinfo=UTC),
                "last_run_backup_id": 80116,
                "notify_recipients": "user@rackspace.com",
                "notify_success": False,
                "notify_failure": True,
                "inclusions": [
                    {
                        "file_id": 3568,
                        "parent_id": 100928,
                        "path": "/db/dumps/",
                        "file_item_type": FileItemType.FOLDER,
                    }
                ],
                "exclusions": [
                    {
                        "file_id": 3570,
                        "parent_id": 100928,
                        "path": "/db/dumps/tmp/",
                        "file_item_type": FileItemType.FOLDER,
                    }
                ],
            },
        ],
    ),
    "listAgentBackupConfigurations": Replay(
        partial(list_agent_backup_configurations.sync_detailed, 224193),
        [
            {
                "backup_configuration_id": 158485,
                "backup_configuration_name": "Manual Log Backup",
                "machine_agent_id": 224193,
                "machine_name": "Web Server",
                "flavor": "RaxCloudServer",
                "is_encrypted": False,
                "is_active": True,
                "is_deleted": False,
                "version_retention": 60,
                "backup_configuration_schedule_id": 155566,
                "missed_backup_action": MissedBackupAction.AS_SOON_AS_POSSIBLE,
                "frequency": Frequency.MANUALLY,
                "time_zone_id": "Eastern Standard Time",
                "notify_recipients": "user@rackspace.com",
                "notify_success": True,
                "notify_failure": True,
                "inclusions": [
                    {
                        "file_id": 47085,
                        "parent_id": 158485,
                        "path": "C:\\Websites\\Logs",
                        "file_item_type": FileItemType.FOLDER,
                    }
                ],
                "exclusions": [],
            },
            {
                "backup_configuration_id": 158486,
                "backup_configuration_name": "Weekly Website Backup",
                "machine_agent_id": 224193,
                "machine_name": "Web Server",
                "flavor": "RaxCloudServer",
                "is_encrypted": False,
                "is_active": True,
                "is_deleted": False,
                "version_retention": 60,
                "backup_configuration_schedule_id": 155567,
                "missed_backup_action": MissedBackupAction.AS_SOON_AS_POSSIBLE,
                "frequency": Frequency.WEEKLY,
                "start_time_hour": 7,
                "start_time_minute": 23,
                "start_time_am_pm": "AM",
                "day_of_week_id": 1,
                "time_zone_id": "Eastern Standard Time",
                "next_scheduled_run_time": datetime(2013, 1, 21, 7, 23, tzinfo=UTC),
                "notify_recipients": "user@rackspace.com",
                "notify_success": True,
                "notify_failure": True,
                "inclusions": [
                    {
                        "file_id": 47086,
                        "parent_id": 158486,
                        "path": "C:\\Websites",
                        "file_item_type": FileItemType.FOLDER,
                    },
                    {
                        "file_id": 47087,
                        "parent_id": 158486,
                        "path": "C:\\Websites\\Logs",
                        "file_item_type": FileItemType.FOLDER,
                    },
                ],
                "exclusions": [],
            },
        ],
    ),
    "getBackupConfiguration": Replay(
        partial(get_backup_configuration.sync_detailed, 148325),
        {
            "backup_configuration_id": 148325,
            "backup_configuration_name": "Weekly Website Backup",
            "machine_agent_id": 156953,
            "machine_name": "Web Server",
            "flavor": "RaxCloudServer",
            "is_encrypted": False,
            "is_active": True,
            "is_deleted": False,
            "version_retention": 60,
            "backup_configuration_schedule_id": 145406,
            "missed_backup_action": MissedBackupAction.AS_SOON_AS_POSSIBLE,
            "frequency": Frequency.WEEKLY,
            "start_time_hour": 11,
            "start_time_minute": 30,
            "start_time_am_pm": "AM",
            "day_of_week_id": 4,
            "time_zone_id": "Eastern Standard Time",
            "next_scheduled_run_time": datetime(2013, 1, 10, 11, 30, tzinfo=UTC),
            "notify_recipients": "raxtestaddress@rackspace.com",
            "notify_success": False,
            "notify_failure": False,
            "inclusions": [
                {
                    "file_id": 35000,
                    "parent_id": 148325,
                    "path": "C:\\backed_up_folder",
                    "file_item_type": FileItemType.FOLDER,
                },
                {
                    "file_id": 34999,
                    "parent_id": 148325,
                    "path": "C:\\backup_up_file.txt",
                    "file_item_type": FileItemType.FILE,
                },
            ],
            "exclusions": [
                {
                    "file_id": 35002,
                    "parent_id": 148325,
                    "path": "C:\\backed_up_folder\\excluded_folder",
                    "file_item_type": FileItemType.FOLDER,
                },
                {
                    "file_id": 35001,
                    "parent_id": 148325,
                    "path": "C:\\backed_up_folder\\excluded_file.txt",
                    "file_item_type": FileItemType.FILE,
                },
            ],
        },
    ),
    "updateBackupConfiguration": Replay(
        partial(
            update_backup_configuration.sync_detailed,
            148325,
            body=BackupConfigurationUpdate(
                machine_agent_id=156953,
                backup_configuration_name="Weekly Website Backup",
                is_active=True,
                version_retention=VersionRetention(30),
                backup_configuration_schedule_id=145393,
                missed_backup_action_id=MissedBackupAction.AS_SOON_AS_POSSIBLE,
                frequency=Frequency.WEEKLY,
                start_time_hour=6,
                start_time_minute=30,
                start_time_am_pm="PM",
                day_of_week_id=4,
                hour_interval=None,
                time_zone_id="Eastern Standard Time",
                notify_recipients="raxtestaddress@rackspace.com",
                notify_success=True,
                notify_failure=True,
                inclusions=[
                    FileItemInput(
                        file_path="C:\\backup_up_file.txt", file_item_type=FileItemType.FILE
                    ),
                    FileItemInput(
                        file_path="C:\\backed_up_folder", file_item_type=FileItemType.FOLDER
                    ),
                ],
                exclusions=[
                    FileItemInput(
                        file_path="C:\\backed_up_folder\\excluded_file.txt",
                        file_item_type=FileItemType.FILE,
                    ),
                    FileItemInput(
                        file_path="C:\\backed_up_folder\\excluded_folder",
                        file_item_type=FileItemType.FOLDER,
                    ),
                ],
            ),
        ),
    ),
    "setBackupConfigurationEnabled.enable": Replay(
        partial(
            set_backup_configuration_enabled.sync_detailed,
            148325,
            body=BackupConfigurationEnabling(enable=True),
        ),
        {
            "backup_configuration_id": 148325,
            "backup_configuration_name": "Weekly Website Backup",
            "machine_agent_id": 156953,
            "machine_name": "Web Server",
            "flavor": "RaxCloudServer",
            "is_encrypted": False,
            "is_active": True,
            "is_deleted": False,
            "version_retention": 60,
            "backup_configuration_schedule_id": 145406,
            "missed_backup_action": MissedBackupAction.AS_SOON_AS_POSSIBLE,
            "frequency": Frequency.WEEKLY,
            "start_time_hour": 11,
            "start_time_minute": 30,
            "start_time_am_pm": "AM",
            "day_of_week_id": 4,
            "time_zone_id": "Eastern Standard Time",
            "next_scheduled_run_time": datetime(2013, 1, 10, 11, 30, tzinfo=UTC),
            "notify_recipients": "raxtestaddress@rackspace.com",
            "notify_success": False,
            "notify_failure": False,
            "inclusions": [
                {
                    "file_id": 35000,
                    "parent_id": 148325,
                    "path": "C:\\backed_up_folder",
                    "file_item_type": FileItemType.FOLDER,
                },
                {
                    "file_id": 34999,
                    "parent_id": 148325,
                    "path": "C:\\backup_up_file.txt",
                    "file_item_type": FileItemType.FILE,
                },
            ],
            "exclusions": [
                {
                    "file_id": 35002,
                    "parent_id": 148325,
                    "path": "C:\\backed_up_folder\\excluded_folder",
                    "file_item_type": FileItemType.FOLDER,
                },
                {
                    "file_id": 35001,
                    "parent_id": 148325,
                    "path": "C:\\backed_up_folder\\excluded_file.txt",
                    "file_item_type": FileItemType.FILE,
                },
            ],
        },
    ),
    "setBackupConfigurationEnabled.disable": Replay(
        partial(
            set_backup_configuration_enabled.sync_detailed,
            148325,
            body=BackupConfigurationEnabling(enable=False),
        ),
        {
            "backup_configuration_id": 148325,
            "backup_configuration_name": "Weekly Website Backup",
            "machine_agent_id": 156953,
            "machine_name": "Web Server",
            "flavor": "RaxCloudServer",
            "is_encrypted": False,
            "is_active": False,
            "is_deleted": False,
            "version_retention": 60,
            "backup_configuration_schedule_id": 145406,
            "missed_backup_action": MissedBackupAction.AS_SOON_AS_POSSIBLE,
            "frequency": Frequency.WEEKLY,
            "start_time_hour": 11,
            "start_time_minute": 30,
            "start_time_am_pm": "AM",
            "day_of_week_id": 4,
            "time_zone_id": "Eastern Standard Time",
            "next_scheduled_run_time": datetime(2013, 1, 10, 11, 30, tzinfo=UTC),
            "notify_recipients": "raxtestaddress@rackspace.com",
            "notify_success": False,
            "notify_failure": False,
            "inclusions": [
                {
                    "file_id": 35000,
                    "parent_id": 148325,
                    "path": "C:\\backed_up_folder",
                    "file_item_type": FileItemType.FOLDER,
                },
                {
                    "file_id": 34999,
                    "parent_id": 148325,
                    "path": "C:\\backup_up_file.txt",
                    "file_item_type": FileItemType.FILE,
                },
            ],
            "exclusions": [
                {
                    "file_id": 35002,
                    "parent_id": 148325,
                    "path": "C:\\backed_up_folder\\excluded_folder",
                    "file_item_type": FileItemType.FOLDER,
                },
                {
                    "file_id": 35001,
                    "parent_id": 148325,
                    "path": "C:\\backed_up_folder\\excluded_file.txt",
                    "file_item_type": FileItemType.FILE,
                },
            ],
        },
    ),
    "deleteBackupConfiguration": Replay(partial(delete_backup_configuration.sync_detailed, 148325)),
}
