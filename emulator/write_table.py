"""Writes the table of emulated operations into docs/emulator.md, or checks it."""

import argparse
import sys
from collections.abc import Sequence
from inspect import getdoc
from pathlib import Path

from cloud_backup_emulator.contract import Contract
from cloud_backup_emulator.emulator import HANDLERS

PAGE = Path(__file__).parents[1] / "docs" / "emulator.md"
BEGIN = "<!-- what is emulated: written by make generate -->\n"
END = "<!-- end of what is emulated -->\n"


def table(contract: Contract) -> str:
    """Return the table, with a row for each operation of the document."""
    lines = ["| operation | request | answered by | what it does |", "|---|---|---|---|"]
    for name, operation in contract.operations.items():
        handler = HANDLERS.get(name)
        does = "" if handler is None else " ".join((getdoc(handler) or "").split("\n\n")[0].split())
        by = "the document's example" if handler is None else "the emulator"
        lines.append(f"| `{name}` | `{operation.method} {operation.path}` | {by} | {does} |")
    return "\n".join(lines) + "\n"


def written(page: str, contract: Contract) -> str:
    """Return a page with a contract's table between its markers.

    Raises:
        ValueError: The page lacks the markers.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"the page lacks the lines {BEGIN.strip()} and {END.strip()}")
    return f"{before}{begin}\n{table(contract)}\n{end}{after}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the table, or check it. Returns 1 if it is outdated."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only check whether it is up to date")
    options = parser.parse_args(arguments)
    page = PAGE.read_text(encoding="utf-8")
    now = written(page, Contract.load())
    if not options.check:
        PAGE.write_text(now, encoding="utf-8")
    elif now != page:
        sys.stderr.write(f"{PAGE} doesn't match openapi.yaml; run `make generate`.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
