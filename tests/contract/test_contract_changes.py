"""Which edits of the contract break callers, and which don't, is told right."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

Document = dict[str, Any]

ROOT = Path(__file__).parents[2]
RELEASED = ROOT / "contract" / "released.yaml"
WHOLE: Document = yaml.load(RELEASED.read_text(), yaml.CSafeLoader)

pytestmark = pytest.mark.skipif(not shutil.which("go"), reason="oasdiff is run by go")


def put(path: str, value: Any) -> Callable[[Document], None]:
    """An edit: a value at a path of keys, `None` to take it out."""
    *keys, last = path.split(" ")

    def edit(document: Document) -> None:
        node: Any = document
        for key in keys:
            node = node[int(key) if isinstance(node, list) else key]
        if value is None:
            del node[last]
        else:
            assert node.get(last) != value
            node[last] = value

    return edit


SCHEMAS = "components schemas"
BREAKING: dict[str, Callable[[Document], object]] = {
    "field removed": put(f"{SCHEMAS} RestoreReport properties Duration", None),
    "optional field removed": put(f"{SCHEMAS} Agent properties MachineName", None),
    "type changed": put(f"{SCHEMAS} Agent properties MachineName type", "integer"),
    "type of a request's field changed": put(
        f"{SCHEMAS} RestoreInput properties DestinationPath type", "integer"
    ),
    "made nullable": put(f"{SCHEMAS} Agent properties MachineName nullable", True),
    "made required in a request": put(
        f"{SCHEMAS} RestoreFileInput required",
        ["FilePath", "Filter", "ParentId", "FileItemType", "FileId"],
    ),
    "no longer required in an answer": put(f"{SCHEMAS} RestoreReport required", ["State"]),
    "enumeration narrowed in a request": put(f"{SCHEMAS} RequestedAction enum", ["StartManual"]),
    "path removed": put("paths /restore/files/{restoreId}", None),
    "path renamed": lambda d: d["paths"].update({"/agents": d["paths"].pop("/user/agents")}),
    "method removed": put("paths /restore post", None),
    "success status removed": put("paths /restore/{restoreId} get responses 200", None),
    "format changed": put(f"{SCHEMAS} MsDate format", "date-time"),
    "format of ours changed": put(
        f"{SCHEMAS} RestoreReport properties NumBytesRestored format", "hms-duration"
    ),
    "lower bound raised": put(f"{SCHEMAS} RestoreInput properties BackupId minimum", 10),
    "length tightened": put(f"{SCHEMAS} RestoreInput properties DestinationPath minLength", 5),
    "pattern added to a request": put(
        f"{SCHEMAS} RestoreInput properties DestinationPath pattern", "^/x$"
    ),
    "authentication added": put("paths / get security", [{"AuthToken": []}]),
    "operation renamed": put("paths /user/agents get operationId", "agents"),
    "body of a request made another medium": lambda d: d["paths"]["/restore"]["put"]["requestBody"][
        "content"
    ].update(
        {
            "text/plain": d["paths"]["/restore"]["put"]["requestBody"]["content"].pop(
                "application/json"
            )
        }
    ),
    "schema removed": lambda d: (
        put(f"{SCHEMAS} AnyActivityState", {"type": "string"})(d),
        put(f"{SCHEMAS} ActivityState", None)(d),
    ),
    "final states changed": put(f"{SCHEMAS} RestoreState x-final", ["Completed"]),
    "essential no more": put(f"{SCHEMAS} Agent properties MachineAgentId x-essential", None),
    "unit changed": put(f"{SCHEMAS} VersionRetention x-unit", "hour"),
    "parameter's type changed": put("components parameters RestoreId schema type", "string"),
    "default of the region changed": put("servers 0 variables region default", "ord"),
}
HARMLESS: dict[str, Callable[[Document], object]] = {
    "nothing": put("info title", "Rackspace Cloud Backup"),
    "description changed": put(f"{SCHEMAS} Agent description", "An agent."),
    "optional field of an answer added": put(
        f"{SCHEMAS} Agent properties Colour", {"type": "string"}
    ),
    "optional field of a request added": put(
        f"{SCHEMAS} RestoreInput properties Colour", {"type": "string"}
    ),
    "required in an answer": put(f"{SCHEMAS} VersionLink required", ["rel", "href"]),
    "path added": lambda d: d["paths"].update(
        {"/new": {"get": {"operationId": "new", "responses": {"200": {"description": "New."}}}}}
    ),
    "error status added": put(
        "paths /user/agents get responses 409", {"$ref": "#/components/responses/Conflict"}
    ),
    "length of a request loosened": put(
        f"{SCHEMAS} RestoreInput properties DestinationPath minLength", None
    ),
    "example changed": put(f"{SCHEMAS} MsDate example", "/Date(0)/"),
    "request's field no longer required": put(
        f"{SCHEMAS} RestoreFileInput required", ["FilePath", "Filter", "ParentId"]
    ),
    "schema added": put(f"{SCHEMAS} New", {"type": "string"}),
}


def check(
    edit: Callable[[Document], Any], folder: Path, version: str = "1.1"
) -> subprocess.CompletedProcess[str]:
    document = deepcopy(WHOLE)
    edit(document)
    document["info"]["version"] = version
    spec = folder / "openapi.yaml"
    spec.write_text(yaml.dump(document, Dumper=yaml.CSafeDumper))
    command = [sys.executable, str(ROOT / "contract" / "check.py"), "--spec", str(spec)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", BREAKING)
def test_a_breaking_edit_is_refused(name: str, tmp_path: Path) -> None:
    done = check(BREAKING[name], tmp_path)
    assert done.returncode == 1, done


@pytest.mark.parametrize("name", HARMLESS)
def test_a_harmless_edit_is_not(name: str, tmp_path: Path) -> None:
    done = check(HARMLESS[name], tmp_path)
    assert (done.returncode, done.stdout) == (0, "")


def test_a_new_major_version_may_break(tmp_path: Path) -> None:
    done = check(BREAKING["path removed"], tmp_path, version="2.0")
    assert done.returncode == 0
    assert "/restore/files/{restoreId}" in done.stdout
