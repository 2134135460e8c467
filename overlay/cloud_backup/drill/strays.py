"""Restores that nobody waits for: of calls whose answers were lost, carried out late."""

from typing import TYPE_CHECKING

from cloud_backup.drill.failures import FATAL
from cloud_backup.errors import CloudBackupError
from cloud_backup.states import RestoreState

if TYPE_CHECKING:
    from cloud_backup._sync.client import CloudBackup
    from cloud_backup.drill.restoring import Restorer
    from cloud_backup.drill.work import Work
    from cloud_backup_api.models import Restore

__all__ = ["strays_of"]


def strays_of(work: "Work", restorer: "Restorer", client: "CloudBackup") -> list[str]:
    """Find what is left of a configuration's restores, and stop what runs.

    It costs nothing if every call about it was answered.

    Args:
        work: The configuration, about which there is a verdict.
        restorer: What finds restores.
        client: The client.

    Returns:
        What was found, each in a sentence.
    """
    began = work.began
    if began is None:
        return []
    if began.creates == 1 and began.restore_id is not None and not work.is_start_uncertain:
        return []
    try:
        return [_stopped(work, restore, client) for restore in restorer.created(work)]
    except FATAL:
        raise
    except CloudBackupError:
        return ["Whether a call whose answer was lost is carried out yet isn't known."]


def _stopped(work: "Work", restore: "Restore", client: "CloudBackup") -> str:
    is_own = restore.restore_id == work.restore_id
    told = f"Restore {restore.restore_id} " + ("" if is_own else "was created besides, and ")
    if restore.state == RestoreState.CREATING:
        return f"{told}was never started."
    client.restores.stop(restore.restore_id)
    return f"{told}was {restore.state}, and has been stopped."
