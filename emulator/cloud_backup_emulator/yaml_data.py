"""Reading YAML."""

from importlib.resources.abc import Traversable
from typing import Any

import yaml

__all__ = ["read_yaml"]

# libyaml's reader is the faster one, where PyYAML has it; both make plain values alone.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(place: Traversable) -> Any:
    """Read a file of YAML into plain values."""
    return yaml.load(place.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe one
