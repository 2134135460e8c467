"""A field added to an answer reaches whoever imports the client, by `make generate` alone."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
Generate = Callable[..., subprocess.CompletedProcess[str]]

ADDED: dict[str, tuple[dict[str, Any], object, str, object, object]] = {
    # The schema, the value on the wire, and its type, value and JSON in Python.
    "QueuedTime": (
        {"type": "string", "format": "ms-date", "description": "When it was queued."},
        "/Date(1357151359000)/",
        "datetime.datetime | None",
        "datetime.datetime(2013, 1, 2, 18, 29, 19, tzinfo=datetime.timezone.utc)",
        "2013-01-02T18:29:19Z",
    ),
    "BytesSkipped": (
        {"type": "string", "format": "byte-size"},
        "18 MB",
        "ByteSize | None",
        "18874368",
        18874368,
    ),
    "TimeQueued": (
        {"type": "string", "format": "hms-duration"},
        "00:01:14",
        "datetime.timedelta | None",
        "datetime.timedelta(seconds=74)",
        74,
    ),
    "NumFilesSkipped": ({"type": "string", "format": "int64"}, "17", "int | None", "17", 17),
    "BackupStateBefore": (
        {"$ref": "#/components/schemas/AnyBackupState"},
        "Completed",
        "BackupState | str | None",
        "<BackupState.COMPLETED: 'Completed'>",
        "Completed",
    ),
    "Vault": (
        {
            "type": "object",
            "description": "Where it came from.",
            "properties": {"Size": {"type": "string", "format": "byte-size"}},
        },
        {"Size": "1 KB"},
        "RestoreReportVault | None",
        "RestoreReportVault(size=1024)",
        {"size": 1024},
    ),
}

READ = """
import json, sys
import httpx
from cloud_backup import CloudBackup
from cloud_backup.commandline.rendering.records import flat_keys, flat_record, record_of

LOGIN = {"access": {"token": {"id": "t", "expires": "2099-01-01T00:00:00Z"}, "serviceCatalog": []}}

def answer(request):
    is_login = request.url.path.endswith("/tokens")
    return httpx.Response(200, json=LOGIN if is_login else json.loads(sys.argv[1]))

url, transport = "https://backup.example/v1.0/1234", httpx.MockTransport(answer)
with CloudBackup("demo", "key", base_url=url, transport=transport) as backup:
    report = backup.restores.report(1394)
record = record_of(report)
assert list(flat_record(record)) == flat_keys(type(report))
found = {}
for name in sys.argv[2:]:
    field = getattr(type(report), name)
    typed = field.fget.__annotations__["return"]
    found[name] = [typed, repr(getattr(report, name)), record[name], field.__doc__]
print(json.dumps(found))
"""


def test_a_field_is_one_edit(generate: Generate, tmp_path: Path) -> None:
    document = yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))
    report = document["components"]["schemas"]["RestoreReport"]
    report["properties"] |= {name: added[0] for name, added in ADDED.items()}
    spec = tmp_path / "openapi.yaml"
    spec.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    done = generate("--spec", spec, "--output", tmp_path / "cloud_backup_api")
    assert done.returncode == 0, done.stderr
    wire = {
        "State": "Completed",
        "Duration": "00:00:14",
        "NumFilesRestored": "35",
        "NumBytesRestored": "18 MB",
        "NumErrors": "0",
        **{name: added[1] for name, added in ADDED.items()},
    }
    names = ["queued_time", "bytes_skipped", "time_queued", "num_files_skipped"]
    names += ["backup_state_before", "vault"]

    ran = subprocess.run(
        [sys.executable, "-c", READ, json.dumps(wire), *names],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert [found[name][:3] for name in names] == [list(added[2:]) for added in ADDED.values()]
    assert found["queued_time"][3] == "When it was queued."
    assert found["vault"][3] == "Where it came from."


WRITTEN = datetime(2013, 1, 2, 18, 29, 19, tzinfo=UTC)
NOTE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "NoteId": {"type": "integer", "format": "int64", "x-essential": True},
        "MachineAgentId": {"type": "integer", "format": "int64"},
        "Written": {"type": "string", "format": "ms-date"},
    },
}
NOTE_INPUT: dict[str, Any] = {
    "type": "object",
    "required": ["Text", "Urgent"],
    "properties": {
        "Text": {"type": "string", "minLength": 1, "description": "What it says."},
        "Urgent": {"type": "boolean"},
        "Written": {"type": "string", "format": "ms-date"},
    },
}


def _content(schema: dict[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


def _operations_added() -> dict[str, Any]:
    note = {"$ref": "#/components/schemas/Note"}
    notes = _content({"type": "array", "items": note})
    agent = {"$ref": "#/components/parameters/MachineAgentId"}
    write = {
        "tags": ["agents"],
        "summary": "Write a note about an agent",
        "parameters": [agent],
        "requestBody": {"required": True, **_content({"$ref": "#/components/schemas/NoteInput"})},
        "responses": {"204": {"description": "Written."}},
    }
    return {
        "/agent/{machineAgentId}/notes": {
            "get": {
                "operationId": "listAgentNotes",
                "tags": ["agents"],
                "summary": "List the notes about an agent",
                "parameters": [agent],
                "responses": {"200": {"description": "Notes.", **notes}},
            },
            "post": {**write, "operationId": "writeAgentNote"},
            "put": {**write, "operationId": "replaceAgentNote"},
        },
        "/notes": {
            "get": {
                "operationId": "listNotes",
                "tags": ["notes"],
                "responses": {"200": {"description": "Notes.", **notes}},
            }
        },
    }


CALL = """
import asyncio, json
from datetime import UTC, datetime
import httpx
from cloud_backup import AsyncCloudBackup, CloudBackup, NotFound, ServiceUnavailable

LOGIN = {"access": {"token": {"id": "t", "expires": "2099-01-01T00:00:00Z"}, "serviceCatalog": []}}
NOTES = [{"NoteId": 1, "MachineAgentId": 5, "Written": "/Date(1357151359000)/"}, {"Text": "?"}]
seen = []

def answer(request):
    if request.url.path.endswith("/tokens"):
        return httpx.Response(200, json=LOGIN)
    call = [request.method, request.url.path, request.content.decode()]
    seen.append(call)
    if seen.count(call) == 1:
        return httpx.Response(503)
    if request.url.path.endswith("/6/notes"):
        return httpx.Response(404)
    return httpx.Response(200, json=NOTES) if request.method == "GET" else httpx.Response(204)

found = {}
url, transport = "https://backup.example/v1.0/1234", httpx.MockTransport(answer)
given = {"base_url": url, "transport": transport}
noted = {"text": "Hm", "urgent": False, "written": datetime(2013, 1, 2, 18, 29, 19, tzinfo=UTC)}

def failed(kind, call):
    try:
        call()
    except kind as error:
        return type(error).__name__
    return None

with CloudBackup("demo", "key", sleep=lambda _: None, **given) as backup:
    listed = backup.agents.list_agent_notes(5)
    found["listed"] = [repr(note) for note in listed]
    found["by value"] = backup.agents.list_agent_notes(listed[0])[0].written.isoformat()
    found["replaced"] = backup.agents.replace_agent_note(5, **noted)
    written = failed(ServiceUnavailable, lambda: backup.agents.write_agent_note(7, **noted))
    refused = failed(ValueError, lambda: backup.agents.replace_agent_note(5, "", urgent=True))
    found |= {"written": written, "refused": refused}
    found["missing"] = failed(NotFound, lambda: backup.agents.list_agent_notes(6))
    found["another tag"] = [note.note_id for note in backup.notes.list_notes()]
    found["doc"] = backup.agents.list_agent_notes.__doc__.splitlines()[0]

async def ask():
    async def sleep(_): pass
    async with AsyncCloudBackup("demo", "key", sleep=sleep, **given) as backup:
        return [note.note_id for note in await backup.agents.list_agent_notes(8)]

try:
    asyncio.run(ask())
except Exception as error:
    found["of another agent"] = str(error)
found["seen"] = seen
print(json.dumps(found))
"""


def test_an_operation_is_one_edit(generate: Generate, tmp_path: Path) -> None:
    document = yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))
    document["paths"] |= _operations_added()
    document["components"]["schemas"] |= {"Note": NOTE, "NoteInput": NOTE_INPUT}
    spec = tmp_path / "openapi.yaml"
    spec.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    done = generate("--spec", spec, "--output", tmp_path / "cloud_backup_api")
    assert done.returncode == 0, done.stderr

    ran = subprocess.run(
        [sys.executable, "-c", CALL],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    seen = [(method, path.removeprefix("/v1.0/1234")) for method, path, _ in found.pop("seen")]
    assert found == {
        "listed": [
            f"Note(note_id=1, machine_agent_id=5, written={WRITTEN!r})",
        ],
        "by value": "2013-01-02T18:29:19+00:00",
        "replaced": None,
        "written": "ServiceUnavailable",
        "refused": "ValueError",
        "missing": "NotFound",
        "another tag": [1],
        "doc": "List the notes about an agent.",
        "of another agent": "listAgentNotes: asked for machine_agent_id 8, got 5",
    }
    assert seen.count(("PUT", "/agent/5/notes")) == 2, "what is idempotent is sent again"
    assert seen.count(("POST", "/agent/7/notes")) == 1, "what isn't, is not"
