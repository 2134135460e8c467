"""Backups: starting one, its state and report, and those that can be restored."""

from typing import Unpack

from cloud_backup.errors import BackupFailed, UnexpectedAnswer
from cloud_backup.values.backup import StartedBackup
from cloud_backup.waiting.state_changes import BackupChange
from cloud_backup.wire import arguments as ids
from cloud_backup.wire.arguments import BackupRef, ConfigurationRef
from cloud_backup.wire.operation import CallOptions, exactly
from cloud_backup_api import models
from cloud_backup_api.api.backups import request_backup_action
from cloud_backup_api.api.backups.methods import AsyncBackupsMethods
from cloud_backup_api.models import Backup, CompletedBackup

from .connection import AsyncConnection
from .jobs import AsyncJobs


class AsyncBackups(
    AsyncBackupsMethods[AsyncConnection], AsyncJobs[BackupRef, Backup, BackupChange]
):
    """Backups: starting one, its state and report, and those that can be restored."""

    CHANGE = BackupChange
    FAILED = BackupFailed

    async def completed(
        self, configuration: ConfigurationRef, **options: Unpack[CallOptions]
    ) -> list[CompletedBackup]:
        """List the backups of a configuration that can be restored, the newest first."""
        completed = await super().completed(configuration, **options)
        # The service promises no order.
        return sorted(completed, key=lambda b: (b.completed_time, b.backup_id), reverse=True)

    async def start(
        self, configuration: ConfigurationRef, **options: Unpack[CallOptions]
    ) -> StartedBackup:
        """Start a backup now, whatever its configuration's schedule.

        Raises:
            PermissionDenied: The user lacks the role, or the agent isn't ready: wake it and try
                again.

        Example:
            backup.agents.wait_online(configuration)
            started = backup.backups.start(configuration)
        """
        configuration_id = ids.configuration_id(configuration)
        answered = await self._request("StartManual", configuration_id, **options)
        operation = request_backup_action.OPERATION.id
        backup_id = exactly(int, answered, operation)
        if backup_id < 1:
            raise UnexpectedAnswer(operation, f"expected a backup's id, got {backup_id}")
        return StartedBackup(backup_id=backup_id, backup_configuration_id=configuration_id)

    async def stop(self, backup: BackupRef, **options: Unpack[CallOptions]) -> None:
        """Stop a backup (not its configuration) that has been started."""
        await self._request("StopManual", ids.backup_id(backup), **options)

    async def _request(
        self, action: str, job_id: int, **options: Unpack[CallOptions]
    ) -> int | None:
        body = models.BackupAction(action=models.RequestedAction(action), id=job_id)
        return await self._connection.call(request_backup_action.call(body=body), **options)
