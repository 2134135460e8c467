"""What a reader sees in the reference is what the emulator answers."""

import json
from typing import Any

import pytest

from tests.recorded.cassette import CASSETTES, Cassette

from .conftest import MakeService, Service, encrypted

KEYS = {"PublicKey", "EncryptionKey", "PublicKeyMod"}
IDENTITY = {"authenticate", "revokeToken", "listVersions"}
PUBLISHED = [cassette for cassette in CASSETTES.values() if cassette.operation_id not in IDENTITY]
READ = [cassette for cassette in PUBLISHED if cassette.method == "GET"]
BEFORE = {
    "requestRestoreAction.stop": "requestRestoreAction.start-encrypted",
    "changeAgentEncryptionPassword": "enableAgentEncryption",
}
"""What must have been asked for, for a published request to make sense."""
EXACT = {"listBackupsAvailableForRestore", "getRestore", "getRestoreReport", "listRestoreFiles"}


def without_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_keys(item) for name, item in value.items() if name not in KEYS}
    if isinstance(value, list):
        return [without_keys(item) for item in value]
    return value


def send(service: Service, cassette: Cassette) -> Any:
    headers = {
        name: cassette.headers[name] for name in ("Content-Type",) if name in cassette.headers
    }
    body = cassette.body or ""
    if "Encrypted" in body:
        body = json.dumps(with_own_keys(service, json.loads(body)))
    return service.call(cassette.method, cassette.url.path, content=body, headers=headers)


def with_own_keys(service: Service, body: dict[str, Any]) -> dict[str, Any]:
    """Encrypt what the reference encrypted with keys that it doesn't tell."""
    agent = body.get("MachineAgentId", 156953)
    return {
        name: encrypted(service, agent, "156953-passphrase") if "Encrypted" in name else value
        for name, value in body.items()
    }


@pytest.mark.parametrize("cassette", READ, ids=lambda cassette: cassette.name)
def test_published_answers_are_given(service: Service, cassette: Cassette) -> None:
    answer = send(service, cassette)

    assert answer.status_code == cassette.status
    told, published = without_keys(answer.json()), without_keys(json.loads(cassette.answer))
    if cassette.operation_id in EXACT:
        assert told == published
    elif isinstance(published, list):
        # The published list is of a part of the world.
        for row in published:
            # The reference gives one agent two addresses, here and in its details.
            row.pop("IPAddress", None)
            assert any({**other, **row} == other for other in told), row
    else:
        assert {name: told[name] for name in published} == published


@pytest.mark.parametrize("cassette", PUBLISHED, ids=lambda cassette: cassette.name)
def test_published_requests_are_answered_as_published(service: Service, cassette: Cassette) -> None:
    if cassette.name in BEFORE:
        send(service, CASSETTES[BEFORE[cassette.name]])

    assert send(service, cassette).status_code == cassette.status


def test_time_adds_nothing_to_what_can_be_restored(service: Service) -> None:
    published = service.get("/backup/availableforrestore")

    service.advance(24 * 3600)
    service.log_in()

    assert service.get("/backup/availableforrestore") == published


def test_keys_are_whole(service: Service) -> None:
    seen = set()
    for agent in service.get("/user/agents"):
        modulus = agent["PublicKey"]["ModulusHex"]
        assert int(modulus, 16).bit_length() == 2048
        assert agent["PublicKey"]["ExponentHex"] == 10001
        seen.add(modulus)
    assert len(seen) == len(service.get("/user/agents"))


def test_tenants_have_worlds_of_their_own(make_service: MakeService) -> None:
    other = make_service()
    other.log_in("other")

    assert [agent["MachineAgentId"] for agent in other.call("GET", "/v1.0/user/agents").json()] == [
        301001
    ]
    assert other.call("GET", "/v1.0/restore/1394").status_code == 404


def test_an_empty_one_has_accounts_alone(make_service: MakeService) -> None:
    empty = make_service(empty=True)
    empty.log_in()

    for path in (
        "/user/agents",
        "/backup-configuration",
        "/activity",
        "/backup/availableforrestore",
    ):
        assert empty.get(path) == []
