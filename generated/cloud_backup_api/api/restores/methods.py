# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

"""The operations of restores: a method each, and a module each for those who want more."""

import builtins
from typing import Generic, TypeVar, Unpack

from cloud_backup.wire.arguments import RestoreRef, identifier
from cloud_backup.wire.operation import AsyncCaller, Caller, CallOptions

from ...models.available_backup import AvailableBackup
from ...models.restore import Restore
from ...models.restore_report import RestoreReport
from . import (
    delete_restore_file,
    get_restore,
    get_restore_report,
    list_backups_available_for_restore,
)

C = TypeVar("C", bound=Caller)
A = TypeVar("A", bound=AsyncCaller)


class AsyncRestoresMethods(Generic[A]):
    """The operations of restores, a method each."""

    def __init__(self, connection: A) -> None:
        self._connection = connection

    async def available(self, **options: Unpack[CallOptions]) -> builtins.list[AvailableBackup]:
        """List what can be restored.

        Lists the backup configurations that have something to restore: they have completed at least
        once, aren't deleted, and not all of their backups have expired. Start a restore here, then
        choose one of the configuration's backups with `listCompletedBackups`.

        Args:
            options: `timeout` and `headers` of this call alone.

        Raises:
            CloudBackupError: It failed.
        """
        return await self._connection.call(list_backups_available_for_restore.call(), **options)

    async def delete_files(self, restore: RestoreRef, **options: Unpack[CallOptions]) -> None:
        """Delete what a restore includes and excludes.

        Deletes the inclusions and exclusions of a restore. The reference titles this operation
        "Delete a restore configuration" and says that it deletes one file, but its id is the
        restore's.

        Requires a role that may delete.

        Args:
            restore: The restore's id.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return await self._connection.call(
            delete_restore_file.call(restore_id=identifier(restore, "restore_id", "restore")),
            **options,
        )

    async def get(self, restore: RestoreRef, **options: Unpack[CallOptions]) -> Restore:
        """Get a restore.

        Returns a restore, most importantly its state. While it runs, poll every 5 to 60 seconds. It
        is finished when `RestoreStateId` is 3 (Completed), 8 (CompletedWithErrors), 4 (Stopped) or
        5 (Failed). `listRestoreFiles` returns its inclusions and exclusions.

        Args:
            restore: The restore's id.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return await self._connection.call(
            get_restore.call(restore_id=identifier(restore, "restore_id", "restore")), **options
        )

    async def report(self, restore: RestoreRef, **options: Unpack[CallOptions]) -> RestoreReport:
        """Get the report of a restore.

        Returns the result of a finished restore: how many files were restored, and each error.

        Args:
            restore: The restore's id.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return await self._connection.call(
            get_restore_report.call(restore_id=identifier(restore, "restore_id", "restore")),
            **options,
        )


class RestoresMethods(Generic[C]):
    """The operations of restores, a method each."""

    def __init__(self, connection: C) -> None:
        self._connection = connection

    def available(self, **options: Unpack[CallOptions]) -> builtins.list[AvailableBackup]:
        """List what can be restored.

        Lists the backup configurations that have something to restore: they have completed at least
        once, aren't deleted, and not all of their backups have expired. Start a restore here, then
        choose one of the configuration's backups with `listCompletedBackups`.

        Args:
            options: `timeout` and `headers` of this call alone.

        Raises:
            CloudBackupError: It failed.
        """
        return self._connection.call(list_backups_available_for_restore.call(), **options)

    def delete_files(self, restore: RestoreRef, **options: Unpack[CallOptions]) -> None:
        """Delete what a restore includes and excludes.

        Deletes the inclusions and exclusions of a restore. The reference titles this operation
        "Delete a restore configuration" and says that it deletes one file, but its id is the
        restore's.

        Requires a role that may delete.

        Args:
            restore: The restore's id.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return self._connection.call(
            delete_restore_file.call(restore_id=identifier(restore, "restore_id", "restore")),
            **options,
        )

    def get(self, restore: RestoreRef, **options: Unpack[CallOptions]) -> Restore:
        """Get a restore.

        Returns a restore, most importantly its state. While it runs, poll every 5 to 60 seconds. It
        is finished when `RestoreStateId` is 3 (Completed), 8 (CompletedWithErrors), 4 (Stopped) or
        5 (Failed). `listRestoreFiles` returns its inclusions and exclusions.

        Args:
            restore: The restore's id.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return self._connection.call(
            get_restore.call(restore_id=identifier(restore, "restore_id", "restore")), **options
        )

    def report(self, restore: RestoreRef, **options: Unpack[CallOptions]) -> RestoreReport:
        """Get the report of a restore.

        Returns the result of a finished restore: how many files were restored, and each error.

        Args:
            restore: The restore's id.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return self._connection.call(
            get_restore_report.call(restore_id=identifier(restore, "restore_id", "restore")),
            **options,
        )
