"""`cloud-backup completion`."""

import os
import subprocess
import sys

import pytest

from .conftest import helped


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
print("cloud_backup.commandline.agents" in sys.modules)
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
    ],
)
def test_what_is_offered(words: str, offered: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cloud_backup.commandline"],
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "_CLOUD_BACKUP_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(words.count(" ")),
        },
    )

    assert f"plain,{offered}" in done.stdout.splitlines(), done.stderr
