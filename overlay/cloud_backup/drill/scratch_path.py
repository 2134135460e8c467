"""Where a drill restores to: a new folder for each restore."""

from pathlib import PurePosixPath, PureWindowsPath
from typing import Final

__all__ = ["OTHER_ROOT", "WINDOWS_ROOT", "names_of", "scratch_path", "scratch_root", "split"]

WINDOWS_ROOT: Final = "C:\\cloud-backup-drill"
OTHER_ROOT: Final = "/tmp/cloud-backup-drill"  # noqa: S108 - on the agent's machine, not on this one


def scratch_root(operating_system: str | None) -> str:
    """Name the usual folder under which drills restore.

    Args:
        operating_system: The destination's, as the service names it: `Windows Server 2012`.
    """
    is_windows = "windows" in (operating_system or "").casefold()
    return WINDOWS_ROOT if is_windows else OTHER_ROOT


def scratch_path(
    root: str | None, operating_system: str | None, drill_id: str, configuration_id: int
) -> str:
    """Name the folder that a restore of a drill goes to.

    Args:
        root: The folder to restore under; None for the operating system's default.
        operating_system: The destination's, as the service names it: `Windows Server 2012`.
        drill_id: The drill. No other has its id, so nothing is there yet.
        configuration_id: The configuration.

    Returns:
        The folder, as the destination's operating system writes it.
    """
    if root is None:
        root = scratch_root(operating_system)
    return _separator(root).join([root.rstrip("/\\"), drill_id, str(configuration_id)])


def split(path: str) -> tuple[str, str, str]:
    """Split what `scratch_path` returned: its root, its drill and its configuration."""
    root, drill_id, configuration_id = path.rsplit(_separator(path), 2)
    return root or _separator(path), drill_id, configuration_id


def names_of(path: str) -> tuple[str, ...]:
    r"""Return where a path lands below a restore: `C:\data` at `C/data`, `/srv` at `srv`."""
    if _separator(path) == "/":
        return tuple(name for name in PurePosixPath(path).parts if name != "/")
    parsed = PureWindowsPath(path)
    drive = parsed.drive[0].upper() if parsed.drive.endswith(":") else parsed.drive
    return (*filter(None, drive.split("\\")), *parsed.parts[bool(parsed.anchor) :])


def _separator(path: str) -> str:
    # A path tells by itself how it is written, also where the service doesn't know the system.
    is_windows = not path.startswith("/") and ("\\" in path or path[1:2] == ":")
    return "\\" if is_windows else "/"
