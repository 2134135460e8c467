"""Derive the sync client from the async one, or say whether it is out of step.

`cloud_backup/_async` is written by hand; `cloud_backup/_sync` is what unasync makes of it, with the
replacements below, formatted by ruff.

Usage: python generator/derive_sync.py [--check]
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import unasync  # type: ignore[import-untyped]  # it has no stubs

PACKAGE: Final = Path(__file__).resolve().parents[1] / "overlay" / "cloud_backup"
SOURCE: Final = PACKAGE / "_async"
TARGET: Final = PACKAGE / "_sync"

HEADER: Final = "# Derived from _async/{name} by derive_sync.py: do not edit.\n\n"

NAMES: Final = {
    # httpx
    "AsyncClient": "Client",
    "AsyncBaseTransport": "BaseTransport",
    "aclose": "close",
    "handle_async_request": "handle_request",
    # the generated client
    "asyncio_detailed": "sync_detailed",
    # asyncio.sleep
    "asyncio": "time",
    # our own
    "async_http_clients": "http_clients",
    "AsyncActivities": "Activities",
    "AsyncApi": "Api",
    "AsyncHTTPClient": "HTTPClient",
    "AsyncHTTPClients": "HTTPClients",
    "AsyncAsk": "Ask",
    "AsyncAgents": "Agents",
    "AsyncBackups": "Backups",
    "AsyncClientTransport": "ClientTransport",
    "AsyncClientOptions": "ClientOptions",
    "AsyncCloudBackup": "CloudBackup",
    "AsyncConfigurations": "Configurations",
    "AsyncGroups": "Groups",
    "AsyncAgentsMethods": "AgentsMethods",
    "AsyncActivityMethods": "ActivityMethods",
    "AsyncBackupsMethods": "BackupsMethods",
    "AsyncConfigurationsMethods": "ConfigurationsMethods",
    "AsyncRestoresMethods": "RestoresMethods",
    "AsyncRestore": "Restore",
    "AsyncRestores": "Restores",
    "AsyncConnection": "Connection",
    "AsyncSleep": "Sleep",
    "AsyncJobs": "Jobs",
    "AsyncWatcher": "Watcher",
    "AsyncRestores | None": "Restores | None",  # a quoted annotation is one token
}
"""What is called otherwise in the sync client, besides what unasync knows."""

RUFF: Final = (
    *(sys.executable, "-m", "ruff", "format"),
    # Without the project's settings, which may leave derived code alone.
    *("--isolated", "--quiet", "--no-cache", "--line-length=100", "--target-version=py311"),
)


def derive(target: Path) -> None:
    """Write the sync client into a folder, in place of what is there."""
    if target.exists():
        shutil.rmtree(target)
    rule = unasync.Rule(f"{SOURCE}/", f"{target}/", additional_replacements=NAMES)
    modules = sorted(SOURCE.glob("*.py"))
    unasync.unasync_files([str(module) for module in modules], [rule])
    for module in modules:
        derived = target / module.name
        text = derived.read_text(encoding="utf-8")
        derived.write_text(HEADER.format(name=module.name) + text, encoding="utf-8")
    subprocess.run([*RUFF, str(target)], check=True)  # noqa: S603 - our own command


def differences(one: Path, other: Path) -> list[str]:
    """Name the modules that two folders don't have alike."""
    return [
        name
        for name in sorted({path.name for folder in (one, other) for path in folder.glob("*.py")})
        if not (one / name).exists()
        or not (other / name).exists()
        or (one / name).read_bytes() != (other / name).read_bytes()
    ]


def main(arguments: Sequence[str] | None = None) -> str | None:
    """Derive, or check; return what the check finds, if anything."""
    parser = argparse.ArgumentParser(description="Derive the sync client from the async one.")
    parser.add_argument("--check", action="store_true", help="change nothing, say what differs")
    if not parser.parse_args(arguments).check:
        derive(TARGET)
        return None
    with tempfile.TemporaryDirectory() as folder:
        derived = Path(folder, TARGET.name)
        derive(derived)
        different = differences(TARGET, derived)
    if not different:
        return None
    names = ", ".join(different)
    return f"{TARGET.name} is out of step with {SOURCE.name} in {names}: run `make generate`"


if __name__ == "__main__":
    sys.exit(main())
