"""`make` and `.ci/run` on the Pythons of a machine, which are made up here."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is first on the path, beside a copy of the project, and no pyenv."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt", ".ci/run"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    for name in ("PYTHON", "MAKEFLAGS", "MAKEOVERRIDES", "MAKELEVEL", "PYENV_VERSION"):
        monkeypatch.delenv(name, raising=False)
    return folder


def command(path: Path, lines: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(0o755)


def planned(folder: Path, *arguments: str) -> list[str]:
    """Say what `make test` would do in a folder."""
    done = subprocess.run(
        ["make", "--dry-run", "test", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def installed(folder: Path, version: str) -> None:
    """Put a virtual environment there that is up to date."""
    command(folder / "bin" / "python", f"echo {version}")
    (folder / ".installed").touch()


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [((), ".venv"), (("PYTHON=python3.13",), ".venv-3.13"), (("PYTHON=./mine",), ".venv-3.12")],
)
def test_a_python_that_is_asked_for_has_an_environment_of_its_own(
    machine: Path, tmp_path: Path, arguments: tuple[str, ...], environment: str
) -> None:
    command(machine / "python3", "echo 3.11")
    # As pyenv's shim does.
    command(machine / "python3.13", 'test "$PYENV_VERSION" = 3.13 && echo 3.13')
    command(tmp_path / "mine", "echo 3.12")

    lines = planned(tmp_path, *arguments)

    assert any(line.endswith(f" -m venv --clear {environment}") for line in lines)
    assert lines[-1].startswith(f"{environment}/bin/python -m pytest ")


@pytest.mark.parametrize(("version", "is_kept"), [("3.11", True), ("3.12", False)])
def test_an_environment_of_another_python_is_made_anew(
    machine: Path, tmp_path: Path, version: str, *, is_kept: bool
) -> None:
    command(machine / "python3", "echo 3.11")
    installed(tmp_path / ".venv", version)

    assert (len(planned(tmp_path)) == 1) is is_kept


def test_ci_tries_every_python_once(machine: Path, tmp_path: Path) -> None:
    pyenv = tmp_path / "pyenv" / "versions"
    command(machine / "make", 'echo "$@"')
    command(machine / "python3", "echo 3.12")
    command(machine / "python3.11", "echo 3.11")
    command(machine / "python3.12", "echo 3.12")
    command(machine / "python3.13", "exit 127")  # a shim of a Python that is gone
    command(pyenv / "3.10.1" / "bin" / "python", "echo 3.10")
    command(pyenv / "3.11.7" / "bin" / "python", "echo 3.11")
    command(pyenv / "3.13.0" / "bin" / "python", "echo 3.13")

    done = subprocess.run([tmp_path / ".ci/run"], capture_output=True, text=True, check=True)

    fewer = "TESTS=--ignore=tests/contract --ignore=tests/generated"
    assert done.stdout.splitlines() == [
        "check",
        "test",
        f"test PYTHON=python3.11 {fewer}",
        f"test PYTHON={pyenv}/3.13.0/bin/python {fewer}",
    ]


def test_ci_needs_no_python_but_the_default_one(machine: Path, tmp_path: Path) -> None:
    command(machine / "make", 'echo "$@"')
    for name in ("python3", "python3.11", "python3.12", "python3.13"):
        command(machine / name, "echo 3.11" if name == "python3" else "exit 1")

    done = subprocess.run([tmp_path / ".ci/run"], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines() == ["check", "test"]
