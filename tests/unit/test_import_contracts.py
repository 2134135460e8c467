"""Who may import whom: the contracts of pyproject.toml, and the leaf below them all."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_import_linter_contracts_are_kept() -> None:
    # In a process of its own: it disables the loggers that it finds.
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("module", sorted((ROOT / "overlay/cloud_backup/wire").glob("*.py")))
def test_how_values_travel_needs_the_standard_library_alone(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    imported = {
        name.removeprefix("cloud_backup.wire").split(".")[0] or "ast"
        for statement in tree.body
        if not (isinstance(statement, ast.If) and ast.unparse(statement.test) == "TYPE_CHECKING")
        for node in ast.walk(statement)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or "."]
            if isinstance(node, ast.ImportFrom)
            else [a.name for a in node.names]
        )
    }

    assert imported <= sys.stdlib_module_names
