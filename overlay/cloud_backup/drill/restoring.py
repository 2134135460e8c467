"""Creating and starting the one restore of a configuration, so that there never are two.

Whatever happens between two lines of the journal, the next run finds out what was done: a restore
that was about to be created is found by its folder, which is unique, and the state of one that was
about to be started is fetched. A call whose answer was lost may be carried out late: the
service has two minutes for it before it is sent once more.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from attrs import evolve

from cloud_backup.drill.evidence import unlike_asked
from cloud_backup.drill.history import Began
from cloud_backup.drill.json_values import as_text
from cloud_backup.drill.passphrases import Passphrases, passphrase_for, passphrases_given
from cloud_backup.drill.strays import restores_of
from cloud_backup.drill.verdict import Verdict
from cloud_backup.encryption import encrypt_passphrase, needed_key
from cloud_backup.errors import (
    CloudBackupError,
    InvalidRequest,
    NotFound,
    PermissionDenied,
    UnexpectedAnswer,
)
from cloud_backup.secret import Secret
from cloud_backup.states import RestoreState

if TYPE_CHECKING:
    from cloud_backup import CloudBackup, Restore
    from cloud_backup.drill.drill_clock import DrillClock
    from cloud_backup.drill.journal import Journal
    from cloud_backup.drill.planning import PlannedConfiguration
    from cloud_backup.drill.work import Work
    from cloud_backup_api.models import CompletedBackup

__all__ = ["SETTLED_AFTER", "NotRestored", "Restorer", "Uncertain"]

_MOST_CREATES: Final = 3
"""How often a restore is created of which nobody knows whether it was carried out."""

SETTLED_AFTER: Final = 120.0
"""For how many seconds a call whose answer was lost may still be carried out."""


class NotRestored(Exception):  # noqa: N818 - a verdict rather than an error
    """There is a verdict before there is a restore.

    Attributes:
        verdict: The verdict.
        reason: Why, in a sentence.
    """

    def __init__(self, verdict: Verdict, reason: str) -> None:
        self.verdict = verdict
        self.reason = reason
        super().__init__(reason)


class Uncertain(Exception):  # noqa: N818 - likewise
    """Nobody knows yet whether the restore has been created."""


class Restorer:
    """Creates and starts restores.

    Args:
        client: The client.
        journal: Where it is written down before it is done.
        clock: The time.
        passphrases: The passphrases of encrypted backups.
        random: Returns numbers from 0 to less than 1.
    """

    def __init__(
        self,
        client: "CloudBackup",
        journal: "Journal",
        clock: "DrillClock",
        passphrases: Passphrases | None,
        random: Callable[[], float],
    ) -> None:
        self._client = client
        self._journal = journal
        self._clock = clock
        self._passphrases = passphrases
        self._random = random
        self._known: dict[int, Secret] = {}
        self._asked: set[int] = set()

    @property
    def secrets(self) -> frozenset[str]:
        """The passphrases that were given, or asked for so far."""
        known = (*passphrases_given(self._passphrases), *self._known.values())
        # Not an empty one: variables that are empty are no secret.
        return frozenset(passphrase.reveal() for passphrase in known) - {""}

    def learn_secrets(self, configurations: "Iterable[PlannedConfiguration]") -> None:
        """Ask for the passphrases of configurations, so that all of them are among the secrets.

        Args:
            configurations: The configurations; those that were asked for are left out.
        """
        for planned in configurations:
            number = planned.configuration_id
            if planned.is_encrypted and number not in self._known and number not in self._asked:
                self._asked.add(number)
                # The restore that needs it asks again, and reports why there is none.
                with suppress(Exception):
                    passphrase = passphrase_for(self._passphrases, planned)
                    if passphrase is not None:
                        self._known[number] = passphrase

    def newest(self, work: "Work") -> "CompletedBackup | None":
        """Find the newest backup of a configuration that can be restored; None if there is none.

        Raises:
            CloudBackupError: It failed.
        """
        return next(iter(self._completed(work)), None)

    def create(self, work: "Work") -> None:
        """Create a configuration's restore, or find the one that has been created.

        Raises:
            NotRestored: There is no backup any more, or it takes a passphrase, and none was given.
            Uncertain: It may be created any moment, by a call whose answer was lost.
            CloudBackupError: It failed.
        """
        if work.began is None:
            # Asked for now: one that can't be started isn't worth creating.
            self._passphrase(work)
            completed = self._completed(work)
            if not completed:
                reason = (
                    "There was a backup when the drill was planned, but there is none any more."
                )
                raise NotRestored(Verdict.NO_BACKUP, reason)
            chosen = self._chosen(work, completed)
            newest_time = None if chosen is completed[0] else completed[0].completed_time
            self._announce(
                work,
                Began(
                    backup_id=chosen.backup_id,
                    backup_time=chosen.completed_time,
                    newest_time=newest_time,
                ),
            )
        elif work.uncertain_since is not None:
            found = next(restores_of(self._client, work.planned), None)
            if found is not None:
                self._created(work, found)
                return
            if self._clock.passed() - work.uncertain_since < SETTLED_AFTER:
                raise Uncertain
            began = work.began
            if began.creates >= _MOST_CREATES:
                reason = f"No restore was created, though that was asked for {began.creates} times."
                raise NotRestored(Verdict.ERROR, reason)
            self._announce(work, evolve(began, creates=began.creates + 1))
        # Until the answer is here.
        work.uncertain_since = self._clock.passed()
        try:
            created = self._create(work)
        except CloudBackupError as error:
            if isinstance(error, UnexpectedAnswer) and error.field == "backup_id":
                work.uncertain_since = None
                raise NotRestored(
                    Verdict.ERROR,
                    f"What was created isn't what was asked for, and so wasn't started: {error}.",
                ) from None
            if error.may_be_carried_out:
                work.uncertain_since = self._clock.passed()
                raise Uncertain from None
            work.uncertain_since = None
            raise
        self._created(work, created)

    def start(self, work: "Work") -> None:
        """Start a configuration's restore, once it is seen to be what was asked for.

        Args:
            work: The configuration, whose restore has been created.

        Raises:
            NotRestored: It isn't, or it takes a passphrase, and none was given.
            PermissionDenied: The agent isn't ready yet, or the user may not.
            ValueError: The passphrase is empty or too long; the message doesn't show it.
            CloudBackupError: It failed.
        """
        began, restore_id = work.began, work.restore_id
        if began is None or restore_id is None:
            raise RuntimeError("a restore is created before it is started")
        restore = self._got_back(work, restore_id)
        if restore.state != RestoreState.CREATING:
            work.is_running = True
            return
        passphrase = self._passphrase(work)
        password = None
        if passphrase is not None:
            password = encrypt_passphrase(needed_key(restore), passphrase)
        now, passed = self._clock.now(), self._clock.passed()
        self._write(work, "starting", restore_id=restore_id, time=as_text(now))
        began.started, began.started_after, began.is_started = now, passed, False
        work.attempts, work.uncertain_since = work.attempts + 1, passed
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
            if not error.may_be_carried_out:
                began.started = None
                raise
            # A later look tells whether it has been.
            work.uncertain_since = self._clock.passed()
            work.is_running = True
            return
        self._write(work, "started", restore_id=restore_id)
        began.is_started = work.is_running = True
        work.uncertain_since = None

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
            work.stopping_since = self._clock.passed()
            self._client.restores.stop(work.restore_id)

    def _got_back(self, work: "Work", restore_id: int) -> "Restore":
        """Get a restore back, and see that it is what was asked for.

        Raises:
            NotRestored: It isn't what was asked for.
        """
        restore = self._client.restores.get(restore_id)
        files = []
        with suppress(NotFound):
            files = self._client.restores.files(restore_id)
        unlike = unlike_asked(work, restore, files, may_lack=False)
        is_begun = work.attempts or (work.began is not None and work.began.started is not None)
        if restore.state != RestoreState.CREATING and not is_begun:
            unlike.append(f"it is {restore.state} already")
        _refuse(restore_id, unlike)
        return restore

    def _completed(self, work: "Work") -> "list[CompletedBackup]":
        return self._client.backups.completed(work.planned.configuration_id)

    def _chosen(self, work: "Work", completed: "Sequence[CompletedBackup]") -> "CompletedBackup":
        """Choose the backup to restore from those there are, the newest first."""
        window = work.options.window
        if window is None:
            return completed[0]
        since = self._clock.now() - window
        recent = [backup for backup in completed if backup.completed_time >= since]
        return recent[int(self._random() * len(recent))] if recent else completed[0]

    def _announce(self, work: "Work", began: Began) -> None:
        self._write(
            work,
            "creating",
            backup_id=began.backup_id,
            backup_time=as_text(began.backup_time),
            newest_time=as_text(began.newest_time),
            time=as_text(self._clock.now()),
        )
        work.began = began

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
            work.began.restore_id, work.uncertain_since = restore.restore_id, None
            _refuse(restore.restore_id, unlike_asked(work, restore, may_lack=True))

    def _passphrase(self, work: "Work") -> Secret | None:
        """Ask for a passphrase, once; None if it takes none."""
        planned = work.planned
        if not planned.is_encrypted:
            return None
        if planned.configuration_id not in self._known:
            passphrase = passphrase_for(self._passphrases, planned)
            if passphrase is None:
                reason = "The backup is encrypted, and no passphrase was given for its agent."
                raise NotRestored(Verdict.NOT_TESTED, reason)
            self._known[planned.configuration_id] = passphrase
        return self._known[planned.configuration_id]

    def _write(self, work: "Work", kind: str, **record: object) -> None:
        record |= {"configuration_id": work.planned.configuration_id}
        self._journal.write(kind, {**record, "passed": self._clock.passed()})


def _refuse(restore_id: int, unlike: list[str]) -> None:
    """Refuse to start what isn't what was asked for.

    Raises:
        NotRestored: Something differs.
    """
    if unlike:
        raise NotRestored(
            Verdict.ERROR,
            f"Restore {restore_id} was created, but isn't what was asked for, and so wasn't "
            f"started: {'; '.join(unlike)}.",
        )
