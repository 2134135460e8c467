"""Agents: what backs up and restores on a machine."""

import builtins

from cloud_backup._operations import expect, expect_list
from cloud_backup.values import ids
from cloud_backup.values.agent import Agent
from cloud_backup.values.ids import AgentRef
from cloud_backup_api import models
from cloud_backup_api.api.agents import get_agent, list_agents, wake_agents

from .connection import AsyncConnection


class AsyncAgents:
    """Agents."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list(self) -> builtins.list[Agent]:
        """List the user's agents. Their status is not reliable here: `get()` one for that.

        Raises:
            CloudBackupError: It failed.
        """
        operation = "listAgents"
        body = await self._connection.call(
            operation, list_agents.asyncio_detailed, client=self._connection.api
        )
        listed = expect_list(models.Agent, body, operation)
        return [Agent.from_raw(raw, operation) for raw in listed]

    async def get(self, agent: AgentRef) -> Agent:
        """Look at an agent.

        Raises:
            NotFound: There is none of this id.
            CloudBackupError: It failed.
        """
        operation = "getAgent"
        body = await self._connection.call(
            operation, get_agent.asyncio_detailed, ids.agent_id(agent), client=self._connection.api
        )
        return Agent.from_raw(expect(models.Agent, body, operation), operation)

    async def wake(self) -> None:
        """Wake all of the user's agents, which takes them 10 to 20 seconds, at times a minute.

        Raises:
            CloudBackupError: It failed.
        """
        await self._connection.call(
            "wakeAgents", wake_agents.asyncio_detailed, client=self._connection.api
        )
