"""Send the contract's traffic through Prism, a judge of its own: what `make contract` does last.

Prism stands between schemathesis and an emulator, and holds every request and every answer against
the document. What it refuses is a violation.

Usage: python -m tests.contract.through_prism PRISM [OPTION OF st run ...], where PRISM is its npm
package with the version.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from cloud_backup_emulator import Clock, Emulator, serve

ROOT: Final = Path(__file__).parents[2]

OPTIONS: Final = (
    # Prism answers bad requests itself, so that there would be nothing of the emulator's to judge.
    *("--mode", "positive", "--phases", "examples,coverage,fuzzing"),
    # It is Prism that judges; a violation in an answer is a 500.
    *("--checks", "not_a_server_error"),
)

LARGEST_INTEGER: Final = 2**53 - 1
"""Prism refuses those of the format int64 that are further from 0: JavaScript can't hold them."""


def main(package: str, options: Sequence[str]) -> int:
    """Run all phases through Prism; return 0 if it found no violation."""
    emulator = Emulator(clock=Clock(rate=0, wall=lambda: 1_360_800_000))
    with emulator, serve(emulator) as running, TemporaryDirectory() as folder:
        document = Path(folder, "openapi.json")
        served = httpx.get(f"{running.url}/emulator/openapi.json").raise_for_status().json()
        document.write_text(json.dumps(for_prism(served)), encoding="utf-8")
        log = Path(folder, "prism.log")
        with proxy(package, document, running.url, log) as url:
            command = [sys.executable, "-m", "schemathesis.cli", "run", "--url", url]
            done = subprocess.run([*command, *OPTIONS, *options, document], cwd=ROOT, check=False)
        lines = log.read_text(encoding="utf-8").splitlines()
    violations = [
        line
        for line in lines
        # schemathesis asks for a path that is nobody's, to see what the server bears.
        if "terminated with error" in line and "/schemathesis-probe" not in line
    ]
    judged = sum('> Forwarding "' in line for line in lines)
    for line in (*violations, f"Prism: {judged} requests judged, {len(violations)} violations"):
        sys.stdout.write(f"{line}\n")
    return 1 if violations or not judged else done.returncode


def for_prism(document: dict[str, Any]) -> dict[str, Any]:
    """Give a document whose paths are from the host's top: Prism passes over servers of a path."""
    paths = {}
    for path, item in document["paths"].items():
        server = item.pop("servers", document["servers"])[0]["url"]
        paths[urlsplit(server).path + path] = item
    document = {**document, "servers": [{"url": "/"}], "paths": paths}
    for schema in _schemas(document):
        schema.setdefault("maximum", LARGEST_INTEGER)
        schema.setdefault("minimum", -LARGEST_INTEGER)
    return document


def _schemas(node: Any) -> Iterator[dict[str, Any]]:
    """Give the schemas of long integers."""
    if isinstance(node, dict):
        if node.get("type") == "integer" and node.get("format") == "int64":
            yield node
        for value in node.values():
            yield from _schemas(value)
    elif isinstance(node, list):
        for value in node:
            yield from _schemas(value)


@contextmanager
def proxy(package: str, document: Path, upstream: str, log: Path) -> Iterator[str]:
    """Run Prism in front of an emulator; give its URL when it listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["npx", "--yes", package, "proxy", "--errors", "--port", str(port)]
    with (
        log.open("w", encoding="utf-8") as written,
        log.open(encoding="utf-8") as lines,
        subprocess.Popen(
            [*command, document, upstream],
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        try:
            while "is listening on" not in lines.readline():
                time.sleep(0.05)
                if process.poll() is not None:
                    raise RuntimeError(f"Prism didn't start:\n{log.read_text(encoding='utf-8')}")
            yield f"http://127.0.0.1:{port}"
        finally:
            # npx, the shell that it starts, and node.
            os.killpg(process.pid, signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
