# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

"""The operations of configurations: a method each, and a module each for those who want more."""

from typing import Generic, TypeVar, Unpack

from cloud_backup.wire.arguments import ConfigurationRef, identifier
from cloud_backup.wire.operation import AsyncCaller, Caller, CallOptions

from . import delete_backup_configuration

C = TypeVar("C", bound=Caller)
A = TypeVar("A", bound=AsyncCaller)


class AsyncConfigurationsMethods(Generic[A]):
    """The operations of configurations, a method each."""

    def __init__(self, connection: A) -> None:
        self._connection = connection

    async def delete(self, configuration: ConfigurationRef, **options: Unpack[CallOptions]) -> None:
        """Delete a backup configuration.

        Deletes a backup configuration: it no longer runs, and **its backups can no longer be
        restored**. To pause it, use `setBackupConfigurationEnabled`.

        Requires a role that may delete.

        Args:
            configuration: The backup configuration's id.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return await self._connection.call(
            delete_backup_configuration.call(
                backup_configuration_id=identifier(
                    configuration, "backup_configuration_id", "configuration"
                )
            ),
            **options,
        )


class ConfigurationsMethods(Generic[C]):
    """The operations of configurations, a method each."""

    def __init__(self, connection: C) -> None:
        self._connection = connection

    def delete(self, configuration: ConfigurationRef, **options: Unpack[CallOptions]) -> None:
        """Delete a backup configuration.

        Deletes a backup configuration: it no longer runs, and **its backups can no longer be
        restored**. To pause it, use `setBackupConfigurationEnabled`.

        Requires a role that may delete.

        Args:
            configuration: The backup configuration's id.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return self._connection.call(
            delete_backup_configuration.call(
                backup_configuration_id=identifier(
                    configuration, "backup_configuration_id", "configuration"
                )
            ),
            **options,
        )
