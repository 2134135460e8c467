"""The command `cloud-backup-emulator`."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from cloud_backup_emulator.errors import EmulatorError

__all__ = ["main"]

_LARGEST_PORT = 65535


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the emulator until Ctrl-C or SIGTERM.

    Args:
        arguments: The command's arguments; None for the process's.

    Returns:
        The exit status: 0, or 1 if it can't run, after printing why.
    """
    options = _parser().parse_args(arguments)
    try:
        # The command is installed even without the extra.
        from cloud_backup_emulator.emulator import Emulator  # noqa: PLC0415
        from cloud_backup_emulator.seed_file import read_seed  # noqa: PLC0415
        from cloud_backup_emulator.server import bind, make_server, url_of  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        print(  # noqa: T201
            f"cloud-backup-emulator: the emulator needs the package {missing.name}: "
            "pip install 'rackspace-cloud-backup[emulator]'",
            file=sys.stderr,
        )
        return 1
    # uvicorn shuts down cleanly on either signal, and then raises it again.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    rate = 0.0 if options.manual_clock else options.time_scale
    try:
        with bind(options.host, options.port) as listener:
            seed = None if options.seed is None else read_seed(options.seed)
            with Emulator(
                database=options.database,
                rate=rate,
                empty=options.empty,
                seed=seed,
                document=options.document,
                machines=dict(options.machine),
            ) as emulator:
                ready = f"Cloud Backup emulator at {url_of(listener)}"
                server = make_server(
                    emulator,
                    lambda: print(ready, flush=True),  # noqa: T201
                    allowed_hosts=[options.host, *options.allowed_host],
                )
                server.run(sockets=[listener])
    except OSError as error:
        print(f"cloud-backup-emulator: {error}", file=sys.stderr)  # noqa: T201
        # Discard what stdout didn't take: Python would retry at exit, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1
    except EmulatorError as error:
        print(f"cloud-backup-emulator: {error}", file=sys.stderr)  # noqa: T201
        return 1
    except KeyboardInterrupt:
        pass
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cloud-backup-emulator",
        description="Run the Rackspace Cloud Backup API v1.0 and Identity on this machine. "
        "Log in as demo with the API key demo-key at URL/v2.0.",
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on (%(default)s)"
    )
    parser.add_argument(
        "--allowed-host",
        action="append",
        default=[],
        metavar="NAME",
        help="also accept requests to this host name or address, and from its pages, besides "
        "localhost, loopback addresses and --host; repeatable",
    )
    parser.add_argument(
        "--port", type=_port, default=8774, help="the port; 0 picks a free one (%(default)s)"
    )
    parser.add_argument(
        "--database", type=Path, metavar="FILE", help="keep the data in FILE instead of in memory"
    )
    clock = parser.add_mutually_exclusive_group()
    clock.add_argument(
        "--time-scale",
        type=_scale,
        default=1.0,
        metavar="N",
        help="run the emulator's clock N times as fast (1)",
    )
    clock.add_argument(
        "--manual-clock",
        action="store_true",
        help="stop the clock; only POST /emulator/clock moves it",
    )
    parser.add_argument("--empty", action="store_true", help="start with the accounts alone")
    parser.add_argument(
        "--seed",
        type=Path,
        metavar="FILE",
        help="start with the world in the YAML file FILE instead of the starting data; "
        "an existing database keeps its world until it is reset",
    )
    parser.add_argument(
        "--machine",
        type=_machine,
        action="append",
        default=[],
        metavar="NAME=DIR",
        help="add an online agent of tenant 1234 on the machine NAME that backs up and restores "
        "the real files in the folder DIR; repeatable",
    )
    parser.add_argument(
        "--document",
        type=Path,
        metavar="FILE",
        help="use the OpenAPI document in FILE, such as a copy of openapi.yaml with more "
        "operations; it answers those that aren't emulated with the document's examples",
    )
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > _LARGEST_PORT:
        raise argparse.ArgumentTypeError(
            f"invalid port {text!r}: expected a number from 0 to {_LARGEST_PORT}"
        )
    return int(text)


def _machine(text: str) -> tuple[str, Path]:
    name, _, folder = text.partition("=")
    if not name or not folder:
        raise argparse.ArgumentTypeError(f"invalid machine {text!r}: expected NAME=DIR")
    return name, Path(folder)


def _scale(text: str) -> float:
    try:
        scale = float(text)
    except ValueError:
        scale = 0.0
    if not 0 < scale <= 1_000_000:  # noqa: PLR2004
        raise argparse.ArgumentTypeError(
            f"invalid factor {text!r}: expected a number above 0, up to a million"
        )
    return scale


if __name__ == "__main__":
    sys.exit(main())
