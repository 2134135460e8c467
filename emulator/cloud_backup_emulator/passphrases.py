"""Passphrases of encrypted agents: decrypting, hashing and comparing them."""

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
    """Decrypt a passphrase with an agent's private key: RSA with PKCS#1 v1.5, RFC 8017 7.2.2.

    Not done by OpenSSL, which returns random bytes for wrong padding so that attackers learn
    nothing. The emulator's clients must learn what is wrong, and its keys protect nothing.

    Args:
        agent: The agent.
        sent: The encrypted passphrase, in hexadecimal digits.
        name: Its field, for messages.

    Raises:
        InvalidRequest: It isn't encrypted with the agent's key, or is empty.
    """
    p, q = (int(prime, 16) for prime in agent.key)
    modulus = p * q
    width = (modulus.bit_length() + 7) // 8
    if len(sent) != 2 * width:
        raise InvalidRequest(f"{name}: expected {2 * width} hexadecimal digits, as the key has")
    number = int(sent, 16)
    if number >= modulus:
        raise InvalidRequest(f"{name}: not encrypted with the key of agent {agent.agent_id}")
    private = pow(PUBLIC_EXPONENT, -1, (p - 1) * (q - 1))
    block = pow(number, private, modulus).to_bytes(width, "big")
    end = block.find(b"\0", 2)
    if not block.startswith(b"\0\2") or end < 2 + _LEAST_PADDING:
        raise InvalidRequest(
            f"{name}: not encrypted with the key of agent {agent.agent_id} and PKCS#1 v1.5"
        )
    if not block[end + 1 :]:
        raise InvalidRequest(f"{name}: the passphrase is empty")
    return block[end + 1 :]


def digest(passphrase: bytes) -> str:
    """Return a salted hash of a passphrase."""
    salt = secrets.token_hex(8)
    return f"{salt}${_hashed(passphrase, salt)}"


def is_passphrase(kept: str, passphrase: bytes) -> bool:
    """Return whether a passphrase matches a digest."""
    salt, _, hashed = kept.partition("$")
    return hmac.compare_digest(_hashed(passphrase, salt), hashed)


def _hashed(passphrase: bytes, salt: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", passphrase, salt.encode(), _ROUNDS).hex()
