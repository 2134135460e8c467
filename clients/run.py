"""Generate each language's client, compile it, and restore a backup with it, for `make clients`.

Starts an emulator, and prints a table: generator, warnings, whether it compiled, and the report
line that the client printed. Languages whose tools aren't installed are listed as not run.

Usage: python clients/run.py [LANGUAGE ...]
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CLIENTS: Final = Path(__file__).resolve().parent
BUILD: Final = CLIENTS.parent / "build"
SPEC: Final = "../../openapi.portable.json"
OAPI_CODEGEN: Final = "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2"
OGEN: Final = "github.com/ogen-go/ogen/cmd/ogen@v1.24.0"
NPM: Final = "npm install --silent --no-package-lock --no-audit --no-fund && npm run --silent"


@dataclass(frozen=True)
class Client:
    """The shell commands for one client, run in the language's folder."""

    language: str
    generator: str
    generate: str
    compile: str
    run: str
    needs: tuple[str, ...]

    @property
    def folder(self) -> Path:
        """Where the language's project is copied to, so that the original stays clean."""
        return BUILD / "clients" / self.language.lower()


ALL: Final = (
    Client(
        "TypeScript",
        "openapi-typescript 7.13.0, openapi-fetch 0.17.0",
        f"{NPM} generate",
        "npm run --silent compile",
        "node build/openapi-fetch.js",
        ("node", "npm"),
    ),
    Client(
        "TypeScript",
        "@hey-api/openapi-ts 0.99.0",
        f"{NPM} generate",
        "npm run --silent compile",
        "node build/hey-api.js",
        ("node", "npm"),
    ),
    Client(
        "Go",
        "oapi-codegen 2.8.2",
        "mkdir -p oapi-codegen/cb && "
        f"go run {OAPI_CODEGEN} -config oapi-codegen/config.yaml {SPEC}",
        "go vet ./oapi-codegen/... && go build -o build/ ./oapi-codegen",
        "build/oapi-codegen",
        ("go",),
    ),
    Client(
        "Go",
        "ogen 1.24.0",
        f"go run {OGEN} --target ogen/cb --package cb --clean {SPEC}",
        "go vet ./ogen/... && go build -o build/ ./ogen",
        "build/ogen",
        ("go",),
    ),
    Client(
        "Java",
        "openapi-generator 7.26.0",
        "rm -rf generated && openapi-generator-cli generate --config config.yaml",
        "mvn --quiet --batch-mode compile",
        "mvn --quiet --batch-mode exec:java",
        ("java", "mvn"),
    ),
    Client(
        "Rust",
        "progenitor 0.15.1",
        "cargo fetch --quiet",
        "cargo build --quiet",
        "cargo run --quiet",
        ("cargo",),
    ),
)


def restore(client: Client, environment: dict[str, str]) -> tuple[list[str], bool]:
    """Generate, compile and run a client.

    Args:
        client: The client.
        environment: The commands' environment, credentials included.

    Returns:
        The cells of its row, and whether it succeeded.
    """
    row = [client.language, client.generator]
    if missing := [tool for tool in client.needs if not shutil.which(tool)]:
        return [*row, "", "not run", f"{', '.join(missing)} not installed"], True
    shutil.copytree(CLIENTS / client.folder.name, client.folder, dirs_exist_ok=True)
    shutil.copy(CLIENTS.parent / "openapi.portable.json", BUILD)
    warnings = 0
    for step in ("generate", "compile", "run"):
        done = subprocess.run(  # noqa: S602 - our own commands
            getattr(client, step),
            shell=True,
            cwd=client.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        said = done.stdout + done.stderr
        if done.returncode:
            sys.stderr.write(f"{client.generator}: {step} failed\n{said[-4000:]}\n")
            return [*row, str(warnings), "yes" if step == "run" else "no", f"{step} failed"], False
        if step != "run":
            warnings += sum("warn" in line.lower() for line in said.splitlines())
    report = re.sub(r"\x1b\[\d*m", "", done.stdout).strip()  # Maven colours pipes too
    return [*row, str(warnings), "yes", report], report.startswith("Completed ")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line. Returns 0 if every client that ran restored its backup."""
    parser = argparse.ArgumentParser(description="Restore with clients in other languages.")
    languages = sorted({client.language.lower() for client in ALL})
    parser.add_argument("language", nargs="*", help=f"{', '.join(languages)}; by default all")
    chosen = parser.parse_args(arguments).language or languages
    if unknown := set(chosen) - set(languages):
        parser.error(f"unknown language {', '.join(sorted(unknown))}")
    command = [sys.executable, "-m", "cloud_backup_emulator", "--port", "0", "--time-scale", "20"]
    rows, good = [["language", "generator", "warnings", "compiled", "report"], ["---"] * 5], True
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as emulator:  # noqa: S603
        try:
            assert emulator.stdout is not None  # noqa: S101 - by stdout=PIPE
            url = emulator.stdout.readline().split()[-1]
            environment = os.environ | {
                "RS_USERNAME": "demo",
                "RS_API_KEY": "demo-key",
                "RS_REGION_NAME": "DFW",
                "RS_AUTH_URL": f"{url}/v2.0",
            }
            for client in ALL:
                if client.language.lower() in chosen:
                    started = time.monotonic()
                    row, well = restore(client, environment)
                    rows.append(row)
                    good = good and well
                    took = f"{client.generator}: {time.monotonic() - started:.0f} s\n"
                    sys.stderr.write(took)
        finally:
            emulator.terminate()
    print("\n".join(f"| {' | '.join(row)} |" for row in rows))
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
