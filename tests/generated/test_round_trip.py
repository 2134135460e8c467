"""Every object of `openapi.yaml`: what it allows is understood, and sent as it is."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

import cloud_backup_api.models
from cloud_backup.wire.errors import UnexpectedAnswer
from cloud_backup.wire.view import View

Schema = dict[str, Any]

SCHEMAS: Final[dict[str, Schema]] = yaml.safe_load(
    Path(__file__).parents[2].joinpath("openapi.yaml").read_text(encoding="utf-8")
)["components"]["schemas"]

numbers = st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False))
scalars = st.one_of(st.none(), st.booleans(), numbers, st.text())
anything = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=3
)
uuids = st.tuples(st.uuids(), st.booleans()).map(
    lambda drawn: str(drawn[0]).upper() if drawn[1] else str(drawn[0])
)
date_times = st.tuples(st.datetimes(), st.sampled_from(["Z", "+00:00", "-05:00", ""])).map(
    lambda drawn: drawn[0].isoformat() + drawn[1]
)
minimum_dates = st.sampled_from(["/Date(-62135578800000)/", "/Date(-62135596800000+0000)/"])


def resolved(schema: Schema) -> Schema:
    """The schema itself where it is a reference, and in one where it is `allOf` several."""
    while "$ref" in schema:
        schema = SCHEMAS[schema["$ref"].rpartition("/")[2]]
    merged: Schema = {key: value for key, value in schema.items() if key != "allOf"}
    for part in map(resolved, schema.get("allOf", [])):
        properties = {**part.get("properties", {}), **merged.get("properties", {})}
        required = [*part.get("required", []), *merged.get("required", [])]
        merged = {**part, **merged, "properties": properties, "required": required}
    return merged


def values(schema: Schema, depth: int = 0) -> SearchStrategy[Any]:
    """Values that a schema allows; those that make decoding go wrong, rather than all of them."""
    schema = resolved(schema)
    alternatives = schema.get("anyOf") or schema.get("oneOf")
    found: SearchStrategy[Any] = anything
    if alternatives:
        found = st.one_of([values(each, depth) for each in alternatives])
    elif "enum" in schema:
        found = st.sampled_from(schema["enum"])
    else:
        match schema.get("type"):
            case "object":
                found = objects(schema, depth + 1)
            case "array":
                found = st.lists(values(schema["items"], depth + 1), max_size=3)
            case "string":
                found = strings(schema)
            case "integer":
                found = st.integers(schema.get("minimum"), schema.get("maximum"))
            case "number":
                found = numbers
            case "boolean":
                found = st.booleans()
    return st.none() | found if schema.get("nullable") else found


def strings(schema: Schema) -> SearchStrategy[str]:
    """Texts of the formats that are more than text to the models."""
    form, pattern = schema.get("format"), schema.get("pattern")
    if form == "uuid":
        return uuids
    if form == "date-time":
        return date_times
    if pattern is None:
        return st.text(min_size=schema.get("minLength", 0), max_size=schema.get("maxLength"))
    texts = st.from_regex(str(pattern), fullmatch=True)
    return texts | minimum_dates if form == "ms-date" else texts


@st.composite
def objects(draw: st.DrawFn, schema: Schema, depth: int) -> dict[str, Any]:
    """An object with some of its fields, perhaps further ones, in any order."""
    properties: dict[str, Schema] = schema.get("properties", {})
    names = [
        name for name in properties if name in schema.get("required", []) or draw(st.booleans())
    ]
    drawn = {name: draw(values(properties[name], depth)) for name in names if depth < 6}
    additional = schema.get("additionalProperties", True)
    if additional is not False:
        unknown = st.text().filter(lambda name: name not in properties)
        inner = anything if additional is True or not additional else values(additional, depth)
        drawn.update(draw(st.dictionaries(unknown, inner, max_size=2)))
    return {name: drawn[name] for name in draw(st.permutations(list(drawn)))}


def names_of_objects() -> list[str]:
    return [name for name, schema in SCHEMAS.items() if resolved(schema).get("type") == "object"]


def test_every_object_has_a_model() -> None:
    assert not [name for name in names_of_objects() if not hasattr(cloud_backup_api.models, name)]


@pytest.mark.parametrize("name", names_of_objects())
@given(data=st.data())
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_what_the_schema_allows_is_kept_and_understood(name: str, data: st.DataObject) -> None:
    model = getattr(cloud_backup_api.models, name)
    wire = data.draw(objects(resolved(SCHEMAS[name]), 1))
    before = json.dumps(wire)
    if issubclass(model, View):
        view = model(wire)
        for field in view.FIELDS:
            with suppress(UnexpectedAnswer):  # an id of 0, which says nothing
                getattr(view, field)
        assert json.dumps(view.received) == before
    else:
        assert model.from_dict(wire).to_dict() == wire
