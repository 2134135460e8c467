# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from cloud_backup.wire import fields as read
from cloud_backup.wire.view import View, needed


class AvailableBackup(View):
    """A backup configuration that has something to restore."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = (
        "backup_configuration_id",
        "backup_configuration_name",
        "machine_agent_id",
        "machine_name",
        "is_encrypted",
        "public_key_hex",
        "public_key_mod",
        "flavor",
        "last_successful_backup_time",
    )
    ESSENTIAL: ClassVar[tuple[str, ...]] = (
        "backup_configuration_id",
        "machine_agent_id",
        "last_successful_backup_time",
    )

    @classmethod
    def are_usual(cls, rows: list[Any]) -> bool:
        """Return whether the essential fields of all rows are plainly there; may raise if not."""
        for row in rows:
            if not (
                type(found := row["BackupConfigurationId"]) is int
                and found > 0
                and type(found := row["MachineAgentId"]) is int
                and found > 0
                and read.date(row["LastSuccessfulBackupTime"]) is not None
            ):
                return False
        return True

    @property
    def backup_configuration_id(self) -> int:
        """The backup configuration's id."""
        return needed(self, "BackupConfigurationId", read.identifier)

    @property
    def backup_configuration_name(self) -> str | None:
        """The backup configuration's name."""
        return read.text(self.received.get("BackupConfigurationName"))

    @property
    def machine_agent_id(self) -> int:
        """The agent that backed up."""
        return needed(self, "MachineAgentId", read.identifier)

    @property
    def machine_name(self) -> str | None:
        """The name of the agent's server."""
        return read.text(self.received.get("MachineName"))

    @property
    def is_encrypted(self) -> bool | None:
        """Whether a passphrase is needed to restore it."""
        return read.boolean(self.received.get("IsEncrypted"))

    @property
    def public_key_hex(self) -> int | None:
        """The public exponent of the agent's key, a number whose digits are hexadecimal: 10001
        is 65537.
        """
        return read.integer(self.received.get("PublicKeyHex"))

    @property
    def public_key_mod(self) -> str | None:
        """The modulus of the agent's key, in hexadecimal digits."""
        return read.text(self.received.get("PublicKeyMod"))

    @property
    def flavor(self) -> str | None:
        """The kind of server; `RaxCloudServer` is a Cloud Server."""
        return read.text(self.received.get("Flavor"))

    @property
    def last_successful_backup_time(self) -> datetime.datetime:
        """When its newest backup completed."""
        return needed(self, "LastSuccessfulBackupTime", read.date)
