"""What commands of other modules build on."""

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cloud_backup import CredentialsMissing
from cloud_backup.commandline import commands
from cloud_backup.commandline.options.groups import Verb
from cloud_backup.commandline.options.naming import find_agent, find_configuration
from cloud_backup.commandline.rendering.output import print_data
from cloud_backup.commandline.root import cloud_backup
from cloud_backup.commandline.running.exit_codes import CommandFailed, ExitCode
from cloud_backup.commandline.running.invocation import Invocation, pass_invocation

from .conftest import CommandLine


@click.command("names", cls=Verb)
@click.argument("agent")
@click.argument("configuration")
@pass_invocation
def names(invocation: Invocation, agent: str, configuration: str) -> None:
    """Print names.

    Example:
      cloud-backup names MBP0 BackupConfig1
    """
    invocation.console.print("looking [closely]")
    print_data(
        invocation,
        {
            "agent": find_agent(invocation.client, agent).machine_agent_id,
            "configuration": find_configuration(
                invocation.client, configuration
            ).backup_configuration_id,
        },
    )


def test_a_command_of_another_module(cloud: CommandLine) -> None:
    invocation = Invocation(environ=cloud.environment)

    result = CliRunner().invoke(
        names, ["MBP0", "BackupConfig1", "-o", "csv"], obj=invocation, catch_exceptions=False
    )
    invocation.close()

    assert result.stdout == "agent,configuration\n252036,172418\n"
    assert result.stderr == "looking [closely]\n"


def test_the_client_is_made_once_and_closed(cloud: CommandLine) -> None:
    invocation = Invocation(environ=cloud.environment)
    client = invocation.client
    assert invocation.client is client

    invocation.close()

    with pytest.raises(RuntimeError, match="the client is closed"):
        client.api.get_httpx_client()


def test_no_client_is_made_before_it_is_asked_for() -> None:
    invocation = Invocation(environ={})
    with pytest.raises(CredentialsMissing):
        _ = invocation.client
    invocation.close()


def test_confirm_asks_says_and_refuses(capsys: pytest.CaptureFixture[str]) -> None:
    Invocation(interactive=False).confirm("All will go.", "Go", yes=True)
    assert capsys.readouterr().err == "All will go.\n"

    with pytest.raises(CommandFailed) as refused:
        Invocation(interactive=False).confirm("All will go.", "Go", yes=False)
    assert refused.value.exit_code == ExitCode.WRONG_USAGE


def test_whether_there_is_somebody_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in (sys.stdin, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)

    assert Invocation().interactive is True
    assert Invocation(interactive=False).interactive is False


def test_a_command_is_imported_when_it_is_asked_for_and_no_other() -> None:
    program = (
        "import contextlib, sys\n"
        "from cloud_backup.commandline.root import cloud_backup\n"
        "with contextlib.suppress(SystemExit):\n"
        "    cloud_backup.main(['logout', '--help'])\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    here = "cloud_backup.commandline.commands."
    imported = {line.removeprefix(here) for line in shown.stderr.splitlines() if here in line}
    assert imported == {"login", "completion"}
    assert shown.stdout.startswith("Usage: -c logout")


def test_a_module_of_commands_is_listed() -> None:
    folder = Path(str(commands.__file__)).parent
    listed = set(cloud_backup.list_commands(click.Context(cloud_backup)))

    # `drill` has its commands on reports in a module beside it.
    modules = {file.stem for file in folder.glob("[a-z]*.py")} - {"drill_reports"}
    assert modules == listed - {"logout"}
