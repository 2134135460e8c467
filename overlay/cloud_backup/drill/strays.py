"""Restores of a drill that its journal may not know: of calls whose answers were lost."""

from typing import TYPE_CHECKING

from cloud_backup.drill.failures import FATAL
from cloud_backup.drill.planning import PlannedConfiguration
from cloud_backup.drill.work import Work
from cloud_backup.errors import CloudBackupError, NotFound
from cloud_backup.states import ActivityType, RestoreState, is_final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cloud_backup import CloudBackup, Restore

__all__ = ["restores_of", "strays_of"]


def restores_of(client: "CloudBackup", planned: PlannedConfiguration) -> "Iterator[Restore]":
    """Find restores of a configuration that may have been created and aren't done.

    They are recognized by their folder, which is unique.

    Raises:
        CloudBackupError: It failed.
    """
    for row in client.activity.list():
        if (
            row.type != ActivityType.RESTORE
            or row.parent_id not in (None, planned.configuration_id)
            or row.destination_machine_agent_id not in (None, planned.destination_id)
            or is_final(row.state or "")
        ):
            continue
        try:
            restore = client.restores.get(row.id)
        except NotFound:
            continue
        if (restore.destination_path or "").rstrip("/\\") == planned.path.rstrip("/\\"):
            yield restore


def strays_of(work: Work, client: "CloudBackup") -> list[str]:
    """Find what is left of a configuration's restores, and stop what runs.

    It costs nothing if every call about it was answered.

    Args:
        work: The configuration, about which there is a verdict.
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
        return [_stopped(work, restore, client) for restore in restores_of(client, work.planned)]
    except FATAL:
        raise
    except CloudBackupError:
        return ["Whether a call whose answer was lost is carried out yet isn't known."]


def _stopped(work: Work, restore: "Restore", client: "CloudBackup") -> str:
    is_own = restore.restore_id == work.restore_id
    told = f"Restore {restore.restore_id} " + ("" if is_own else "was created besides, and ")
    if restore.state == RestoreState.CREATING:
        return f"{told}was never started."
    client.restores.stop(restore.restore_id)
    return f"{told}was {restore.state}, and has been stopped."
