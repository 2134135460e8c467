"""Activity: what has been going on."""

import builtins

from cloud_backup._operations import rows
from cloud_backup.values import ids
from cloud_backup.values.activity import Activity
from cloud_backup.values.ids import AgentRef
from cloud_backup_api import models
from cloud_backup_api.api.activity import list_activity, list_agent_activity

from .connection import AsyncConnection


class AsyncActivities:
    """What has been going on."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list(self, agent: AgentRef | None = None) -> builtins.list[Activity]:
        """List the backups, restores and cleanups of an agent, or of all, in the order they come.

        What comes without an id or a type is left out, with a warning in the log.

        Args:
            agent: The agent; None for all of the user's.

        Raises:
            CloudBackupError: It failed.
        """
        if agent is None:
            operation = "listActivity"
            body = await self._connection.call(
                operation, list_activity.asyncio_detailed, client=self._connection.api
            )
        else:
            operation = "listAgentActivity"
            body = await self._connection.call(
                operation,
                list_agent_activity.asyncio_detailed,
                ids.agent_id(agent),
                client=self._connection.api,
            )
        return rows(models.Activity, body, operation, Activity.from_raw)
