"""An emulator of the Rackspace Cloud Backup API v1.0, built from `openapi.yaml`.

`create_app` returns it as an ASGI application, `serve` runs it in a thread of this process, the
pytest fixture `cloud_backup_emulator` runs it for a test, and the command `cloud-backup-emulator`
runs it as a separate process. It shares no code with the client that is tested against it.

Names are imported on first use, so that pytest can load the plugin without the extra `emulator`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from cloud_backup_emulator.app import create_app
    from cloud_backup_emulator.clock import Clock
    from cloud_backup_emulator.emulator import Emulator
    from cloud_backup_emulator.seed_file import read_seed
    from cloud_backup_emulator.server import RunningEmulator, serve

__all__ = ["Clock", "Emulator", "RunningEmulator", "create_app", "read_seed", "serve"]

_HOME: Final = {
    "Clock": "clock",
    "Emulator": "emulator",
    "RunningEmulator": "server",
    "create_app": "app",
    "read_seed": "seed_file",
    "serve": "server",
}


def __getattr__(name: str) -> Any:
    """Import a public name on first use."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    except ModuleNotFoundError as missing:
        raise ModuleNotFoundError(
            f"{missing.msg}: the emulator needs its extra: "
            "pip install 'rackspace-cloud-backup[emulator]'",
            name=missing.name,
        ) from None
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
