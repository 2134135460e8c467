"""The entry point of `cloud-backup`, also as `python -m cloud_backup.commandline`."""

import io
import sys
from importlib import import_module
from typing import NoReturn

__all__ = ["main"]


def main() -> NoReturn:
    """Run the command with the arguments of the process, and exit."""
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
            # A name or a line of a table may be more than a pipe's encoding has.
            stream.reconfigure(errors="backslashreplace")
    root.cloud_backup.main(prog_name="cloud-backup")
    sys.exit(0)  # it has exited by itself


if __name__ == "__main__":
    main()
