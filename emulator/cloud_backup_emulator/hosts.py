"""Which hosts may call the emulator: this machine, and allowed ones.

A page of any site can send requests to the local machine; its `Origin` is that site. It can also
point its own name at the local address (DNS rebinding); then its `Host` is that site.
"""

import re
from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address
from typing import Final

from cloud_backup_emulator.errors import EmulatorError

__all__ = ["Hosts", "is_loopback"]

_HOST: Final = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z._-]+)(:(?P<port>[0-9]{1,5}))?")
_ORIGIN: Final = re.compile(r"https?://(?P<host>[^/]*)")
_LARGEST_PORT: Final = 65535


class Hosts:
    """The hosts that the emulator accepts: this machine's, and allowed ones.

    Args:
        allowed: More host names or addresses, without a port.

    Raises:
        EmulatorError: One isn't a valid host name or address.
    """

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self._allowed = frozenset(map(_allowed, allowed))

    def has(self, host: str) -> bool:
        """Return whether a host is accepted; it may have a port."""
        name = _name(host)
        return name is not None and (name in self._allowed or is_loopback(name))

    def has_origin(self, origin: str) -> bool:
        """Return whether an origin, as browsers write it, is on an accepted host."""
        parts = _ORIGIN.fullmatch(origin)
        return parts is not None and self.has(parts["host"])


def _allowed(host: str) -> str:
    address = host.partition("%")[0]  # an address's zone is local to this machine
    bare = address.count(":") > 1 and not address.startswith("[")
    name = _name(f"[{address}]" if bare else address)
    if name is None or (":" in address.rpartition("]")[2] and not bare):
        raise EmulatorError(
            f"invalid host {host!r}: expected a name or address without a port, "
            "such as 'emulator.test'"
        )
    return name


def _name(host: str) -> str | None:
    """Return a host normalized, without its port; None if it isn't a valid host."""
    parts = _HOST.fullmatch(host)
    if parts is None or int(parts["port"] or 0) > _LARGEST_PORT:
        return None
    name = parts["name"].lower().removesuffix(".")
    try:
        return str(ip_address(name.strip("[]")))
    except ValueError:
        return None if name.startswith("[") else name


def is_loopback(name: str) -> bool:
    """Return whether a name or address is this machine's own."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback
