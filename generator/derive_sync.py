"""Derive the sync client from the async one, or say whether it is out of step.

`cloud_backup/_async` is written by hand; `cloud_backup/_sync` is what unasync makes of it,
formatted by ruff. `AsyncAgents` becomes `Agents`, and so on; NAMES has what follows no such rule.

Usage: python generator/derive_sync.py [--check]
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

import unasync  # type: ignore[import-untyped]  # it has no stubs
from generate import ROOT, RUFF, differences, run

SOURCE: Final = ROOT / "overlay" / "cloud_backup" / "_async"
TARGET: Final = SOURCE.with_name("_sync")

HEADER: Final = "# Derived from _async/{name} by derive_sync.py: do not edit.\n\n"

NAMES: Final = {
    # httpx
    "aclose": "close",
    "handle_async_request": "handle_request",
    # the generated client
    "asyncio_detailed": "sync_detailed",
    # asyncio.sleep
    "asyncio": "time",
    # our own
    "async_http_clients": "http_clients",
}
"""What is called otherwise in the sync client, besides what unasync knows and `Async...`."""


def derive(target: Path) -> None:
    """Write the sync client into a folder, in place of what is there."""
    shutil.rmtree(target, ignore_errors=True)
    modules = sorted(SOURCE.glob("*.py"))
    text = "".join(module.read_text(encoding="utf-8") for module in modules)
    # To unasync a quoted annotation is one token.
    found = re.findall(r'\bAsync[A-Z]\w*|(?<=")Async[A-Z][^"]*(?=")', text)
    names = NAMES | {name: name.removeprefix("Async") for name in found}
    rule = unasync.Rule(f"{SOURCE}/", f"{target}/", additional_replacements=names)
    unasync.unasync_files([str(module) for module in modules], [rule])
    for derived in target.glob("*.py"):
        text = derived.read_text(encoding="utf-8")
        derived.write_text(HEADER.format(name=derived.name) + text, encoding="utf-8")
    run("ruff", "format", *RUFF, str(target))


def main() -> str | None:
    """Derive, or check; return what the check finds, if anything."""
    with tempfile.TemporaryDirectory() as folder:
        derived = Path(folder, TARGET.name) if "--check" in sys.argv else TARGET
        derive(derived)
        different = ", ".join(differences(TARGET, derived))
    if not different:
        return None
    return f"_sync is out of step with _async in {different}: run `make generate`"


if __name__ == "__main__":
    sys.exit(main())
