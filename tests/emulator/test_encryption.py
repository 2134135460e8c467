"""Encrypted agents: turning encryption on, changing the passphrase, restoring what is encrypted."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cloud_backup_emulator.starting_data import agent_keys

from .conftest import Service, encrypted

AGENT = 252036
BACKUP = 134691


def enable(service: Service, sent: str, status: int = 200, agent: int = AGENT) -> Any:
    return service.ask(
        "POST", "/agent/encrypt", status, MachineAgentId=agent, EncryptedPasswordHex=sent
    )


def change(service: Service, old: str, new: str, status: int = 200) -> Any:
    return service.ask(
        "POST",
        "/agent/changeencryption",
        status,
        MachineAgentId=AGENT,
        OldEncryptedPasswordHex=encrypted(service, AGENT, old),
        NewEncryptedPasswordHex=encrypted(service, AGENT, new),
    )


def restore_with(service: Service, passphrase: str | None, status: int) -> Any:
    restore = service.ask(
        "PUT",
        "/restore",
        BackupId=BACKUP,
        BackupMachineId=AGENT,
        DestinationMachineId=AGENT,
        DestinationPath="/restored",
        OverwriteFiles=False,
    )
    assert restore["IsEncrypted"] is True
    sent = None if passphrase is None else encrypted(service, AGENT, passphrase)
    return service.ask(
        "POST",
        "/restore/action-requested",
        status,
        Action="StartManual",
        Id=restore["RestoreId"],
        EncryptedPassword=sent,
    )


def test_encryption_is_for_ever(service: Service) -> None:
    assert service.get(f"/agent/{AGENT}")["IsEncrypted"] is False

    assert UUID(enable(service, encrypted(service, AGENT, "a secret")))

    assert service.get(f"/agent/{AGENT}")["IsEncrypted"] is True
    assert service.get("/backup-configuration/172418")["IsEncrypted"] is True
    refused = enable(service, encrypted(service, AGENT, "another"), 400)
    assert "already encrypted" in refused["message"]
    restore_with(service, "another", 400)
    restore_with(service, None, 400)
    restore_with(service, "a secret", 204)


def test_the_passphrase_is_changed_by_who_knows_it(service: Service) -> None:
    assert "is not encrypted" in change(service, "old", "new", 400)["message"]
    enable(service, encrypted(service, AGENT, "old"))

    assert "OldEncryptedPasswordHex" in change(service, "wrong", "new", 400)["message"]
    restore_with(service, "old", 204)
    assert UUID(change(service, "old", "new"))

    restore_with(service, "old", 400)
    restore_with(service, "new", 204)


@pytest.mark.parametrize("case", ["short", "beyond", "other key", "no padding", "empty"])
def test_what_is_not_encrypted_with_the_key_is_refused(service: Service, case: str) -> None:
    sent = {
        "short": "0bff42",
        "beyond": "f" * 512,
        "other key": encrypted(service, 252034, "a secret"),
        "no padding": f"{7:0512x}",
        "empty": encrypted(service, AGENT, ""),
    }[case]

    assert "EncryptedPasswordHex" in enable(service, sent, 400)["message"]
    assert service.get(f"/agent/{AGENT}")["IsEncrypted"] is False


def test_the_passphrase_is_not_kept_in_the_clear(service: Service) -> None:
    enable(service, encrypted(service, AGENT, "canary-passphrase"))

    kept = service.emulator._store._connection.execute("select document from entity").fetchall()

    assert "canary" not in str(kept)
    assert b"canary-passphrase".hex() not in str(kept)
    assert "canary" not in str(list(service.emulator.requests))


@settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(passphrase=st.binary(min_size=1, max_size=245))
def test_any_passphrase_counts_as_its_bytes(service: Service, passphrase: bytes) -> None:
    service.emulator.reset()
    service.log_in()

    enable(service, encrypted(service, AGENT, passphrase))

    sent = encrypted(service, AGENT, passphrase)
    service.ask(
        "POST",
        "/agent/changeencryption",
        MachineAgentId=AGENT,
        OldEncryptedPasswordHex=sent,
        NewEncryptedPasswordHex=sent,
    )


def test_the_keys_primes_are_prime() -> None:
    for primes in agent_keys().values():
        for prime in (int(text, 16) for text in primes):
            assert prime.bit_length() == 1024
            assert all(pow(base, prime - 1, prime) == 1 for base in (2, 3, 5))
