"""Encrypting a passphrase: whoever has the private key reads it, and nobody else does."""

from __future__ import annotations

import copy
import pickle
import sys
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from hypothesis import given
from hypothesis import strategies as st
from tests.overlay.test_secrets import with_locals

from cloud_backup import EncryptionUnavailable, PublicKey, encrypt_passphrase
from cloud_backup.secret import Secret
from cloud_backup_api import models

PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
MODULUS = f"{PRIVATE.public_key().public_numbers().n:X}"
KEY = PublicKey.from_hex(MODULUS, 10001)
CANARY = "canary-of-the-passphrase"


def decrypted(hexadecimal: str) -> str:
    return PRIVATE.decrypt(bytes.fromhex(hexadecimal), padding.PKCS1v15()).decode()


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_the_private_key_decrypts_it(passphrase: str) -> None:
    encrypted = encrypt_passphrase(KEY, passphrase)

    assert decrypted(encrypted) == passphrase
    assert len(encrypted) == 512
    assert encrypted == encrypted.lower()


def test_leading_zeros_are_kept() -> None:
    encrypted = {encrypt_passphrase(KEY, "x") for _ in range(600)}

    assert {len(one) for one in encrypted} == {512}
    assert len(encrypted) == 600


@pytest.mark.parametrize("exponent", [10001, "10001", "010001"])
def test_exponents_are_in_hexadecimal_digits_either_way(exponent: Any) -> None:
    raw = models.PublicKey({"ModulusHex": MODULUS.lower(), "ExponentHex": exponent})

    assert PublicKey.from_answer(raw) == KEY
    assert KEY.exponent == 65537
    assert decrypted(encrypt_passphrase(raw, Secret("s"))) == "s"


def test_the_key_of_an_available_backup() -> None:
    raw = models.AvailableBackup({"PublicKeyHex": 10001, "PublicKeyMod": MODULUS})

    assert PublicKey.from_answer(raw) == KEY
    assert decrypted(encrypt_passphrase(raw, "geheim")) == "geheim"


def test_blanks_in_a_modulus_do_not_count() -> None:
    assert PublicKey.from_hex(f"{MODULUS[:64]} {MODULUS[64:]}\n", "10001") == KEY


def test_as_cryptography() -> None:
    assert KEY.as_cryptography().public_numbers() == PRIVATE.public_key().public_numbers()
    assert KEY.size == 256


def test_it_is_a_value() -> None:
    assert pickle.loads(pickle.dumps(KEY)) == copy.deepcopy(KEY) == KEY
    assert repr(KEY) == "PublicKey(modulus=<2048 bits>, exponent=65537)"


@pytest.mark.parametrize(
    ("modulus", "exponent", "said"),
    [
        (MODULUS[:-1] + "6", 10001, "the modulus is even"),
        ("CA75", 10001, "the modulus has 16 bits, which is too short"),
        (MODULUS, "09528", "the exponent is 38184, but must be odd"),
        (MODULUS, 1, "the exponent is 1, but must be odd and above 1"),
        (MODULUS, 0, "the exponent is 0"),
        (MODULUS, -10001, "the exponent is not in hexadecimal digits"),
        (MODULUS, True, "the exponent is not in hexadecimal digits"),
        (MODULUS, "10 001", "the exponent is not in hexadecimal digits"),
        (MODULUS, None, "the exponent is not in hexadecimal digits"),
        (MODULUS, MODULUS, "the exponent has more than 64 bits"),
        ("", 10001, "the modulus is not in hexadecimal digits"),
        ("0x" + MODULUS, 10001, "the modulus is not in hexadecimal digits"),
        (None, 10001, "the modulus is not in hexadecimal digits"),
    ],
)
def test_what_cannot_be_a_key(modulus: Any, exponent: Any, said: str) -> None:
    with pytest.raises(ValueError, match=f"public key: {said}"):
        PublicKey.from_hex(modulus, exponent)
    with pytest.raises(ValueError, match=f"public key: {said}"):
        encrypt_passphrase(
            models.PublicKey({"ModulusHex": modulus, "ExponentHex": exponent}), CANARY
        )


def test_the_longest_passphrase() -> None:
    assert decrypted(encrypt_passphrase(KEY, "x" * 245)) == "x" * 245
    with pytest.raises(ValueError, match=r"246 bytes in UTF-8, .* takes at most 245"):
        encrypt_passphrase(KEY, "ü" * 123)


@pytest.mark.parametrize("empty", ["", Secret(""), None, b"bytes"])
def test_no_passphrase(empty: Any) -> None:
    with pytest.raises(ValueError, match="passphrase is empty or not a text"):
        encrypt_passphrase(KEY, empty)


@pytest.mark.parametrize("wrong", [CANARY * 20, CANARY + "\ud800", (CANARY, "even")])
def test_no_error_shows_the_passphrase(wrong: Any) -> None:
    key = KEY
    if isinstance(wrong, tuple):
        key = models.PublicKey({"ModulusHex": "CA75", "ExponentHex": 10001})  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
        wrong = wrong[0]
    with pytest.raises(ValueError, match=r"passphrase|public key") as e:
        encrypt_passphrase(key, wrong)

    error = e.value
    assert error.__cause__ is None
    assert error.__context__ is None
    traceback = error.__traceback__
    assert traceback is not None
    # All but the frame of this test, which has it.
    assert "canary" not in with_locals(error.with_traceback(traceback.tb_next))


def test_without_cryptography(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography", None)

    assert PublicKey.from_hex(MODULUS, 10001).exponent == 65537
    with pytest.raises(
        EncryptionUnavailable, match=r"pip install 'rackspace-cloud-backup\[encryption\]'"
    ):
        encrypt_passphrase(KEY, CANARY)
    with pytest.raises(EncryptionUnavailable):
        KEY.as_cryptography()
