"""`cloud-backup drill --verify`, with real files."""

from __future__ import annotations

import json
import os
import shlex
import sys
from typing import TYPE_CHECKING

import pytest

from cloud_backup import CloudBackup, Folder, Schedule
from cloud_backup.drill.manifest import write_manifest
from cloud_backup_emulator import Emulator, serve

from .conftest import CommandLine, helped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    os.open not in os.supports_dir_fd, reason="this system can't keep to a folder"
)

DRILL = ("drill", "--configuration", "web", "--max-age", "26h", "--yes", "-o", "json")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose folder /srv/web has two files; the test runs beside it."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "machine"
    (folder / "srv/web").mkdir(parents=True)
    (folder / "srv/web/a.txt").write_bytes(b"a" * 10)
    (folder / "srv/web/b.txt").write_bytes(b"b" * 20)
    (folder / "tmp/cloud-backup-drill").mkdir(parents=True)
    with (tmp_path / "web.manifest").open("w", encoding="utf-8") as file:
        write_manifest(folder / "srv/web", file, name="/srv/web")
    return folder


@pytest.fixture
def web(machine: Path) -> Iterator[CommandLine]:
    """The command line, with a configuration `web` of that machine that has been backed up."""
    with Emulator(rate=0, machines={"web1": machine}) as emulator, serve(emulator) as running:
        cloud = CommandLine(running)
        with CloudBackup.from_environment(cloud.environment) as backup:
            agent = next(each for each in backup.agents.list() if each.machine_name == "web1")
            backup.configurations.create(
                name="web", agent=agent, schedule=Schedule.manually(), include=[Folder("/srv/web")]
            )
        cloud.done("backups", "start", "web", "--wait")
        yield cloud


def expected(text: str, tmp_path: Path) -> str:
    file = tmp_path / "web.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def folder_of(machine: Path) -> tuple[str, str]:
    return "--verify-folder", str(machine / "tmp/cloud-backup-drill")


def test_what_is_restored_is_compared_with_a_manifest(web: CommandLine, machine: Path) -> None:
    passed = web.run(*DRILL, "--verify", "web.manifest", *folder_of(machine))
    (machine / "srv/web/c.txt").touch()
    web.done("backups", "start", "web", "--wait")
    failed = web.run(*DRILL, "--verify", "web.manifest", *folder_of(machine))

    assert passed.exit_code == 0, passed.stderr
    (result,) = passed.json["results"]
    assert result["verdict"] == "passed"
    assert result["verification"]["comparison"]["same"]["size"] == 30
    assert failed.exit_code == 5
    assert failed.json["results"][0]["verdict"] == "verification_failed"
    assert "1 file not in the manifest, such as c.txt" in failed.json["results"][0]["reason"]


def test_what_is_restored_is_held_against_expectations(
    web: CommandLine, machine: Path, tmp_path: Path
) -> None:
    file = expected(
        "- path: /srv/web\n  files: 3\n  size: 30 bytes\n  not_empty: true\n  readable: true\n",
        tmp_path,
    )

    ended = web.run(*DRILL, "--expect", file, *folder_of(machine))

    assert ended.exit_code == 5
    (result,) = ended.json["results"]
    assert result["verdict"] == "verification_failed"
    assert "expected /srv/web: at least 3 files, but found 2 files" in result["reason"]
    met = {each["text"]: each["met"] for each in result["verification"]["expectations"]}
    assert met == {
        "/srv/web: exists": True,
        "/srv/web: at least 3 files": False,
        "/srv/web: at least 30 bytes": True,
        "/srv/web: not empty": True,
        "/srv/web: readable": True,
    }


def test_a_command_verifies(web: CommandLine) -> None:
    code = "import os; assert os.environ['CLOUD_BACKUP_CONFIGURATION_NAME'] == 'web'"
    command = shlex.join([sys.executable, "-c", code])

    ended = web.run(*DRILL, "--verify-command", command, "--verify-time-limit", "2m")

    assert ended.exit_code == 0, ended.stderr
    assert ended.json["results"][0]["verdict"] == "passed"


def test_a_command_prints_what_is_on_the_other_machine(web: CommandLine, machine: Path) -> None:
    # What `ssh web1 cloud-backup manifest {path}` does, on a machine that is a folder of this one.
    words = [sys.executable, "-m", "cloud_backup.commandline", "manifest"]
    command = shlex.join([*words, f"{machine}{{path}}", "--as", "{path}"])

    ended = web.run(*DRILL, "--verify", "web.manifest", "--verify-command", command)

    assert ended.exit_code == 0, ended.stderr
    verification = ended.json["results"][0]["verification"]
    assert verification["verified_by"] == "manifest+command"
    assert verification["comparison"]["same"]["files"] == 2


def test_an_inherited_passphrase_is_not(web: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "canary of the passphrase")
    web.environment["SECRET"] = "canary of the passphrase"
    command = shlex.join([sys.executable, "-c", "import os; print(dict(os.environ))"])

    ended = web.run(*DRILL, "--passphrase-env", "SECRET", "--verify-command", command)

    assert ended.exit_code == 0, ended.stderr
    assert "canary" not in ended.stdout


def test_what_can_not_verify_is_refused_before_anything_is_restored(web: CommandLine) -> None:
    ended = web.run(*DRILL, "--verify", "{configuration}.manifest")

    assert ended.exit_code == 2
    assert "manifest: No such file or directory" in ended.error["message"]
    assert web.asked("createRestore") == 0


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "expected a list"),
        ("path: /srv", "expected a list"),
        ("- [", "line 1: expected the node content"),
        ("- /srv", "#1: expected names with values, got '/srv'"),
        ("- path: /srv\n- pat: /srv", "#2: unknown name 'pat': expected one of path, files"),
        ("- files: 3", "#1: path is missing"),
        ("- path: /srv\n  files: many", "#1: files: expected a whole number, got 'many'"),
        ("- path: /srv\n  files: -1", "#1: files must be 0 or more, not -1"),
        ("- path: /srv\n  files: true", "#1: files: expected a whole number, got True"),
        ("- path: /srv\n  size: 3 apples", "#1: invalid size '3 apples'"),
        ("- path: /srv\n  newest: soon", "#1: invalid duration 'soon'"),
        ("- path: /srv\n  newest: 90", "#1: newest: expected a duration such as 26h, got 90"),
        ("- path: /srv\n  readable: maybe", "#1: readable: expected true or false, got 'maybe'"),
    ],
)
def test_expectations_that_are_no_good_are_refused(tmp_path: Path, text: str, problem: str) -> None:
    ended = helped("drill", "--expect", expected(text, tmp_path), "--yes", "-o", "json")

    assert ended.exit_code == 2
    assert problem in json.loads(ended.stderr.splitlines()[-1])["message"]


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--expect", "nowhere.yaml"], "nowhere.yaml: No such file"),
        (["--verify-folder", "/tmp"], "--verify-folder needs --verify or --expect"),
        (["--verify-command", "'"], "no closing quotation"),
        (["--verify-command", " "], "the command is empty"),
        (["--check-only", "--verify", "x"], "nothing to verify"),
    ],
)
def test_options_that_make_no_sense_are_refused(options: list[str], problem: str) -> None:
    ended = helped("drill", *options, "--yes", "-o", "json")

    assert ended.exit_code == 2
    assert problem in json.loads(ended.stderr.splitlines()[-1])["message"]
