"""What is said to those who work on it stays true: folders, layers, targets, Pythons."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WORKFLOW: dict[str, Any] = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
PAGES = ["ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"]


def test_every_folder_of_tests_is_explained() -> None:
    explained = re.findall(
        r"^\| `(\w+)` \|", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE
    )

    assert sorted(explained) == sorted(
        folder.name for folder in (ROOT / "tests").iterdir() if any(folder.glob("*.py"))
    )


def test_the_picture_has_the_layers_that_are_held() -> None:
    (contract,) = [
        each
        for each in PROJECT["tool"]["importlinter"]["contracts"]
        if each.get("containers") == ["cloud_backup"]
    ]
    picture = (ROOT / "ARCHITECTURE.md").read_text("utf-8").split("```")[1]
    drawn = re.findall(r"(?:^ +│ {6}|►  )(\w+(?: \| \w+)*)", picture, re.MULTILINE)

    assert drawn == contract["layers"]


@pytest.mark.parametrize("page", PAGES)
def test_targets_named_exist(page: str) -> None:
    named = set(re.findall(r"`make ([a-z-]+)", (ROOT / page).read_text(encoding="utf-8")))

    assert named <= TARGETS


def test_hooks_and_workflow_call_targets_that_exist() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    called = [hook["entry"].split() for repo in hooks["repos"] for hook in repo["hooks"]]

    assert {command for command, _ in called} == {"make"}
    assert {target for _, target in called} <= TARGETS
    assert set(WORKFLOW["jobs"]["check"]["strategy"]["matrix"]["target"]) <= TARGETS


def test_the_workflow_runs_on_every_python_that_the_project_is_for() -> None:
    minors = re.findall(r":: (3\.\d+)", "\n".join(PROJECT["project"]["classifiers"]))

    assert minors == WORKFLOW["jobs"]["test"]["strategy"]["matrix"]["python"]


def test_the_workflow_may_only_read_and_pins_what_it_runs() -> None:
    used = [
        step["uses"] for job in WORKFLOW["jobs"].values() for step in job["steps"] if "uses" in step
    ]

    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert not [job for job in WORKFLOW["jobs"].values() if "permissions" in job]
    assert [action for action in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action)] == []
