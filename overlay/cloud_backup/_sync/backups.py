# Derived from _async/backups.py by derive_sync.py: do not edit.

"""Backups: making one, looking at it, its report, and those that can be restored."""

from collections.abc import Iterator, Callable, Iterable

from cloud_backup.calling.operations import asked_for, expect, expect_list
from cloud_backup.errors import BackupFailed, CloudBackupError
from cloud_backup.values import ids
from cloud_backup.values.backup import StartedBackup
from cloud_backup.values.ids import BackupRef, ConfigurationRef
from cloud_backup.values.states import ActivityType
from cloud_backup.waiting.state_changes import BackupChange
from cloud_backup_api import models
from cloud_backup_api.api.backups import (
    get_backup,
    get_backup_report,
    list_completed_backups,
    request_backup_action,
)
from cloud_backup_api.models import Backup, BackupReport, CompletedBackup

from .connection import Connection
from .waiting import Watcher, wait_for_one


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
        configuration_id = ids.configuration_id(configuration)
        body = self._connection.call(
            operation,
            list_completed_backups.sync_detailed,
            configuration_id,
            client=self._connection.api,
        )
        completed = expect_list(CompletedBackup, body, operation)
        for row in completed:
            asked_for(row, "backup_configuration_id", configuration_id)
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
        backup_id = ids.backup_id(backup)
        body = self._connection.call(
            operation,
            get_backup.sync_detailed,
            backup_id,
            client=self._connection.api,
        )
        return asked_for(expect(Backup, body, operation), "backup_id", backup_id)

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
        backup_id = ids.backup_id(backup)
        body = self._connection.call(
            operation,
            get_backup_report.sync_detailed,
            backup_id,
            client=self._connection.api,
        )
        return asked_for(expect(BackupReport, body, operation), "backup_id", backup_id)

    def wait(
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
        now = wait_for_one(
            self._connection,
            f"backup {job_id}",
            lambda: self.get(job_id),
            poll_interval=poll_interval,
            timeout=timeout,
            on_change=on_change,
            wake=wake,
        )
        if check and not now.is_successful:
            report = self._report_if_any(job_id)
            raise BackupFailed(f"backup {job_id}", now, report)
        return now

    def wait_all(
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
        return self._watcher().wait(
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
    ) -> Iterator[BackupChange]:
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

    def _report_if_any(self, backup: BackupRef) -> BackupReport | None:
        try:
            return self.report(backup)
        except CloudBackupError:
            return None

    def _watcher(self) -> Watcher[BackupChange]:
        return Watcher(
            self._connection,
            ActivityType.BACKUP,
            self.get,
            lambda job_id, state, previous, told: BackupChange(
                backup_id=job_id, state=state, previous=previous, activity=told
            ),
        )
