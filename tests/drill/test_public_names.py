"""The drill stands on what anybody can use of the client."""

import ast
from pathlib import Path

import cloud_backup.drill

FOLDER = Path(cloud_backup.drill.__file__).parent


def test_no_underscore_of_anything_but_its_own_is_touched() -> None:
    touched = [
        f"{module.name}:{node.lineno}: {ast.unparse(node)}"
        for module in sorted(FOLDER.rglob("*.py"))
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr.startswith("_")
        and not node.attr.startswith("__")
        and not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"))
    ]

    assert touched == []
    assert len(list(FOLDER.rglob("*.py"))) > 20
