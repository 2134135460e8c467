"""Calls and answers that are odd, and used to break the client."""

from __future__ import annotations

import gzip
import json
import pickle
import socket
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.overlay.conftest import API_KEY, AUTH_URL, FakeService

from cloud_backup import CloudBackup, CloudBackupError, Retries, UnexpectedAnswer, responses
from cloud_backup.secret import _spelled

if TYPE_CHECKING:
    from collections.abc import Iterator


class Wire(httpx.SyncByteStream):
    """Bytes as they come from the wire."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def __iter__(self) -> Iterator[bytes]:
        yield self.content


def zipped(value: Any) -> Any:
    content = gzip.compress(json.dumps(value).encode())
    return lambda _: httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=Wire(content))


def client(service: FakeService, **options: Any) -> CloudBackup:
    slept: list[float] = []
    options = {"retries": Retries(clock=lambda: 0.0), "sleep": slept.append, **options}
    return CloudBackup("demo", API_KEY, auth_url=AUTH_URL, transport=service.transport(), **options)


def test_a_zipped_answer_can_be_collected(service: FakeService) -> None:
    service.answer("POST", "/backup/action-requested", zipped(77))
    with responses():
        assert client(service).backups.start(3).backup_id == 77


def test_a_run_of_backslashes_is_looked_through_once() -> None:
    pattern, _ = _spelled("canary")

    # An unlimited one is tried anew at each backslash, which takes a minute for 64 KB.
    assert rb"\\*" not in pattern.pattern
    assert rb"\\+" not in pattern.pattern
    assert pattern.search(rb"\\\\\\u0063anary")


@pytest.mark.parametrize("name", ["Authorization", "Proxy-Authorization", "Cookie"])
def test_what_is_collected_shows_no_secret_header(service: FakeService, name: str) -> None:
    with responses() as received:
        client(service, headers={name: "canary"}).activity.list()
    assert "canary" not in str(received[0].request.headers.raw)


def test_the_cause_of_a_failed_login_keeps_no_api_key(service: FakeService) -> None:
    service.login_answer = httpx.ConnectError("refused")
    with pytest.raises(CloudBackupError) as caught:
        client(service, retries=Retries.off()).activity.list()
    assert API_KEY.encode() not in pickle.dumps(caught.value.__cause__)


def test_a_failed_login_shows_no_header() -> None:
    server = socket.create_server(("127.0.0.1", 0))
    with server, pytest.raises(CloudBackupError) as caught:
        CloudBackup(
            "demo",
            API_KEY,
            auth_url=f"http://127.0.0.1:{server.getsockname()[1]}/v2.0",
            headers={"Authorization": "Bearer canary\n"},
            retries=Retries.off(),
        ).activity.list()

    assert "canary" not in str(caught.value)


def test_a_header_of_a_call_replaces_no_content_type(service: FakeService) -> None:
    service.answer("POST", "/backup/action-requested", 77)
    with responses() as received:
        client(service).backups.start(3, headers={"content-type": "text/plain", "X-Note": "a"})

    sent = received[0].request.headers
    assert sent.get_list("Content-Type") == ["application/json"]
    assert sent["X-Note"] == "a"


def test_a_header_that_cannot_be_sent_is_no_undecodable_answer(service: FakeService) -> None:
    with pytest.raises((ValueError, CloudBackupError)) as caught:
        client(service).backups.start(3, headers={"X-Note": "é"})
    assert not getattr(caught.value, "may_be_carried_out", False)
    with pytest.raises((ValueError, CloudBackupError)) as caught:
        client(service).activity.list(headers={"X-Note": "é"})
    assert getattr(caught.value, "attempts", 1) == 1


def test_a_text_of_too_many_digits_hides_no_other_row(service: FakeService) -> None:
    good = {"ID": 1, "Type": "Backup"}
    service.answer("GET", "/activity", [good, {**good, "ID": "1" * 5000}])
    assert len(client(service).activity.list()) == 1
    service.answer("GET", "/activity", [{**good, "BackupId": "1" * 5000}])
    assert client(service).activity.list()[0].backup_id is None


@pytest.mark.parametrize("answered", [b"0", b"-5"])
def test_no_backup_has_such_an_id(service: FakeService, answered: bytes) -> None:
    service.answer("POST", "/backup/action-requested", httpx.Response(200, content=answered))
    with pytest.raises(UnexpectedAnswer):
        client(service).backups.start(3)
