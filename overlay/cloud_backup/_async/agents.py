"""Agents: what backs up and restores on a machine."""

import builtins
from uuid import UUID

from cloud_backup.calling.deadline import within
from cloud_backup.calling.operations import asked_for, expect, expect_list
from cloud_backup.encryption import (
    PublicKey,
    check_passphrase,
    encrypt_passphrase,
    hidden,
    needed_key,
    require_cryptography,
)
from cloud_backup.errors import AgentNotOnline, CloudBackupError
from cloud_backup.secret import Secret
from cloud_backup.values import ids
from cloud_backup.values.agent import Agent, LogLevel, only
from cloud_backup.values.ids import AgentRef
from cloud_backup.waiting.pauses import Pauses
from cloud_backup_api import models
from cloud_backup_api.api.agents import (
    change_agent_encryption_password,
    delete_agent,
    enable_agent_encryption,
    get_agent,
    get_agent_by_host_server,
    list_agents,
    migrate_vault,
    set_agent_enabled,
    set_agent_log_level,
    update_agent,
    wake_agents,
)
from cloud_backup_api.types import UNSET

from .connection import AsyncConnection


class AsyncAgents:
    """Agents."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list(self) -> builtins.list[Agent]:
        """List the user's agents. Their status is not reliable here: `get()` one for that.

        Returns:
            The agents, in the order they come.

        Raises:
            CloudBackupError: It failed.

        Example:
            names = [agent.machine_name for agent in backup.agents.list()]
        """
        operation = "listAgents"
        body = await self._connection.call(
            operation, list_agents.asyncio_detailed, client=self._connection.api
        )
        listed = expect_list(models.Agent, body, operation)
        return [Agent.of(agent) for agent in listed]

    async def get(self, agent: AgentRef | str) -> Agent:
        """Look at an agent.

        Args:
            agent: The agent, or the name of its machine, which is looked up in the list.

        Returns:
            The agent as it is now.

        Raises:
            NotFound: There is none of this id.
            AgentNotFound: No machine has this name, or several have.
            CloudBackupError: It failed.

        Example:
            online = backup.agents.get(213564).is_online
        """
        operation = "getAgent"
        agent_id = only(agent, await self.list()) if isinstance(agent, str) else ids.agent_id(agent)
        body = await self._connection.call(
            operation, get_agent.asyncio_detailed, agent_id, client=self._connection.api
        )
        answered = Agent.of(expect(models.Agent, body, operation))
        return asked_for(answered, "machine_agent_id", agent_id)

    async def get_by_host_server(self, server: UUID | str) -> Agent:
        """Look at the agent of a Cloud Server.

        Args:
            server: The server's id.

        Returns:
            The agent as it is now.

        Raises:
            ValueError: The id is no UUID.
            NotFound: There is no agent on such a server.
            CloudBackupError: It failed.

        Example:
            agent = backup.agents.get_by_host_server("87c3b6e1-fb1a-41f9-91e5-313ae35a5a06")
        """
        operation = "getAgentByHostServer"
        server_id = _server_id(server)
        body = await self._connection.call(
            operation,
            get_agent_by_host_server.asyncio_detailed,
            server_id,
            client=self._connection.api,
        )
        answered = Agent.of(expect(models.Agent, body, operation))
        return asked_for(answered, "host_server_id", server_id)

    async def update(
        self, agent: AgentRef, *, use_service_net: bool, backup_data_center: str | None = None
    ) -> Agent:
        """Change how and where an agent backs up.

        Args:
            agent: The agent.
            use_service_net: Whether backups go through ServiceNet, Rackspace's internal network.
            backup_data_center: Where its backups go: `DFW`, `ORD`, `IAD`, `LON`, `HKG` or `SYD`, in
                any letter case; None for no change.

        Returns:
            The agent as it is then.

        Raises:
            ValueError: There is no such data centre.
            InvalidRequest: The account has no servers in that data centre.
            CloudBackupError: It failed.

        Example:
            backup.agents.update(agent, use_service_net=True)
        """
        operation = "updateAgent"
        agent_id = ids.agent_id(agent)
        place = UNSET if backup_data_center is None else _datacenter(backup_data_center)
        body = await self._connection.call(
            operation,
            update_agent.asyncio_detailed,
            agent_id,
            client=self._connection.api,
            body=models.AgentUpdate(use_service_net=use_service_net, backup_data_center=place),
        )
        answered = Agent.of(expect(models.Agent, body, operation))
        return asked_for(answered, "machine_agent_id", agent_id)

    async def enable(self, agent: AgentRef) -> None:
        """Enable an agent, so that it backs up again.

        Args:
            agent: The agent.

        Raises:
            NotFound: There is none of this id.
            CloudBackupError: It failed.

        Example:
            backup.agents.enable(agent)
        """
        await self._set_enabled(agent, enable=True)

    async def disable(self, agent: AgentRef) -> None:
        """Disable an agent: it backs up nothing until it is enabled. What it has backed up stays.

        Args:
            agent: The agent.

        Raises:
            NotFound: There is none of this id.
            CloudBackupError: It failed.

        Example:
            backup.agents.disable(agent)
        """
        await self._set_enabled(agent, enable=False)

    async def set_log_level(self, agent: AgentRef, level: LogLevel) -> None:
        """Set how much an agent writes to its log, on its machine.

        Args:
            agent: The agent.
            level: How much, from FATAL only to ALL; or its number, 1 to 6.

        Raises:
            ValueError: There is no such level.
            NotFound: There is no agent of this id.
            CloudBackupError: It failed.

        Example:
            backup.agents.set_log_level(agent, LogLevel.WARN)
        """
        if isinstance(level, bool) or level not in tuple(LogLevel):
            raise ValueError(f"level must be a LogLevel, 1 to 6, not {level!r}")
        await self._connection.call(
            "setAgentLogLevel",
            set_agent_log_level.asyncio_detailed,
            client=self._connection.api,
            body=models.AgentLogLevel(
                machine_agent_id=ids.agent_id(agent), logging_level_id=int(level)
            ),
        )

    async def enable_encryption(self, agent: AgentRef, passphrase: str | Secret) -> UUID:
        """Encrypt all that an agent backs up from now on. This can't be undone.

        The passphrase is encrypted here, with the agent's key, which is asked for: the service
        never sees it. Without it nothing can be restored, and nobody else has it.

        Args:
            agent: The agent.
            passphrase: The passphrase: at most 245 bytes in UTF-8 for a key of 2048 bits.

        Returns:
            The id that the service gives this.

        Raises:
            ValueError: The passphrase is empty, or too long for the agent's key.
            EncryptionUnavailable: `cryptography` is not installed: it is the extra `encryption`.
            UnexpectedAnswer: The service has no key of the agent that can be used.
            CloudBackupError: It failed.

        Example:
            backup.agents.enable_encryption(agent, getpass())
        """
        # First of all, so that no traceback shows it among the local variables.
        passphrase = hidden(passphrase)
        check_passphrase(passphrase)
        operation = "enableAgentEncryption"
        agent_id, key = await self._key(agent)
        body = await self._connection.call(
            operation,
            enable_agent_encryption.asyncio_detailed,
            client=self._connection.api,
            body=models.AgentEncryption(
                machine_agent_id=agent_id,
                encrypted_password_hex=encrypt_passphrase(key, passphrase),
            ),
        )
        return expect(UUID, body, operation)

    async def change_passphrase(
        self, agent: AgentRef, old: str | Secret, new: str | Secret
    ) -> UUID:
        """Change the passphrase of an agent whose backups are encrypted.

        Both are encrypted here, with the agent's key, which is asked for: the service never sees
        them.

        Args:
            agent: The agent.
            old: The passphrase so far.
            new: The passphrase from now on: at most 245 bytes in UTF-8 for a key of 2048 bits.

        Returns:
            The id that the service gives this.

        Raises:
            ValueError: One of them is empty, or too long for the agent's key.
            EncryptionUnavailable: `cryptography` is not installed: it is the extra `encryption`.
            UnexpectedAnswer: The service has no key of the agent that can be used.
            CloudBackupError: It failed, as it does where the old one is wrong.

        Example:
            backup.agents.change_passphrase(agent, old=getpass("Old: "), new=getpass("New: "))
        """
        # First of all, so that no traceback shows them among the local variables.
        old, new = hidden(old), hidden(new)
        check_passphrase(old, "old")
        check_passphrase(new, "new")
        operation = "changeAgentEncryptionPassword"
        agent_id, key = await self._key(agent)
        body = await self._connection.call(
            operation,
            change_agent_encryption_password.asyncio_detailed,
            client=self._connection.api,
            body=models.AgentEncryptionChange(
                machine_agent_id=agent_id,
                old_encrypted_password_hex=encrypt_passphrase(key, old),
                new_encrypted_password_hex=encrypt_passphrase(key, new),
            ),
        )
        return expect(UUID, body, operation)

    async def delete(self, agent: AgentRef) -> None:
        """Delete an agent and everything that it has ever backed up, for good.

        Args:
            agent: The agent.

        Raises:
            NotFound: There is none of this id.
            CloudBackupError: It failed.

        Example:
            backup.agents.delete(agent)
        """
        await self._connection.call(
            "deleteAgent",
            delete_agent.asyncio_detailed,
            client=self._connection.api,
            body=models.AgentDeletion(machine_agent_id=ids.agent_id(agent)),
        )

    async def migrate_vault(self, source: AgentRef, destination: AgentRef) -> None:
        """Hand all that an agent has backed up over to another, as when a server is replaced.

        Neither may be encrypted, and the other may not have any backups configured.

        Args:
            source: The agent that has the backups.
            destination: The agent that is to have them.

        Raises:
            ValueError: They are the same.
            CloudBackupError: It failed.

        Example:
            backup.agents.migrate_vault(source=old, destination=new)
        """
        from_id, to_id = ids.agent_id(source, "source"), ids.agent_id(destination, "destination")
        if from_id == to_id:
            raise ValueError(f"source and destination are the same agent, {from_id}")
        await self._connection.call(
            "migrateVault",
            migrate_vault.asyncio_detailed,
            client=self._connection.api,
            body=models.VaultMigration(
                source_machine_agent_id=from_id, destination_machine_agent_id=to_id
            ),
        )

    async def wake(self) -> None:
        """Wake all of the user's agents, which takes them 10 to 20 seconds, at times a minute.

        Raises:
            CloudBackupError: It failed.

        Example:
            backup.agents.wake()
        """
        await self._connection.call(
            "wakeAgents", wake_agents.asyncio_detailed, client=self._connection.api
        )

    async def wait_online(
        self,
        agent: AgentRef,
        *,
        timeout: float | None = 180.0,  # noqa: ASYNC109 - between two looks, not of a task
        poll_interval: float = 5.0,
    ) -> Agent:
        """Wait until an agent is online, and wake it where it isn't: again every 70 seconds.

        Args:
            agent: The agent.
            timeout: For how many seconds to wait in all; None for as long as it takes, which is for
                ever where the machine is switched off.
            poll_interval: For how many seconds to wait between two looks, above 0.

        Returns:
            The agent, online.

        Raises:
            ValueError: The poll interval is not above 0, or the timeout is below it.
            AgentNotOnline: It wasn't in time; the error has it as last seen. It is a `WaitTimeout`.
            CloudBackupError: Looking at it, or waking it, failed.

        Example:
            backup.agents.wait_online(agent, timeout=60)
        """
        pauses = Pauses(poll_interval, timeout, self._connection.retries.clock)
        seen: Agent | None = None
        while True:
            try:
                with within(pauses.for_a_look):
                    now = await self.get(agent)
                    if now.is_online:
                        return now
                    seen = now
                    if not pauses.is_over and pauses.is_time_to_wake():
                        await self.wake()
            except CloudBackupError as error:
                if seen is None or not pauses.is_over:
                    raise
                raise AgentNotOnline(seen, pauses.waited) from error
            pause = pauses.next(changed=True)
            if pause is None:
                raise AgentNotOnline(now, pauses.waited)
            await self._connection.sleep(pause)

    async def _set_enabled(self, agent: AgentRef, *, enable: bool) -> None:
        await self._connection.call(
            "setAgentEnabled",
            set_agent_enabled.asyncio_detailed,
            client=self._connection.api,
            body=models.AgentEnabling(machine_agent_id=ids.agent_id(agent), enable=enable),
        )

    async def _key(self, agent: AgentRef) -> tuple[int, PublicKey]:
        require_cryptography()
        found = await self.get(agent)
        return found.machine_agent_id, needed_key(found)


def _server_id(server: UUID | str) -> UUID:
    try:
        return server if isinstance(server, UUID) else UUID(server)
    except (AttributeError, TypeError, ValueError):
        raise ValueError(f"server must be the UUID of a Cloud Server, not {server!r}") from None


def _datacenter(name: str) -> models.Datacenter:
    try:
        return models.Datacenter(name.upper())
    except (AttributeError, ValueError):
        known = ", ".join(place.value for place in models.Datacenter)
        raise ValueError(f"backup_data_center must be one of {known}, not {name!r}") from None
