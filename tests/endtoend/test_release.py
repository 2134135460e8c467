"""`make release`, with the commands that it runs made up here."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git isn't installed")

CHANGELOG = (
    "# Changelog\n\n## Unreleased\n\n### Added\n\n- A thing.\n\n## 0.1.0 (2026-01-31)\n\n- All.\n"
)


class Checkout:
    """A repository with what a release touches, and a `make` that writes down its targets."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, text in {
            "pyproject.toml": '[project]\nname = "it"\nversion = "0.1.0"\n',
            "CHANGELOG.md": CHANGELOG,
            "openapi.yaml": "new\n",
            "contract/released.yaml": "old\n",
            ".gitignore": "/bin/\n/made\n",
        }.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text)
        (folder / ".ci").mkdir()
        shutil.copy(ROOT / ".ci/release", folder / ".ci/release")
        self.make('echo "$@: $(cat contract/released.yaml)" >> made')
        self.git("init", "--quiet")
        self.commit()

    def make(self, lines: str) -> None:
        command = self.folder / "bin" / "make"
        command.parent.mkdir(exist_ok=True)
        command.write_text(f"#!/bin/sh\n{lines}\n")
        command.chmod(0o755)

    def git(self, *arguments: str) -> str:
        command = ["git", "-c", "user.name=it", "-c", "user.email=it@example.com", *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=True)
        return done.stdout

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "It")

    def release(self, version: str) -> subprocess.CompletedProcess[str]:
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            [self.folder / ".ci/release", version],
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )

    def read(self, name: str) -> str:
        return (self.folder / name).read_text()


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_a_release_sets_version_date_and_contract(checkout: Checkout) -> None:
    done = checkout.release("0.2.0")

    assert done.returncode == 0, done.stderr
    assert 'version = "0.2.0"\n' in checkout.read("pyproject.toml")
    before, heading, after = checkout.read("CHANGELOG.md").partition("## 0.2.0 (20")
    assert before == "# Changelog\n\n## Unreleased\n\n"
    assert heading
    assert after.partition("\n")[2] == CHANGELOG.partition("Unreleased\n")[2]
    assert checkout.read("contract/released.yaml") == "new\n"
    # The new contract is held against the old one before it takes its place.
    assert checkout.read("made") == "check check-contract: old\ndist: new\n"
    assert "git tag --annotate v0.2.0" in done.stdout


def test_the_version_that_was_never_released_can_be(checkout: Checkout) -> None:
    changelog = checkout.folder / "CHANGELOG.md"
    changelog.write_text(CHANGELOG.partition("\n## 0.1.0")[0])
    checkout.commit()

    assert checkout.release("0.1.0").returncode == 0


@pytest.mark.parametrize("failing", ["check", "dist"])
def test_a_release_that_fails_changes_nothing(checkout: Checkout, failing: str) -> None:
    checkout.make(f'test "$1" != {failing}')

    done = checkout.release("0.2.0")

    assert done.returncode == 1
    assert checkout.git("status", "--porcelain") == ""
    assert "git tag" not in done.stdout


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("", "invalid version ''"),
        ("v0.2.0", "expected something like VERSION=0.2.0"),
        ("0.2", "invalid version '0.2'"),
        ("0.0.9", "0.0.9 is below 0.1.0"),
        ("0.1.0", "0.1.0 was released already"),
        ("0.3.0", "0.3.0 was released already"),
    ],
)
def test_a_wrong_version_is_refused(checkout: Checkout, version: str, said: str) -> None:
    checkout.git("tag", "v0.3.0")

    done = checkout.release(version)

    assert done.returncode == 2
    assert said in done.stderr
    assert not (checkout.folder / "made").exists()


def test_a_tree_with_changes_is_refused(checkout: Checkout) -> None:
    (checkout.folder / "openapi.yaml").write_text("newer\n")

    done = checkout.release("0.2.0")

    assert (done.returncode, "there are changes" in done.stderr) == (2, True)


def test_a_release_without_changes_is_refused(checkout: Checkout) -> None:
    changelog = checkout.folder / "CHANGELOG.md"
    changelog.write_text(CHANGELOG.replace("- A thing.\n\n", ""))
    checkout.commit()

    done = checkout.release("0.2.0")

    assert (done.returncode, "nothing under Unreleased" in done.stderr) == (2, True)
