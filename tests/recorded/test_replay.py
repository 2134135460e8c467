"""The published examples through the generated client: request as recorded, answer as models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import httpx
import pytest

from cloud_backup.wire.view import View
from cloud_backup_api.client import AuthenticatedClient, Client

from .cassette import CASSETTES
from .player import Player
from .replays import REPLAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .cassette import Cassette

BASES: Final = {
    "authenticate": "https://identity.api.rackspacecloud.com/v2.0",
    "revokeToken": "https://identity.api.rackspacecloud.com/v2.0",
    "listVersions": "https://dfw.backup.api.rackspacecloud.com",
}
"""Where the operations are that openapi.yaml gives servers of their own."""

TENANT: Final = "https://dfw.backup.api.rackspacecloud.com/v1.0/1234"


def client_playing(player: Player) -> AuthenticatedClient | Client:
    base_url = BASES.get(player.cassette.operation_id, TENANT)
    transport = {"transport": httpx.MockTransport(player)}
    if "x-auth-token" in player.cassette.headers:
        return AuthenticatedClient(
            base_url=base_url,
            token="REDACTED",
            raise_on_unexpected_status=True,
            httpx_args=transport,
        )
    return Client(base_url=base_url, raise_on_unexpected_status=True, httpx_args=transport)


def leaves(value: Any) -> Iterator[Any]:
    """Every value within objects and lists."""
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from leaves(item)
    else:
        yield value


def told(answer: Any) -> Any:
    """An answer as the fields that say something."""
    if isinstance(answer, View):
        answer = {name: getattr(answer, name) for name in answer}
    if isinstance(answer, dict):
        return {name: told(value) for name, value in answer.items() if value is not None}
    return [told(item) for item in answer] if isinstance(answer, list | tuple) else answer


def received(answer: Any) -> Any:
    """An answer as it came."""
    if isinstance(answer, list):
        return [received(item) for item in answer]
    if isinstance(answer, UUID):
        return str(answer)
    return answer.received if isinstance(answer, View) else answer


def test_every_cassette_is_replayed() -> None:
    assert REPLAYS.keys() == CASSETTES.keys()


def test_the_client_sends_what_is_recorded_and_understands_the_answer(cassette: Cassette) -> None:
    player = Player(cassette)
    replay = REPLAYS[cassette.name]

    with client_playing(player) as client:
        response = replay.call(client=client)

    assert player.plays == 1
    assert response.status_code == cassette.status
    assert told(response.parsed) == replay.answer
    # And of one type, in one zone: Python takes 1 for True, an enumeration's member for its text,
    # and noon in UTC for 7 o'clock in New York.
    assert [(type(leaf), str(leaf)) for leaf in leaves(told(response.parsed))] == [
        (type(leaf), str(leaf)) for leaf in leaves(replay.answer)
    ]


def test_an_answer_keeps_all_that_came(cassette: Cassette) -> None:
    with client_playing(Player(cassette)) as client:
        response = REPLAYS[cassette.name].call(client=client)

    assert received(response.parsed) == (json.loads(cassette.answer) if cassette.answer else None)


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        pytest.param({"method": "GET"}, "method", id="method"),
        pytest.param(
            {"url": f"{TENANT}/backup/action-requested"}, "URL is '.*/backup/action", id="URL"
        ),
        pytest.param({"url": f"{TENANT}/restore/action-requested?a=b"}, "URL", id="query"),
        pytest.param({"json": {"Action": "StopManual", "Id": "13689"}}, "body", id="type"),
        pytest.param({"json": {"Action": "StopManual"}}, "body", id="field left out"),
        pytest.param({"headers": {}}, "x-auth-token", id="no token"),
        pytest.param(
            {"headers": {"X-Auth-Token": "REDACTED", "Content-Type": "text/plain"}},
            "content-type",
            id="body of another type",
        ),
    ],
)
def test_another_request_than_the_recorded_one_is_refused(
    changed: dict[str, Any], complaint: str
) -> None:
    player = Player(CASSETTES["requestRestoreAction.stop"])
    recorded: dict[str, Any] = {
        "method": "POST",
        "url": f"{TENANT}/restore/action-requested",
        "json": {"Id": 13689, "Action": "StopManual"},
        "headers": {"X-Auth-Token": "REDACTED"},
    }
    player(httpx.Request(**recorded))

    with pytest.raises(AssertionError, match=complaint):
        player(httpx.Request(**(recorded | changed)))
    assert player.plays == 1
