"""A client of the Rackspace Cloud Backup API v1.0.

    from cloud_backup import CloudBackup

    with CloudBackup.from_environment() as backup:
        for agent in backup.agents.list():
            print(agent.machine_name, agent.status)

`AsyncCloudBackup` is the same with `async with` and `await`. Names are imported when they are asked
for, so that `cloud_backup.wire`, which generated code is built on, brings nothing else with it.
"""

import ast
import pkgutil
from importlib import import_module
from typing import Any

_STUB = pkgutil.get_data(__name__, "__init__.pyi")
_HOMES = {
    name.name: str(node.module)
    for node in ast.parse(_STUB or b"").body
    if isinstance(node, ast.ImportFrom)
    for name in node.names
}
"""Where each public name comes from, as `__init__.pyi` says to type checkers."""

__all__ = sorted(_HOMES)  # noqa: PLE0605 - each name stands once, in the stub


def __getattr__(name: str) -> Any:
    """Import a public name on first use."""
    if name == "__version__":
        return import_module("importlib.metadata").version("rackspace-cloud-backup")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
