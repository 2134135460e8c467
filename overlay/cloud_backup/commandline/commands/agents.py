"""`cloud-backup agents`."""

import click

from cloud_backup.commandline.options.groups import Noun, yes_option
from cloud_backup.commandline.options.naming import described, find_agent, find_agent_id
from cloud_backup.commandline.options.passphrases import passphrase_options, read_passphrase
from cloud_backup.commandline.options.types import AGENT
from cloud_backup.commandline.options.waiting import AGENT_PATIENCE, deadline_option, wait_for_agent
from cloud_backup.commandline.rendering.output import print_list, print_one
from cloud_backup.commandline.running.exit_codes import CommandFailed
from cloud_backup.commandline.running.invocation import Invocation, pass_invocation
from cloud_backup.encryption import require_cryptography
from cloud_backup_api.models import Agent, LogLevel

__all__ = ["agents"]

_COLUMNS = (
    "machine_agent_id",
    "machine_name",
    "operating_system",
    "is_disabled",
    "is_encrypted",
    "vault_size",
    "last_successful_backup_time",
)


_agent = click.argument("agent", type=AGENT)


@click.group("agents", cls=Noun)
def agents() -> None:
    """Manage the agents that back up and restore.

    AGENT is an agent's id or its machine's name.
    """


@agents.command("list")
@pass_invocation
def list_agents(invocation: Invocation) -> None:
    """List the agents.

    The service's list isn't reliable about which agents are online: use `show` for that.

    Examples:
      cloud-backup agents list
      cloud-backup agents list -o json | jq '.[] | select(.is_encrypted).machine_name'
    """
    print_list(invocation, Agent, invocation.client.agents.list(), _COLUMNS)


@agents.command("show")
@click.argument("agent", required=False, type=AGENT)
@click.option("--server", metavar="UUID", help="Show the agent of the Cloud Server with this id.")
@pass_invocation
def show(invocation: Invocation, agent: str | None, server: str | None) -> None:
    """Show an agent, and whether it is online.

    Examples:
      cloud-backup agents show 252036
      cloud-backup agents show MBP0
      cloud-backup agents show --server 87c3b6e1-fb1a-41f9-91e5-313ae35a5a06
    """
    if (agent is None) == (server is None):
        raise click.UsageError("give either AGENT or --server")
    if agent is not None:
        print_one(invocation, find_agent(invocation.client, agent))
    elif server is not None:
        print_one(invocation, invocation.client.agents.get_by_host_server(server))


@agents.command("update")
@_agent
@click.option(
    "--service-net/--no-service-net",
    default=None,
    help="Back up over ServiceNet, Rackspace's internal network.",
)
@click.option("--data-center", metavar="REGION", help="Region to back up to: DFW, ORD, …")
@pass_invocation
def update(
    invocation: Invocation, agent: str, data_center: str | None, *, service_net: bool | None
) -> None:
    """Change how and where an agent backs up.

    Examples:
      cloud-backup agents update MBP0 --service-net
      cloud-backup agents update MBP0 --data-center ORD
    """
    if service_net is None and data_center is None:
        raise click.UsageError("nothing to change: give --service-net or --data-center")
    present = find_agent(invocation.client, agent)
    if service_net is None:
        # The service requires it in every change.
        service_net = present.use_service_net
    if service_net is None:
        raise CommandFailed(
            f"the service doesn't say whether {_described(present)} uses ServiceNet",
            hint="give --service-net or --no-service-net",
        )
    changed = invocation.client.agents.update(
        present, use_service_net=service_net, backup_data_center=data_center
    )
    print_one(invocation, changed)


@agents.command("enable")
@_agent
@pass_invocation
def enable(invocation: Invocation, agent: str) -> None:
    """Enable an agent, so that it backs up again.

    Example:
      cloud-backup agents enable MBP0
    """
    agent_id = find_agent_id(invocation.client, agent)
    invocation.client.agents.enable(agent_id)
    invocation.say(f"agent {agent_id} is enabled")


@agents.command("disable")
@_agent
@pass_invocation
def disable(invocation: Invocation, agent: str) -> None:
    """Disable an agent: it backs up nothing until it is enabled. Its backups are kept.

    Example:
      cloud-backup agents disable MBP0
    """
    agent_id = find_agent_id(invocation.client, agent)
    invocation.client.agents.disable(agent_id)
    invocation.say(f"agent {agent_id} is disabled")


@agents.command("log-level")
@_agent
@click.argument("level", type=click.Choice(list(LogLevel.__members__), case_sensitive=False))
@pass_invocation
def log_level(invocation: Invocation, agent: str, level: str) -> None:
    """Set how much an agent logs on its machine.

    Example:
      cloud-backup agents log-level MBP0 warn
    """
    agent_id = find_agent_id(invocation.client, agent)
    invocation.client.agents.set_log_level(agent_id, LogLevel[level.upper()])
    invocation.say(f"agent {agent_id} logs at {level.upper()}")


@agents.command("encrypt")
@_agent
@passphrase_options()
@yes_option
@pass_invocation
def encrypt(invocation: Invocation, agent: str, *, yes: bool) -> None:
    """Encrypt everything that an agent backs up from now on. This can't be undone.

    It prompts for the passphrase twice, or reads it from a file or a variable, and encrypts it on
    this machine: the service never sees it. Without the passphrase nothing can be restored.

    Examples:
      cloud-backup agents encrypt MBP0
      cloud-backup agents encrypt MBP0 --passphrase-file secret.txt --yes
    """
    require_cryptography()
    found = find_agent(invocation.client, agent)
    if found.is_encrypted:
        raise CommandFailed(
            f"{_described(found)} is already encrypted",
            hint="`cloud-backup agents change-passphrase` changes its passphrase",
        )
    invocation.confirm(
        f"Everything that {_described(found)} backs up from now on will be encrypted. "
        "This can't be undone, and without the passphrase nothing can be restored.",
        "Encrypt it",
        yes=yes,
    )
    passphrase = read_passphrase(invocation, _described(found), new=True)
    invocation.client.agents.enable_encryption(found, passphrase)
    invocation.say(f"agent {found.machine_agent_id} is encrypted: store the passphrase safely")


@agents.command("change-passphrase")
@_agent
@passphrase_options("old passphrase")
@passphrase_options("new passphrase")
@pass_invocation
def change_passphrase(invocation: Invocation, agent: str) -> None:
    r"""Change the passphrase of an encrypted agent.

    Examples:
      cloud-backup agents change-passphrase 213563
      cloud-backup agents change-passphrase 213563 \
          --old-passphrase-env OLD --new-passphrase-env NEW
    """
    require_cryptography()
    agent_id = find_agent_id(invocation.client, agent)
    whose = f"agent {agent_id}"
    old = read_passphrase(invocation, whose, what="old passphrase")
    new = read_passphrase(invocation, whose, what="new passphrase", new=True)
    invocation.client.agents.change_passphrase(agent_id, old, new)
    invocation.say(f"agent {agent_id} has the new passphrase")


@agents.command("delete")
@_agent
@yes_option
@pass_invocation
def delete(invocation: Invocation, agent: str, *, yes: bool) -> None:
    """Permanently delete an agent and all of its backups.

    Examples:
      cloud-backup agents delete 252034
      cloud-backup agents delete 252034 --yes
    """
    found = find_agent(invocation.client, agent)
    newest = found.last_successful_backup_time
    size = "" if found.vault_size is None else f" ({found.vault_size})"
    last = "" if newest is None else f" The newest is from {newest:%Y-%m-%d %H:%M} UTC."
    invocation.confirm(
        f"A{_described(found)[1:]} and all of its backups{size} will be permanently deleted.{last} "
        "None of them can be restored afterwards.",
        f"Delete {_described(found)} and all of its backups",
        yes=yes,
    )
    invocation.client.agents.delete(found)
    invocation.say(f"agent {found.machine_agent_id} is deleted")


@agents.command("migrate-vault")
@click.argument("source", type=AGENT)
@click.argument("destination", type=AGENT)
@yes_option
@pass_invocation
def migrate_vault(invocation: Invocation, source: str, destination: str, *, yes: bool) -> None:
    """Move all of an agent's backups and configurations to another agent.

    Use this when you replace a server. Neither agent may be encrypted, and DESTINATION must not
    have any configurations.

    Example:
      cloud-backup agents migrate-vault old-server new-server
    """
    client = invocation.client
    giver, taker = find_agent(client, source), find_agent(client, destination)
    if giver.machine_agent_id == taker.machine_agent_id:
        raise click.UsageError("SOURCE and DESTINATION are the same agent")
    invocation.confirm(
        f"All configurations and backups of {_described(giver)} will be moved to "
        f"{_described(taker)}. This can't be undone.",
        "Move them",
        yes=yes,
    )
    client.agents.migrate_vault(giver, taker)
    invocation.say(f"agent {taker.machine_agent_id} now has the backups")


@agents.command("wake")
@pass_invocation
def wake(invocation: Invocation) -> None:
    """Wake all agents. It takes 10 to 20 seconds.

    Example:
      cloud-backup agents wake
    """
    invocation.client.agents.wake()
    invocation.say("waking the agents")


@agents.command("wait-online")
@_agent
@deadline_option
@pass_invocation
def wait_online(invocation: Invocation, agent: str, deadline: float | None) -> None:
    """Wake an agent, and wait until it is online: by default for at most 3 minutes.

    Example:
      cloud-backup agents wait-online MBP2 && cloud-backup backups start Nightly
    """
    agent_id = find_agent_id(invocation.client, agent)
    patience = AGENT_PATIENCE if deadline is None else deadline
    print_one(invocation, wait_for_agent(invocation, agent_id, timeout=patience))


def _described(agent: Agent) -> str:
    return described(agent.machine_agent_id, agent.machine_name)
