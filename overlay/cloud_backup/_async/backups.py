"""Backups: making one, looking at it, its report, and those that can be restored."""

from collections.abc import AsyncIterator, Callable, Iterable
from typing import Unpack

from cloud_backup.errors import BackupFailed, CloudBackupError
from cloud_backup.values.backup import StartedBackup
from cloud_backup.values.states import ActivityType
from cloud_backup.waiting.state_changes import BackupChange
from cloud_backup.wire import arguments as ids
from cloud_backup.wire.arguments import BackupRef, ConfigurationRef
from cloud_backup.wire.operation import CallOptions, exactly
from cloud_backup_api import models
from cloud_backup_api.api.backups import request_backup_action
from cloud_backup_api.api.backups.methods import AsyncBackupsMethods
from cloud_backup_api.models import Backup, BackupReport, CompletedBackup

from .connection import AsyncConnection
from .waiting import AsyncWatcher, wait_for_one


class AsyncBackups(AsyncBackupsMethods[AsyncConnection]):
    """Backups: making one, looking at it, its report, and those that can be restored."""

    async def completed(
        self, configuration: ConfigurationRef, **options: Unpack[CallOptions]
    ) -> list[CompletedBackup]:
        """List the backups of a configuration that can be restored, the newest first.

        Args:
            configuration: The configuration.
            options: `timeout` and `headers` of this call alone.

        Raises:
            CloudBackupError: It failed.

        Example:
            newest = backup.backups.completed(148325)[0]
        """
        completed = await super().completed(configuration, **options)
        # The service promises no order.
        return sorted(completed, key=lambda b: (b.completed_time, b.backup_id), reverse=True)

    async def start(
        self, configuration: ConfigurationRef, **options: Unpack[CallOptions]
    ) -> StartedBackup:
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
        configuration_id = ids.configuration_id(configuration)
        answered = await self._request("StartManual", configuration_id, **options)
        return StartedBackup(
            backup_id=exactly(int, answered, request_backup_action.OPERATION.id),
            backup_configuration_id=configuration_id,
        )

    async def stop(self, backup: BackupRef, **options: Unpack[CallOptions]) -> None:
        """Stop a backup that has been started.

        Args:
            backup: The backup; not its configuration.

        Raises:
            CloudBackupError: It failed.

        Example:
            backup.backups.stop(started)
        """
        await self._request("StopManual", ids.backup_id(backup), **options)

    async def wait(
        self,
        backup: BackupRef,
        *,
        poll_interval: float = 5.0,
        timeout: float | None = None,  # noqa: ASYNC109 - between two looks, not of a task
        on_change: Callable[[Backup], object] | None = None,
        wake: bool = False,
        check: bool = False,
    ) -> Backup:
        """Wait until a backup is done, whether well or not: its report tells.

        Args:
            backup: The backup.
            poll_interval: For how many seconds to wait between two looks, above 0. While nothing
                changes the waits grow, to four times as much.
            timeout: For how many seconds to wait in all; None for as long as it takes.
            on_change: Called with the backup whenever it is in another state than at the look
                before, and at the first look.
            wake: Whether to wake the user's agents at first and then every 70 seconds.
            check: Whether a backup that ends otherwise than Completed is to be raised as an error.

        Returns:
            The backup in its final state: Completed, CompletedWithErrors, Stopped, Skipped, Missed
            or Failed.

        Raises:
            ValueError: The poll interval is not above 0.
            WaitTimeout: It wasn't done in time; the error has it as last seen.
            BackupFailed: It ended otherwise than Completed, and that was to be checked.
            CloudBackupError: Looking at it failed.
        """
        job_id = ids.backup_id(backup)
        now = await wait_for_one(
            self._connection,
            f"backup {job_id}",
            lambda: self.get(job_id),
            poll_interval=poll_interval,
            timeout=timeout,
            on_change=on_change,
            wake=wake,
        )
        if check and not now.is_successful:
            report = await self._report_if_any(job_id)
            raise BackupFailed(f"backup {job_id}", now, report)
        return now

    async def wait_all(
        self,
        backups: Iterable[BackupRef],
        *,
        poll_interval: float = 5.0,
        timeout: float | None = None,  # noqa: ASYNC109 - between two looks, not of a task
        on_change: Callable[[BackupChange], object] | None = None,
        wake: bool = False,
    ) -> list[BackupChange]:
        """Wait until many backups are done, at the cost of one or a few requests a look.

        Args:
            backups: The backups, one or thousands.
            poll_interval: For how many seconds to wait between two looks, above 0. While nothing
                changes the waits grow, to four times as much.
            timeout: For how many seconds to wait in all; None for as long as it takes.
            on_change: Called whenever a backup is in another state than at the look before, and
                when it is seen first.
            wake: Whether to wake the user's agents at first and then every 70 seconds.

        Returns:
            How each of them ended, in the order given. `report()` and `get()` take these.

        Raises:
            ValueError: An id or the poll interval can't be right.
            WaitTimeout: Some weren't done in time; the error says how many are in which state.
            CloudBackupError: Looking at them failed.
        """
        return await self._watcher().wait(
            [ids.backup_id(backup) for backup in backups],
            poll_interval=poll_interval,
            timeout=timeout,
            wake=wake,
            on_change=on_change,
        )

    def watch(
        self,
        backups: Iterable[BackupRef],
        *,
        poll_interval: float = 5.0,
        timeout: float | None = None,
        wake: bool = False,
    ) -> AsyncIterator[BackupChange]:
        """Watch backups until all are done, and tell each change of a state as it is seen.

        The first look tells the state of each. Whoever stops iterating stops watching.

        Args:
            backups: The backups, one or thousands.
            poll_interval: As for `wait_all`.
            timeout: As for `wait_all`.
            wake: As for `wait_all`.

        Returns:
            What to iterate over. Iterating raises what `wait_all` raises.

        Raises:
            ValueError: An id or the poll interval can't be right.
        """
        return self._watcher().watch(
            [ids.backup_id(backup) for backup in backups],
            poll_interval=poll_interval,
            timeout=timeout,
            wake=wake,
        )

    async def _request(
        self, action: str, job_id: int, **options: Unpack[CallOptions]
    ) -> int | None:
        body = models.BackupAction(action=models.RequestedAction(action), id=job_id)
        return await self._connection.call(request_backup_action.call(body=body), **options)

    async def _report_if_any(self, backup: BackupRef) -> BackupReport | None:
        try:
            return await self.report(backup)
        except CloudBackupError:
            return None

    def _watcher(self) -> AsyncWatcher[BackupChange]:
        return AsyncWatcher(
            self._connection,
            ActivityType.BACKUP,
            self.get,
            lambda job_id, state, previous, told: BackupChange(
                backup_id=job_id, state=state, previous=previous, activity=told
            ),
        )
