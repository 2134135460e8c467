"""Creating and starting the one restore of a configuration, so that there never are two.

Whatever happens between two lines of the journal, the next run finds out what was done: a restore
that was about to be created is looked for by its folder, which no other has, and one that was about
to be started is asked for its state.
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from cloud_backup._secret import Secret
from cloud_backup.drill.errors import DrillError
from cloud_backup.drill.history import Began
from cloud_backup.drill.json_values import as_text
from cloud_backup.drill.passphrases import Passphrases, passphrase_for
from cloud_backup.encryption import encrypt_passphrase
from cloud_backup.errors import (
    AuthenticationError,
    CloudBackupError,
    CredentialsMissing,
    InvalidRequest,
    NotFound,
    PermissionDenied,
    RateLimited,
    RegionNotFound,
    ServerError,
    ServiceUnavailable,
    UnexpectedAnswer,
    Unreachable,
)
from cloud_backup.states import ActivityType, RestoreState

if TYPE_CHECKING:
    from cloud_backup._sync.client import CloudBackup
    from cloud_backup._sync.restores import Restore
    from cloud_backup.drill.drill_clock import DrillClock
    from cloud_backup.drill.journal import Journal
    from cloud_backup.drill.work import Work
    from cloud_backup.values.agent import Agent

__all__ = ["FATAL", "NoBackup", "NoPassphrase", "Restorer", "is_ambiguous", "is_outage"]

FATAL: Final = (AuthenticationError, CredentialsMissing, RegionNotFound, DrillError)
"""What ends a drill, since it would befall every configuration."""

_CLOCKS_DIFFER: Final = timedelta(days=1)
"""By how much the service's clock may be behind this machine's."""


class NoBackup(Exception):  # noqa: N818 - a verdict rather than an error
    """The backup that was there when the drill was planned is gone."""


class NoPassphrase(Exception):  # noqa: N818 - a verdict rather than an error
    """The backup is encrypted, and no passphrase was given."""


class Restorer:
    """Creates and starts restores.

    Args:
        client: The client.
        journal: Where it is written down before it is done.
        clock: The time.
        passphrases: The passphrases of encrypted backups.
    """

    def __init__(
        self,
        client: "CloudBackup",
        journal: "Journal",
        clock: "DrillClock",
        passphrases: Passphrases | None,
    ) -> None:
        self._client = client
        self._journal = journal
        self._clock = clock
        self._passphrases = passphrases
        self._known: dict[int, Secret] = {}

    def create(self, work: "Work") -> None:
        """Create a configuration's restore, or find the one that has been created.

        Raises:
            NoBackup: There is none to restore any more.
            NoPassphrase: It takes a passphrase, and none was given.
            CloudBackupError: It failed.
        """
        if work.began is None:
            # Asked for now: one that can't be started isn't worth creating.
            self._passphrase(work)
            work.began = self._announced(work)
        elif not work.is_found_out:
            # Another run was stopped between announcing the restore and knowing its id.
            found = self._find(work)
            work.is_found_out = True
            if found is not None:
                self._created(work, found)
                return
        try:
            created = self._create(work)
        except CloudBackupError as error:
            if not is_ambiguous(error):
                raise
            created = self._find(work) or self._create(work)
        self._created(work, created)

    def start(self, work: "Work", agent: "Agent") -> None:
        """Start a configuration's restore.

        Args:
            work: The configuration, whose restore has been created.
            agent: The agent that is to restore, as just seen.

        Raises:
            NoPassphrase: It takes a passphrase, and none was given.
            PermissionDenied: The agent isn't ready yet, or the user may not.
            ValueError: The passphrase is empty or too long; the message doesn't show it.
            CloudBackupError: It failed.
        """
        began, restore_id = work.began, work.restore_id
        if began is None or restore_id is None:
            raise RuntimeError("a restore is created before it is started")
        password = self._encrypted_password(work, agent)
        now = self._clock.now()
        self._write(work, "starting", restore_id=restore_id, time=as_text(now))
        began.started, began.is_started = now, False
        work.attempts += 1
        try:
            self._client.restores.start(restore_id, encrypted_password=password)
        except PermissionDenied:
            began.started = None
            raise
        except InvalidRequest:
            # Perhaps it has been started before, by a run that didn't live to know.
            try:
                state = self._client.restores.get(restore_id).state
            except CloudBackupError:
                # The next look tells.
                work.is_running = True
                return
            if state == RestoreState.CREATING:
                began.started = None
                raise
        except CloudBackupError as error:
            if not is_ambiguous(error):
                began.started = None
                raise
            # The next look tells whether it has been.
            work.is_running = True
            return
        self._write(work, "started", restore_id=restore_id)
        began.is_started = work.is_running = True

    def stop(self, work: "Work", why: str) -> None:
        """Ask for a restore to be stopped.

        Args:
            work: The configuration, whose restore has been started.
            why: Why, as `work.py` has it.

        Raises:
            CloudBackupError: It failed, as it does where the restore is done.
        """
        if work.began is None or work.restore_id is None:
            raise RuntimeError("a restore is started before it is stopped")
        try:
            self._write(work, "stopping", restore_id=work.restore_id, why=why)
        finally:
            # A journal that is full is no reason to let it run.
            work.began.stopping = why
            work.stopping_since = self._clock.now()
            self._client.restores.stop(work.restore_id)

    def _announced(self, work: "Work") -> Began:
        completed = self._client.backups.completed(work.planned.configuration_id)
        if not completed:
            raise NoBackup
        newest = completed[0]
        now = self._clock.now()
        self._write(
            work,
            "creating",
            backup_id=newest.backup_id,
            backup_time=as_text(newest.completed_time),
            path=work.planned.path,
            time=as_text(now),
        )
        return Began(backup_id=newest.backup_id, backup_time=newest.completed_time, asked=now)

    def _create(self, work: "Work") -> "Restore":
        planned, began = work.planned, work.began
        if began is None:
            raise RuntimeError("a restore is announced before it is created")
        return self._client.restores.create(
            backup_id=began.backup_id,
            source=planned.agent_id,
            destination=planned.destination_id,
            path=planned.path,
            overwrite=False,
        )

    def _created(self, work: "Work", restore: "Restore") -> None:
        if work.began is not None:
            self._write(work, "created", restore_id=restore.restore_id)
            work.began.restore_id = restore.restore_id

    def _find(self, work: "Work") -> "Restore | None":
        """Find a restore that may have been created, by its folder, which no other has."""
        planned, began = work.planned, work.began
        for row in self._client.activity.list():
            if (
                row.type != ActivityType.RESTORE
                or row.parent_id not in (None, planned.configuration_id)
                or row.destination_machine_agent_id not in (None, planned.destination_id)
            ):
                continue
            when = row.time_of_activity
            if when is not None and began is not None and when < began.asked - _CLOCKS_DIFFER:
                continue
            try:
                restore = self._client.restores.get(row.id)
            except NotFound:
                continue
            if restore.destination_path == planned.path:
                return restore
        return None

    def _encrypted_password(self, work: "Work", agent: "Agent") -> str | None:
        planned = work.planned
        passphrase = self._passphrase(work)
        if passphrase is None:
            return None
        # The key is that of the agent that backed up, whichever restores.
        if agent.machine_agent_id != planned.agent_id:
            agent = self._client.agents.get(planned.agent_id)
        key = agent.public_key
        if key is None:
            raise UnexpectedAnswer(
                "getAgent", "the agent has no key that can be used", field="public_key"
            )
        return encrypt_passphrase(key, passphrase)

    def _passphrase(self, work: "Work") -> Secret | None:
        """Ask for a passphrase, once; None where it takes none."""
        planned = work.planned
        if not planned.is_encrypted:
            return None
        if planned.configuration_id not in self._known:
            passphrase = passphrase_for(self._passphrases, planned)
            if passphrase is None:
                raise NoPassphrase
            self._known[planned.configuration_id] = passphrase
        return self._known[planned.configuration_id]

    def _write(self, work: "Work", kind: str, **record: object) -> None:
        self._journal.write(kind, {"configuration_id": work.planned.configuration_id, **record})


def is_ambiguous(error: CloudBackupError) -> bool:
    """Whether a call that failed so may have been carried out all the same."""
    if isinstance(error, Unreachable):
        return not error.not_carried_out
    if isinstance(error, UnexpectedAnswer):
        return error.operation != "authenticate"
    is_refusal = isinstance(error, ServiceUnavailable) and error.retry_after is not None
    return isinstance(error, ServerError) and not is_refusal


def is_outage(error: CloudBackupError) -> bool:
    """Whether a call failed because the service isn't there, which passes."""
    return isinstance(error, Unreachable | UnexpectedAnswer | ServerError | RateLimited)
