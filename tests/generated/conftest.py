"""A client generated from `scratch.yaml`, beside the one that is committed."""

import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]

Generate = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def generate() -> Generate:
    """Run the generator as `make generate` does."""

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, ROOT / "generator" / "generate.py", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return run


@pytest.fixture(scope="session")
def scratch_api(generate: Generate, tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The package made of `scratch.yaml`."""
    folder = tmp_path_factory.mktemp("scratch")
    spec = Path(__file__).with_name("scratch.yaml")
    done = generate("--spec", spec, "--output", folder / "scratch_api")
    assert done.returncode == 0, done.stderr
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        for module in ("models", "client", "api.things.list_things", "api.things.add_thing"):
            import_module(f"scratch_api.{module}")
        import_module("scratch_api.api.things.touch_thing")
        return import_module("scratch_api")
