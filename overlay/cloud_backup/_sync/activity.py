# Derived from _async/activity.py by derive_sync.py: do not edit.

"""Activity: what has been going on."""

import builtins

from cloud_backup.calling.operations import expect_list
from cloud_backup.values import ids
from cloud_backup.values.ids import AgentRef
from cloud_backup_api.api.activity import list_activity, list_agent_activity
from cloud_backup_api.models import Activity

from .connection import Connection


class Activities:
    """What has been going on."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(self, agent: AgentRef | None = None) -> builtins.list[Activity]:
        """List the backups, restores and cleanups of an agent, or of all, in the order they come.

        What comes without an id or a type is left out, with a warning in the log.

        Args:
            agent: The agent; None for all of the user's.

        Raises:
            CloudBackupError: It failed.
        """
        if agent is None:
            operation = "listActivity"
            body = self._connection.call(
                operation, list_activity.sync_detailed, client=self._connection.api
            )
        else:
            operation = "listAgentActivity"
            body = self._connection.call(
                operation,
                list_agent_activity.sync_detailed,
                ids.agent_id(agent),
                client=self._connection.api,
            )
        return expect_list(Activity, body, operation)
