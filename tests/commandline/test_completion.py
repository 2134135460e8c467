"""`cloud-backup completion`."""

import json
import os
import shlex
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.shell_completion import get_completion_class

from cloud_backup import CloudBackup, Folder, Schedule
from cloud_backup.commandline.root import cloud_backup
from cloud_backup.commandline.running.invocation import Invocation

from .conftest import CommandLine, helped


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell(shell: str) -> None:
    script = helped("completion", shell).stdout

    assert f"_CLOUD_BACKUP_COMPLETE={shell}_complete" in script


def test_another_shell() -> None:
    assert helped("completion", "tcsh").exit_code == 2


OFFERED = """
import click, sys
from cloud_backup.commandline.root import cloud_backup
print(*(item.value for item in cloud_backup.shell_complete(click.Context(cloud_backup), "")))
print("cloud_backup.commandline.commands.agents" in sys.modules)
"""


def test_commands_are_offered_without_importing_them() -> None:
    done = subprocess.run(
        [sys.executable, "-c", OFFERED], capture_output=True, text=True, check=True
    )

    offered, imported = done.stdout.splitlines()
    assert {"agents", "wait", "emulator"} <= set(offered.split())
    assert imported == "False"


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("cloud-backup ag", "agents"),
        ("cloud-backup agents sh", "show"),
        ("cloud-backup agents list --ou", "--output"),
        ("cloud-backup agents list -o j", "json"),
        ("cloud-backup restore Ba", "BackupConfig1"),
        ("cloud-backup agents show Web\\ S", "Web\\ Server2"),
    ],
)
def test_what_is_offered(cloud: CommandLine, words: str, offered: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cloud_backup.commandline"],
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            **cloud.environment,
            "_CLOUD_BACKUP_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(shlex.split(words)) - 1),
        },
    )

    assert f"plain,{offered}" in done.stdout.splitlines(), done.stderr
    assert done.stderr == ""


def completed(
    cloud: CommandLine, words: str, environment: dict[str, str] | None = None, shell: str = "bash"
) -> list[str]:
    """What a shell offers for the last of some words, as its script is given it."""
    invocation = Invocation(environ={**cloud.environment, **(environment or {})}, interactive=True)
    kind = get_completion_class(shell)
    assert kind is not None
    completion = kind(cloud_backup, {"obj": invocation}, "cloud-backup", "_CLOUD_BACKUP_COMPLETE")
    _, *arguments = shlex.split(words)
    start = "" if words.endswith(" ") else arguments.pop()
    offered = completion.get_completions(arguments, start)
    return [completion.format_completion(item).removeprefix("plain,") for item in offered]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("cloud-backup restore Ba", ["BackupConfig1", "BackupCOnfig2"]),
        ("cloud-backup restore backupconfig1", ["BackupConfig1"]),
        ("cloud-backup restore 17241", ["172418", "172417"]),
        ("cloud-backup restore --machine mbp", ["MBP2", "MBP0"]),
        ("cloud-backup restore --to we", ["web2", "Web\\ Server2"]),
        ("cloud-backup restore --backup 13469", ["134691", "134690"]),
        ("cloud-backup agents show old", ["old-server"]),
        ("cloud-backup agents show Web\\ S", ["Web\\ Server2"]),
        ("cloud-backup agents show 2135", ["213563", "213564"]),
        ("cloud-backup agents migrate-vault old-server new", ["new-server"]),
        ("cloud-backup configurations show BackupConfig", ["BackupConfig1", "BackupCOnfig2"]),
        ("cloud-backup backups start --wake BackupConfig1", ["BackupConfig1"]),
        ("cloud-backup backups report 13469", ["134691", "134690"]),
        ("cloud-backup restores show 1368", ["13689"]),
        ("cloud-backup wait restore 1368", ["13689"]),
        ("cloud-backup wait backup 13469", ["134691", "134690"]),
        ("cloud-backup activity list --agent MBP", ["MBP2", "MBP0"]),
        ("cloud-backup drill --agent MBP", ["MBP2", "MBP0"]),
        ("cloud-backup drill --to we", ["web2", "Web\\ Server2"]),
        ("cloud-backup drill --configuration BackupCon", ["BackupConfig1", "BackupCOnfig2"]),
    ],
)
def test_names_and_ids_are_offered(cloud: CommandLine, words: str, offered: list[str]) -> None:
    assert sorted(completed(cloud, words)) == sorted(offered)


def test_what_is_offered_is_asked_for_once_and_kept_privately(
    cloud: CommandLine, nobodys_home: Path
) -> None:
    first = completed(cloud, "cloud-backup agents show MBP")
    again = completed(cloud, "cloud-backup agents show MBP")

    assert first == again == ["MBP2", "MBP0"]
    assert cloud.asked("listAgents") == 1
    [file] = (nobodys_home / "cache").rglob("*.json")
    assert "demo" not in file.read_text()
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    stale = json.loads(file.read_text()) | {"fresh_until": time.time() - 1}
    file.write_text(json.dumps(stale))
    assert completed(cloud, "cloud-backup agents show MBP") == first
    assert cloud.asked("listAgents") == 2


def test_each_account_has_offers_of_its_own(cloud: CommandLine) -> None:
    assert completed(cloud, "cloud-backup agents show MBP")

    other = {"RS_USERNAME": "other", "RS_API_KEY": "other-key"}
    assert completed(cloud, "cloud-backup agents show MBP", other) == []
    assert completed(cloud, "cloud-backup --region MOON agents show MBP") == []
    assert completed(cloud, "cloud-backup agents show --region MOON MBP") == []


def test_a_service_that_is_down_is_asked_once_and_says_nothing(cloud: CommandLine) -> None:
    cloud.emulator.fault(operation="listAgents", status=503, count=None)

    assert completed(cloud, "cloud-backup agents show MBP") == []
    assert completed(cloud, "cloud-backup agents show MBP") == []
    assert cloud.asked("listAgents") == 1


@pytest.mark.parametrize("content", ["", "[]", '{"rows": 1}', '{"fresh_until": 9e99, "rows": []}'])
def test_a_cache_that_is_broken_is_none(
    cloud: CommandLine, nobodys_home: Path, content: str
) -> None:
    completed(cloud, "cloud-backup agents show MBP")
    [file] = (nobodys_home / "cache").rglob("*.json")
    file.write_text(content)

    assert completed(cloud, "cloud-backup agents show MBP") == ["MBP2", "MBP0"]


def test_without_credentials_nothing_is_offered_or_asked(cloud: CommandLine) -> None:
    nobody = {"RS_USERNAME": "", "RS_API_KEY": ""}

    assert completed(cloud, "cloud-backup agents show MBP", nobody) == []
    assert completed(cloud, "cloud-backup --username me agents show MBP", nobody) == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_name_is_no_command_and_no_option(cloud: CommandLine, shell: str) -> None:
    with CloudBackup.from_environment(cloud.environment) as backup:
        for name in ("--yes", "a\nb", "$(touch x); `id`", "plain"):
            backup.configurations.create(
                name=name, agent=1, schedule=Schedule.manually(), include=[Folder("/etc")]
            )

    words = "cloud-backup configurations show "
    offered = completed(cloud, words, shell=shell)

    assert any("plain" in line for line in offered)
    assert not any("--yes" in line or "a\nb" in line for line in offered)
    if shell == "bash":
        assert r"\$\(touch\ x\)\;\ \`id\`" in offered


def test_logout_forgets_what_was_offered(cloud: CommandLine, nobodys_home: Path) -> None:
    completed(cloud, "cloud-backup agents show MBP")

    cloud.run("logout")

    assert list((nobodys_home / "cache").rglob("*.json")) == []
