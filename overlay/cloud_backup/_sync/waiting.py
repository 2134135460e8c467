# Derived from _async/waiting.py by derive_sync.py: do not edit.

"""Waiting for something to finish: look, pause, look again."""

from collections.abc import Iterator, Callable
from typing import TypeVar

from cloud_backup.calling.deadline import within
from cloud_backup.calling.operations import Ask
from cloud_backup.errors import AuthenticationError, CloudBackupError, WaitTimeout
from cloud_backup.waiting.pauses import Pauses
from cloud_backup.waiting.waking import Waking
from cloud_backup.wire.view import LOGGER
from cloud_backup_api.api.agents import wake_agents

from .connection import Connection

T = TypeVar("T")


def looks(
    connection: Connection,
    pauses: Pauses,
    look: Ask[[], T],
    late: Callable[[T], WaitTimeout],
    *,
    seen: T | None = None,
    waking: Waking | None = None,
) -> Iterator[T]:
    """Look, pause and look again, until the caller has seen enough or time is up.

    Args:
        connection: Wakes agents, and sleeps.
        pauses: How long to pause. The caller shortens them when something has changed.
        look: Looks once.
        late: Makes the error when time is up, from what was seen last.
        seen: What was seen before the first look; None to raise the error of a first look that
            fails, even if time is up.
        waking: When to wake agents; None for never.

    Raises:
        CloudBackupError: A look failed.
        WaitTimeout: Time is up.
    """
    while True:
        try:
            with within(pauses.for_a_look):
                if waking is not None and waking.is_due():
                    wake_all(connection)
                found = look()
        except CloudBackupError as error:
            if seen is None or not pauses.is_over:
                raise
            raise late(seen) from error
        seen = found
        yield found
        pause = pauses.next()
        if pause is None:
            raise late(found)
        connection.sleep(pause)


def wake_all(connection: Connection) -> None:
    """Wake all of the user's agents. Only an `AuthenticationError` is raised; others are logged."""
    try:
        connection.call(wake_agents.call())
    except AuthenticationError:
        raise
    except CloudBackupError as error:
        LOGGER.warning("the agents can't be woken: %s", type(error).__name__)
