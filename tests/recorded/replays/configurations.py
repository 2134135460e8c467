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
    BackupConfiguration,
    BackupConfigurationEnabling,
    BackupConfigurationInput,
    BackupConfigurationUpdate,
    Datacenter,
    FileItem,
    FileItemFilter,
    FileItemInput,
    FileItemType,
    Frequency,
    MissedBackupActionId,
    PublicKey,
    VersionRetention,
)

from .keys import WHOLE_MODULUS
from .replay import Replay


def weekly_website_backup(*, is_active: bool) -> BackupConfiguration:
    """Configuration 148325, of several examples."""
    return BackupConfiguration(
        backup_configuration_id=148325,
        machine_agent_id=156953,
        machine_name="Web Server",
        flavor="RaxCloudServer",
        is_encrypted=False,
        backup_configuration_name="Weekly Website Backup",
        is_active=is_active,
        is_deleted=False,
        version_retention=VersionRetention.SIXTY_DAYS,
        backup_configuration_schedule_id=145406,
        missed_backup_action_id=MissedBackupActionId.AS_SOON_AS_POSSIBLE,
        frequency=Frequency.WEEKLY,
        start_time_hour=11,
        start_time_minute=30,
        start_time_am_pm="AM",
        day_of_week_id=4,
        hour_interval=None,
        time_zone_id="Eastern Standard Time",
        next_scheduled_run_time=datetime(2013, 1, 10, 11, 30, tzinfo=UTC),
        last_run_time=None,
        last_run_backup_report_id=None,
        notify_recipients="raxtestaddress@rackspace.com",
        notify_success=False,
        notify_failure=False,
        inclusions=[
            FileItem(
                file_path="C:\\backed_up_folder",
                parent_id=148325,
                file_item_type=FileItemType.FOLDER,
                file_id=35000,
            ),
            FileItem(
                file_path="C:\\backup_up_file.txt",
                parent_id=148325,
                file_item_type=FileItemType.FILE,
                file_id=34999,
            ),
        ],
        exclusions=[
            FileItem(
                file_path="C:\\backed_up_folder\\excluded_folder",
                parent_id=148325,
                file_item_type=FileItemType.FOLDER,
                file_id=35002,
            ),
            FileItem(
                file_path="C:\\backed_up_folder\\excluded_file.txt",
                parent_id=148325,
                file_item_type=FileItemType.FILE,
                file_id=35001,
            ),
        ],
    )


REPLAYS: Final[dict[str, Replay]] = {
    "createBackupConfiguration": Replay(
        partial(
            create_backup_configuration.sync_detailed,
            body=BackupConfigurationInput(
                machine_agent_id=202743,
                backup_configuration_name="Weekly Website Backup",
                is_active=True,
                version_retention=VersionRetention.THIRTY_DAYS,
                missed_backup_action_id=MissedBackupActionId.AS_SOON_AS_POSSIBLE,
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
        BackupConfiguration(
            backup_configuration_id=174084,
            backup_configuration_name="Weekly Website Backup",
            backup_configuration_schedule_id=173131,
            backup_postscript="",
            backup_prescript="",
            datacenter=Datacenter.DFW,
            day_of_week_id=5,
            encryption_key=PublicKey(exponent_hex=10001, modulus_hex=WHOLE_MODULUS),
            exclusions=[
                FileItem(
                    file_id=657293,
                    file_item_type=FileItemType.FILE,
                    file_path="C:\\backed_up_folder\\excluded_file.txt",
                    file_path_encoded=None,
                    filter_=FileItemFilter.EXCLUDE,
                    parent_id=174084,
                ),
            ],
            flavor="RaxCloudServer",
            frequency=Frequency.WEEKLY,
            hour_interval=None,
            inclusions=[
                FileItem(
                    file_id=657291,
                    file_item_type=FileItemType.FILE,
                    file_path="C:\\backup_up_file.txt",
                    file_path_encoded=None,
                    filter_=FileItemFilter.INCLUDE,
                    parent_id=174084,
                ),
                FileItem(
                    file_id=657292,
                    file_item_type=FileItemType.FOLDER,
                    file_path="C:\\backed_up_folder",
                    file_path_encoded=None,
                    filter_=FileItemFilter.INCLUDE,
                    parent_id=174084,
                ),
            ],
            is_active=True,
            is_deleted=False,
            is_encrypted=False,
            last_run_backup_report_id=None,
            last_run_time=None,
            machine_agent_id=202743,
            machine_name="web2",
            missed_backup_action_id=MissedBackupActionId.AS_SOON_AS_POSSIBLE,
            next_scheduled_run_time=datetime(2014, 8, 1, 23, 30, tzinfo=UTC),
            notify_failure=True,
            notify_recipients="test@my-email-address.com",
            notify_success=True,
            start_time_am_pm="PM",
            start_time_hour=11,
            start_time_minute=30,
            time_zone_id="Eastern Standard Time",
            version_retention=VersionRetention.THIRTY_DAYS,
        ),
    ),
    "listBackupConfigurations": Replay(
        list_backup_configurations.sync_detailed,
        [
            BackupConfiguration(
                backup_configuration_id=100850,
                machine_agent_id=96674,
                machine_name="Web Server",
                flavor="RaxCloudServer",
                is_encrypted=False,
                backup_configuration_name="Manual Website Backup",
                is_active=True,
                is_deleted=False,
                version_retention=VersionRetention.SIXTY_DAYS,
                backup_configuration_schedule_id=98017,
                missed_backup_action_id=MissedBackupActionId.NEXT_SCHEDULED_TIME,
                frequency=Frequency.MANUALLY,
                start_time_hour=None,
                start_time_minute=None,
                start_time_am_pm="",
                day_of_week_id=None,
                hour_interval=None,
                time_zone_id="Eastern Standard Time",
                next_scheduled_run_time=None,
                last_run_time=datetime(2012, 7, 25, 14, 20, 53, tzinfo=UTC),
                last_run_backup_report_id=80071,
                notify_recipients="user@rackspace.com",
                notify_success=False,
                notify_failure=True,
                inclusions=[
                    FileItem(
                        file_path="/web/",
                        parent_id=100850,
                        file_item_type=FileItemType.FOLDER,
                        file_id=2947,
                    ),
                ],
                exclusions=[
                    FileItem(
                        file_path="/web/cache/",
                        parent_id=100850,
                        file_item_type=FileItemType.FOLDER,
                        file_id=2948,
                    ),
                ],
            ),
            BackupConfiguration(
                backup_configuration_id=100928,
                machine_agent_id=96685,
                machine_name="Database Server",
                flavor="RaxCloudServer",
                is_encrypted=False,
                backup_configuration_name="Manual DB Backup",
                is_active=True,
                is_deleted=False,
                version_retention=VersionRetention.SIXTY_DAYS,
                backup_configuration_schedule_id=98019,
                missed_backup_action_id=MissedBackupActionId.NEXT_SCHEDULED_TIME,
                frequency=Frequency.MANUALLY,
                start_time_hour=None,
                start_time_minute=None,
                start_time_am_pm="",
                day_of_week_id=None,
                hour_interval=None,
                time_zone_id="Eastern Standard Time",
                next_scheduled_run_time=None,
                last_run_time=datetime(2012, 7, 25, 14, 21, 14, tzinfo=UTC),
                last_run_backup_report_id=80116,
                notify_recipients="user@rackspace.com",
                notify_success=False,
                notify_failure=True,
                inclusions=[
                    FileItem(
                        file_path="/db/dumps/",
                        parent_id=100928,
                        file_item_type=FileItemType.FOLDER,
                        file_id=3568,
                    ),
                ],
                exclusions=[
                    FileItem(
                        file_path="/db/dumps/tmp/",
                        parent_id=100928,
                        file_item_type=FileItemType.FOLDER,
                        file_id=3570,
                    ),
                ],
            ),
        ],
    ),
    "listAgentBackupConfigurations": Replay(
        partial(list_agent_backup_configurations.sync_detailed, 224193),
        [
            BackupConfiguration(
                backup_configuration_id=158485,
                machine_agent_id=224193,
                machine_name="Web Server",
                flavor="RaxCloudServer",
                is_encrypted=False,
                backup_configuration_name="Manual Log Backup",
                is_active=True,
                is_deleted=False,
                version_retention=VersionRetention.SIXTY_DAYS,
                backup_configuration_schedule_id=155566,
                missed_backup_action_id=MissedBackupActionId.AS_SOON_AS_POSSIBLE,
                frequency=Frequency.MANUALLY,
                start_time_hour=None,
                start_time_minute=None,
                start_time_am_pm="",
                day_of_week_id=None,
                hour_interval=None,
                time_zone_id="Eastern Standard Time",
                next_scheduled_run_time=None,  # .NET's minimum date on the wire
                last_run_time=None,
                last_run_backup_report_id=None,
                notify_recipients="user@rackspace.com",
                notify_success=True,
                notify_failure=True,
                inclusions=[
                    FileItem(
                        file_path="C:\\Websites\\Logs",
                        parent_id=158485,
                        file_item_type=FileItemType.FOLDER,
                        file_id=47085,
                    ),
                ],
                exclusions=[],
            ),
            BackupConfiguration(
                backup_configuration_id=158486,
                machine_agent_id=224193,
                machine_name="Web Server",
                flavor="RaxCloudServer",
                is_encrypted=False,
                backup_configuration_name="Weekly Website Backup",
                is_active=True,
                is_deleted=False,
                version_retention=VersionRetention.SIXTY_DAYS,
                backup_configuration_schedule_id=155567,
                missed_backup_action_id=MissedBackupActionId.AS_SOON_AS_POSSIBLE,
                frequency=Frequency.WEEKLY,
                start_time_hour=7,
                start_time_minute=23,
                start_time_am_pm="AM",
                day_of_week_id=1,
                hour_interval=None,
                time_zone_id="Eastern Standard Time",
                next_scheduled_run_time=datetime(2013, 1, 21, 7, 23, tzinfo=UTC),
                last_run_time=None,
                last_run_backup_report_id=None,
                notify_recipients="user@rackspace.com",
                notify_success=True,
                notify_failure=True,
                inclusions=[
                    FileItem(
                        file_path="C:\\Websites",
                        parent_id=158486,
                        file_item_type=FileItemType.FOLDER,
                        file_id=47086,
                    ),
                    FileItem(
                        file_path="C:\\Websites\\Logs",
                        parent_id=158486,
                        file_item_type=FileItemType.FOLDER,
                        file_id=47087,
                    ),
                ],
                exclusions=[],
            ),
        ],
    ),
    "getBackupConfiguration": Replay(
        partial(get_backup_configuration.sync_detailed, 148325),
        weekly_website_backup(is_active=True),
    ),
    "updateBackupConfiguration": Replay(
        partial(
            update_backup_configuration.sync_detailed,
            148325,
            body=BackupConfigurationUpdate(
                machine_agent_id=156953,
                backup_configuration_name="Weekly Website Backup",
                is_active=True,
                version_retention=VersionRetention.THIRTY_DAYS,
                backup_configuration_schedule_id=145393,
                missed_backup_action_id=MissedBackupActionId.AS_SOON_AS_POSSIBLE,
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
        weekly_website_backup(is_active=True),
    ),
    "setBackupConfigurationEnabled.disable": Replay(
        partial(
            set_backup_configuration_enabled.sync_detailed,
            148325,
            body=BackupConfigurationEnabling(enable=False),
        ),
        weekly_website_backup(is_active=False),
    ),
    "deleteBackupConfiguration": Replay(partial(delete_backup_configuration.sync_detailed, 148325)),
}
