"""A recorded request gets an answer of the recorded shape: the same fields, the same types."""

import json
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

import pytest

from tests.emulator.conftest import MakeService, make_service
from tests.emulator.test_starting_data import BEFORE, send
from tests.recorded.cassette import CASSETTES, Cassette

__all__ = ["make_service"]  # a fixture

SEEN_IN_THE_FIELD = {
    **dict.fromkeys(
        (
            "getBackupConfiguration",
            "listBackupConfigurations",
            "listAgentBackupConfigurations",
            "setBackupConfigurationEnabled",
        ),
        frozenset({"BackupPrescript", "BackupPostscript", "Datacenter", "EncryptionKey"}),
    ),
    "getBackup": frozenset({"Datacenter", "BackupDatacenter"}),
    "listAgents": frozenset({"HostServerId"}),
}
"""Fields that the live service always gave, though the pages that were recorded lack them."""


def differences(
    recorded: Any, told: Any, place: str = "", *, besides: AbstractSet[str] = frozenset()
) -> list[str]:
    """Say where two values have other fields or other types; null may stand for anything."""
    if recorded is None or told is None:
        return []
    if type(recorded) is not type(told):
        return [f"{place}: {type(told).__name__} in place of {type(recorded).__name__}"]
    if isinstance(recorded, dict):
        return [
            *(f"{place}/{name}: missing" for name in recorded.keys() - told.keys()),
            *(f"{place}/{name}: too many" for name in told.keys() - recorded.keys() - besides),
            *(
                difference
                for name in recorded.keys() & told.keys()
                for difference in differences(recorded[name], told[name], f"{place}/{name}")
            ),
        ]
    if isinstance(recorded, list) and recorded:
        # A row of the recording is as one of the rows told, at least.
        return min(
            (differences(recorded[0], row, f"{place}/0", besides=besides) for row in told),
            key=len,
            default=[f"{place}: empty"],
        )
    return []


@pytest.mark.parametrize("cassette", CASSETTES.values(), ids=lambda cassette: cassette.name)
def test_an_answer_has_the_recorded_shape(make_service: MakeService, cassette: Cassette) -> None:
    service = make_service()
    service.log_in()
    if cassette.name in BEFORE:
        send(service, CASSETTES[BEFORE[cassette.name]])

    answer = send(service, replace(cassette, body=with_secrets(cassette.body)))

    assert answer.status_code == cassette.status, answer.text
    assert bool(answer.content) == bool(cassette.answer)
    if cassette.answer:
        assert answer.headers["Content-Type"] == cassette.answer_headers["Content-Type"]
        besides = SEEN_IN_THE_FIELD.get(cassette.operation_id, frozenset())
        told = differences(json.loads(cassette.answer), answer.json(), besides=besides)
        assert told == []


def with_secrets(body: str | None) -> str | None:
    """Put into a recorded login what was taken out of it."""
    if body is None:
        return None
    return body.replace('"apiKey":"REDACTED"', '"apiKey":"demo-key"').replace(
        '"password":"REDACTED"', '"password":"demo-password"'
    )
