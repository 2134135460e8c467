"""Restores: what can be restored, restoring it, watching it, and the report."""

from collections.abc import Mapping
from typing import Any, Unpack

from cloud_backup import encryption
from cloud_backup.errors import RestoreFailed, UnexpectedAnswer
from cloud_backup.secret import Secret
from cloud_backup.values.backup_path import Folder
from cloud_backup.values.restore import RestoreFile
from cloud_backup.waiting.state_changes import RestoreChange
from cloud_backup.wire import arguments as ids
from cloud_backup.wire.arguments import AgentRef, BackupRef, RestoreRef
from cloud_backup.wire.operation import CallOptions
from cloud_backup_api import models
from cloud_backup_api.api.restores import (
    add_restore_file,
    create_restore,
    list_restore_files,
    request_restore_action,
    update_restore,
)
from cloud_backup_api.api.restores.methods import AsyncRestoresMethods
from cloud_backup_api.models import RestoreReport
from cloud_backup_api.types import UNSET

from .connection import AsyncConnection
from .jobs import AsyncJobs


class AsyncRestore(models.Restore):
    """A restore, as last seen; `report()` fetches its report.

    It doesn't change: `get()` and `wait()` return new ones. An unpickled one can't fetch its
    report.
    """

    __slots__ = ("_restores",)

    def __init__(
        self, received: Mapping[str, Any], operation: str = "getRestore", restores: Any = None
    ) -> None:
        super().__init__(received, operation)
        self._restores: AsyncRestores | None = restores

    async def report(self) -> RestoreReport:
        """Fetch the report of a restore that has finished.

        Raises:
            CloudBackupError: It failed; a restore that hasn't finished has no report.
            RuntimeError: The restore was unpickled, and so has no client.
        """
        if self._restores is None:
            raise RuntimeError("this restore has no client: call restores.report(restore)")
        return await self._restores.report(self)


class AsyncRestores(
    AsyncRestoresMethods[AsyncConnection], AsyncJobs[RestoreRef, AsyncRestore, RestoreChange]
):
    """Restores: creating, starting and watching them, and their reports.

    Until a restore is started, it can be limited to some of the files.
    """

    CHANGE = RestoreChange
    FAILED = RestoreFailed

    async def create(
        self,
        *,
        backup_id: BackupRef,
        source: AgentRef,
        destination: AgentRef,
        path: str,
        overwrite: bool,
        **options: Unpack[CallOptions],
    ) -> AsyncRestore:
        """Create a restore of a whole backup; `start()` starts it.

        Args:
            backup_id: The backup.
            source: The agent whose files were backed up.
            destination: The agent that restores.
            path: The folder to restore into, as the agent's operating system writes it.
            overwrite: Whether to overwrite existing files.

        Raises:
            ValueError: An id or the path is invalid.
        """
        body = models.RestoreInput(
            backup_id=ids.backup_id(backup_id),
            backup_machine_id=ids.agent_id(source, name="source"),
            destination_machine_id=ids.agent_id(destination, name="destination"),
            destination_path=Folder(path).path,
            overwrite_files=overwrite,
        )
        answered = await self._connection.call(create_restore.call(body=body), **options)
        restore = AsyncRestore(answered.received, answered.operation, self)
        # Not the source: the published answer names another agent than its request does.
        if restore.backup_id != body.backup_id:
            raise UnexpectedAnswer(
                restore.operation,
                f"asked for a restore of backup {body.backup_id}, "
                f"got restore {restore.restore_id} of backup {restore.backup_id}: don't start it",
                field="backup_id",
            )
        return restore

    async def get(self, restore: RestoreRef, **options: Unpack[CallOptions]) -> AsyncRestore:
        """Get a restore, as it is now.

        Raises:
            NotFound: There is no such restore.
        """
        answered = await super().get(restore, **options)
        return AsyncRestore(answered.received, answered.operation, self)

    async def update(
        self,
        restore: RestoreRef,
        *,
        destination: AgentRef | None = None,
        path: str | None = None,
        overwrite: bool | None = None,
        **options: Unpack[CallOptions],
    ) -> AsyncRestore:
        """Change a restore that hasn't been started; None leaves things as they are.

        The arguments are as for `create`.

        Raises:
            ValueError: An id or the path is invalid.
            InvalidRequest: The restore has been started.
        """
        changes: dict[str, Any] = {}
        if destination is not None:
            changes["DestinationMachineId"] = ids.agent_id(destination, name="destination")
        if path is not None:
            changes["DestinationPath"] = Folder(path).path
        if overwrite is not None:
            changes["OverwriteFiles"] = overwrite
        now = await self.get(restore, **options)
        # The service wants all of them, changed or not.
        fields = {name: now.received.get(name) for name in models.RestoreUpdate.WIRE.values()}
        fields = {name: value for name, value in (fields | changes).items() if value is not None}
        for name in models.RestoreUpdate.required():
            if name not in fields:
                raise UnexpectedAnswer(
                    now.operation, f"the answer has no {name}, which an update needs", field=name
                )
        body = models.RestoreUpdate.from_dict(fields)
        await self._connection.call(update_restore.call(body=body), **options)
        return await self.get(restore, **options)

    async def start(
        self,
        restore: RestoreRef,
        *,
        passphrase: str | Secret | None = None,
        encrypted_password: str | None = None,
        **options: Unpack[CallOptions],
    ) -> None:
        """Start a restore. `wait()` returns when it has finished.

        The passphrase of an encrypted backup is encrypted on this machine with the agent's key,
        which is fetched: the service never sees the passphrase.

        Args:
            passphrase: The passphrase; not used if the backup isn't encrypted.
            encrypted_password: In place of it, the passphrase encrypted with the agent's public key
                (RSA, PKCS#1 v1.5), as lower-case hex.

        Raises:
            ValueError: The passphrase is empty, too long for the agent's key, or given twice.
            EncryptionUnavailable: `cryptography` is not installed: use the extra `encryption`.
            UnexpectedAnswer: The service has no usable key of the agent.
            PermissionDenied: The user lacks the role, or the agent wasn't ready within 20 seconds
                (see `Retries`): wake it and try again.
            CloudBackupError: It failed, for example because the passphrase is wrong.
        """
        # First, so that no traceback shows it among the local variables.
        passphrase = None if passphrase is None else encryption.hidden(passphrase)
        if passphrase is not None:
            if encrypted_password is not None:
                raise ValueError("give passphrase or encrypted_password, not both")
            encryption.check_passphrase(passphrase)
            encryption.require_cryptography()
            found = await self.get(restore, **options)
            if found.is_encrypted is not False:
                key = encryption.needed_key(found)
                encrypted_password = encryption.encrypt_passphrase(key, passphrase)
        await self._request("StartManual", restore, encrypted_password, **options)

    async def stop(self, restore: RestoreRef, **options: Unpack[CallOptions]) -> None:
        """Stop a restore that has been started. `wait()` returns when it has stopped."""
        await self._request("StopManual", restore, None, **options)

    async def files(self, restore: RestoreRef, **options: Unpack[CallOptions]) -> list[RestoreFile]:
        """List the files and folders that a restore includes or excludes."""
        call = list_restore_files.call(ids.restore_id(restore))
        rows = await self._connection.call(call, **options)
        return [RestoreFile.of(row) for row in rows]

    async def add_file(
        self,
        restore: RestoreRef,
        path: str,
        *,
        include: bool = True,
        folder: bool = False,
        **options: Unpack[CallOptions],
    ) -> None:
        """Include a file or folder in a restore that hasn't been started, or exclude it.

        Args:
            path: The file or folder, as it was backed up.
            include: True to restore only what is included, False to exclude it.
            folder: Whether it is a folder.

        Raises:
            ValueError: An id or the path is invalid.
        """
        body = models.RestoreFileInput(
            parent_id=ids.restore_id(restore),
            file_path=Folder(path).path,
            filter_=models.RestoreFileFilter(1 if include else 2),
            file_item_type=models.RestoreFileItemType(1 if folder else 0),
        )
        await self._connection.call(add_restore_file.call(body=body), **options)

    async def _request(
        self,
        action: str,
        restore: RestoreRef,
        encrypted_password: str | None,
        **options: Unpack[CallOptions],
    ) -> None:
        body = models.RestoreAction(
            action=models.RequestedAction(action),
            id=ids.restore_id(restore),
            encrypted_password=UNSET if encrypted_password is None else encrypted_password,
        )
        await self._connection.call(request_restore_action.call(body=body), **options)
