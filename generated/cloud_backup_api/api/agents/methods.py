# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

"""The operations of agents: a method each, and a module each for those who want more."""

import builtins
from typing import Generic, TypeVar, Unpack
from uuid import UUID

from cloud_backup.wire.arguments import AgentRef, identifier, member, uuid_of
from cloud_backup.wire.operation import AsyncCaller, Caller, CallOptions
from cloud_backup.wire.request import UNSET

from ...models.agent import Agent
from ...models.agent_deletion import AgentDeletion
from ...models.agent_log_level import AgentLogLevel
from ...models.agent_update import AgentUpdate
from ...models.datacenter import Datacenter
from ...models.log_level import LogLevel
from ...models.vault_migration import VaultMigration
from . import (
    delete_agent,
    get_agent,
    get_agent_by_host_server,
    list_agents,
    migrate_vault,
    set_agent_log_level,
    update_agent,
    wake_agents,
)

C = TypeVar("C", bound=Caller)
A = TypeVar("A", bound=AsyncCaller)


class AsyncAgentsMethods(Generic[A]):
    """The operations of agents, a method each."""

    def __init__(self, connection: A) -> None:
        self._connection = connection

    async def list(self, **options: Unpack[CallOptions]) -> builtins.list[Agent]:
        """List the agents.

        Lists all agents of the user in the region.

        `Status` isn't reliable here: agents are listed as `Offline` or `Unknown` even when they are
        online. `getAgent` has the right one.

        Args:
            options: `timeout` and `headers` of this call alone.

        Raises:
            CloudBackupError: It failed.
        """
        return await self._connection.call(list_agents.call(), **options)

    async def wake(self, **options: Unpack[CallOptions]) -> None:
        """Wake up the agents.

        Asks all of the user's agents to contact the service, so that they can start work at once.

        An agent takes 10 to 20 seconds to come online, sometimes up to 60, and doesn't stay online
        for long: wake the agents again every 70 seconds while they have work.

        Args:
            options: `timeout` and `headers` of this call alone.

        Raises:
            CloudBackupError: It failed.
        """
        return await self._connection.call(wake_agents.call(), **options)

    async def get(self, agent: AgentRef, **options: Unpack[CallOptions]) -> Agent:
        """Get an agent.

        Returns everything about an agent, including whether it is online.

        Args:
            agent: The agent's id.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return await self._connection.call(
            get_agent.call(machine_agent_id=identifier(agent, "machine_agent_id", "agent")),
            **options,
        )

    async def update(
        self,
        agent: AgentRef,
        *,
        backup_data_center: Datacenter | str | None = None,
        use_service_net: bool,
        **options: Unpack[CallOptions],
    ) -> Agent:
        """Update where and how an agent backs up.

        Changes the data centre of the agent's backups, or whether they go over ServiceNet,
        Rackspace's internal network.

        It fails if the account has no server in that data centre.

        Args:
            agent: The agent's id.
            backup_data_center: Where its backups go; unchanged if omitted. None to leave it out.
            use_service_net: Whether backups go over ServiceNet, Rackspace's internal network.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return await self._connection.call(
            update_agent.call(
                machine_agent_id=identifier(agent, "machine_agent_id", "agent"),
                body=AgentUpdate(
                    backup_data_center=UNSET
                    if backup_data_center is None
                    else member(Datacenter, backup_data_center, "backup_data_center"),
                    use_service_net=use_service_net,
                ),
            ),
            **options,
        )

    async def get_by_host_server(self, server: UUID | str, **options: Unpack[CallOptions]) -> Agent:
        """Get the agent of a server.

        Returns everything about the agent that runs on a Cloud Server.

        Args:
            server: The Cloud Server's id.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return await self._connection.call(
            get_agent_by_host_server.call(host_server_id=uuid_of(server, "server")), **options
        )

    async def delete(self, agent: AgentRef, **options: Unpack[CallOptions]) -> None:
        """Delete an agent and its backups.

        Permanently deletes an agent **and all of its backups**. None of them can be restored
        afterwards.

        Requires a role that may delete.

        Args:
            agent: The agent's id.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return await self._connection.call(
            delete_agent.call(
                body=AgentDeletion(machine_agent_id=identifier(agent, "machine_agent_id", "agent"))
            ),
            **options,
        )

    async def migrate_vault(
        self, source: AgentRef, destination: AgentRef, **options: Unpack[CallOptions]
    ) -> None:
        """Hand an agent's backups over to another.

        Moves an agent's vault (all its backups) to another agent, for example when a server is
        replaced.

        Both agents must belong to the same user, neither may be encrypted, and the destination must
        have no backup configurations.

        Args:
            source: The agent that has the backups now.
            destination: The agent that gets them.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return await self._connection.call(
            migrate_vault.call(
                body=VaultMigration(
                    source_machine_agent_id=identifier(source, "machine_agent_id", "source"),
                    destination_machine_agent_id=identifier(
                        destination, "machine_agent_id", "destination"
                    ),
                )
            ),
            **options,
        )

    async def set_log_level(
        self, agent: AgentRef, level: LogLevel | int, **options: Unpack[CallOptions]
    ) -> None:
        """Set how much an agent logs.

        Sets how much the agent logs on its server. This is the only operation whose body is a form
        instead of JSON.

        Args:
            agent: The agent's id.
            level: How much an agent logs: everything at least as severe as this. The first and the
                last level are documented; those between are log4j's.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return await self._connection.call(
            set_agent_log_level.call(
                body=AgentLogLevel(
                    machine_agent_id=identifier(agent, "machine_agent_id", "agent"),
                    logging_level_id=member(LogLevel, level, "level"),
                )
            ),
            **options,
        )


class AgentsMethods(Generic[C]):
    """The operations of agents, a method each."""

    def __init__(self, connection: C) -> None:
        self._connection = connection

    def list(self, **options: Unpack[CallOptions]) -> builtins.list[Agent]:
        """List the agents.

        Lists all agents of the user in the region.

        `Status` isn't reliable here: agents are listed as `Offline` or `Unknown` even when they are
        online. `getAgent` has the right one.

        Args:
            options: `timeout` and `headers` of this call alone.

        Raises:
            CloudBackupError: It failed.
        """
        return self._connection.call(list_agents.call(), **options)

    def wake(self, **options: Unpack[CallOptions]) -> None:
        """Wake up the agents.

        Asks all of the user's agents to contact the service, so that they can start work at once.

        An agent takes 10 to 20 seconds to come online, sometimes up to 60, and doesn't stay online
        for long: wake the agents again every 70 seconds while they have work.

        Args:
            options: `timeout` and `headers` of this call alone.

        Raises:
            CloudBackupError: It failed.
        """
        return self._connection.call(wake_agents.call(), **options)

    def get(self, agent: AgentRef, **options: Unpack[CallOptions]) -> Agent:
        """Get an agent.

        Returns everything about an agent, including whether it is online.

        Args:
            agent: The agent's id.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return self._connection.call(
            get_agent.call(machine_agent_id=identifier(agent, "machine_agent_id", "agent")),
            **options,
        )

    def update(
        self,
        agent: AgentRef,
        *,
        backup_data_center: Datacenter | str | None = None,
        use_service_net: bool,
        **options: Unpack[CallOptions],
    ) -> Agent:
        """Update where and how an agent backs up.

        Changes the data centre of the agent's backups, or whether they go over ServiceNet,
        Rackspace's internal network.

        It fails if the account has no server in that data centre.

        Args:
            agent: The agent's id.
            backup_data_center: Where its backups go; unchanged if omitted. None to leave it out.
            use_service_net: Whether backups go over ServiceNet, Rackspace's internal network.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return self._connection.call(
            update_agent.call(
                machine_agent_id=identifier(agent, "machine_agent_id", "agent"),
                body=AgentUpdate(
                    backup_data_center=UNSET
                    if backup_data_center is None
                    else member(Datacenter, backup_data_center, "backup_data_center"),
                    use_service_net=use_service_net,
                ),
            ),
            **options,
        )

    def get_by_host_server(self, server: UUID | str, **options: Unpack[CallOptions]) -> Agent:
        """Get the agent of a server.

        Returns everything about the agent that runs on a Cloud Server.

        Args:
            server: The Cloud Server's id.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return self._connection.call(
            get_agent_by_host_server.call(host_server_id=uuid_of(server, "server")), **options
        )

    def delete(self, agent: AgentRef, **options: Unpack[CallOptions]) -> None:
        """Delete an agent and its backups.

        Permanently deletes an agent **and all of its backups**. None of them can be restored
        afterwards.

        Requires a role that may delete.

        Args:
            agent: The agent's id.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return self._connection.call(
            delete_agent.call(
                body=AgentDeletion(machine_agent_id=identifier(agent, "machine_agent_id", "agent"))
            ),
            **options,
        )

    def migrate_vault(
        self, source: AgentRef, destination: AgentRef, **options: Unpack[CallOptions]
    ) -> None:
        """Hand an agent's backups over to another.

        Moves an agent's vault (all its backups) to another agent, for example when a server is
        replaced.

        Both agents must belong to the same user, neither may be encrypted, and the destination must
        have no backup configurations.

        Args:
            source: The agent that has the backups now.
            destination: The agent that gets them.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return self._connection.call(
            migrate_vault.call(
                body=VaultMigration(
                    source_machine_agent_id=identifier(source, "machine_agent_id", "source"),
                    destination_machine_agent_id=identifier(
                        destination, "machine_agent_id", "destination"
                    ),
                )
            ),
            **options,
        )

    def set_log_level(
        self, agent: AgentRef, level: LogLevel | int, **options: Unpack[CallOptions]
    ) -> None:
        """Set how much an agent logs.

        Sets how much the agent logs on its server. This is the only operation whose body is a form
        instead of JSON.

        Args:
            agent: The agent's id.
            level: How much an agent logs: everything at least as severe as this. The first and the
                last level are documented; those between are log4j's.
            options: `timeout` and `headers` of this call alone.

        Raises:
            ValueError: An argument can't be right.
            CloudBackupError: It failed.
        """
        return self._connection.call(
            set_agent_log_level.call(
                body=AgentLogLevel(
                    machine_agent_id=identifier(agent, "machine_agent_id", "agent"),
                    logging_level_id=member(LogLevel, level, "level"),
                )
            ),
            **options,
        )
