"""Encrypting a passphrase with an agent's public key: RSA with PKCS#1 v1.5, by `cryptography`."""

import re
from typing import TYPE_CHECKING, Final, Self

from attrs import field, frozen

from cloud_backup.errors import EncryptionUnavailable, UnexpectedAnswer
from cloud_backup.secret import Secret
from cloud_backup_api import models

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

_HEX: Final = re.compile(r"[0-9A-Fa-f]+").fullmatch
_FEWEST_BITS: Final = 1024
_LARGEST_EXPONENT_BITS: Final = 64
_PADDING: Final = 11
"""The bytes that PKCS#1 v1.5 adds."""


@frozen(kw_only=True)
class PublicKey:
    """The public half of an agent's RSA key: its modulus and public exponent.

    Anything that can't be an RSA key raises a `ValueError` that says why.
    """

    modulus: int = field(repr=lambda modulus: f"<{modulus.bit_length()} bits>")
    exponent: int

    def __attrs_post_init__(self) -> None:
        bits, exponent = self.modulus.bit_length(), self.exponent
        if self.modulus < 0 or bits < _FEWEST_BITS:
            problem = (
                f"the modulus has {bits} bits, which is too short: at least {_FEWEST_BITS} are "
                "needed; it may have been cut off"
            )
        elif self.modulus % 2 == 0:
            problem = "the modulus is even, which no RSA modulus is"
        elif exponent <= 1 or exponent % 2 == 0:
            problem = (
                f"the exponent is {exponent}, but must be odd and above 1; its digits are "
                "hexadecimal: 10001 is 65537"
            )
        elif exponent.bit_length() > _LARGEST_EXPONENT_BITS:
            problem = f"the exponent has more than {_LARGEST_EXPONENT_BITS} bits"
        else:
            return
        raise ValueError(f"public key: {problem}")

    @property
    def size(self) -> int:
        """The size of the modulus in bytes, and of an encrypted passphrase."""
        return (self.modulus.bit_length() + 7) // 8

    @classmethod
    def from_hex(cls, modulus: str | None, exponent: int | str | None) -> Self:
        """Read a key as the service writes it: in hexadecimal digits, even if it is an `int`.

        White space in the modulus is ignored.

        Example:
            >>> PublicKey.from_hex("c0ffee" * 80 + "01", 10001).exponent
            65537
        """
        digits = "".join(modulus.split()) if isinstance(modulus, str) else ""
        exponent = _from_digits("exponent", str(exponent))
        return cls(modulus=_from_digits("modulus", digits), exponent=exponent)

    @classmethod
    def from_answer(cls, answer: models.PublicKey | models.AvailableBackup) -> Self:
        """Read the key of an agent or restore, or of a backup that is available for restore."""
        if isinstance(answer, models.AvailableBackup):
            return cls.from_hex(answer.public_key_mod, answer.public_key_hex)
        return cls.from_hex(answer.modulus_hex, answer.exponent_hex)

    def as_cryptography(self) -> "RSAPublicKey":
        """Convert it to a key of `cryptography`, or raise an `EncryptionUnavailable`."""
        require_cryptography()
        from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415 - an extra

        return rsa.RSAPublicNumbers(self.exponent, self.modulus).public_key()


def needed_key(answer: models.Agent | models.Restore) -> PublicKey:
    """Read the key of an agent, or raise an `UnexpectedAnswer`."""
    problem = "the answer has no PublicKey"
    if answer.public_key is not None:
        try:
            return PublicKey.from_answer(answer.public_key)
        except ValueError as error:
            problem = str(error)
    raise UnexpectedAnswer(answer.operation, problem, field="PublicKey")


def require_cryptography() -> None:
    """Raise `EncryptionUnavailable` if `cryptography` is not installed."""
    try:
        import cryptography  # noqa: F401, PLC0415 - an extra
    except ImportError:
        raise EncryptionUnavailable from None


def hidden(passphrase: str | Secret) -> Secret:
    """Wrap a passphrase; anything but a string becomes an empty one. This never raises.

    Call it first, and replace the passphrase with the result, so that no traceback shows it.
    """
    text = passphrase.reveal() if isinstance(passphrase, Secret) else passphrase
    return Secret(text if isinstance(text, str) else "")


def check_passphrase(passphrase: Secret, name: str = "passphrase") -> bytes:
    """Return a passphrase in UTF-8, or raise a `ValueError` that shows only the name."""
    if not passphrase.reveal():
        raise ValueError(f"{name} is empty or not a text: give the passphrase as typed")
    try:
        return passphrase.reveal().encode()
    except UnicodeEncodeError:
        pass
    # Outside the handler, which would chain the error that contains the text.
    raise ValueError(f"{name} can't be encoded in UTF-8: it has half of a surrogate pair")


def encrypt_passphrase(
    public_key: PublicKey | models.PublicKey | models.AvailableBackup, passphrase: str | Secret
) -> str:
    """Encrypt a passphrase, so that only the agent can read it.

    Args:
        public_key: The agent's key.
        passphrase: The passphrase: at most 245 bytes in UTF-8 for a key of 2048 bits.

    Returns:
        Lower-case hexadecimal digits, two for each byte of the key; the padding is random.

    Raises:
        ValueError: The key can't be an RSA key, or the passphrase is empty or too long for it.
        EncryptionUnavailable: `cryptography` is not installed.
    """
    passphrase = hidden(passphrase)
    key = public_key if isinstance(public_key, PublicKey) else PublicKey.from_answer(public_key)
    length, longest = len(check_passphrase(passphrase)), key.size - _PADDING
    if length > longest:
        raise ValueError(
            f"passphrase is too long: it has {length} bytes in UTF-8, but the agent's key takes "
            f"at most {longest}"
        )
    rsa = key.as_cryptography()
    from cryptography.hazmat.primitives.asymmetric import padding  # noqa: PLC0415 - an extra

    return rsa.encrypt(check_passphrase(passphrase), padding.PKCS1v15()).hex()


def _from_digits(name: str, digits: str) -> int:
    # int() would also accept signs, white space and underscores.
    if not _HEX(digits):
        raise ValueError(f"public key: the {name} is not in hexadecimal digits")
    return int(digits, 16)
