# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from cloud_backup.wire import fields as read
from cloud_backup.wire.view import View, needed

from ..models.backup_state import BackupState
from ..models.datacenter import Datacenter


class Backup(View):
    """A run of a backup configuration."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = (
        "backup_id",
        "backup_configuration_id",
        "backup_configuration_name",
        "state",
        "state_change_time",
        "machine_agent_id",
        "machine_name",
        "datacenter",
        "backup_datacenter",
        "is_encrypted",
        "encryption_key",
    )
    ESSENTIAL: ClassVar[tuple[str, ...]] = (
        "backup_id",
        "backup_configuration_id",
        "state",
        "machine_agent_id",
    )

    @classmethod
    def are_usual(cls, rows: list[Any]) -> bool:
        """Return whether the essential fields of all rows are plainly there; may raise if not."""
        for row in rows:
            if not (
                type(found := row["BackupId"]) is int
                and found > 0
                and type(found := row["BackupConfigurationId"]) is int
                and found > 0
                and type(found := row["CurrentState"]) is str
                and found
                and type(found := row["MachineAgentId"]) is int
                and found > 0
            ):
                return False
        return True

    @property
    def backup_id(self) -> int:
        """The backup's id."""
        return needed(self, "BackupId", read.identifier)

    @property
    def backup_configuration_id(self) -> int:
        """The backup configuration's id."""
        return needed(self, "BackupConfigurationId", read.identifier)

    @property
    def backup_configuration_name(self) -> str | None:
        """The backup configuration's name."""
        return read.text(self.received.get("BackupConfigurationName"))

    @property
    def state(self) -> BackupState | str:
        """Its state."""
        return needed(self, "CurrentState", lambda value: read.member(BackupState, value))

    @property
    def state_change_time(self) -> datetime.datetime | None:
        """Since when it is in this state."""
        return read.date(self.received.get("StateChangeTime"))

    @property
    def machine_agent_id(self) -> int:
        """The agent that backs up."""
        return needed(self, "MachineAgentId", read.identifier)

    @property
    def machine_name(self) -> str | None:
        """The name of the agent's server."""
        return read.text(self.received.get("MachineName"))

    @property
    def datacenter(self) -> Datacenter | str | None:
        """Where the server is."""
        return read.member(Datacenter, self.received.get("Datacenter"))

    @property
    def backup_datacenter(self) -> Datacenter | str | None:
        """Where the backup goes."""
        return read.member(Datacenter, self.received.get("BackupDatacenter"))

    @property
    def is_encrypted(self) -> bool | None:
        """Whether it is encrypted."""
        return read.boolean(self.received.get("IsEncrypted"))

    @property
    def encryption_key(self) -> PublicKey | None:
        """The public half of an agent's RSA key, to encrypt a passphrase with."""
        return PublicKey.read(self.received.get("EncryptionKey"), self.operation)

    @property
    def is_final(self) -> bool:
        """Whether it stays in this state; False if that isn't known."""
        return getattr(self.state, "is_final", False)

    @property
    def is_successful(self) -> bool:
        """Whether it did all that it was to do, without errors; False if that isn't known."""
        return getattr(self.state, "is_successful", False)


# Below the class, since objects may hold each other.
from ..models.public_key import PublicKey  # noqa: E402
