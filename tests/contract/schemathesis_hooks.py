"""What schemathesis has to know besides `openapi.yaml`."""

from typing import Any

import schemathesis


@schemathesis.hook
def before_load_schema(_context: schemathesis.HookContext, raw_schema: dict[str, Any]) -> None:
    """Give links the bodies that generators of other languages refuse to read."""
    _rename(raw_schema)


def _rename(node: Any) -> None:
    if isinstance(node, dict):
        if "x-requestBody" in node:
            node["requestBody"] = node.pop("x-requestBody")
        for value in node.values():
            _rename(value)
    elif isinstance(node, list):
        for item in node:
            _rename(item)
