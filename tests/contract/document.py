"""`openapi.yaml` as schemathesis sees it, with the emulator behind it, in process."""

from pathlib import Path

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.schemas import OpenApiSchema

from cloud_backup_emulator import Clock, Emulator, create_app

ROOT = Path(__file__).parents[2]

EMULATOR = Emulator(clock=Clock(rate=0, wall=lambda: 1_360_800_000))
APP = create_app(EMULATOR, allowed_hosts=["testserver"])


def load(modes: list[GenerationMode] | None = None) -> OpenApiSchema:
    """Load the document from the emulator.

    Args:
        modes: Whether to make data that is valid, or not; None for both.
    """
    config = SchemathesisConfig.from_path(ROOT / "schemathesis.toml")
    if modes is not None:
        config.projects.default.generation.update(modes=modes)
    return schemathesis.openapi.from_asgi("/emulator/openapi.json", APP, config=config)


SCHEMA = load()
