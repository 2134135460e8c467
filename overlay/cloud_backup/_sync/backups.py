# Derived from _async/backups.py by derive_sync.py: do not edit.

"""Backups: making one, looking at it, its report, and those that can be restored."""

from cloud_backup._operations import expect, expect_list
from cloud_backup.values import ids
from cloud_backup.values.backup import Backup, BackupReport, CompletedBackup, StartedBackup
from cloud_backup.values.ids import BackupRef, ConfigurationRef
from cloud_backup_api import models
from cloud_backup_api.api.backups import (
    get_backup,
    get_backup_report,
    list_completed_backups,
    request_backup_action,
)

from .connection import Connection


class Backups:
    """Backups."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def completed(self, configuration: ConfigurationRef) -> list[CompletedBackup]:
        """List the backups of a configuration that can be restored, the newest first.

        Args:
            configuration: The configuration.

        Returns:
            The backups, the one that was done last first.

        Raises:
            CloudBackupError: It failed.

        Example:
            newest = backup.backups.completed(148325)[0]
        """
        operation = "listCompletedBackups"
        body = self._connection.call(
            operation,
            list_completed_backups.sync_detailed,
            ids.configuration_id(configuration),
            client=self._connection.api,
        )
        listed = expect_list(models.CompletedBackup, body, operation)
        completed = [CompletedBackup.from_raw(raw, operation) for raw in listed]
        # The service promises no order.
        return sorted(completed, key=lambda b: (b.completed_time, b.backup_id), reverse=True)

    def start(self, configuration: ConfigurationRef) -> StartedBackup:
        """Start a backup now, whatever its configuration's schedule.

        Args:
            configuration: The configuration.

        Returns:
            The backup that was asked for.

        Raises:
            PermissionDenied: The user may not, or the agent isn't ready yet: wake it, try again.
            CloudBackupError: It failed.

        Example:
            backup.agents.wait_online(configuration)
            started = backup.backups.start(configuration)
        """
        operation = "requestBackupAction"
        configuration_id = ids.configuration_id(configuration)
        body = self._connection.call(
            operation,
            request_backup_action.sync_detailed,
            client=self._connection.api,
            body=models.BackupAction(
                action=models.RequestedAction("StartManual"), id=configuration_id
            ),
        )
        return StartedBackup(
            backup_id=expect(int, body, operation), backup_configuration_id=configuration_id
        )

    def stop(self, backup: BackupRef) -> None:
        """Stop a backup that has been started.

        Args:
            backup: The backup; not its configuration.

        Raises:
            CloudBackupError: It failed.

        Example:
            backup.backups.stop(started)
        """
        self._connection.call(
            "requestBackupAction",
            request_backup_action.sync_detailed,
            client=self._connection.api,
            body=models.BackupAction(
                action=models.RequestedAction("StopManual"), id=ids.backup_id(backup)
            ),
        )

    def get(self, backup: BackupRef) -> Backup:
        """Look at a backup.

        Args:
            backup: The backup.

        Returns:
            The backup as it is now.

        Raises:
            NotFound: There is none of this id.
            CloudBackupError: It failed.

        Example:
            done = backup.backups.get(started).is_final
        """
        operation = "getBackup"
        body = self._connection.call(
            operation,
            get_backup.sync_detailed,
            ids.backup_id(backup),
            client=self._connection.api,
        )
        return Backup.from_raw(expect(models.Backup, body, operation), operation)

    def report(self, backup: BackupRef) -> BackupReport:
        """Ask for the report of a backup that is done.

        Args:
            backup: The backup.

        Returns:
            The report.

        Raises:
            CloudBackupError: It failed: the service has no report of a backup that isn't done.

        Example:
            saved = backup.backups.report(started).bytes_backed_up
        """
        operation = "getBackupReport"
        body = self._connection.call(
            operation,
            get_backup_report.sync_detailed,
            ids.backup_id(backup),
            client=self._connection.api,
        )
        return BackupReport.from_raw(expect(models.BackupReport, body, operation), operation)
