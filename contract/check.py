"""Compare `openapi.yaml` with the last released contract, for `make check-contract`.

oasdiff finds breaking changes. This adds those that it doesn't know: our extensions, formats,
defaults, and the names that generated code uses. A breaking change needs a new major version.

Usage: python contract/check.py [--released FILE] [--spec FILE]
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

FOLDER: Final = Path(__file__).resolve().parent
OASDIFF: Final = "github.com/oasdiff/oasdiff@v1.37.0"
FACTS: Final = {
    *("type", "format", "default", "operationId", "x-unit", "x-named-by"),
    *("x-essential", "x-idempotent", "x-final", "x-successful", "x-awaits-agent"),
}
"""Keys whose change breaks callers, and which oasdiff ignores in some or all places."""


def unlike(old: Any, new: Any, where: str = "") -> Iterator[str]:
    """Yield the changes of `FACTS` between two documents."""
    if isinstance(old, list) and isinstance(new, list):
        for place, (before, now) in enumerate(zip(old, new, strict=False)):
            yield from unlike(before, now, f"{where}/{place}")
    if not isinstance(old, dict) or not isinstance(new, dict):
        return
    for key, value in old.items():
        if where.endswith("/properties") and key not in new:
            yield f"{where}/{key}: removed"
        elif key in FACTS and not where.endswith("/properties") and value != new.get(key):
            yield f"{where}/{key}: {value!r} became {new.get(key)!r}"
        elif key not in ("example", "examples"):
            yield from unlike(value, new.get(key), f"{where}/{key}")
    if old.get("type") and new.get("nullable") and not old.get("nullable"):
        yield f"{where}: may be null now"


def removed_schemas(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """Yield the removed schemas, which generated types are named after."""
    for name in old["components"]["schemas"].keys() - new["components"]["schemas"].keys():
        yield f"/components/schemas/{name}: removed"


def breaking(released: Path, spec: Path) -> list[str]:
    """Return the breaking changes, one line each.

    Raises:
        RuntimeError: oasdiff can't be run, or can't read a document.
    """
    command = ["go", "run", OASDIFF, "breaking", "--format=json", str(released), str(spec)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"oasdiff failed: {done.stderr.strip()}")
    old, new = (yaml.safe_load(each.read_text(encoding="utf-8")) for each in (released, spec))
    found = [
        f"{each.get('operation', '')} {each.get('path', '')}: {each['text']}".strip(": ")
        for each in json.loads(done.stdout or "[]") or []
    ]
    return sorted({*found, *unlike(old, new), *removed_schemas(old, new)})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line. Returns 0 if nothing breaks, or the major version rose."""
    parser = argparse.ArgumentParser(description="Find breaking changes of the contract.")
    parser.add_argument("--released", type=Path, default=FOLDER / "released.yaml", metavar="FILE")
    parser.add_argument("--spec", type=Path, default=FOLDER.parent / "openapi.yaml", metavar="FILE")
    options = parser.parse_args(arguments)
    try:
        found = breaking(options.released, options.spec)
    except (RuntimeError, OSError, yaml.YAMLError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    before, now = (
        str(yaml.safe_load(each.read_text(encoding="utf-8"))["info"]["version"]).split(".")[0]
        for each in (options.released, options.spec)
    )
    for each in found:
        print(each)
    if found and int(now) <= int(before):
        sys.stderr.write(
            f"{len(found)} breaking changes: undo them, or raise the major of info.version\n"
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
