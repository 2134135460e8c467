"""The entry point of `cloud-backup`, also as `python -m cloud_backup.commandline`."""

import gc
import io
import sys
from importlib import import_module
from typing import NoReturn, cast

__all__ = ["main"]


def main() -> NoReturn:
    """Run the command with the process's arguments, and exit."""
    # Nearly everything imported stays alive: collecting it takes time and frees nothing.
    gc.set_threshold(50_000)
    # httpx imports its own command line if it can, with rich and pygments, which takes as long as
    # all of ours. Without it, httpx behaves as if rich weren't installed.
    cast("dict[str, object]", sys.modules).setdefault("httpx._main", None)
    try:
        root = import_module("cloud_backup.commandline.root")
    except ModuleNotFoundError as missing:
        if missing.name != "click":
            raise
        root = None
    if root is None:
        sys.stderr.write(
            "cloud-backup: the command line needs the package click: "
            "pip install 'rackspace-cloud-backup[cli]'\n"
        )
        sys.exit(1)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A pipe's encoding may lack characters of a name or a table.
            stream.reconfigure(errors="backslashreplace")
    root.cloud_backup.main(prog_name="cloud-backup")
    sys.exit(0)  # unreachable: main exits


if __name__ == "__main__":
    main()
