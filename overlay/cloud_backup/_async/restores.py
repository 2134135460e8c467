"""Restores: what can be restored, restoring it, watching it, and the report."""

import time
from collections.abc import Callable
from typing import Final

from attrs import evolve, field, frozen

from cloud_backup._operations import expect, expect_list
from cloud_backup.errors import WaitTimeout
from cloud_backup.values import ids
from cloud_backup.values.ids import AgentRef, BackupRef, RestoreRef
from cloud_backup.values.restore import AvailableBackup, RestoreDetails, RestoreFile, RestoreReport
from cloud_backup_api import models
from cloud_backup_api.api.backups import list_backups_available_for_restore
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
from cloud_backup_api.types import UNSET

from .connection import AsyncConnection

_PATIENCE: Final = 1.25
_LONGEST: Final = 4

_UPDATED: Final = (
    "RestoreId",
    "BackupId",
    "BackupMachineId",
    "DestinationMachineId",
    "OverwriteFiles",
    "BackupConfigurationId",
    "DestinationPath",
    "RestoreStateId",
    "BackupDataCenter",
)
"""The fields of an update, on the wire."""


@frozen(kw_only=True)
class AsyncRestore(RestoreDetails):
    """A restore, as last seen; `report()` asks for its report.

    It doesn't change: `get()` and `wait()` return new ones. A pickled one can't ask for its report.
    """

    _restores: "AsyncRestores | None" = field(default=None, repr=False, eq=False)

    async def report(self) -> RestoreReport:
        """Ask for the report, of a restore that is done.

        Raises:
            CloudBackupError: It failed: the service has no report of a restore that isn't done.
            RuntimeError: It has been pickled, and so has lost its client.
        """
        if self._restores is None:
            raise RuntimeError("this restore has no client: ask with restores.report(restore)")
        return await self._restores.report(self)


class AsyncRestores:
    """Restores.

    A restore is created, started, and done in its own time. Until it is started, the files that it
    takes can be narrowed down.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def available(self) -> list[AvailableBackup]:
        """List the backup configurations that have a backup to restore.

        Raises:
            CloudBackupError: It failed.
        """
        operation = "listBackupsAvailableForRestore"
        body = await self._connection.call(
            operation,
            list_backups_available_for_restore.asyncio_detailed,
            client=self._connection.api,
        )
        listed = expect_list(models.AvailableBackup, body, operation)
        return [AvailableBackup.from_raw(raw, operation) for raw in listed]

    async def create(
        self,
        *,
        backup_id: BackupRef,
        source: AgentRef,
        destination: AgentRef,
        path: str,
        overwrite: bool,
    ) -> AsyncRestore:
        """Create a restore of a whole backup. It waits to be started.

        Args:
            backup_id: The backup.
            source: The agent whose files were backed up.
            destination: The agent that is to restore.
            path: The folder into which it is to restore, as its operating system writes it.
            overwrite: Whether files that are there are to be overwritten.

        Raises:
            ValueError: An id or the path can't be right.
            CloudBackupError: It failed.
        """
        body = models.RestoreInput(
            backup_id=ids.backup_id(backup_id),
            backup_machine_id=ids.agent_id(source, "source"),
            destination_machine_id=ids.agent_id(destination, "destination"),
            destination_path=_path(path),
            overwrite_files=overwrite,
        )
        operation = "createRestore"
        created = await self._connection.call(
            operation, create_restore.asyncio_detailed, client=self._connection.api, body=body
        )
        return self._bound(created, operation)

    async def get(self, restore: RestoreRef) -> AsyncRestore:
        """Look at a restore.

        Raises:
            NotFound: There is none of this id.
            CloudBackupError: It failed.
        """
        operation = "getRestore"
        body = await self._connection.call(
            operation,
            get_restore.asyncio_detailed,
            ids.restore_id(restore),
            client=self._connection.api,
        )
        return self._bound(body, operation)

    async def update(
        self,
        restore: RestoreRef,
        *,
        destination: AgentRef | None = None,
        path: str | None = None,
        overwrite: bool | None = None,
    ) -> AsyncRestore:
        """Change a restore that has not been started.

        Args:
            restore: The restore.
            destination: The agent that is to restore; None for no change.
            path: The folder into which it is to restore; None for no change.
            overwrite: Whether files that are there are to be overwritten; None for no change.

        Returns:
            The restore as it is then.

        Raises:
            ValueError: An id or the path can't be right.
            InvalidRequest: It has been started.
            CloudBackupError: It failed.
        """
        now = (await self.get(restore)).raw.to_dict()
        # The service wants all of them, changed or not.
        body = models.RestoreUpdate.from_dict({name: now[name] for name in _UPDATED if name in now})
        if destination is not None:
            body.destination_machine_id = ids.agent_id(destination, "destination")
        if path is not None:
            body.destination_path = _path(path)
        if overwrite is not None:
            body.overwrite_files = overwrite
        await self._connection.call(
            "updateRestore", update_restore.asyncio_detailed, client=self._connection.api, body=body
        )
        return await self.get(restore)

    async def start(self, restore: RestoreRef, *, encrypted_password: str | None = None) -> None:
        """Start a restore. `wait()` tells when it is done.

        Args:
            restore: The restore.
            encrypted_password: For a restore of an encrypted backup, its passphrase under the
                agent's public key (RSA, PKCS#1 v1.5), as lower-case hex.

        Raises:
            PermissionDenied: The user may not, or the agent isn't ready yet: wake it, try again.
            CloudBackupError: It failed.
        """
        await self._request("StartManual", restore, encrypted_password)

    async def stop(self, restore: RestoreRef) -> None:
        """Stop a restore that has been started. `wait()` tells when it has stopped.

        Raises:
            CloudBackupError: It failed.
        """
        await self._request("StopManual", restore, None)

    async def wait(
        self,
        restore: RestoreRef,
        *,
        poll_interval: float = 5.0,
        timeout: float | None = None,  # noqa: ASYNC109 - between two looks, not of a task
        on_change: Callable[[AsyncRestore], object] | None = None,
    ) -> AsyncRestore:
        """Wait until a restore is done, whether well or not: its report tells.

        A restore that nobody starts is never done: give a timeout where that may be.

        Args:
            restore: The restore.
            poll_interval: For how many seconds to wait between two looks, above 0. While nothing
                changes the waits grow, to four times as much.
            timeout: For how many seconds to wait in all; None for as long as it takes.
            on_change: Called with the restore whenever it is in another state than at the look
                before, and at the first look.

        Returns:
            The restore in its final state: Completed, CompletedWithErrors, Stopped or Failed.

        Raises:
            ValueError: The poll interval is not above 0.
            WaitTimeout: It wasn't done in time; the error has it as last seen.
            CloudBackupError: Looking at it failed.
        """
        if poll_interval <= 0:
            raise ValueError(f"poll_interval must be above 0 seconds, not {poll_interval!r}")
        began, slept, pause = time.monotonic(), 0.0, poll_interval
        seen: str | None = None
        while True:
            now = await self.get(restore)
            if now.state != seen:
                seen, pause = now.state, poll_interval
                if on_change is not None:
                    on_change(now)
            if now.is_final:
                return now
            # What sleeps may be a test's, which takes no time; asking may be slow.
            waited = max(slept, time.monotonic() - began)
            if timeout is not None:
                if waited >= timeout:
                    raise WaitTimeout(f"restore {now.restore_id}", now, waited)
                pause = min(pause, timeout - waited)
            await self._connection.sleep(pause)
            slept += pause
            pause = min(pause * _PATIENCE, poll_interval * _LONGEST)

    async def report(self, restore: RestoreRef) -> RestoreReport:
        """Ask for the report of a restore that is done.

        Raises:
            CloudBackupError: It failed: the service has no report of a restore that isn't done.
        """
        operation = "getRestoreReport"
        body = await self._connection.call(
            operation,
            get_restore_report.asyncio_detailed,
            ids.restore_id(restore),
            client=self._connection.api,
        )
        return RestoreReport.from_raw(expect(models.RestoreReport, body, operation), operation)

    async def files(self, restore: RestoreRef) -> list[RestoreFile]:
        """List the files and folders that a restore includes or excludes.

        Raises:
            CloudBackupError: It failed.
        """
        operation = "listRestoreFiles"
        body = await self._connection.call(
            operation,
            list_restore_files.asyncio_detailed,
            ids.restore_id(restore),
            client=self._connection.api,
        )
        listed = expect_list(models.RestoreFile, body, operation)
        return [RestoreFile.from_raw(raw, operation) for raw in listed]

    async def add_file(
        self, restore: RestoreRef, path: str, *, include: bool = True, folder: bool = False
    ) -> None:
        """Include a file or folder in a restore that has not been started, or exclude it.

        Args:
            restore: The restore.
            path: The file or folder, as it was backed up.
            include: Whether to include it, and only what is included; else it is excluded.
            folder: Whether it is a folder.

        Raises:
            ValueError: An id or the path can't be right.
            CloudBackupError: It failed.
        """
        body = models.RestoreFileInput(
            parent_id=ids.restore_id(restore),
            file_path=_path(path),
            filter_=models.RestoreFileFilter(1 if include else 2),
            file_item_type=models.RestoreFileItemType(1 if folder else 0),
        )
        await self._connection.call(
            "addRestoreFile",
            add_restore_file.asyncio_detailed,
            client=self._connection.api,
            body=body,
        )

    async def delete_files(self, restore: RestoreRef) -> None:
        """Drop the files and folders that a restore includes or excludes.

        Raises:
            CloudBackupError: It failed.
        """
        await self._connection.call(
            "deleteRestoreFile",
            delete_restore_file.asyncio_detailed,
            ids.restore_id(restore),
            client=self._connection.api,
        )

    async def _request(
        self, action: str, restore: RestoreRef, encrypted_password: str | None
    ) -> None:
        body = models.RestoreAction(
            action=models.RequestedAction(action),
            id=ids.restore_id(restore),
            encrypted_password=UNSET if encrypted_password is None else encrypted_password,
        )
        await self._connection.call(
            "requestRestoreAction",
            request_restore_action.asyncio_detailed,
            client=self._connection.api,
            body=body,
        )

    def _bound(self, body: object, operation: str) -> AsyncRestore:
        raw = expect(models.Restore, body, operation)
        return evolve(AsyncRestore.from_raw(raw, operation), restores=self)


def _path(path: str) -> str:
    if not path.strip():
        raise ValueError("path is empty: it must name a file or folder on the agent's machine")
    return path
