# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from cloud_backup.wire import fields as read
from cloud_backup.wire.view import View, needed

from ..models.datacenter import Datacenter
from ..models.restore_state import RestoreState
from ..models.restore_state_id import RestoreStateId


class Restore(View):
    """A restore of a backup, or the preparations for one."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = (
        "restore_id",
        "state",
        "backup_id",
        "backup_configuration_id",
        "backup_configuration_name",
        "restore_point",
        "backup_machine_id",
        "backup_machine_name",
        "backup_flavor",
        "backup_datacenter",
        "machine_agent_id",
        "destination_machine_id",
        "destination_machine_name",
        "destination_path",
        "overwrite_files",
        "is_encrypted",
        "encrypted_password",
        "public_key",
        "inclusions",
        "exclusions",
    )
    SECRET: ClassVar[frozenset[str]] = frozenset(["encrypted_password"])
    ESSENTIAL: ClassVar[tuple[str, ...]] = ("restore_id", "state", "backup_id")

    @classmethod
    def are_usual(cls, rows: list[Any]) -> bool:
        """Return whether the essential fields of all rows are plainly there; may raise if not."""
        for row in rows:
            if not (
                type(found := row["RestoreId"]) is int
                and found > 0
                and type(found := row["RestoreStateId"]) is int
                and found > 0
                and type(found := row["BackupId"]) is int
                and found > 0
            ):
                return False
        return True

    @property
    def restore_id(self) -> int:
        """The restore's id."""
        return needed(self, "RestoreId", read.identifier)

    @property
    def state(self) -> RestoreState | str:
        """Its state."""
        return needed(
            self, "RestoreStateId", lambda value: read.numbered(RestoreStateId, RestoreState, value)
        )

    @property
    def backup_id(self) -> int:
        """The backup that is restored."""
        return needed(self, "BackupId", read.identifier)

    @property
    def backup_configuration_id(self) -> int | None:
        """The backup configuration that the backup is of."""
        return read.identifier(self.received.get("BackupConfigurationId"))

    @property
    def backup_configuration_name(self) -> str | None:
        """The backup configuration's name."""
        return read.text(self.received.get("BackupConfigurationName"))

    @property
    def restore_point(self) -> datetime.datetime | None:
        """The time of the backup, to which files are put back."""
        return read.date(self.received.get("BackupRestorePoint"))

    @property
    def backup_machine_id(self) -> int | None:
        """The agent that backed up."""
        return read.identifier(self.received.get("BackupMachineId"))

    @property
    def backup_machine_name(self) -> str | None:
        """The name of its server."""
        return read.text(self.received.get("BackupMachineName"))

    @property
    def backup_flavor(self) -> str | None:
        """The kind of server; `RaxCloudServer` is a Cloud Server."""
        return read.text(self.received.get("BackupFlavor"))

    @property
    def backup_datacenter(self) -> Datacenter | str | None:
        """Where the agent that backed up is, or was."""
        return read.member(Datacenter, self.received.get("BackupDataCenter"))

    @property
    def machine_agent_id(self) -> int | None:
        """An agent's id."""
        return read.identifier(self.received.get("MachineAgentId"))

    @property
    def destination_machine_id(self) -> int | None:
        """The agent that restores, on whose server the files are written."""
        return read.identifier(self.received.get("DestinationMachineId"))

    @property
    def destination_machine_name(self) -> str | None:
        """The name of its server."""
        return read.text(self.received.get("DestinationMachineName"))

    @property
    def destination_path(self) -> str | None:
        """The folder that the files are written to."""
        return read.text(self.received.get("DestinationPath"))

    @property
    def overwrite_files(self) -> bool | None:
        """Whether files that are there are overwritten."""
        return read.boolean(self.received.get("OverwriteFiles"))

    @property
    def is_encrypted(self) -> bool | None:
        """Whether the backup is encrypted, so that a passphrase is needed to start."""
        return read.boolean(self.received.get("IsEncrypted"))

    @property
    def encrypted_password(self) -> str | None:
        """The passphrase, encrypted; null if there is none."""
        return read.text(self.received.get("EncryptedPassword"))

    @property
    def public_key(self) -> PublicKey | None:
        """The public half of an agent's RSA key, to encrypt a passphrase with."""
        return PublicKey.read(self.received.get("PublicKey"), self.operation)

    @property
    def inclusions(self) -> tuple[Any, ...]:
        """What is restored; `listRestoreFiles` is sure to have it."""
        return read.array(read.anything, self.received.get("Inclusions"))

    @property
    def exclusions(self) -> tuple[Any, ...]:
        """What is left out of that; `listRestoreFiles` is sure to have it."""
        return read.array(read.anything, self.received.get("Exclusions"))

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
