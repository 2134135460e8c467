# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

"""The operations of backups: a method each, and a module each for those who want more."""

import builtins
from typing import Generic, TypeVar, Unpack

from cloud_backup.wire.arguments import BackupRef, ConfigurationRef, identifier
from cloud_backup.wire.operation import AsyncCaller, Caller, CallOptions

from ...models.backup import Backup
from ...models.backup_report import BackupReport
from ...models.completed_backup import CompletedBackup
from . import get_backup, get_backup_report, list_completed_backups

C = TypeVar("C", bound=Caller)
A = TypeVar("A", bound=AsyncCaller)


class AsyncBackupsMethods(Generic[A]):
    """The operations of backups, a method each."""

    def __init__(self, connection: A) -> None:
        self._connection = connection

    async def get(self, backup: BackupRef, **options: Unpack[CallOptions]) -> Backup:
        """Get a backup.

        Returns a backup, most importantly its state. While it runs, poll every 5 to 60 seconds. It
        is finished when its state is `Completed`, `CompletedWithErrors`, `Stopped`, `Skipped`,
        `Failed` or `Missed`.

        Args:
            backup: The backup's id; its report has the same id.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return await self._connection.call(
            get_backup.call(backup_id=identifier(backup, "backup_id", "backup")), **options
        )

    async def completed(
        self, configuration: ConfigurationRef, **options: Unpack[CallOptions]
    ) -> builtins.list[CompletedBackup]:
        """List the backups of a configuration that can be restored.

        Lists a backup configuration's completed backups that haven't expired. Each can be restored:
        pass its `BackupId` and `MachineAgentId` to `createRestore`.

        Args:
            configuration: The backup configuration's id.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return await self._connection.call(
            list_completed_backups.call(
                backup_configuration_id=identifier(
                    configuration, "backup_configuration_id", "configuration"
                )
            ),
            **options,
        )

    async def report(self, backup: BackupRef, **options: Unpack[CallOptions]) -> BackupReport:
        """Get the report of a backup.

        Returns the result of a backup: how many files were searched and backed up, and each error.

        Args:
            backup: The backup's id; its report has the same id.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return await self._connection.call(
            get_backup_report.call(backup_id=identifier(backup, "backup_id", "backup")), **options
        )


class BackupsMethods(Generic[C]):
    """The operations of backups, a method each."""

    def __init__(self, connection: C) -> None:
        self._connection = connection

    def get(self, backup: BackupRef, **options: Unpack[CallOptions]) -> Backup:
        """Get a backup.

        Returns a backup, most importantly its state. While it runs, poll every 5 to 60 seconds. It
        is finished when its state is `Completed`, `CompletedWithErrors`, `Stopped`, `Skipped`,
        `Failed` or `Missed`.

        Args:
            backup: The backup's id; its report has the same id.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return self._connection.call(
            get_backup.call(backup_id=identifier(backup, "backup_id", "backup")), **options
        )

    def completed(
        self, configuration: ConfigurationRef, **options: Unpack[CallOptions]
    ) -> builtins.list[CompletedBackup]:
        """List the backups of a configuration that can be restored.

        Lists a backup configuration's completed backups that haven't expired. Each can be restored:
        pass its `BackupId` and `MachineAgentId` to `createRestore`.

        Args:
            configuration: The backup configuration's id.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return self._connection.call(
            list_completed_backups.call(
                backup_configuration_id=identifier(
                    configuration, "backup_configuration_id", "configuration"
                )
            ),
            **options,
        )

    def report(self, backup: BackupRef, **options: Unpack[CallOptions]) -> BackupReport:
        """Get the report of a backup.

        Returns the result of a backup: how many files were searched and backed up, and each error.

        Args:
            backup: The backup's id; its report has the same id.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return self._connection.call(
            get_backup_report.call(backup_id=identifier(backup, "backup_id", "backup")), **options
        )
