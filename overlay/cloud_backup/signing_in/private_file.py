"""Files that only the user may read, written completely or not at all."""

import os
import stat
import tempfile
from pathlib import Path
from typing import Final

from cloud_backup.wire.view import LOGGER

_LARGEST: Final = 1024 * 1024
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def read_privately(file: Path) -> bytes | None:
    """Return up to 1 MiB of a file; None if there is none, or others may read or write it."""
    try:
        # Refuses symbolic links, and doesn't wait for a pipe.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        with open(os.open(file, flags), "rb") as opened:  # noqa: PTH123 - of a descriptor
            status = os.fstat(opened.fileno())
            if not (stat.S_ISREG(status.st_mode) and _is_own(status, _OTHERS)):
                LOGGER.warning("%s is not used: it is open to other users", file)
                return None
            return opened.read(_LARGEST)
    except FileNotFoundError:
        return None
    except OSError:
        LOGGER.debug("%s is not used: it can't be read", file)
        return None


def write_privately(file: Path, text: str, *, make_folder: bool = False) -> None:
    """Write a file with mode 0600; `make_folder` makes its folder with 0700.

    Raises:
        OSError: It can't be written, or another user may write to the folder.
    """
    folder = file.parent
    if make_folder:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _is_own(folder.stat(), stat.S_IWGRP | stat.S_IWOTH):
        raise PermissionError(0, "the folder belongs to another user, or others may write to it")
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=".", suffix=".new")
    try:
        with open(descriptor, "w", encoding="utf-8") as opened:  # noqa: PTH123 - likewise
            opened.write(text)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _is_own(status: os.stat_result, shut: int) -> bool:
    """Whether a file or folder is the user's, and has none of these permissions."""
    if not hasattr(os, "geteuid"):  # on Windows, where modes say nothing
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & shut
