"""Finding an agent or a configuration by what the user calls it: its id, or its name."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from cloud_backup.commandline.running.command_failed import CommandFailed
from cloud_backup.commandline.running.exit_codes import ExitCode

if TYPE_CHECKING:
    from cloud_backup import Agent, BackupConfiguration, CloudBackup

__all__ = ["find_agent", "find_agent_id", "find_configuration", "find_configuration_id"]

T = TypeVar("T")


def find_agent(client: "CloudBackup", named: str) -> "Agent":
    """Find an agent, and look at it as it is now.

    Args:
        client: The client.
        named: Its id, which is what consists of digits only, or its machine's name.

    Returns:
        The agent.

    Raises:
        CommandFailed: There is no machine of that name, or there are several.
        NotFound: There is no agent of that id.
    """
    return client.agents.get(find_agent_id(client, named))


def find_agent_id(client: "CloudBackup", named: str) -> int:
    """Find an agent's id; where it is given as such, nothing is asked for.

    Args:
        client: The client.
        named: Its id, or its machine's name.

    Raises:
        CommandFailed: There is no machine of that name, or there are several.
    """
    if _is_id(named):
        return int(named)
    found = _only(
        "agent",
        named,
        client.agents.list(),
        lambda agent: agent.machine_name,
        lambda agent: str(agent.machine_agent_id),
    )
    return found.machine_agent_id


def find_configuration(
    client: "CloudBackup", named: str, *, agent: int | None = None
) -> "BackupConfiguration":
    """Find a backup configuration.

    Args:
        client: The client.
        named: Its id, which is what consists of digits only, or its name.
        agent: The id of the agent whose configurations are meant; None for all.

    Returns:
        The configuration.

    Raises:
        CommandFailed: There is none of that name, or there are several.
        NotFound: There is none of that id.
    """
    if _is_id(named):
        return client.configurations.get(int(named))
    return _only(
        "configuration",
        named,
        client.configurations.list(agent),
        lambda configuration: configuration.backup_configuration_name,
        lambda configuration: (
            f"{configuration.backup_configuration_id} of agent {configuration.machine_agent_id} "
            f"({configuration.machine_name})"
        ),
    )


def find_configuration_id(client: "CloudBackup", named: str, *, agent: int | None = None) -> int:
    """Find a configuration's id; where it is given as such, nothing is asked for.

    Args:
        client: The client.
        named: Its id, or its name.
        agent: The id of the agent whose configurations are meant; None for all.

    Raises:
        CommandFailed: There is none of that name, or there are several.
    """
    if _is_id(named):
        return int(named)
    return find_configuration(client, named, agent=agent).backup_configuration_id


def _is_id(named: str) -> bool:
    return named.isascii() and named.isdecimal()


def _only(
    kind: str,
    named: str,
    candidates: Iterable[T],
    name_of: Callable[[T], str | None],
    described: Callable[[T], str],
) -> T:
    """Return the one candidate of a name: in any letter case, unless one has it in just this."""
    candidates = list(candidates)
    found = [candidate for candidate in candidates if name_of(candidate) == named] or [
        candidate
        for candidate in candidates
        if (name_of(candidate) or "").casefold() == named.casefold()
    ]
    if not found:
        raise CommandFailed(
            f"there is no {kind} named {named!r}",
            ExitCode.NOT_FOUND,
            hint=f"`cloud-backup {kind}s list` has what is there",
        )
    if len(found) > 1:
        listed = ", ".join(described(candidate) for candidate in found)
        raise CommandFailed(
            f"{named!r} is the name of several {kind}s: {listed}",
            ExitCode.WRONG_USAGE,
            hint="give the id",
        )
    return found[0]
