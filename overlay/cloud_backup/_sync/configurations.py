# Derived from _async/configurations.py by derive_sync.py: do not edit.

"""Backup configurations: what an agent backs up, and when."""

import builtins

from cloud_backup._operations import expect, expect_list
from cloud_backup.values import ids
from cloud_backup.values.configuration import BackupConfiguration
from cloud_backup.values.ids import AgentRef, ConfigurationRef
from cloud_backup_api import models
from cloud_backup_api.api.configurations import (
    create_backup_configuration,
    delete_backup_configuration,
    get_backup_configuration,
    list_agent_backup_configurations,
    list_backup_configurations,
)

from .connection import Connection


class Configurations:
    """Backup configurations."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(self, agent: AgentRef | None = None) -> builtins.list[BackupConfiguration]:
        """List the configurations of an agent, or of all.

        Args:
            agent: The agent; None for all of the user's.

        Raises:
            CloudBackupError: It failed.
        """
        if agent is None:
            operation = "listBackupConfigurations"
            body = self._connection.call(
                operation, list_backup_configurations.sync_detailed, client=self._connection.api
            )
        else:
            operation = "listAgentBackupConfigurations"
            body = self._connection.call(
                operation,
                list_agent_backup_configurations.sync_detailed,
                ids.agent_id(agent),
                client=self._connection.api,
            )
        listed = expect_list(models.BackupConfiguration, body, operation)
        return [BackupConfiguration.from_raw(raw, operation) for raw in listed]

    def get(self, configuration: ConfigurationRef) -> BackupConfiguration:
        """Look at a configuration. One that has been deleted is answered too: see `is_deleted`.

        Raises:
            NotFound: There is none of this id.
            CloudBackupError: It failed.
        """
        operation = "getBackupConfiguration"
        body = self._connection.call(
            operation,
            get_backup_configuration.sync_detailed,
            ids.configuration_id(configuration),
            client=self._connection.api,
        )
        return self._value(body, operation)

    def create(self, configuration: models.BackupConfigurationInput) -> BackupConfiguration:
        """Create a configuration.

        Args:
            configuration: All of it, as the generated model.

        Raises:
            Conflict: It contradicts one that is there.
            CloudBackupError: It failed.
        """
        operation = "createBackupConfiguration"
        body = self._connection.call(
            operation,
            create_backup_configuration.sync_detailed,
            client=self._connection.api,
            body=configuration,
        )
        return self._value(body, operation)

    def delete(self, configuration: ConfigurationRef) -> None:
        """Delete a configuration. Its backups can't be restored from then on.

        Raises:
            NotFound: There is none of this id.
            CloudBackupError: It failed.
        """
        self._connection.call(
            "deleteBackupConfiguration",
            delete_backup_configuration.sync_detailed,
            ids.configuration_id(configuration),
            client=self._connection.api,
        )

    def _value(self, body: object, operation: str) -> BackupConfiguration:
        raw = expect(models.BackupConfiguration, body, operation)
        return BackupConfiguration.from_raw(raw, operation)
