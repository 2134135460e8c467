"""Passphrases of encrypted agents: decrypting what arrives, keeping a digest, comparing."""

import hashlib
import hmac
import secrets
from typing import Final

from cloud_backup_emulator.entities import Agent
from cloud_backup_emulator.errors import InvalidRequest

__all__ = ["decrypted", "digest", "is_passphrase"]

PUBLIC_EXPONENT: Final = 65537

_LEAST_PADDING: Final = 8
_ROUNDS: Final = 1000


def decrypted(agent: Agent, sent: str, name: str) -> bytes:
    """Decrypt a passphrase with an agent's private key: RSA under PKCS#1 v1.5, RFC 8017 7.2.2.

    By hand: OpenSSL answers a wrong padding with made-up bytes, so that nobody can learn from the
    refusal. The emulator's clients must, and its keys protect nothing.

    Args:
        agent: The agent.
        sent: The passphrase as it travels, in hexadecimal digits.
        name: The field it is in, for messages.

    Raises:
        InvalidRequest: It isn't encrypted with the agent's key, or empty.
    """
    p, q = (int(prime, 16) for prime in agent.key)
    modulus = p * q
    width = (modulus.bit_length() + 7) // 8
    if len(sent) != 2 * width:
        raise InvalidRequest(f"{name}: must have {2 * width} hexadecimal digits, as the key has")
    number = int(sent, 16)
    if number >= modulus:
        raise InvalidRequest(f"{name}: is not encrypted with the key of agent {agent.agent_id}")
    private = pow(PUBLIC_EXPONENT, -1, (p - 1) * (q - 1))
    block = pow(number, private, modulus).to_bytes(width, "big")
    end = block.find(b"\0", 2)
    if not block.startswith(b"\0\2") or end < 2 + _LEAST_PADDING:
        raise InvalidRequest(
            f"{name}: is not encrypted with the key of agent {agent.agent_id} under PKCS#1 v1.5"
        )
    if not block[end + 1 :]:
        raise InvalidRequest(f"{name}: the passphrase is empty")
    return block[end + 1 :]


def digest(passphrase: bytes) -> str:
    """Make of a passphrase what is kept of it."""
    salt = secrets.token_hex(8)
    return f"{salt}${_hashed(passphrase, salt)}"


def is_passphrase(kept: str, passphrase: bytes) -> bool:
    """Tell whether it is the passphrase that was kept."""
    salt, _, hashed = kept.partition("$")
    return hmac.compare_digest(_hashed(passphrase, salt), hashed)


def _hashed(passphrase: bytes, salt: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", passphrase, salt.encode(), _ROUNDS).hex()
