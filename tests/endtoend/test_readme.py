"""Every command and every line of Python in README.md and docs/ works as printed."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from cloud_backup import AsyncCloudBackup, CloudBackup
from cloud_backup.commandline.options.plan_file import PLAN
from cloud_backup.commandline.options.types import read_duration
from cloud_backup.drill import Expectation
from cloud_backup_emulator import RunningEmulator as PluginEmulator
from cloud_backup_emulator import read_seed
from cloud_backup_emulator.__main__ import main

from .conftest import RunningEmulator

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EMULATOR_PAGE = (ROOT / "docs" / "emulator.md").read_text(encoding="utf-8")
DRILL_PAGE = (ROOT / "docs" / "drill.md").read_text(encoding="utf-8")
PLAN_PAGE = (ROOT / "docs" / "drill-plan.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PAGES = [README, *(page.read_text(encoding="utf-8") for page in sorted(ROOT.glob("docs/*.md")))]


def blocks(language: str, pages: Iterable[str] = PAGES) -> list[str]:
    fence = re.compile(rf"^```{language}\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
    return [block for page in pages for block in fence.findall(page)]


PYTHON = blocks("python")
TESTS = [block for block in PYTHON if "def test_" in block]
SCRIPTS = [block for block in PYTHON if "__main__" in block]


@pytest.mark.parametrize(
    "lines", [block for block in PYTHON if block not in TESTS and block not in SCRIPTS]
)
def test_python_lines_run_against_the_emulator(
    lines: str,
    emulator: RunningEmulator,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in emulator.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HOME", str(tmp_path))
    # A place for a journal, with a folder to write a manifest of.
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text("# A page\n")
    # The emulator's clock is moved where these lines would sleep.
    from_environment = CloudBackup.from_environment
    async_from_environment = AsyncCloudBackup.from_environment
    monkeypatch.setattr(
        CloudBackup,
        "from_environment",
        lambda **options: from_environment(sleep=emulator.advance, **options),
    )
    monkeypatch.setattr(
        AsyncCloudBackup,
        "from_environment",
        lambda **options: async_from_environment(sleep=emulator.advance_async, **options),
    )

    exec(compile(lines, "README.md", "exec"), {"__name__": "readme"})

    assert capsys.readouterr().out


@pytest.mark.parametrize("lines", SCRIPTS)
def test_scripts_run_against_the_emulator(
    lines: str, emulator: RunningEmulator, tmp_path: Path
) -> None:
    script = tmp_path / "script.py"
    script.write_text(lines)

    done = subprocess.run(
        [sys.executable, script],
        env={**os.environ, **emulator.environment},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize("lines", TESTS)
def test_tests_for_pytest_pass(lines: str, cloud_backup_emulator: PluginEmulator) -> None:
    namespace: dict[str, Any] = {}
    exec(compile(lines, "README.md", "exec"), namespace)

    for name, test in namespace.items():
        if name.startswith("test_"):
            test(cloud_backup_emulator)


@pytest.mark.parametrize("world", blocks("yaml", [EMULATOR_PAGE]))
def test_worlds_for_the_emulator_can_be_read(world: str, tmp_path: Path) -> None:
    path = tmp_path / "world.yaml"
    path.write_text(world)

    assert read_seed(path).accounts


@pytest.mark.parametrize("plan", blocks("yaml", [PLAN_PAGE]))
def test_plans_of_drills_can_be_read(plan: str, tmp_path: Path) -> None:
    path = tmp_path / "drill.yaml"
    path.write_text(plan)

    assert PLAN.convert(str(path), None, None).plan.selections


@pytest.mark.parametrize("expected", blocks("yaml", [DRILL_PAGE]))
def test_expectations_can_be_read(expected: str) -> None:
    for each in yaml.safe_load(expected):
        assert Expectation.from_dict(each, duration=read_duration)


def test_make_targets_named_exist() -> None:
    named = set(re.findall(r"\bmake ([a-z-]+)", "\n".join(blocks("console"))))

    assert {"demo", "test", "generate"} <= named
    assert named <= set(re.findall(r"^([a-z-]+):", MAKEFILE, flags=re.MULTILINE))


def test_options_of_the_emulator_are_documented(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])

    offered = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help", "--version"}
    assert offered <= set(re.findall(r"--[a-z-]+", EMULATOR_PAGE))


def test_folders_of_the_layout_exist() -> None:
    layout = README.split("## Layout")[1]
    paths = re.findall(r"^    (\S+)", layout, flags=re.MULTILINE)

    assert "openapi.yaml" in paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_install_lines_name_extras_that_exist() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    named = set(re.findall(r"\.\[([a-z]+)\]", README))
    assert named
    assert named <= set(project["optional-dependencies"])
