"""`cloud-backup completion`."""

import os
import subprocess
import sys

import pytest

from .conftest import CommandLine


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell(cloud: CommandLine, shell: str) -> None:
    script = cloud.done("completion", shell).stdout

    assert f"_CLOUD_BACKUP_COMPLETE={shell}_complete" in script


def test_another_shell(cloud: CommandLine) -> None:
    assert cloud.run("completion", "tcsh").exit_code == 2


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
