"""Operations that the document has and the emulator doesn't know."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import write_table
from cloud_backup_emulator import Emulator
from cloud_backup_emulator.contract import Contract
from cloud_backup_emulator.emulator import HANDLERS
from cloud_backup_emulator.errors import EmulatorError

from .conftest import MakeService, Service

Change = Callable[[dict[str, Any]], object]

REAL = yaml.load(
    (Path(__file__).parents[2] / "openapi.yaml").read_text(encoding="utf-8"),
    Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),
)
BAD_REQUEST = {"$ref": "#/components/responses/BadRequest"}
QUOTA = {"Bytes": 1024, "Renewed": "/Date(1360843200000)/"}
DISK = {
    "type": "object",
    "required": ["Name", "Size", "Seen", "Parts"],
    "properties": {
        "Name": {"type": "string", "minLength": 3},
        "Size": {"type": "string", "format": "byte-size", "pattern": "^[0-9]+ MB$"},
        "Seen": {"$ref": "#/components/schemas/MsDate"},
        "Kind": {"type": "string", "enum": ["ssd", "hdd"]},
        "Free": {"type": "integer", "minimum": 1},
        "Spare": {"type": "boolean", "default": True},
        "Parts": {"type": "array", "items": {"allOf": [{"type": "string", "example": "sda1"}]}},
    },
}


def answer(schema: Any, **example: Any) -> dict[str, Any]:
    """Document an answer of JSON."""
    media = {"schema": schema, **example}
    return {"description": "It.", "content": {"application/json": media}}


def with_operations(document: dict[str, Any]) -> None:
    """Add a GET with an example, one without, a POST with a body and 204, and a DELETE."""
    paths = document["paths"]
    paths["/user/quota"] = {
        "get": {
            "operationId": "getQuota",
            "tags": ["agents"],
            "responses": {
                "202": answer({"type": "object"}, example={"not": "this"}),
                "200": answer({"type": "object"}, examples={"one": {"value": QUOTA}}),
                "400": BAD_REQUEST,
            },
        },
        "delete": {"operationId": "dropQuota", "responses": {"204": {"description": "Done."}}},
    }
    paths["/agent/{machineAgentId}/disks"] = {
        "parameters": [{"$ref": "#/components/parameters/MachineAgentId"}],
        "get": {
            "operationId": "listDisks",
            "tags": ["agents"],
            "parameters": [
                {
                    "name": "limit",
                    "in": "query",
                    "required": True,
                    "schema": {"type": "integer", "maximum": 10},
                },
                {
                    "name": "kind",
                    "in": "query",
                    "schema": {
                        "type": "array",
                        "items": {"type": "string", "enum": ["ssd", "hdd"]},
                    },
                },
                {"name": "share", "in": "query", "schema": {"type": "number", "maximum": 1}},
            ],
            "responses": {"2XX": answer({"type": "array", "items": DISK})},
        },
    }
    paths["/agent/{machineAgentId}/note"] = {
        "parameters": [{"$ref": "#/components/parameters/MachineAgentId"}],
        "post": {
            "operationId": "addNote",
            "tags": ["agents"],
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {
                        "schema": {
                            "type": "object",
                            "required": ["Text"],
                            "properties": {
                                "Text": {"type": "string"},
                                "Pages": {"type": "integer"},
                            },
                        }
                    }
                },
            },
            "responses": {"204": {"description": "Noted."}, "400": BAD_REQUEST},
        },
    }


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Change], Path]:
    """Write a copy of the real document, changed."""

    def written(change: Change) -> Path:
        document = copy.deepcopy(REAL)
        change(document)
        file = tmp_path / "openapi.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        return file

    return written


@pytest.fixture
def added(make_service: MakeService, write: Callable[[Change], Path]) -> Service:
    service = make_service(document=write(with_operations))
    service.log_in()
    return service


def test_it_is_answered_with_the_example_and_says_so(added: Service) -> None:
    told = added.call("GET", "/v1.0/1234/user/quota")

    assert (told.status_code, told.json()) == (200, QUOTA)
    assert told.headers["X-Emulator-Answer"] == "example"
    assert b'"\\/Date(1360843200000)\\/"' in told.content
    assert "X-Emulator-Answer" not in added.call("GET", "/v1.0/1234/user/agents").headers


def test_an_example_is_made_of_a_simple_schema(added: Service) -> None:
    assert added.get("/agent/252036/disks?limit=3") == [
        {
            "Name": "xxx",
            "Size": "18 MB",
            "Seen": "/Date(1357151359000)/",
            "Kind": "ssd",
            "Free": 1,
            "Spare": True,
            "Parts": ["sda1"],
        }
    ]


def test_without_a_body_there_is_none(added: Service) -> None:
    told = added.call("POST", "/v1.0/1234/agent/252036/note", json={"Text": "x", "Pages": "3"})

    assert (told.status_code, told.content) == (204, b"")
    assert told.headers["X-Emulator-Answer"] == "example"


@pytest.mark.parametrize(
    ("call", "body", "status", "field"),
    [
        ("POST /agent/252036/note", {}, 400, "Text"),
        ("POST /agent/252036/note", {"Text": 1}, 400, "Text"),
        ("POST /agent/252036/note", None, 400, "body"),
        ("POST /agent/x/note", {"Text": "x"}, 400, "machineAgentId"),
        ("POST /agent/0/note", {"Text": "x"}, 404, "machineAgentId"),
        ("GET /agent/252036/disks", None, 400, "limit"),
        ("GET /agent/252036/disks?limit=x", None, 400, "limit"),
        ("GET /agent/252036/disks?limit=11", None, 400, "limit"),
        ("GET /agent/252036/disks?limit=1&share=1.5", None, 400, "share"),
        ("GET /agent/252036/disks?limit=1&kind=ssd&kind=tape", None, 400, "kind"),
    ],
)
def test_what_is_against_the_document_is_refused(
    added: Service, call: str, body: Any, status: int, field: str
) -> None:
    method, path = call.split()
    arguments = {} if body is None else {"json": body}

    told = added.call(method, f"/v1.0/1234{path}", **arguments)

    assert (told.status_code, told.json()["code"]) == (status, status)
    assert field in told.json()["message"]
    assert "X-Emulator-Answer" not in told.headers


def test_parameters_that_fit_are_taken(added: Service) -> None:
    added.get("/agent/252036/disks?limit=10&share=0.5&kind=ssd&kind=hdd")


def test_who_may_not_call_it_is_refused(added: Service) -> None:
    assert added.call("GET", "/v1.0/5678/user/quota").status_code == 403
    added.log_in("observer")
    added.get("/user/quota")
    added.ask("POST", "/agent/252036/note", 403, Text="x")
    added.log_in("creator")
    added.ask("POST", "/agent/252036/note", 204, Text="x")
    added.ask("DELETE", "/user/quota", 403)
    added.headers = {}
    added.get("/user/quota", 401)


def test_other_methods_are_not_allowed(added: Service) -> None:
    assert added.call("PUT", "/v1.0/1234/user/quota").headers["Allow"] == "DELETE, GET"


def test_health_says_what_is_emulated(added: Service) -> None:
    told = added.call("GET", "/emulator/health").json()["operations"]

    assert {"getQuota", "dropQuota", "listDisks", "addNote"} <= {*told["example"]}
    assert {*told["emulated"]} == {*HANDLERS}


def test_faults_and_the_log_of_requests_know_it(added: Service) -> None:
    added.emulator.faults.add({"operation": "addNote", "status": 503})
    added.emulator.faults.add({"operation": "getQuota", "status": 203})

    added.ask("POST", "/agent/252036/note", 503, Text="x")
    told = added.call("GET", "/v1.0/1234/user/quota")

    assert (told.status_code, told.json()) == (203, QUOTA)
    assert told.headers["X-Emulator-Answer"] == "example"
    added.ask("POST", "/agent/252036/note", 204, Text="x")
    failed, changed, noted = list(added.emulator.requests)[-3:]
    assert (failed["operation"], failed["status"]) == ("addNote", 503)
    assert (changed["operation"], changed["status"]) == ("getQuota", 203)
    assert (noted["body"], noted["status"], noted["fault"]) == ({"Text": "x"}, 204, None)


def test_the_served_document_has_it(added: Service) -> None:
    served = added.call("GET", "/emulator/openapi.json").json()

    assert served["paths"]["/user/quota"]["get"]["operationId"] == "getQuota"


def test_of_no_example_none_is_invented(
    make_service: MakeService, write: Callable[[Change], Path]
) -> None:
    def change(document: dict[str, Any]) -> None:
        with_operations(document)
        schema = {"type": "string", "pattern": "^[a-z]{40}$"}
        csv = {"description": "It.", "content": {"text/csv": {"example": "1,2"}}}
        paths = document["paths"]
        paths["/user/quota"]["get"]["responses"] = {"200": answer(schema)}
        paths["/user/quota"]["delete"]["responses"] = {"default": csv}

    service = make_service(document=write(change))
    service.log_in()

    for method, answered in (
        ("GET", "getQuota: the document has no application/json example for the answer 200"),
        (
            "DELETE",
            "dropQuota: the document has no application/json example for the answer default",
        ),
    ):
        assert answered in service.ask(method, "/user/quota", 501)["message"]


def test_a_body_that_may_be_left_out_is_checked_if_it_is_there(
    make_service: MakeService, write: Callable[[Change], Path]
) -> None:
    def change(document: dict[str, Any]) -> None:
        with_operations(document)
        note = document["paths"]["/agent/{machineAgentId}/note"]["post"]
        note["requestBody"]["required"] = False

    service = make_service(document=write(change))
    service.log_in()

    service.ask("POST", "/agent/252036/note", 204)
    service.ask("POST", "/agent/252036/note", 400, Text=1)


def test_an_operation_that_is_emulated_may_not_be_missing(write: Callable[[Change], Path]) -> None:
    file = write(lambda document: document["paths"].pop("/activity"))

    with pytest.raises(EmulatorError, match=r"lacks emulated operations: listActivity;"):
        Emulator(document=file)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda d: d["paths"]["/activity"]["get"].pop("operationId"), "GET /activity: add an"),
        (
            lambda d: d["paths"]["/activity"]["get"].update(operationId="getRestore"),
            "two operations have the operationId getRestore",
        ),
        (
            lambda d: d["components"]["schemas"]["Agent"].update({"$ref": "#/components/x"}),
            "the document has no '#/components/x'",
        ),
        (lambda d: d.pop("paths"), "not a valid OpenAPI 3.0 document"),
        (lambda d: d["paths"].update({"/x": {"get": []}}), "GET /x: add an operationId"),
        (lambda d: d["paths"].update({"/x": 1}), "not a valid OpenAPI 3.0 document"),
    ],
)
def test_a_document_that_cannot_be_used_is_refused(
    write: Callable[[Change], Path], change: Change, complaint: str
) -> None:
    file = write(change)

    with pytest.raises(EmulatorError) as refused:
        Contract.load(file)

    assert str(refused.value).startswith(f"{file}: {complaint}")


def test_a_file_that_is_not_there_or_not_yaml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmulatorError, match=r"can't read .*nothing.yaml: No such file"):
        Contract.load(tmp_path / "nothing.yaml")
    (tmp_path / "bad.yaml").write_text("a: [", encoding="utf-8")
    with pytest.raises(EmulatorError, match=r"bad.yaml: "):
        Contract.load(tmp_path / "bad.yaml")


def test_the_table_of_what_is_emulated_is_written_from_the_document(
    write: Callable[[Change], Path],
) -> None:
    page = f"before\n{write_table.BEGIN}old\n{write_table.END}after\n"

    lines = write_table.written(page, Contract.load(write(with_operations))).splitlines()

    assert (lines[0], lines[-1]) == ("before", "after")
    assert "old" not in lines
    assert (
        "| `addNote` | `POST /agent/{machineAgentId}/note` | the document's example |  |" in lines
    )
    (emulated,) = (line for line in lines if "`setAgentEnabled`" in line)
    assert "| the emulator | Enable or disable an agent. A disabled one" in emulated
    assert len([line for line in lines if line.startswith("| `")]) >= len(HANDLERS) + 4


def test_the_table_in_the_docs_is_in_step(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert write_table.main(["--check"]) == 0
    old = tmp_path / "emulator.md"
    old.write_text(f"{write_table.BEGIN}old\n{write_table.END}", encoding="utf-8")
    monkeypatch.setattr(write_table, "PAGE", old)

    assert write_table.main(["--check"]) == 1
    assert write_table.main([]) == 0
    assert write_table.main(["--check"]) == 0
