"""Documents that are valid, or should be refused."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from cloud_backup_emulator import Emulator, create_app
from cloud_backup_emulator.errors import EmulatorError
from tests.overlay.emulated import InProcess

EXAMPLE = {"200": {"description": "x", "content": {"application/json": {"example": {"a": 1}}}}}
WIDE = {
    "type": "object",
    "properties": {
        name: {"$ref": "#/components/schemas/New"} for name in ("left", "right", "parent")
    },
}


def ask(file: str, method: str, path: str, sent: Any, put: Any) -> None:
    try:
        emulator = Emulator(document=Path(file))
    except EmulatorError:
        put.send(400)
        return
    app = create_app(emulator, allowed_hosts=["testserver"])
    asgi = httpx.ASGITransport(app, raise_app_exceptions=False)
    http = httpx.Client(transport=InProcess(asgi), base_url="http://testserver")
    login = {"RAX-KSKEY:apiKeyCredentials": {"username": "demo", "apiKey": "demo-key"}}
    token = http.post("/v2.0/tokens", json={"auth": login}).json()["access"]["token"]["id"]
    headers = {"X-Auth-Token": token}
    put.send(http.request(method, f"/v1.0/1234{path}", headers=headers, json=sent).status_code)


def written(tmp_path: Path, path: str, method: str, fields: Any, schema: Any = None) -> Path:
    document = yaml.load(
        (Path(__file__).parents[2] / "openapi.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
    )
    operation = {"operationId": "new", "tags": ["agents"], "responses": EXAMPLE, **fields}
    document["paths"][path] = {method.lower(): operation}
    document["components"]["schemas"]["New"] = schema or {}
    file = tmp_path / "document.json"
    file.write_text(json.dumps(document))
    return file


def answer(tmp_path: Path, path: str, method: str, fields: Any, schema: Any = None) -> int:
    file = written(tmp_path, path, method, fields, schema)
    got, put = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(
        target=ask, args=(str(file), method, path.replace("{tenant_id}", "1"), {"n": 1}, put)
    )
    process.start()
    try:
        assert got.poll(20), "no answer in 20 s"
        return int(got.recv())
    finally:
        process.kill()


def of(schema: Any) -> Any:
    return {"200": {"description": "x", "content": {"application/json": {"schema": schema}}}}


def test_a_schema_with_several_references_to_itself(tmp_path: Path) -> None:
    fields = {"responses": of({"$ref": "#/components/schemas/New"})}
    assert answer(tmp_path, "/new", "GET", fields, WIDE) in {200, 501}


def test_a_reference_to_itself(tmp_path: Path) -> None:
    fields = {"responses": of({"$ref": "#/components/schemas/New"})}
    itself = {"$ref": "#/components/schemas/New"}
    assert answer(tmp_path, "/new", "GET", fields, itself) < 500


def test_a_bound_that_excludes_itself(tmp_path: Path) -> None:
    above = {"type": "integer", "minimum": 1, "exclusiveMinimum": True, "exclusiveMaximum": False}
    content = {"application/json": {"schema": {"type": "object", "properties": {"n": above}}}}
    fields = {"requestBody": {"content": content}}
    assert answer(tmp_path, "/new", "POST", fields) == 400
    above["exclusiveMinimum"] = False
    assert answer(tmp_path, "/new", "POST", fields) == 200


def test_a_bound_that_excludes_nothing(tmp_path: Path) -> None:
    schema = {"type": "integer", "exclusiveMinimum": True}
    assert answer(tmp_path, "/new", "GET", {"responses": of(schema)}) == 200


NOTHING = {"description": "x"}
IN_PATH = {"in": "path", "name": "tenant_id", "required": True, "schema": {"type": "string"}}


@pytest.mark.parametrize(
    ("path", "fields", "said"),
    [
        ("/new", {"responses": {}}, "GET /new: add a response"),
        ("/new", {"responses": {"20": NOTHING}}, "invalid status '20'"),
        ("/new", {"responses": {"101": NOTHING}}, "invalid status '101'"),
        ("/new", {"responses": {"600": NOTHING}}, "invalid status '600'"),
        ("/new", {"responses": {"2XY": NOTHING}}, "invalid status '2XY'"),
        ("/new", {"responses": {"204": EXAMPLE["200"]}}, "204 can't have a body"),
        ("/new/{tenant_id}", {"parameters": [IN_PATH]}, "tenant_id is in the server's URL"),
        ("/new/{id}", {}, "the path has {id}, the parameters have none"),
        (
            "/new",
            {"parameters": [{**IN_PATH, "name": "id"}]},
            "the path has none, the parameters have {id}",
        ),
        ("/new", {"responses": of({"type": "text"})}, "GET /new/type: not a valid schema"),
        (
            "/new",
            {"requestBody": {"content": {"application/json": {"schema": {"pattern": "["}}}}},
            "GET /new/pattern: not a valid schema",
        ),
        (
            "/new",
            {"parameters": [{"in": "query", "name": "n", "schema": {"minLength": -1}}]},
            "GET /new/minLength: not a valid schema",
        ),
    ],
)
def test_what_could_not_be_answered_is_refused_at_the_start(
    tmp_path: Path, path: str, fields: Any, said: str
) -> None:
    file = written(tmp_path, path, "GET", fields)
    with pytest.raises(EmulatorError) as raised:
        Emulator(document=file)
    assert str(raised.value).startswith(f"{file}: ")
    assert said in str(raised.value)


def test_an_invalid_schema_is_named(tmp_path: Path) -> None:
    file = written(tmp_path, "/new", "GET", {}, {"minimum": "1"})
    with pytest.raises(EmulatorError, match="New/minimum: not a valid schema"):
        Emulator(document=file)


@pytest.mark.parametrize("status", ["default", "2XX", "4xx", "404"])
def test_statuses_that_stand_for_several(tmp_path: Path, status: str) -> None:
    expected = {"4xx": 400, "404": 404}.get(status, 200)
    assert answer(tmp_path, "/new", "GET", {"responses": {status: NOTHING}}) == expected


def test_a_schema_that_leads_out_of_the_schemas(tmp_path: Path) -> None:
    schema = {"$ref": "#/components/responses/BadRequest"}
    file = written(tmp_path, "/new", "GET", {"responses": of(schema)})
    with pytest.raises(EmulatorError, match="a reference: not a valid schema"):
        Emulator(document=file)
