"""What the emulator's world consists of, as it is kept; instants are milliseconds since 1970."""

from dataclasses import dataclass, field
from typing import Any

from cloud_backup_emulator.job_states import COMPLETE, Job

__all__ = ["Agent", "Backup", "BackupConfiguration", "Restore", "Token", "VerbatimActivity"]

Document = dict[str, Any]
"""An object as it travels."""


@dataclass
class Token:
    """A token of Identity's; it is kept below no tenant, for it is what tells the tenant."""

    token_id: str
    username: str
    expires: int


@dataclass
class Agent:
    """An agent.

    Attributes:
        agent_id: Its id.
        key: Its RSA key, the two primes in hex.
        awake: "always", "when woken", or "never".
        woken: When it was last woken up; None if never.
        document: The rest of it, on the wire.
        passphrase: The digest of its passphrase, of an encrypted one.
        machine: The folder of this computer that is its machine; None for one that moves no files.
        data_key: The key in hex that its files are encrypted with in the vault.
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
        agent_id: Whose.
        document: What travels, but for what the backups and the clock tell.
        schedule: When it runs, as it was sent; None for one of the starting data, which tells that
            as it was when the reference was written, and doesn't run by itself.
        size: How many bytes were sent of it.
        moment: When a run is due next, or has to be looked for; None while none can be due.
        ran_until: Until when the runs that were due have been made, in milliseconds since 1970.
        missed: Whether a run was missed that is to be made up for as soon as possible.
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
        configuration_id: What it is a backup of.
        agent_id: Whose.
        files: How many files there are.
        size: How many bytes there are.
        state: The state, of a backup that has no job: one of the starting data, or one that was
            Skipped or Missed.
        since: Since when it is in that state.
        restorable: Whether it may still be restored, if it is complete.
        started: When it was started, of a backup that the emulator runs.
        work: As in `Job`.
        stopped: As in `Job`.
        outcome: As in `Job`.
        errors: The entries of its report's ErrorList, if it ends as its outcome says.
        report: The report, where the starting data has one.
        holds: What its configuration included and excluded when it was started; None for what it
            does now, of a backup that was there from the start.
        moving: When its transfer begins, while there is one to come; of a machine's alone.
        snapshot: Its snapshot in the vault.
        sent: How many files, and bytes, its transfer had to send.
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
        """The job that a backup is."""
        if self.state is not None:
            raise ValueError(f"backup {self.backup_id} has no job")
        return Job(
            self.started, self.work, self.stopped, self.outcome, moving=self.moving is not None
        )

    @property
    def moment(self) -> int | None:
        """When it is done; None if it leaves nothing to restore, as it was Skipped or Missed."""
        if self.state is None:
            return self.job.ends
        return self.since if self.state in COMPLETE else None


@dataclass
class Restore:
    """A restore.

    Attributes:
        restore_id: Its id.
        backup_id: What it restores.
        destination_id: The agent that it is for.
        document: What travels, but for the state.
        state: The state, of a restore of the starting data that is done.
        started: When it was started; None while it is Creating.
        work: As in `Job`.
        stopped: As in `Job`.
        files: What is included and excluded, as it travels.
        backup_files: How many of the backup's files are wanted, of a restore that was started.
        backup_size: How many bytes they have.
        outcome: As in `Job`.
        errors: The entries of its report's ErrorList, if it ends as its outcome says.
        report: The report, where the starting data has one.
        moving: As in `Backup`.
        moved: Whether a transfer has told how many files and bytes it restored.
        changed: When it was last changed, while it is Creating; since when it is done, if it is one
            of the starting data.
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
        """The job that a started restore is."""
        if self.started is None:
            return None
        return Job(
            self.started, self.work, self.stopped, self.outcome, moving=self.moving is not None
        )


@dataclass
class VerbatimActivity:
    """An activity of the starting data, kept as it travels."""

    activity_id: int
    document: Document
