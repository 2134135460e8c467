# Derived from _async/agents.py by derive_sync.py: do not edit.

"""Agents: what backs up and restores on a machine."""

from collections.abc import Iterable
from typing import Unpack
from uuid import UUID

from cloud_backup.encryption import (
    PublicKey,
    check_passphrase,
    encrypt_passphrase,
    hidden,
    needed_key,
    require_cryptography,
)
from cloud_backup.errors import AgentNotFound, AgentNotOnline, CloudBackupError
from cloud_backup.secret import Secret
from cloud_backup.waiting.pauses import Pauses
from cloud_backup.waiting.waking import Waking
from cloud_backup.wire.arguments import AgentRef, agent_id
from cloud_backup.wire.operation import CallOptions
from cloud_backup_api import models
from cloud_backup_api.api.agents import (
    change_agent_encryption_password,
    enable_agent_encryption,
    set_agent_enabled,
)
from cloud_backup_api.api.agents.methods import AgentsMethods
from cloud_backup_api.models import Agent

from .connection import Connection
from .waiting import looks


class Agents(AgentsMethods[Connection]):
    """Agents: what backs up and restores on a machine."""

    def get(self, agent: AgentRef | str, **options: Unpack[CallOptions]) -> Agent:
        """Get an agent.

        Args:
            agent: The agent, or the name of its machine, which is looked up in the list.

        Raises:
            NotFound: There is none of this id.
            AgentNotFound: No machine has this name, or several have.
        """
        if isinstance(agent, str):
            agent = only(agent, self.list(**options))
        return super().get(agent, **options)

    def enable(self, agent: AgentRef, **options: Unpack[CallOptions]) -> None:
        """Enable an agent, so that it backs up again.

        Raises:
            NotFound: There is none of this id.
        """
        self._set_enabled(agent, enable=True, **options)

    def disable(self, agent: AgentRef, **options: Unpack[CallOptions]) -> None:
        """Disable an agent: it backs up nothing until it is enabled. What it has backed up stays.

        Raises:
            NotFound: There is none of this id.
        """
        self._set_enabled(agent, enable=False, **options)

    def enable_encryption(
        self, agent: AgentRef, passphrase: str | Secret, **options: Unpack[CallOptions]
    ) -> UUID:
        """Encrypt all that an agent backs up from now on. This can't be undone.

        The passphrase is encrypted here, with the agent's key, which is asked for: the service
        never sees it. Without it nothing can be restored, and nobody else has it.

        Args:
            passphrase: The passphrase: at most 245 bytes in UTF-8 for a key of 2048 bits.

        Returns:
            The id that the service gives this.

        Raises:
            ValueError: The passphrase is empty, or too long for the agent's key.
            EncryptionUnavailable: `cryptography` is not installed: it is the extra `encryption`.
            UnexpectedAnswer: The service has no key of the agent that can be used.
        """
        # First of all, so that no traceback shows it among the local variables.
        passphrase = hidden(passphrase)
        check_passphrase(passphrase)
        machine_agent_id, key = self._key(agent, **options)
        body = models.AgentEncryption(
            machine_agent_id=machine_agent_id,
            encrypted_password_hex=encrypt_passphrase(key, passphrase),
        )
        return self._connection.call(enable_agent_encryption.call(body=body), **options)

    def change_passphrase(
        self,
        agent: AgentRef,
        old: str | Secret,
        new: str | Secret,
        **options: Unpack[CallOptions],
    ) -> UUID:
        """Change the passphrase of an agent whose backups are encrypted.

        Both are encrypted here, with the agent's key, which is asked for: the service never sees
        them.

        Args:
            old: The passphrase so far.
            new: The passphrase from now on: at most 245 bytes in UTF-8 for a key of 2048 bits.

        Returns:
            The id that the service gives this.

        Raises:
            ValueError: One of them is empty, or too long for the agent's key.
            EncryptionUnavailable: `cryptography` is not installed: it is the extra `encryption`.
            UnexpectedAnswer: The service has no key of the agent that can be used.
            CloudBackupError: It failed, as it does where the old one is wrong.
        """
        # First of all, so that no traceback shows them among the local variables.
        old, new = hidden(old), hidden(new)
        check_passphrase(old, "old")
        check_passphrase(new, "new")
        machine_agent_id, key = self._key(agent, **options)
        body = models.AgentEncryptionChange(
            machine_agent_id=machine_agent_id,
            old_encrypted_password_hex=encrypt_passphrase(key, old),
            new_encrypted_password_hex=encrypt_passphrase(key, new),
        )
        return self._connection.call(change_agent_encryption_password.call(body=body), **options)

    def migrate_vault(
        self, source: AgentRef, destination: AgentRef, **options: Unpack[CallOptions]
    ) -> None:
        """Hand all that an agent has backed up over to another, as when a server is replaced.

        Neither may be encrypted, and the other may not have any backups configured.

        Args:
            source: The agent that has the backups.
            destination: The agent that is to have them.

        Raises:
            ValueError: They are the same.
        """
        from_id, to_id = agent_id(source, name="source"), agent_id(destination, name="destination")
        if from_id == to_id:
            raise ValueError(f"source and destination are the same agent, {from_id}")
        super().migrate_vault(source, destination, **options)

    def wait_online(
        self,
        agent: AgentRef,
        *,
        timeout: float | None = 180.0,  # noqa: ASYNC109 - between two looks, not of a task
        poll_interval: float = 5.0,
    ) -> Agent:
        """Wait until an agent is online, and wake it where it isn't: again every 70 seconds.

        Args:
            timeout: For how many seconds to wait in all; None for as long as it takes, which is for
                ever where the machine is switched off.
            poll_interval: For how many seconds to wait between two looks, above 0.

        Raises:
            ValueError: The poll interval is not above 0, or the timeout is below it.
            AgentNotOnline: It wasn't in time; the error has it as last seen. It is a `WaitTimeout`.
        """
        pauses = Pauses(poll_interval, timeout, self._connection.retries.clock)
        waking = Waking(lambda: pauses.waited)

        def look() -> Agent:
            now = self.get(agent)
            if not now.is_online:
                waking.offline(now.machine_agent_id)
                if not pauses.is_over and waking.is_due():
                    try:
                        self.wake()
                    except CloudBackupError:
                        if not pauses.is_over:
                            raise
            return now

        for now in looks(
            self._connection, pauses, look, lambda last: AgentNotOnline(last, pauses.waited)
        ):
            if now.is_online:
                return now
            pauses.shorten()
        raise RuntimeError("looking ends with an error if not by itself")

    def _set_enabled(
        self, agent: AgentRef, *, enable: bool, **options: Unpack[CallOptions]
    ) -> None:
        body = models.AgentEnabling(machine_agent_id=agent_id(agent), enable=enable)
        self._connection.call(set_agent_enabled.call(body=body), **options)

    def _key(self, agent: AgentRef, **options: Unpack[CallOptions]) -> tuple[int, PublicKey]:
        require_cryptography()
        found = self.get(agent, **options)
        return found.machine_agent_id, needed_key(found)


def only(name: str, agents: Iterable[Agent]) -> int:
    """Return the id of the one agent whose machine has a name.

    The letter case counts only if it tells several machines apart.

    Raises:
        AgentNotFound: No machine has it, or several have.
    """
    named = [(agent.machine_name or "", agent.machine_agent_id) for agent in agents]
    folded = [found for found in named if found[0].casefold() == name.casefold()]
    exact = [found for found in folded if found[0] == name]
    matching = [agent_id for _, agent_id in exact or folded]
    if len(matching) != 1:
        raise AgentNotFound(name, matching, (found for found, _ in named))
    return matching[0]
