"""Finds agents and configurations by id or name.

Digits alone are an id, which is used without a request.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from cloud_backup.commandline.running.exit_codes import CommandFailed, ExitCode
from cloud_backup.commandline.running.printable import one_line

if TYPE_CHECKING:
    from cloud_backup import Agent, BackupConfiguration, CloudBackup

__all__ = [
    "described",
    "find_agent",
    "find_agent_id",
    "find_configuration",
    "find_configuration_id",
    "id_or_name",
]

T = TypeVar("T")


def id_or_name(named: str) -> int | str:
    """Return what the user typed: an int if it is all digits, otherwise the name."""
    return int(named) if named.isascii() and named.isdecimal() else named


def described(agent: int | None, machine: str | None) -> str:
    """Describe an agent: `agent 252036 on MBP0`.

    Args:
        agent: Its id; None if unknown.
        machine: Its machine's name; None if unknown.
    """
    return one_line(f"agent {agent or '(unknown)'} on {machine or 'a machine without a name'}")


def find_agent(client: "CloudBackup", named: str) -> "Agent":
    """Fetch an agent.

    Args:
        client: The client.
        named: Its id, or its machine's name.

    Raises:
        CommandFailed: No machine has this name, or several have.
        NotFound: No agent has this id.
    """
    return client.agents.get(find_agent_id(client, named))


def find_agent_id(client: "CloudBackup", named: str) -> int:
    """Return an agent's id. An id that is given is not looked up."""
    key = id_or_name(named)
    if isinstance(key, int):
        return key
    listed = client.agents.list()
    found = _only(
        "agent", key, [(agent.machine_name, agent, str(agent.machine_agent_id)) for agent in listed]
    )
    return found.machine_agent_id


def find_configuration(client: "CloudBackup", named: str) -> "BackupConfiguration":
    """Fetch a backup configuration.

    Args:
        client: The client.
        named: Its id, or its name.

    Raises:
        CommandFailed: No configuration has this name, or several have.
        NotFound: No configuration has this id.
    """
    key = id_or_name(named)
    if isinstance(key, int):
        return client.configurations.get(key)
    rows = [
        (
            row.backup_configuration_name,
            row,
            f"{row.backup_configuration_id} of agent {row.machine_agent_id} ({row.machine_name})",
        )
        for row in client.configurations.list()
    ]
    return _only("configuration", key, rows)


def find_configuration_id(client: "CloudBackup", named: str) -> int:
    """Return a configuration's id. An id that is given is not looked up."""
    key = id_or_name(named)
    if isinstance(key, int):
        return key
    return find_configuration(client, key).backup_configuration_id


def _only(kind: str, named: str, rows: Iterable[tuple[str | None, T, str]]) -> T:
    """Return the only row with a name: an exact match, or else one in any letter case.

    Args:
        kind: What the rows are, as in `agent`.
        named: The name.
        rows: Each row's name, the row, and a description for the error.
    """
    rows = list(rows)
    found = [row for row in rows if row[0] == named] or [
        row for row in rows if (row[0] or "").casefold() == named.casefold()
    ]
    if not found:
        raise CommandFailed(
            f"no {kind} is named {named!r}",
            ExitCode.NOT_FOUND,
            hint=f"`cloud-backup {kind}s list` lists them",
        )
    if len(found) > 1:
        listed = ", ".join(described for _, _, described in found)
        raise CommandFailed(
            f"several {kind}s are named {named!r}: {listed}",
            ExitCode.WRONG_USAGE,
            hint="give the id",
        )
    return found[0][1]
