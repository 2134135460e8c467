"""Every command and every line of Python in README.md works as printed."""

import re
import tomllib
from pathlib import Path

import pytest

from cloud_backup import AsyncCloudBackup, CloudBackup
from cloud_backup_emulator.__main__ import main

from .conftest import RunningEmulator

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("lines", blocks("python"))
def test_python_lines_run_against_the_emulator(
    lines: str,
    emulator: RunningEmulator,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in emulator.environment.items():
        monkeypatch.setenv(name, value)
    # The emulator's clock is moved where these lines would sleep.
    from_environment = CloudBackup.from_environment
    async_from_environment = AsyncCloudBackup.from_environment
    monkeypatch.setattr(
        CloudBackup, "from_environment", lambda: from_environment(sleep=emulator.advance)
    )
    monkeypatch.setattr(
        AsyncCloudBackup,
        "from_environment",
        lambda: async_from_environment(sleep=emulator.advance_async),
    )

    exec(compile(lines, "README.md", "exec"), {"__name__": "readme"})

    assert capsys.readouterr().out


def test_make_targets_named_exist() -> None:
    named = set(re.findall(r"\bmake ([a-z-]+)", "\n".join(blocks("console"))))

    assert {"demo", "test", "generate"} <= named
    assert named <= set(re.findall(r"^([a-z-]+):", MAKEFILE, flags=re.MULTILINE))


def test_options_of_the_emulator_are_documented(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])

    offered = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help", "--version"}
    assert offered <= set(re.findall(r"--[a-z-]+", README))


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
