"""What comes in takes up no more memory than it may."""

import json
import threading
import tracemalloc
from collections.abc import Iterator

import pytest

from cloud_backup_emulator import Clock, Emulator, serve
from cloud_backup_emulator.app import LARGEST_BODY
from cloud_backup_emulator.request_log import LARGEST_ENTRY, MOST_BYTES, MOST_ENTRIES, RequestLog

from .conftest import Service
from .raw_http import exchange

MEGABYTE = 2**20
PATHS = ["/v1.0/1234/restore", "/v2.0/tokens", "/emulator/faults"]


def method(path: str) -> str:
    return "PUT" if path.endswith("restore") else "POST"


@pytest.mark.parametrize("path", PATHS)
def test_a_body_that_is_too_large_is_refused_in_the_shape_of_its_service(
    service: Service, path: str
) -> None:
    body = b'"' + b"x" * LARGEST_BODY + b'"'
    answer = service.call(
        method(path), path, content=body, headers={"Content-Type": "application/json"}
    )

    assert answer.status_code == 413
    fault = answer.json().get("overLimit", answer.json())
    assert (fault["code"], fault["message"]) == (413, "the body is larger than 4 MB")


def test_a_body_as_large_as_may_be_is_read(service: Service) -> None:
    body = json.dumps({"New": ""}).encode()
    body = body.replace(b'""', b'"' + b"x" * (LARGEST_BODY - len(body)) + b'"')

    answer = service.call("PUT", "/v1.0/1234/restore", content=body)

    assert (len(body), answer.status_code) == (LARGEST_BODY, 400)
    assert "BackupId" in answer.json()["message"]


class Endless:
    """A body of many megabytes, in chunks, that counts how much of it was taken."""

    def __init__(self, megabytes: int) -> None:
        self.megabytes = megabytes

    def __iter__(self) -> Iterator[bytes]:
        chunk = b"%x\r\n" % MEGABYTE + b"x" * MEGABYTE + b"\r\n"
        for _ in range(self.megabytes):
            yield chunk
        yield b"0\r\n\r\n"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("chunked", [True, False])
def test_what_is_too_large_is_answered_and_not_kept(path: str, *, chunked: bool) -> None:
    megabytes = 64
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {megabytes * MEGABYTE}"
    body = Endless(megabytes) if chunked else [b"x" * MEGABYTE] * megabytes
    head = f"{method(path)} {path} HTTP/1.1\r\nHost: localhost\r\n{length}"
    with serve(Emulator(clock=Clock(rate=0))) as running:
        tracemalloc.start()
        status = exchange(running.url, head, body)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert status == 413
    assert peak < 24 * MEGABYTE


def test_a_client_that_waits_for_leave_to_send_too_much_gets_none() -> None:
    head = (
        "PUT /v1.0/1234/restore HTTP/1.1\r\nHost: localhost\r\n"
        f"Content-Length: {LARGEST_BODY + 1}\r\nExpect: 100-continue"
    )
    with serve(Emulator(clock=Clock(rate=0))) as running:
        assert exchange(running.url, head) == 413


def test_a_client_that_goes_in_the_middle_of_a_body_is_no_failure(
    capfd: pytest.CaptureFixture[str],
) -> None:
    head = "PUT /v1.0/1234/restore HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000"
    with serve(Emulator(clock=Clock(rate=0))) as running:
        for _ in range(3):
            with pytest.raises((IndexError, OSError)):
                exchange(running.url, head, hang_up())
        assert exchange(running.url, "GET /emulator/health HTTP/1.1\r\nHost: localhost") == 200

    assert capfd.readouterr().err == ""


def hang_up() -> Iterator[bytes]:
    yield b"{"
    raise ConnectionAbortedError


def test_the_log_is_bounded_by_number() -> None:
    log = RequestLog()
    for number in range(MOST_ENTRIES + 10):
        log.append({"path": f"/{number}"})

    assert len(log) == MOST_ENTRIES
    assert next(iter(log)) == {"path": "/10"}


def test_the_log_is_bounded_by_size() -> None:
    log = RequestLog()
    body = "x" * (LARGEST_ENTRY - 100)
    for number in range(40):
        log.append({"path": f"/{number}", "body": body})

    kept = list(log)
    assert sum(len(json.dumps(entry)) for entry in kept) <= MOST_BYTES
    assert [entry["path"] for entry in kept] == [f"/{number}" for number in range(32, 40)]
    log.clear()
    assert list(log) == []


@pytest.mark.parametrize("body", ["x" * LARGEST_ENTRY, "\N{SNOWMAN}" * LARGEST_ENTRY, [[]] * 10**6])
def test_a_body_too_large_for_the_log_leaves_its_size(body: object) -> None:
    log = RequestLog()
    log.append({"path": "/before", "body": 1})
    log.append({"path": "/large", "body": body})

    before, large = log
    assert before == {"path": "/before", "body": 1}
    assert "too large" in large["body"]


def test_a_number_that_json_can_not_answer_is_told_as_text(service: Service) -> None:
    service.call("PUT", "/v1.0/1234/restore", content=b'{"BackupId": 1e400}')

    told = service.call("GET", "/emulator/requests")

    assert json.loads(told.text, parse_constant=pytest.fail)[-1]["body"] == {"BackupId": "inf"}


def test_the_log_is_read_while_it_is_written() -> None:
    log, going = RequestLog(), threading.Event()

    def write() -> None:
        while not going.is_set():
            log.append({"path": "/"})

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(200):
            assert all(entry["path"] == "/" for entry in log)
    finally:
        going.set()
        writer.join()
