"""Backup configurations: what an agent backs up, and when."""

import builtins
from collections.abc import Sequence
from typing import Unpack

import httpx

from cloud_backup.schedules.schedule import Schedule
from cloud_backup.values import configuration as bodies
from cloud_backup.values.backup_path import BackupPath
from cloud_backup.values.configuration import BackupConfiguration, ConfigurationOptions
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
        """List the configurations of an agent, or of all agents, that haven't been deleted."""
        call = (
            list_backup_configurations.call()
            if agent is None
            else list_agent_backup_configurations.call(ids.agent_id(agent))
        )
        listed, response = await self._connection.respond(call, **options)
        return [_answered(each, response) for each in listed]

    async def get(
        self, configuration: ConfigurationRef, **options: Unpack[CallOptions]
    ) -> BackupConfiguration:
        """Get a configuration, even a deleted one: see `is_deleted`.

        Raises:
            NotFound: There is no such configuration.
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
        """Create a configuration: what an agent backs up, and when.

        Args:
            name: Its name.
            schedule: When it runs.
            include: What it backs up: `Folder` and `File` values; a string is a folder.
            fields: `exclude`, `retention`, `notify`, `notify_success`, `notify_failure`, `active`
                and `missed`, as in `ConfigurationOptions`; `timeout` and `headers` of this call.

        Raises:
            ValueError: An argument is invalid.
            Conflict: It conflicts with an existing one.

        Example:
            nightly = Schedule.daily(at=time(2, 30), zone="America/Chicago")
            backup.configurations.create(
                name="Nightly", agent=agent, schedule=nightly, include=["/var/www"]
            )
        """
        given, options = split(fields)
        body = bodies.new_configuration(
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
        """Copy a configuration, without its backups.

        Args:
            configuration: The original.
            agent: The agent that backs up; None for the original's.
            name: The name; None for the original's, if the agent is another.

        Raises:
            ValueError: An argument is invalid.
            NotFound: There is no such configuration.
            Conflict: The agent has a configuration with this name.
            ZoneDataMissing: This machine has no data about the schedule's time zone.
        """
        changes = bodies.described(name=name)
        if agent is not None:
            changes["MachineAgentId"] = ids.agent_id(agent)
        other = await self.get(configuration, **options)
        copied = bodies.copied_configuration(other, changes)
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
        """Change a configuration; None leaves things as they are. Its backups stay.

        The service replaces all of it, so it is fetched first. The start time comes in UTC and is
        sent in its time zone, so it stays the same. (Shortly before a change to summer time that
        skips it, it reads as the later time: give a schedule then.)

        The arguments are as for `create`.

        Raises:
            ValueError: An argument is invalid, or conflicts with what stays.
            NotFound: There is no such configuration, or it has been deleted.
            Conflict: It conflicts with another one.
            UnexpectedAnswer: The answer lacks something that is to stay; the message says which
                argument to give.
            ZoneDataMissing: This machine has no data about the schedule's time zone.
        """
        given, options = split(fields)
        changes = bodies.described(name=name, schedule=schedule, include=include, **given)
        present = await self.get(configuration, **options)
        call = update_backup_configuration.call(
            present.backup_configuration_id, body=bodies.changed_configuration(present, changes)
        )
        await self._connection.call(call, **options)
        return await self.get(present, **options)

    async def enable(
        self, configuration: ConfigurationRef, **options: Unpack[CallOptions]
    ) -> BackupConfiguration:
        """Enable a configuration, so that it runs as scheduled.

        Raises:
            NotFound: There is no such configuration, or it has been deleted.
        """
        return await self._set_enabled(configuration, enable=True, **options)

    async def disable(
        self, configuration: ConfigurationRef, **options: Unpack[CallOptions]
    ) -> BackupConfiguration:
        """Disable a configuration: it runs only when started. Its backups stay."""
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
        return _answered(*await self._connection.respond(call, **options))


def _answered(row: models.BackupConfiguration, response: httpx.Response) -> BackupConfiguration:
    """Return a configuration that knows when the service answered with it, by its clock."""
    date = http_date(response.headers.get("Date"))
    return BackupConfiguration(row.received, row.operation, date)
