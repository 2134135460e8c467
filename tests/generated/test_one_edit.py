"""A field added to an answer reaches whoever imports the client, by `make generate` alone."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
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
from cloud_backup.commandline.rendering.records import record_of

LOGIN = {"access": {"token": {"id": "t", "expires": "2099-01-01T00:00:00Z"}, "serviceCatalog": []}}

def answer(request):
    is_login = request.url.path.endswith("/tokens")
    return httpx.Response(200, json=LOGIN if is_login else json.loads(sys.argv[1]))

url, transport = "https://backup.example/v1.0/1234", httpx.MockTransport(answer)
with CloudBackup("demo", "key", base_url=url, transport=transport) as backup:
    report = backup.restores.report(1394)
record = record_of(report)
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
