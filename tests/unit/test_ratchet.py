"""What the document says can be reached from the client, and what is by hand doesn't grow."""

import subprocess
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import pytest
import yaml

from cloud_backup import CloudBackup, UnexpectedAnswer
from cloud_backup.wire.view import View
from cloud_backup_api import api, models

ROOT = Path(__file__).parents[2]

MOST_LINES_OF_THE_CLIENT = 5_990
"""Written by hand, without the derived half, the command line and the drill."""

MOST_LINES_OF_THE_GENERATOR = 1_632
"""Of the Python client, without what derives the portable document and the report's schema."""

BY_HAND = {
    # The operations without a generated method, and how they are called by the public client.
    "addRestoreFile": "restores.add_file",
    "changeAgentEncryptionPassword": "agents.change_passphrase",
    "createBackupConfiguration": "configurations.create",
    "createRestore": "restores.create",
    "enableAgentEncryption": "agents.enable_encryption",
    "getBackupConfiguration": "configurations.get",
    "listActivity": "activity.list",
    "listAgentActivity": "activity.list",
    "listAgentBackupConfigurations": "configurations.list",
    "listBackupConfigurations": "configurations.list",
    "listRestoreFiles": "restores.files",
    "requestBackupAction": "backups.start",
    "requestRestoreAction": "restores.start",
    "setAgentEnabled": "agents.enable",
    "setBackupConfigurationEnabled": "configurations.enable",
    "updateBackupConfiguration": "configurations.update",
    "updateRestore": "restores.update",
    # Signing in and out is RackspaceAuth's, and the versions are above the tenant's URL.
    "authenticate": None,
    "listVersions": None,
    "revokeToken": None,
}

DOCUMENT: dict[str, Any] = yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))


def _modules() -> Iterator[ModuleType]:
    for group in iter_modules(api.__path__):
        if group.ispkg:
            for module in iter_modules([f"{api.__path__[0]}/{group.name}"]):
                yield import_module(f"{api.__name__}.{group.name}.{module.name}")


def test_every_operation_can_be_reached() -> None:
    documented = {
        operation["operationId"]
        for item in DOCUMENT["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict) and "operationId" in operation
    }
    reached = set()
    with CloudBackup("demo", "key") as backup:
        for module in _modules():
            group = getattr(backup, module.__name__.split(".")[2], None)
            if not module.__name__.endswith(".methods"):
                continue
            for name, used in vars(module).items():
                if isinstance(used, ModuleType) and hasattr(used, "OPERATION"):
                    assert group is not None, f"no group for {name}"
                    reached.add(used.OPERATION.id)
        for method in filter(None, BY_HAND.values()):
            group, _, name = method.partition(".")
            assert callable(getattr(getattr(backup, group), name))

    assert not reached & BY_HAND.keys(), "generated, and so not by hand"
    assert reached | BY_HAND.keys() == documented


def _fields(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return _fields(DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    found: dict[str, Any] = {}
    for part in schema.get("allOf", ()):
        found |= _fields(part)
    properties: dict[str, Any] = schema.get("properties", {})
    return found | properties


VIEWS = [
    each for each in vars(models).values() if isinstance(each, type) and issubclass(each, View)
]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_every_field_can_be_reached(view: type[View]) -> None:
    unread = set(_fields({"$ref": f"#/components/schemas/{view.__name__}"}))

    class Received(dict[str, Any]):
        def get(self, key: str, default: Any = None) -> Any:
            unread.discard(key)
            return super().get(key, default)

    answer = view(Received())
    for name in view.FIELDS:
        with suppress(UnexpectedAnswer):
            getattr(answer, name)

    assert not unread, "fields that no attribute reads"


def _lines(*patterns: str) -> int:
    command = ["git", "ls-files", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return sum(len((ROOT / path).read_text("utf-8").splitlines()) for path in listed.splitlines())


def test_the_client_does_not_grow() -> None:
    without = [f":!overlay/cloud_backup/{name}" for name in ("_sync", "commandline", "drill")]
    lines = _lines("overlay/*.py", *without)
    if not lines:
        pytest.skip("the tests run outside of a git checkout")

    assert lines <= MOST_LINES_OF_THE_CLIENT


def test_the_generator_does_not_grow() -> None:
    others = (":!generator/portable.py", ":!generator/report_schema.py")
    assert _lines("generator", *others) <= MOST_LINES_OF_THE_GENERATOR
