"""The stored objects of the emulator's world. Times are milliseconds since 1970."""

from dataclasses import dataclass, field
from typing import Any

from cloud_backup_emulator.job_states import COMPLETE, Job

__all__ = ["Agent", "Backup", "BackupConfiguration", "Restore", "Token", "VerbatimActivity"]

Document = dict[str, Any]
"""An object in wire format."""


@dataclass
class Token:
    """An Identity token. Stored under no tenant, because it determines the tenant."""

    token_id: str
    username: str
    expires: int


@dataclass
class Agent:
    """An agent.

    Attributes:
        agent_id: Its id.
        key: Its RSA key: the two primes in hex.
        awake: "always", "when woken", or "never".
        woken: When it was last woken; None if never.
        document: Its other fields, in wire format.
        passphrase: The digest of its passphrase, if it is encrypted.
        machine: The folder of this computer that is its machine; None if it has no real files.
        data_key: The key in hex that encrypts its files in the vault.
    """

    agent_id: int
    key: list[str]
    awake: str
    document: Document
    woken: int | None = None
    passphrase: str | None = None
    machine: str | None = None
    data_key: str | None = None


@dataclass
class BackupConfiguration:
    """A backup configuration.

    Attributes:
        configuration_id: Its id.
        agent_id: Its agent's id.
        document: Its fields in wire format, except those computed from backups and the clock.
        schedule: Its schedule, as sent; None in the starting data, which has the reference's
            times and doesn't run on schedule.
        size: The size of the request that created it, in bytes.
        moment: When a run is due next, or must be determined; None if none can be due.
        ran_until: Until when the due runs have been made.
        missed: Whether a missed run must be made up for as soon as possible.
    """

    configuration_id: int
    agent_id: int
    document: Document
    schedule: Document | None = None
    size: int = 0
    moment: int | None = None
    ran_until: int = 0
    missed: bool = False


@dataclass
class Backup:
    """A backup.

    Attributes:
        backup_id: Its id.
        configuration_id: Its configuration's id.
        agent_id: Its agent's id.
        files: The number of files.
        size: Their size in bytes.
        state: The state of a backup without a job: one of the starting data, or a Skipped or
            Missed one.
        since: When it entered that state.
        restorable: Whether it can still be restored, if it is complete.
        started: When it started, if the emulator runs it.
        work: As in `Job`.
        stopped: As in `Job`.
        outcome: As in `Job`.
        errors: The entries of its report's ErrorList, if it ends with its outcome.
        report: The report, if the starting data has one.
        holds: What its configuration included and excluded when it started; None in the starting
            data, where the current configuration counts.
        moving: When its transfer begins, while that is pending; only with a machine.
        snapshot: Its snapshot in the vault.
        sent: How many files, and bytes, its transfer sent.
        is_encrypted: Whether it is encrypted in the vault.
    """

    backup_id: int
    configuration_id: int
    agent_id: int
    files: int = 0
    size: int = 0
    state: str | None = None
    since: int = 0
    restorable: bool = True
    started: int = 0
    work: int = 0
    stopped: int | None = None
    outcome: str = "Completed"
    errors: list[Document] = field(default_factory=list)
    report: Document | None = None
    holds: Document | None = None
    moving: int | None = None
    snapshot: str | None = None
    sent: list[int] | None = None
    is_encrypted: bool = False

    @property
    def job(self) -> Job:
        """The backup's job."""
        if self.state is not None:
            raise ValueError(f"backup {self.backup_id} has no job")
        return Job(
            self.started, self.work, self.stopped, self.outcome, moving=self.moving is not None
        )

    @property
    def moment(self) -> int | None:
        """When it ends; None if it was Skipped or Missed, which leaves nothing to restore."""
        if self.state is None:
            return self.job.ends
        return self.since if self.state in COMPLETE else None


@dataclass
class Restore:
    """A restore.

    Attributes:
        restore_id: Its id.
        backup_id: The backup's id.
        destination_id: The id of the agent that restores.
        document: Its fields in wire format, except the state.
        state: The final state of a restore in the starting data.
        started: When it started; None while it is Creating.
        work: As in `Job`.
        stopped: As in `Job`.
        files: Its inclusions and exclusions, in wire format.
        backup_files: The number of files that it restores, once started.
        backup_size: Their size in bytes.
        outcome: As in `Job`.
        errors: The entries of its report's ErrorList, if it ends with its outcome.
        report: The report, if the starting data has one.
        moving: As in `Backup`.
        moved: Whether a transfer has counted the files and bytes that it restored.
        changed: When it was last changed, while it is Creating; in the starting data, when it
            ended.
    """

    restore_id: int
    backup_id: int
    destination_id: int
    document: Document
    state: str | None = None
    started: int | None = None
    work: int = 0
    stopped: int | None = None
    files: list[Document] = field(default_factory=list)
    report: Document | None = None
    changed: int = 0
    backup_files: int = 0
    backup_size: int = 0
    outcome: str = "Completed"
    errors: list[Document] = field(default_factory=list)
    moving: int | None = None
    moved: bool = False

    @property
    def job(self) -> Job | None:
        """The restore's job; None if it hasn't been started."""
        if self.started is None:
            return None
        return Job(
            self.started, self.work, self.stopped, self.outcome, moving=self.moving is not None
        )


@dataclass
class VerbatimActivity:
    """An activity of the starting data, stored in wire format."""

    activity_id: int
    document: Document
