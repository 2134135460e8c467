# Derived from _async/agents.py by derive_sync.py: do not edit.

"""Agents: what backs up and restores on a machine."""

from collections.abc import Iterable
from typing import Unpack
from uuid import UUID

from cloud_backup import encryption
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
            NotFound: There is no agent with this id.
            AgentNotFound: No machine has this name, or several have.
        """
        if isinstance(agent, str):
            agent = only(agent, self.list(**options))
        return super().get(agent, **options)

    def enable(self, agent: AgentRef, **options: Unpack[CallOptions]) -> None:
        """Enable an agent, so that it backs up again.

        Raises:
            NotFound: There is no such agent.
        """
        self._set_enabled(agent, enable=True, **options)

    def disable(self, agent: AgentRef, **options: Unpack[CallOptions]) -> None:
        """Disable an agent: it backs up nothing until it is enabled. Its backups stay."""
        self._set_enabled(agent, enable=False, **options)

    def enable_encryption(
        self, agent: AgentRef, passphrase: str | Secret, **options: Unpack[CallOptions]
    ) -> UUID:
        """Encrypt everything that an agent backs up from now on. This can't be undone.

        The passphrase is encrypted on this machine with the agent's key, which is fetched: the
        service never sees the passphrase. Nothing can be restored without it.

        Args:
            passphrase: The passphrase: at most 245 bytes in UTF-8 for a key of 2048 bits.

        Returns:
            The service's id for this change.

        Raises:
            ValueError: The passphrase is empty, or too long for the agent's key.
            EncryptionUnavailable: `cryptography` is not installed: use the extra `encryption`.
            UnexpectedAnswer: The service has no usable key of the agent.
        """
        # First, so that no traceback shows it among the local variables.
        passphrase = encryption.hidden(passphrase)
        encryption.check_passphrase(passphrase)
        machine_agent_id, key = self._key(agent, **options)
        body = models.AgentEncryption(
            machine_agent_id=machine_agent_id,
            encrypted_password_hex=encryption.encrypt_passphrase(key, passphrase),
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

        Both are encrypted as `enable_encryption` does it, and it raises the same errors.

        Args:
            old: The current passphrase.
            new: The new passphrase: at most 245 bytes in UTF-8 for a key of 2048 bits.

        Returns:
            The service's id for this change.

        Raises:
            CloudBackupError: It failed, for example because the old one is wrong.
        """
        # First, so that no traceback shows them among the local variables.
        old, new = encryption.hidden(old), encryption.hidden(new)
        encryption.check_passphrase(old, "old")
        encryption.check_passphrase(new, "new")
        machine_agent_id, key = self._key(agent, **options)
        body = models.AgentEncryptionChange(
            machine_agent_id=machine_agent_id,
            old_encrypted_password_hex=encryption.encrypt_passphrase(key, old),
            new_encrypted_password_hex=encryption.encrypt_passphrase(key, new),
        )
        return self._connection.call(change_agent_encryption_password.call(body=body), **options)

    def migrate_vault(
        self, source: AgentRef, destination: AgentRef, **options: Unpack[CallOptions]
    ) -> None:
        """Move the backups of an agent to another one, as when a server is replaced.

        Neither may be encrypted, and the destination must have no backup configurations.

        Args:
            source: The agent that has the backups.
            destination: The agent that gets them.

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
        """Wait until an agent is online; if it isn't, wake it every 70 seconds.

        Args:
            timeout: How many seconds to wait in all; None for no limit, even if the machine is
                switched off.
            poll_interval: Seconds between two looks, above 0.

        Raises:
            ValueError: The poll interval is not above 0, or the timeout is below 0.
            AgentNotOnline: It wasn't online in time; the error, a `WaitTimeout`, has it as last
                seen.
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
        raise RuntimeError("looks() ends only with an error")

    def _set_enabled(
        self, agent: AgentRef, *, enable: bool, **options: Unpack[CallOptions]
    ) -> None:
        body = models.AgentEnabling(machine_agent_id=agent_id(agent), enable=enable)
        self._connection.call(set_agent_enabled.call(body=body), **options)

    def _key(
        self, agent: AgentRef, **options: Unpack[CallOptions]
    ) -> tuple[int, encryption.PublicKey]:
        encryption.require_cryptography()
        found = self.get(agent, **options)
        return found.machine_agent_id, encryption.needed_key(found)


def only(name: str, agents: Iterable[Agent]) -> int:
    """Return the id of the only agent whose machine has a name.

    Letter case matters only if several machines differ in nothing else. If there is no such
    machine, or several, this raises an `AgentNotFound`.
    """
    named = [(agent.machine_name or "", agent.machine_agent_id) for agent in agents]
    folded = [found for found in named if found[0].casefold() == name.casefold()]
    exact = [found for found in folded if found[0] == name]
    matching = [agent_id for _, agent_id in exact or folded]
    if len(matching) != 1:
        raise AgentNotFound(name, matching, (found for found, _ in named))
    return matching[0]
