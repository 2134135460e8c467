"""Backup configurations: what an agent backs up, and when."""

import builtins
from collections.abc import Sequence
from typing import Unpack

from cloud_backup.schedules.schedule import Schedule
from cloud_backup.values.backup_path import BackupPath
from cloud_backup.values.configuration import (
    BackupConfiguration,
    ConfigurationOptions,
    changed_configuration,
    copied_configuration,
    described,
    new_configuration,
)
from cloud_backup.wire import arguments as ids
from cloud_backup.wire.arguments import AgentRef, ConfigurationRef
from cloud_backup.wire.http_date import http_date
from cloud_backup.wire.operation import Call, CallOptions, split
from cloud_backup_api import models
from cloud_backup_api.api.configurations import (
    create_backup_configuration,
    get_backup_configuration,
    list_agent_backup_configurations,
    list_backup_configurations,
    set_backup_configuration_enabled,
    update_backup_configuration,
)
from cloud_backup_api.api.configurations.methods import AsyncConfigurationsMethods

from .connection import AsyncConnection


class AsyncConfigurations(AsyncConfigurationsMethods[AsyncConnection]):
    """Backup configurations: what an agent backs up, and when."""

    async def list(
        self, agent: AgentRef | None = None, **options: Unpack[CallOptions]
    ) -> builtins.list[BackupConfiguration]:
        """List the configurations of an agent, or of all.

        Args:
            agent: The agent; None for all of the user's.

        Returns:
            The configurations that have not been deleted.
        """
        call = (
            list_backup_configurations.call()
            if agent is None
            else list_agent_backup_configurations.call(ids.agent_id(agent))
        )
        listed, response = await self._connection.respond(call, **options)
        date = http_date(response.headers.get("Date"))
        return [BackupConfiguration(each.received, each.operation, date) for each in listed]

    async def get(
        self, configuration: ConfigurationRef, **options: Unpack[CallOptions]
    ) -> BackupConfiguration:
        """Get a configuration. One that has been deleted is answered too: see `is_deleted`.

        Raises:
            NotFound: There is none of this id.
        """
        call = get_backup_configuration.call(ids.configuration_id(configuration))
        return await self._ask(call, **options)

    async def create(
        self,
        *,
        name: str,
        agent: AgentRef,
        schedule: Schedule,
        include: Sequence[BackupPath | str],
        **fields: Unpack[ConfigurationOptions],
    ) -> BackupConfiguration:
        """Create a configuration: what an agent is to back up, and when.

        Args:
            name: Its name.
            schedule: When it runs.
            include: What it backs up: `Folder` and `File` values; a text is a folder.
            fields: `exclude`, `retention`, `notify`, `notify_success`, `notify_failure`, `active`
                and `missed`, as in `ConfigurationOptions`; `timeout` and `headers` of this call.

        Raises:
            ValueError: An argument can't be right.
            Conflict: It contradicts one that is there.

        Example:
            nightly = Schedule.daily(at=time(2, 30), zone="America/Chicago")
            backup.configurations.create(
                name="Nightly", agent=agent, schedule=nightly, include=["/var/www"]
            )
        """
        given, options = split(fields)
        body = new_configuration(
            ids.agent_id(agent), name=name, schedule=schedule, include=include, **given
        )
        return await self._ask(create_backup_configuration.call(body=body), **options)

    async def copy(
        self,
        configuration: ConfigurationRef,
        *,
        agent: AgentRef | None = None,
        name: str | None = None,
        **options: Unpack[CallOptions],
    ) -> BackupConfiguration:
        """Create a configuration like another. Its backups stay with the other.

        Args:
            configuration: The other.
            agent: The agent that is to back up; None for the other's.
            name: The name; None for the other's, which must be of another agent then.

        Raises:
            ValueError: An argument can't be right.
            NotFound: There is none of this id.
            Conflict: The agent has a configuration of this name.
            ZoneDataMissing: This machine has no data about the schedule's time zone.
        """
        changes = described(name=name)
        if agent is not None:
            changes["MachineAgentId"] = ids.agent_id(agent)
        other = await self.get(configuration, **options)
        copied = copied_configuration(other, changes)
        return await self._ask(create_backup_configuration.call(body=copied), **options)

    async def update(
        self,
        configuration: ConfigurationRef,
        *,
        name: str | None = None,
        schedule: Schedule | None = None,
        include: Sequence[BackupPath | str] | None = None,
        **fields: Unpack[ConfigurationOptions],
    ) -> BackupConfiguration:
        """Change a configuration; None is for no change. What has been backed up stays.

        The service replaces all of it, so the present one is read first. Its start time, which is
        answered in UTC, is sent in its time zone, and so stays where it is. (Shortly before a
        change to summer time that skips it, it reads as the later time: give a schedule then.)

        Args:
            name: Its name.
            schedule: When it runs.
            include: What it backs up: `Folder` and `File` values; a text is a folder.
            fields: As for `create`.

        Raises:
            ValueError: An argument can't be right, or doesn't go with what stays.
            NotFound: There is none of this id, or it has been deleted.
            Conflict: It contradicts another.
            UnexpectedAnswer: What stays can't be told from the answer; the message says what to
                give.
            ZoneDataMissing: This machine has no data about the schedule's time zone.
        """
        given, options = split(fields)
        changes = described(name=name, schedule=schedule, include=include, **given)
        present = await self.get(configuration, **options)
        call = update_backup_configuration.call(
            present.backup_configuration_id, body=changed_configuration(present, changes)
        )
        await self._connection.call(call, **options)
        return await self.get(present, **options)

    async def enable(
        self, configuration: ConfigurationRef, **options: Unpack[CallOptions]
    ) -> BackupConfiguration:
        """Enable a configuration, so that it runs as scheduled.

        Raises:
            NotFound: There is none of this id, or it has been deleted.
        """
        return await self._set_enabled(configuration, enable=True, **options)

    async def disable(
        self, configuration: ConfigurationRef, **options: Unpack[CallOptions]
    ) -> BackupConfiguration:
        """Disable a configuration: it runs only when started. What has been backed up stays.

        Raises:
            NotFound: There is none of this id, or it has been deleted.
        """
        return await self._set_enabled(configuration, enable=False, **options)

    async def _set_enabled(
        self, configuration: ConfigurationRef, *, enable: bool, **options: Unpack[CallOptions]
    ) -> BackupConfiguration:
        call = set_backup_configuration_enabled.call(
            ids.configuration_id(configuration),
            body=models.BackupConfigurationEnabling(enable=enable),
        )
        return await self._ask(call, **options)

    async def _ask(
        self, call: Call[models.BackupConfiguration], **options: Unpack[CallOptions]
    ) -> BackupConfiguration:
        """Ask for a configuration; the answer knows when it was true, by the service's clock."""
        answered, response = await self._connection.respond(call, **options)
        return BackupConfiguration(
            answered.received, answered.operation, http_date(response.headers.get("Date"))
        )
