# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import Any, ClassVar

from cloud_backup.wire import fields as read
from cloud_backup.wire.view import View


class PublicKey(View):
    """The public half of an agent's RSA key, to encrypt a passphrase with."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = ("modulus_hex", "exponent_hex")

    @property
    def modulus_hex(self) -> str | None:
        """The modulus, in hexadecimal digits; 512 for a key of 2048 bits."""
        return read.text(self.received.get("ModulusHex"))

    @property
    def exponent_hex(self) -> Any:
        """The public exponent of an RSA key, in hexadecimal digits, as a number or as text:
        10001 is 65537.
        """
        return read.anything(self.received.get("ExponentHex"))
