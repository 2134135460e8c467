"""Encrypting a passphrase for an agent, whose public key the service hands out.

RSA under PKCS#1 v1.5, done by `cryptography`, which is asked for only here:
`pip install 'rackspace-cloud-backup[encryption]'`.
"""

import re
from typing import TYPE_CHECKING, Final, Self

from attrs import field, frozen

from cloud_backup.errors import EncryptionUnavailable, UnexpectedAnswer
from cloud_backup.secret import Secret
from cloud_backup_api import models

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

__all__ = [
    "PublicKey",
    "check_passphrase",
    "encrypt_passphrase",
    "hidden",
    "needed_key",
    "require_cryptography",
]

_HEX: Final = re.compile(r"[0-9A-Fa-f]+").fullmatch
_FEWEST_BITS: Final = 1024
_LARGEST_EXPONENT_BITS: Final = 64
_PADDING: Final = 11
"""How many bytes PKCS#1 v1.5 takes for itself."""


@frozen(kw_only=True)
class PublicKey:
    """The public half of an agent's RSA key.

    Attributes:
        modulus: The modulus.
        exponent: The public exponent.

    Raises:
        ValueError: It can't be a key; the message says why.
    """

    modulus: int = field(repr=lambda modulus: f"<{modulus.bit_length()} bits>")
    exponent: int

    def __attrs_post_init__(self) -> None:
        """Refuse what can't be an RSA key."""
        bits = self.modulus.bit_length()
        if self.modulus < 0 or bits < _FEWEST_BITS:
            raise ValueError(
                f"public key: the modulus has {bits} bits, which is too short: at least "
                f"{_FEWEST_BITS} are needed; it may have been cut off"
            )
        if self.modulus % 2 == 0:
            raise ValueError("public key: the modulus is even, which no RSA modulus is")
        if self.exponent <= 1 or self.exponent % 2 == 0:
            raise ValueError(
                f"public key: the exponent is {self.exponent}, but must be odd and above 1; "
                "its digits are hexadecimal: 10001 is 65537"
            )
        if self.exponent.bit_length() > _LARGEST_EXPONENT_BITS:
            raise ValueError(
                f"public key: the exponent has more than {_LARGEST_EXPONENT_BITS} bits"
            )

    @property
    def size(self) -> int:
        """The number of bytes of the modulus, and of what is encrypted with it."""
        return (self.modulus.bit_length() + 7) // 8

    @classmethod
    def from_hex(cls, modulus: str | None, exponent: int | str | None) -> Self:
        """Read a key as the service writes it.

        Args:
            modulus: The modulus, in hexadecimal digits; blanks in it don't count.
            exponent: The exponent, in hexadecimal digits, be it a number or a text: 10001 means
                65537.

        Raises:
            ValueError: It can't be a key; the message says why.

        Example:
            >>> PublicKey.from_hex("c0ffee" * 80 + "01", 10001).exponent
            65537
        """
        return cls(
            modulus=_from_digits(
                "modulus", "".join(modulus.split()) if isinstance(modulus, str) else modulus
            ),
            exponent=_from_digits(
                "exponent",
                str(exponent)
                if isinstance(exponent, int) and not isinstance(exponent, bool)
                else exponent,
            ),
        )

    @classmethod
    def from_answer(cls, answer: models.PublicKey | models.AvailableBackup) -> Self:
        """Read a key out of an answer.

        Args:
            answer: A key (`ModulusHex`, `ExponentHex`), or a backup that is available for restore,
                which has it as `PublicKeyMod` and `PublicKeyHex`.

        Raises:
            ValueError: There is none in it, or it can't be a key; the message says why.
        """
        if isinstance(answer, models.AvailableBackup):
            return cls.from_hex(answer.public_key_mod, answer.public_key_hex)
        return cls.from_hex(answer.modulus_hex, answer.exponent_hex)

    def as_cryptography(self) -> "RSAPublicKey":
        """Return it as a key of `cryptography`.

        Raises:
            EncryptionUnavailable: `cryptography` is not installed.
            ValueError: `cryptography` refuses it.
        """
        require_cryptography()
        from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415 - an extra

        return rsa.RSAPublicNumbers(self.exponent, self.modulus).public_key()


def needed_key(answer: models.Agent | models.Restore) -> PublicKey:
    """Read the key of an agent that nothing can be done without.

    Raises:
        UnexpectedAnswer: There is none, or it can't be a key.
    """
    name = "PublicKey"
    if answer.public_key is None:
        raise UnexpectedAnswer(answer.operation, f"the answer has no {name}", field=name)
    try:
        return PublicKey.from_answer(answer.public_key)
    except ValueError as error:
        raise UnexpectedAnswer(answer.operation, str(error), field=name) from None


def require_cryptography() -> None:
    """Make sure that passphrases can be encrypted, before anything is asked for.

    Raises:
        EncryptionUnavailable: `cryptography` is not installed.
    """
    try:
        import cryptography  # noqa: F401, PLC0415 - an extra
    except ImportError:
        missing = True
    else:
        missing = False
    if missing:
        raise EncryptionUnavailable


def hidden(passphrase: str | Secret) -> Secret:
    """Return a passphrase as a secret, whatever it is: this raises nothing.

    Call it first of all, in place of the passphrase itself, so that no traceback shows that among
    the local variables. What is no text becomes an empty one.
    """
    if isinstance(passphrase, Secret):
        return passphrase
    return Secret(passphrase if isinstance(passphrase, str) else "")


def check_passphrase(passphrase: Secret, name: str = "passphrase") -> None:
    """Make sure that a passphrase can be one.

    Args:
        passphrase: The passphrase.
        name: What it is called in errors.

    Raises:
        ValueError: It is empty, or no text; the message doesn't show it.
    """
    if not passphrase.reveal():
        raise ValueError(f"{name} is empty, or no text: it must be the passphrase as typed")
    _encoded(passphrase, name)


def encrypt_passphrase(
    public_key: PublicKey | models.PublicKey | models.AvailableBackup, passphrase: str | Secret
) -> str:
    """Encrypt a passphrase, so that only the agent can read it.

    Args:
        public_key: The agent's key.
        passphrase: The passphrase: at most 245 bytes in UTF-8 for a key of 2048 bits.

    Returns:
        Lower-case hexadecimal digits, twice as many as the key has bytes, leading zeros kept. They
        are different every time: the padding is random.

    Raises:
        ValueError: The key can't be right, or the passphrase is empty or too long for it; the
            message doesn't show the passphrase.
        EncryptionUnavailable: `cryptography` is not installed.

    Example:
        encrypt_passphrase(agent.public_key, getpass())
    """
    # First of all, so that no traceback shows it among the local variables.
    passphrase = hidden(passphrase)
    check_passphrase(passphrase)
    key = public_key if isinstance(public_key, PublicKey) else PublicKey.from_answer(public_key)
    longest = key.size - _PADDING
    length = len(_encoded(passphrase))
    if length > longest:
        raise ValueError(
            f"passphrase is too long: it has {length} bytes in UTF-8, but the agent's key takes "
            f"{longest} at most"
        )
    rsa = key.as_cryptography()
    from cryptography.hazmat.primitives.asymmetric import padding  # noqa: PLC0415 - an extra

    # As many bytes as the key has, always.
    return rsa.encrypt(_encoded(passphrase), padding.PKCS1v15()).hex()


def _encoded(passphrase: Secret, name: str = "passphrase") -> bytes:
    try:
        return passphrase.reveal().encode()
    except UnicodeEncodeError:
        pass
    # Out of the handler, which would chain the error that has the text.
    raise ValueError(f"{name} is no text in Unicode: UTF-8 has no bytes for a part of it")


def _from_digits(name: str, digits: object) -> int:
    # int() would take signs, blanks and underscores, too.
    if not isinstance(digits, str) or not _HEX(digits):
        raise ValueError(f"public key: the {name} is not in hexadecimal digits")
    return int(digits, 16)
