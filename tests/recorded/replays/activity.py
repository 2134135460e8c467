"""Activity: what the published examples ask for, and what comes back."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Final

from cloud_backup_api.api.activity import list_activity, list_agent_activity
from cloud_backup_api.models import ActivityState, ActivityType

from .replay import Replay

REPLAYS: Final[dict[str, Replay]] = {
    "listActivity": Replay(
        list_activity.sync_detailed,
        [
            {
                "id": 134692,
                "type": ActivityType.BACKUP,
                "parent_id": 6265,
                "display_name": "Backup1",
                "is_backup_configuration_deleted": False,
                "source_machine_agent_id": 5,
                "source_machine_name": "BALAJIMBP",
                "state": ActivityState.COMPLETED,
                "time_of_activity": datetime(2013, 1, 3, 16, 23, 9, tzinfo=UTC),
                "backup_id": 134332,
            },
            {
                "id": 134693,
                "type": ActivityType.BACKUP,
                "parent_id": 6265,
                "display_name": "Backup1",
                "is_backup_configuration_deleted": False,
                "source_machine_agent_id": 5,
                "source_machine_name": "BALAJIMBP",
                "state": ActivityState.COMPLETED,
                "time_of_activity": datetime(2013, 1, 3, 16, 23, 9, tzinfo=UTC),
                "backup_id": 134386,
            },
        ],
    ),
    "listAgentActivity": Replay(
        partial(list_agent_activity.sync_detailed, 232180),
        [
            {
                "id": 137987,
                "type": ActivityType.BACKUP,
                "parent_id": 162423,
                "display_name": "Weekly Website Backup",
                "is_backup_configuration_deleted": False,
                "source_machine_agent_id": 232180,
                "source_machine_name": "Web Server",
                "state": ActivityState.COMPLETED,
                "time_of_activity": datetime(2013, 1, 24, 13, 25, 34, tzinfo=UTC),
                "backup_id": 134332,
            }
        ],
    ),
}
