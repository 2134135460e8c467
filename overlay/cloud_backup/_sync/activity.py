# Derived from _async/activity.py by derive_sync.py: do not edit.

"""Activity: recent backups, restores and clean-ups."""

import builtins
from typing import Unpack

from cloud_backup.wire.arguments import AgentRef, agent_id
from cloud_backup.wire.operation import CallOptions
from cloud_backup_api.api.activity import list_activity, list_agent_activity
from cloud_backup_api.api.activity.methods import ActivityMethods
from cloud_backup_api.models import Activity

from .connection import Connection


class Activities(ActivityMethods[Connection]):
    """Recent backups, restores and clean-ups."""

    def list(
        self, agent: AgentRef | None = None, **options: Unpack[CallOptions]
    ) -> builtins.list[Activity]:
        """List the activity of an agent, or of all agents, in the order of the answer."""
        call = list_activity.call() if agent is None else list_agent_activity.call(agent_id(agent))
        return self._connection.call(call, **options)
