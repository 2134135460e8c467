"""An emulator of the Rackspace Cloud Backup API v1.0, made from `openapi.yaml`.

`create_app` gives the emulator as an ASGI application, `serve` runs it on a thread of this process,
and the command `cloud-backup-emulator` runs it as a process of its own. It shares no code with the
client that is tested against it.
"""

try:
    from cloud_backup_emulator.app import create_app
    from cloud_backup_emulator.clock import Clock
    from cloud_backup_emulator.emulator import Emulator
    from cloud_backup_emulator.server import RunningEmulator, serve
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError(
        f"{missing.msg}: the emulator needs what its extra brings, "
        "pip install 'rackspace-cloud-backup[emulator]'",
        name=missing.name,
    ) from None

__all__ = ["Clock", "Emulator", "RunningEmulator", "create_app", "serve"]
