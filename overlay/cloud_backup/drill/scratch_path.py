"""Where a drill restores to: a new folder of its own for each restore."""

from typing import Final

__all__ = ["OTHER_ROOT", "WINDOWS_ROOT", "scratch_path", "scratch_root"]

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
        root: The folder under which it is to be; None for one by the operating system.
        operating_system: The destination's, as the service names it: `Windows Server 2012`.
        drill_id: The drill. No other has its id, so nothing is there yet.
        configuration_id: The configuration.

    Returns:
        The folder, as the destination's operating system writes it.
    """
    if root is None:
        root = scratch_root(operating_system)
    # A path tells by itself how it is written, also where the service doesn't know the system.
    separator = "\\" if "\\" in root or root[1:2] == ":" else "/"
    return separator.join([root.rstrip("/\\"), drill_id, str(configuration_id)])
