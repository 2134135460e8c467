"""`openapi.portable.json` promises no more than `openapi.yaml` and allows no more to be sent."""

import json
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
import yaml
from hypothesis import HealthCheck, given, settings
from schemathesis.generation import GenerationMode

Schema = dict[str, Any]

ROOT = Path(__file__).parents[2]
WHOLE: Schema = yaml.safe_load((ROOT / "openapi.yaml").read_text())
PORTABLE: Schema = json.loads((ROOT / "openapi.portable.json").read_text())
SCALARS = {"boolean", "integer", "number", "string"}


def operations(document: Schema) -> dict[str, Schema]:
    return {
        operation["operationId"]: operation
        for item in document["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict) and "operationId" in operation
    }


def contents(part: Schema, document: Schema) -> Schema:
    while "$ref" in part:
        *_, kind, name = part["$ref"].split("/")
        part = document["components"][kind][name]
    found: Schema = part.get("content", {})
    return found


def requests(document: Schema) -> Iterator[tuple[str, Schema]]:
    for name, operation in operations(document).items():
        for content in contents(operation.get("requestBody", {}), document).values():
            yield name, content["schema"]


def answers(document: Schema) -> Iterator[tuple[str, Schema]]:
    for name, operation in operations(document).items():
        for status, answer in operation["responses"].items():
            for content in contents(answer, document).values():
                yield f"{name} {status}", content["schema"]


def counterpart(name: str) -> Schema:
    """The portable schema of an answer, which may be one of all successes."""
    every = dict(answers(PORTABLE))
    return every[name] if name in every else every[f"{name[:-3]}2XX"]


def validator(schema: Schema, document: Schema) -> jsonschema_rs.Validator:
    """JSON Schema's reading of a schema of OpenAPI 3.0, which has null in a word of its own."""

    def read(node: Any) -> Any:
        if isinstance(node, list):
            return [read(each) for each in node]
        if not isinstance(node, dict):
            return node
        made = {key: read(value) for key, value in node.items()}
        if made.pop("nullable", False) is True:
            made["type"] = [made["type"], "null"]
        return made

    schemas = {"schemas": document["components"]["schemas"]}
    return jsonschema_rs.Draft4Validator(read({"allOf": [schema], "components": schemas}))


def refused(schema: Schema, document: Schema, by: Schema, other: Schema) -> list[Any]:
    """What one schema, in its document, allows and another refuses, of what is tried."""
    holder = {
        "openapi": "3.0.3",
        "info": {"title": "An answer or a request, sent", "version": "1"},
        "paths": {
            "/": {
                "post": {
                    "requestBody": {
                        "required": True,
                        "content": {"application/json": {"schema": schema}},
                    },
                    "responses": {"200": {"description": "Well."}},
                }
            }
        },
        "components": {"schemas": document["components"]["schemas"]},
    }
    config = schemathesis.Config()
    config.projects.default.generation.update(modes=[GenerationMode.POSITIVE])
    operation = schemathesis.openapi.from_dict(deepcopy(holder), config=config)["/"]["POST"]
    judge, found = validator(by, other), []

    @given(operation.as_strategy())
    @settings(
        max_examples=40,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    def attempt(case: schemathesis.Case[Any]) -> None:
        if not judge.is_valid(case.body):
            found.append(case.body)

    attempt()
    return found


ANSWERS = {json.dumps(schema): (name, schema) for name, schema in answers(WHOLE)}.values()


@pytest.mark.parametrize(("name", "schema"), list(ANSWERS), ids=lambda each: str(each)[:40])
def test_an_answer_is_only_widened(name: str, schema: Schema) -> None:
    assert not refused(schema, WHOLE, counterpart(name), PORTABLE)


@pytest.mark.parametrize(
    ("name", "schema"), list(requests(PORTABLE)), ids=lambda each: str(each)[:40]
)
def test_a_request_is_only_narrowed(name: str, schema: Schema) -> None:
    assert not refused(schema, PORTABLE, dict(requests(WHOLE))[name], WHOLE)


def test_what_is_tried_tells_them_apart() -> None:
    assert refused({"$ref": "#/components/schemas/Activity"}, WHOLE, {"maxProperties": 3}, WHOLE)
    closed = {"$ref": "#/components/schemas/ActivityState"}
    assert refused({"$ref": "#/components/schemas/AnyActivityState"}, WHOLE, closed, WHOLE)
    text = WHOLE["components"]["schemas"]["RestoreFileFilterInput"]
    assert refused(text, WHOLE, {"$ref": "#/components/schemas/RestoreFileFilter"}, WHOLE)


def test_examples_are_as_both_say() -> None:
    for document in (WHOLE, PORTABLE):
        for name, operation in operations(document).items():
            for content in contents(operation.get("requestBody", {}), document).values():
                judge = validator(content["schema"], document)
                for example in content["examples"].values():
                    *_, shared = example.get("$ref", "").split("/")
                    sent = document["components"]["examples"].get(shared, example)
                    assert judge.is_valid(sent["value"]), (name, sent)


def test_all_else_is_the_same() -> None:
    whole, derived = operations(WHOLE), operations(PORTABLE)
    assert derived.keys() == whole.keys()
    for name, operation in derived.items():
        good = [status for status in operation["responses"] if status.startswith("2")]
        assert len(good) == 1, name
        without: Schema = {"responses": 0, "requestBody": 0}
        assert operation | without == whole[name] | without
    for part in ("servers", "security", "tags"):
        assert PORTABLE[part] == WHOLE[part]
    assert PORTABLE["components"].keys() == WHOLE["components"].keys()


def test_known_values_are_listed() -> None:
    schema = PORTABLE["components"]["schemas"]["AnyFileItemFilter"]
    assert schema["x-extensible-enum"] == ["Include", "Exclude"]
    assert "enum" not in schema


def test_no_scalar_in_several_forms_is_left() -> None:
    for name, schema in PORTABLE["components"]["schemas"].items():
        assert "anyOf" not in schema, name
        for option in schema.get("oneOf", ()):
            *_, target = option["$ref"].split("/")
            assert PORTABLE["components"]["schemas"][target]["type"] == "object", name


def derive(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "generator" / "portable.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_scalar_in_several_forms_is_sent_or_received(tmp_path: Path) -> None:
    document = deepcopy(WHOLE)
    agent = document["components"]["schemas"]["AgentUpdate"]["properties"]
    agent["UseServiceNet"] = {"$ref": "#/components/schemas/BooleanOrText"}
    spec = tmp_path / "openapi.yaml"
    spec.write_text(json.dumps(document))
    done = derive("--spec", spec, "--output", tmp_path / "made.json")
    assert done.returncode == 1
    assert done.stderr.startswith("BooleanOrText is sent as well as received")
    assert not (tmp_path / "made.json").exists()


def test_out_of_step_is_told(tmp_path: Path) -> None:
    made = tmp_path / "made.json"
    assert derive("--check", "--output", made).returncode == 1
    assert derive("--output", made).returncode == 0
    assert made.read_bytes() == (ROOT / "openapi.portable.json").read_bytes()
    assert derive("--check", "--output", made).returncode == 0
    made.write_text(made.read_text().replace("Rackspace", "Rackspice"))
    done = derive("--check", "--output", made)
    assert done.returncode == 1
    assert "run `make generate`" in done.stderr


def test_no_anchors() -> None:
    tokens = yaml.scan((ROOT / "openapi.yaml").read_text())
    assert not [token for token in tokens if isinstance(token, yaml.AnchorToken | yaml.AliasToken)]


def test_no_name_is_a_scheme_s_and_a_schema_s() -> None:
    schemes, schemas = (
        {name.casefold() for name in WHOLE["components"][kind]}
        for kind in ("securitySchemes", "schemas")
    )
    assert not schemes & schemas
