"""What a drill finds out about one configuration."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Self

from attrs import evolve, field, frozen

from cloud_backup.drill.json_values import JsonValue
from cloud_backup.drill.verification import Verification

__all__ = ["WORST_FIRST", "DrillResult", "Verdict"]


class Verdict(StrEnum):
    """What a drill says about a configuration."""

    PASSED = "passed"
    """The bytes restored from its newest backup were verified, and are what was expected."""
    RESTORED = "restored"
    """The service says that its newest backup was restored without errors; nobody verified it."""
    CHECKED = "checked"
    """Its newest backup is as recent as promised; to restore it wasn't asked for."""
    NOT_TESTED = "not_tested"
    """Nobody knows: no passphrase, neither a promise nor a restore, or the drill was stopped."""
    TOO_OLD = "too_old"
    """Its newest backup is older than promised, whether or not it could be restored."""
    TOO_SLOW = "too_slow"
    """It was restored, but took longer than promised."""
    COMPLETED_WITH_ERRORS = "completed_with_errors"
    """It was restored, but not all of it."""
    AGENT_OFFLINE = "agent_offline"
    """The agent that was to restore it didn't come online, or is disabled."""
    TIMED_OUT = "timed_out"
    """The restore wasn't done within its deadline."""
    ERROR = "error"
    """The service refused something, contradicts itself, or something else went wrong."""
    VERIFICATION_ERROR = "verification_error"
    """What was restored couldn't be verified; the reason says why."""
    VERIFICATION_FAILED = "verification_failed"
    """What was restored was verified, and isn't what was expected."""
    RESTORE_FAILED = "restore_failed"
    """The restore ended otherwise than Completed."""
    NO_BACKUP = "no_backup"
    """It has no backup that can be restored."""

    @property
    def is_good(self) -> bool:
        """Whether nobody has to do anything about it."""
        return self in _GOOD


_GOOD: Final = frozenset({Verdict.PASSED, Verdict.RESTORED, Verdict.CHECKED})

WORST_FIRST: Final = tuple(reversed(Verdict))
"""The verdicts, the one that needs a look soonest first."""


@frozen(kw_only=True)
class DrillResult(JsonValue):
    """What a drill found out about one configuration.

    Attributes:
        configuration_id: The configuration.
        configuration_name: Its name.
        agent_id: The agent whose files it backs up.
        machine: The agent's machine.
        verdict: The verdict.
        reason: Why, in a sentence.
        backup_id: The backup that was restored; None if it didn't come to that.
        backup_time: When the backup that was restored, or was to be, completed; None if there is
            none.
        newest_time: When the newest backup completed: another one, if one was chosen at random.
        age: How old the newest was when the drill looked; None if it is dated in the future.
        max_age: How old it may be; None for no promise.
        destination_id: The agent that restored, or was to.
        destination_machine: Its machine.
        path: The folder that was restored into, on the destination's machine.
        restore_id: The restore; None if it didn't come to that.
        state: The state that the restore was last seen in.
        started: When the restore began; None if it didn't.
        ended: When the restore was done, or the verdict was reached.
        duration: For how long the restore ran.
        max_duration: How long it may; None for no promise.
        files_restored: The number of files, from the service's report.
        bytes_restored: Their size, as the report rounds it.
        error_count: The number of errors in the report.
        errors: The first of them, at most 20, each as a text.
        verification: What was found where it was restored to; None if nothing was verified.
    """

    configuration_id: int
    configuration_name: str | None
    agent_id: int
    machine: str | None
    verdict: Verdict = field(converter=Verdict)
    reason: str
    backup_id: int | None = None
    backup_time: datetime | None = None
    newest_time: datetime | None = None
    age: timedelta | None = None
    max_age: timedelta | None = None
    destination_id: int | None = None
    destination_machine: str | None = None
    path: str | None = None
    restore_id: int | None = None
    state: str | None = None
    started: datetime | None = None
    ended: datetime | None = None
    duration: timedelta | None = None
    max_duration: timedelta | None = None
    files_restored: int | None = None
    bytes_restored: int | None = None
    error_count: int = 0
    errors: tuple[str, ...] = ()
    verification: Verification | None = None

    @property
    def is_good(self) -> bool:
        """Whether nobody has to do anything about it."""
        return self.verdict.is_good

    @property
    def title(self) -> str:
        """The configuration's name, or its id where it has none."""
        return self.configuration_name or f"configuration {self.configuration_id}"

    def with_verdict(self, verdict: Verdict, reason: str) -> Self:
        """Return it with another verdict."""
        return evolve(self, verdict=verdict, reason=reason)
