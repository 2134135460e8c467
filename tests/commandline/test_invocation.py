"""What commands of other modules build on."""

import sys
from pathlib import Path
from types import ModuleType

import click
import pytest
from click.testing import CliRunner

from cloud_backup import CredentialsMissing
from cloud_backup.commandline.command_failed import CommandFailed
from cloud_backup.commandline.exit_codes import ExitCode
from cloud_backup.commandline.invocation import Invocation, pass_invocation
from cloud_backup.commandline.lazy_group import LazyCommand, LazyGroup, Verb
from cloud_backup.commandline.naming import find_agent, find_configuration
from cloud_backup.commandline.output import print_data

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


def test_a_configuration_of_one_agent(cloud: CommandLine) -> None:
    client = Invocation(environ=cloud.environment).client

    found = find_configuration(client, "Weekly Website Backup", agent=156953)

    assert found.backup_configuration_id == 148325
    with pytest.raises(CommandFailed) as none:
        find_configuration(client, "BackupConfig1", agent=156953)
    assert none.value.exit_code == ExitCode.NOT_FOUND
    client.close()


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


def test_a_lazy_group_lists_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "names_of_a_test.py").write_text(
        "import click\n@click.command()\ndef there(): click.echo('here')\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    group = LazyGroup(
        "group",
        lazy={
            "there": LazyCommand("names_of_a_test", "there", "It is there."),
            "gone": LazyCommand("names_of_no_test", "gone", "It is not."),
        },
    )

    shown = CliRunner().invoke(group, ["--help"]).stdout
    assert "names_of_a_test" not in sys.modules
    ran = CliRunner().invoke(group, ["there"])

    assert "there  It is there." in shown
    assert "gone" not in shown
    assert ran.stdout == "here\n"
    assert isinstance(sys.modules.pop("names_of_a_test"), ModuleType)
