"""Servers in processes of their own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["process"]


@contextmanager
def process(*command: str) -> Iterator[str]:
    """Run a server that prints its URL; give the URL."""
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True) as server:
        try:
            if server.stdout is None:
                raise RuntimeError("the server has no output")
            yield server.stdout.readline().split()[-1]
        finally:
            server.terminate()
