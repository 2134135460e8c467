"""The states of backups and restores, by their names on the wire."""

from cloud_backup_api.models.activity_state import ActivityState
from cloud_backup_api.models.activity_type import ActivityType
from cloud_backup_api.models.agent_status import AgentStatus
from cloud_backup_api.models.backup_state import BackupState
from cloud_backup_api.models.restore_state import RestoreState

__all__ = [
    "ActivityState",
    "ActivityType",
    "AgentStatus",
    "BackupState",
    "RestoreState",
    "is_final",
    "is_successful",
]


def is_final(state: str) -> bool:
    """Whether a backup or restore stays in this state; False for an unknown state."""
    known = ActivityState._value2member_map_.get(state)
    return isinstance(known, ActivityState) and known.is_final


def is_successful(state: str) -> bool:
    """Whether a backup or restore in this state finished without errors."""
    return state == ActivityState.COMPLETED
