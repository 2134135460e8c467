"""What other languages' generators refuse is not in the documents."""

from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SCALARS = {"boolean", "integer", "number", "string"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "openapi.yaml").read_text())
    return found


def test_no_anchors() -> None:
    tokens = yaml.scan((ROOT / "openapi.yaml").read_text())
    assert not [token for token in tokens if isinstance(token, yaml.AnchorToken | yaml.AliasToken)]


def test_no_name_is_a_scheme_s_and_a_schema_s(document: dict[str, Any]) -> None:
    schemes, schemas = (
        {name.casefold() for name in document["components"][kind]}
        for kind in ("securitySchemes", "schemas")
    )
    assert not schemes & schemas


def test_one_of_is_for_objects(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for name, schema in schemas.items():
        for option in schema.get("oneOf", ()):
            target = schemas[option["$ref"].rpartition("/")[2]] if "$ref" in option else option
            assert target.get("type") not in SCALARS, name
