"""Documents that are valid, or should be refused."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path
from typing import Any

import httpx
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


def answer(tmp_path: Path, path: str, method: str, fields: Any, schema: Any = None) -> int:
    document = yaml.load(
        (Path(__file__).parents[2] / "openapi.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
    )
    operation = {"operationId": "new", "tags": ["agents"], "responses": EXAMPLE, **fields}
    document["paths"][path] = {method.lower(): operation}
    document["components"]["schemas"]["New"] = schema or {}
    file = tmp_path / "document.json"
    file.write_text(json.dumps(document))
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
