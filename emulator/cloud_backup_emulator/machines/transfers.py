"""Transfers: the backups and restores of machines, run one at a time in a thread.

Pending transfers are in the store, so the next emulator with the same database repeats one that
was interrupted. A transfer starts when its job is InProgress by the emulator's clock. The job ends
when all files are copied and the clock has reached its end.
"""

import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cloud_backup_emulator.backed_up_files import INCLUDE
from cloud_backup_emulator.backups import restorable_backups, work_of
from cloud_backup_emulator.clock import Clock
from cloud_backup_emulator.entities import Agent, Backup, Document, Restore
from cloud_backup_emulator.faults import ERROR
from cloud_backup_emulator.machines.entries import VaultError
from cloud_backup_emulator.machines.folder import Problem, Writer, open_root
from cloud_backup_emulator.machines.moving import Moved, Mover, Stopped
from cloud_backup_emulator.store import Store
from cloud_backup_emulator.world import World

if TYPE_CHECKING:
    from cloud_backup_emulator.machines.vault import Vault

__all__ = ["Transfers"]

LONGEST_REST: Final = 60.0
"""How many seconds the thread waits at most before it checks again, if the clock runs."""

_Job = Backup | Restore
_NONE: Final[tuple[str, _Job | None]] = ("", None)


class Transfers:
    """The transfers of an emulator.

    Args:
        store: Its store.
        lock: The lock that serializes its calls.
        clock: Its clock.
        folder: Its vault's folder; None for a temporary one.
    """

    def __init__(
        self, store: Store, lock: "threading.RLock", clock: Clock, folder: Path | None
    ) -> None:
        self._store = store
        self._lock = lock
        self._clock = clock
        self._folder = folder
        self._vault: Vault | None = None
        self._thread: threading.Thread | None = None
        self._changed = threading.Condition()
        self._asked = 0
        self._settled = 0
        self._sweep = False
        self._closing = False
        # Backups and restores share one sequence of ids.
        self._resumed = {_id(job) for _, job in self._waiting()}
        if self._resumed:
            self.look()

    def look(self, *, sweep: bool = False) -> int:
        """Check for work, because something has changed.

        Args:
            sweep: Whether backups may have been deleted.

        Returns:
            The number of this request, which `settle` waits for.
        """
        with self._changed:
            self._asked += 1
            self._sweep |= sweep
            if self._thread is None and not self._closing:
                self._thread = threading.Thread(target=self._run, name="transfers", daemon=True)
                self._thread.start()
            self._changed.notify_all()
            return self._asked

    def settle(self) -> None:
        """Wait until all transfers that are due are done. Don't call it while holding the lock."""
        if self._thread is None:
            return
        asked = self.look()
        with self._changed:
            self._changed.wait_for(lambda: self._settled >= asked or self._closing)

    def close(self) -> None:
        """Stop, leaving unfinished transfers pending. Don't call it while holding the lock."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
        if self._vault is not None:
            self._vault.close()

    @property
    def vault(self) -> "Vault":
        """The vault, opened on first use."""
        if self._vault is None:
            # Imported lazily, because most emulators have no machines.
            from cloud_backup_emulator.machines.vault import Vault  # noqa: PLC0415

            self._vault = Vault(self._folder)
        return self._vault

    def _run(self) -> None:
        try:
            self._work()
        finally:
            with self._changed:  # let no one wait for a thread that failed
                self._closing = True
                self._changed.notify_all()

    def _work(self) -> None:
        while not self._closing:
            with self._changed:
                asked, sweep, self._sweep = self._asked, self._sweep, False
            if sweep:
                self._delete_unused()
            with self._lock:
                if self._closing:
                    return
                now = self._clock.now()
                tenant, job = min(
                    self._waiting(),
                    key=lambda each: (_begins(each[1]), _id(each[1])),
                    default=_NONE,
                )
            if job is not None and _begins(job) <= now:
                self._transfer(tenant, job)
            else:
                self._rest(asked, None if job is None else (_begins(job) - now) / 1000)

    def _rest(self, asked: int, seconds: float | None) -> None:
        """Wait for more work, at most for `seconds` of the emulator's clock; None for no limit."""
        rate = self._clock.rate
        with self._changed:
            self._settled = asked
            self._changed.notify_all()
            self._changed.wait_for(
                lambda: self._asked > asked or self._closing,
                min(LONGEST_REST, seconds / rate) if seconds is not None and rate else None,
            )

    def _waiting(self) -> list[tuple[str, _Job]]:
        return [*self._store.having(Backup, "moving"), *self._store.having(Restore, "moving")]

    def _transfer(self, tenant: str, job: _Job) -> None:
        """Run a transfer, and store its result."""
        seen = -1

        def check() -> None:
            nonlocal seen
            if self._closing:
                raise Stopped
            if seen != self._asked:
                seen = self._asked
                with self._lock:
                    present = self._store.get(type(job), tenant, _id(job))
                if present is None or present.stopped is not None:
                    raise Stopped

        move, moved = self._prepared(tenant, job, check)
        stopped = False
        try:
            check()
            move()
        except Stopped:
            stopped = True
        except (OSError, ValueError, VaultError) as error:
            moved.problems.append(("", f"{Problem.of((), error).reason}."))
            moved.is_empty = True
        if not self._closing:  # otherwise the next emulator repeats it
            self._keep(tenant, job, moved, stopped=stopped)

    def _prepared(
        self, tenant: str, job: _Job, check: Callable[[], None]
    ) -> tuple[Callable[[], None], Moved]:
        """Return the function that runs a transfer, and its result so far."""
        with self._lock:
            world = World(self._store, tenant, self._clock.now())
            backup = job if isinstance(job, Backup) else world.find(Backup, job.backup_id)
            source = None if backup is None else world.find(Agent, backup.agent_id)
            agent = source if isinstance(job, Backup) else world.find(Agent, job.destination_id)
            before = _snapshot_before(world, job) if isinstance(job, Backup) else None
        is_encrypted = backup is not None and backup.is_encrypted and source and source.data_key
        key = bytes.fromhex(source.data_key or "") if source and is_encrypted else None
        mover = Mover(self.vault, key, check)
        machine = Path((agent and agent.machine) or "")

        def move() -> None:
            if isinstance(job, Backup):
                holds = job.holds or {"Inclusions": [], "Exclusions": []}
                included, excluded = (
                    [item["FilePath"] for item in holds[name]]
                    for name in ("Inclusions", "Exclusions")
                )
                mover.back_up(machine, included, excluded, before)
                return
            if backup is None or backup.snapshot is None:
                raise VaultError("the vault holds no files of this backup")
            with open_root(machine) as root:
                writer = Writer(
                    root,
                    overwrite=job.document["OverwriteFiles"],
                    temporary=f".cloud-backup-{job.restore_id}.part",
                )
                with closing(writer):
                    mover.bring_back(
                        backup.snapshot,
                        writer,
                        job.document["DestinationPath"],
                        [item["FilePath"] for item in job.files if item["Filter"] == INCLUDE],
                        [item["FilePath"] for item in job.files if item["Filter"] != INCLUDE],
                        resumes=job.restore_id in self._resumed,
                    )

        return move, mover.moved

    def _keep(self, tenant: str, job: _Job, moved: Moved, *, stopped: bool) -> None:
        with self._lock, self._store.transaction():
            present = self._store.get(type(job), tenant, _id(job))
            if present is None:
                return
            _finish(present, moved, stopped=stopped)
            if not stopped:
                present.work = work_of(moved.size)
                if self._clock.rate:
                    # It can't end before now.
                    passed = self._clock.now() - _begins(job)
                    present.work = max(present.work, passed // 1000 * 1000)
            self._store.put(tenant, _id(present), present)
            expired = False
            if isinstance(present, Backup):
                world = World(self._store, tenant, present.job.ends)
                expired = _expire(world, present.configuration_id)
        if expired:
            self._delete_unused()

    def _delete_unused(self) -> None:
        if self._vault is None and (self._folder is None or not self._folder.exists()):
            return
        with self._lock:
            snapshots = [backup.snapshot for _, backup in self._store.having(Backup, "snapshot")]
        # If a list is damaged, which its restore will report, nothing can be deleted safely.
        with suppress(OSError, VaultError):
            self.vault.keep_only(snapshot for snapshot in snapshots if snapshot is not None)


def _finish(job: _Job, moved: Moved, *, stopped: bool) -> None:
    """Record a transfer's result in its job."""
    job.moving = None
    errors: list[Document] = [
        {**ERROR, "ErrorDesc": reason, "Path": path} for path, reason in moved.problems
    ]
    if errors and not stopped:
        job.errors = [*job.errors, *errors]
        job.outcome = "Failed" if moved.is_empty else "CompletedWithErrors"
    if isinstance(job, Backup):
        job.files, job.size = moved.files, moved.size
        job.sent = [moved.sent_files, moved.sent_size]
        if not stopped and job.outcome != "Failed":
            job.snapshot = moved.snapshot
    else:
        job.backup_files, job.backup_size, job.moved = moved.files, moved.size, True


def _snapshot_before(world: World, job: Backup) -> str | None:
    """Return the snapshot of the configuration's previous backup with the same key."""
    return next(
        (
            backup.snapshot
            for backup in world.newest(Backup, 2**62, configuration_id=job.configuration_id)
            if backup.snapshot is not None and backup.is_encrypted == job.is_encrypted
        ),
        None,
    )


def _expire(world: World, configuration_id: int) -> bool:
    """Drop the snapshots of expired backups. Returns whether there were any."""
    kept = {backup.backup_id for _, backup in restorable_backups(world, configuration_id)}
    kept |= {restore.backup_id for _, restore in world.store.having(Restore, "moving")}
    expired = [
        backup
        for backup in world.newest(Backup, configuration_id=configuration_id)
        if backup.snapshot is not None and backup.backup_id not in kept
    ]
    for backup in expired:
        backup.snapshot = None
        world.put(backup.backup_id, backup)
    return bool(expired)


def _id(job: _Job) -> int:
    return job.backup_id if isinstance(job, Backup) else job.restore_id


def _begins(job: _Job) -> int:
    return job.moving or 0
