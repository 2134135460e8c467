"""Deadlines hold whatever the network does: trickled bytes, silence, slow logins and look-ups."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.overlay.wire import Wire, answer, wire

from cloud_backup import (
    AgentNotOnline,
    AsyncCloudBackup,
    CloudBackup,
    CloudBackupError,
    Retries,
    Unreachable,
    WaitTimeout,
)
from cloud_backup.calling.deadline import left, within
from cloud_backup.waiting.pauses import Pauses
from cloud_backup_api.api.agents import get_agent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SOON = 1.5
ENOUGH = 400
"""So many bytes are trickled in eight seconds."""
RESTORE = {"RestoreId": 8, "BackupId": 9, "RestoreStateId": 6}
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"


@pytest.fixture
def server() -> Iterator[Wire]:
    with wire() as made:
        yield made


def silent(server: Wire) -> Callable[[socket.socket], None]:
    def wait(connection: socket.socket) -> None:
        server.stopping.wait(10)
        connection.shutdown(socket.SHUT_RDWR)

    return wait


def run(server: Wire, kind: str, call: Callable[[Any], Any], **options: Any) -> Any:
    """Make a client of one of the kinds, and call it."""
    if kind == "sync":
        with CloudBackup(**server.options(), **options) as backup:
            return call(backup)

    async def main() -> Any:
        async with AsyncCloudBackup(**server.options(), **options) as backup:
            return await call(backup)

    return asyncio.run(main())


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("where", ["headers", "body", "silence", "login", "login's body"])
def test_a_call_ends_at_its_deadline(server: Wire, kind: str, where: str) -> None:
    slow = {
        "headers": server.trickle(b"HTTP/1.1 200 OK\r\nX-Slow: "),
        "body": server.trickle(HEAD),
        "silence": silent(server),
        "login": server.trickle(b"HTTP/1.1 200 OK\r\nX-Slow: "),
        "login's body": server.trickle(HEAD),
    }
    path = "/v2.0/tokens" if "login" in where else "/agent/5"
    server.answers[path] = slow[where]

    with pytest.raises(Unreachable) as e:
        run(server, kind, lambda backup: backup.agents.get(5), deadline=SOON)

    assert isinstance(e.value.__cause__, httpx.TimeoutException)
    assert e.value.not_carried_out == ("login" in where)
    assert len(server.ports) == (1 if "login" in where else 2)
    assert server.trickled < ENOUGH


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_it_holds_for_the_generated_functions_too(server: Wire, kind: str) -> None:
    server.answers["/agent/5"] = server.trickle(HEAD)

    def ask(backup: Any) -> Any:
        if kind == "sync":
            return get_agent.sync_detailed(5, client=backup.api)
        return get_agent.asyncio_detailed(5, client=backup.api)

    with pytest.raises(httpx.ReadTimeout):
        run(server, kind, ask, deadline=SOON)
    assert server.trickled < ENOUGH


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_it_is_one_for_all_attempts(server: Wire, kind: str) -> None:
    server.answers["/agent/5"] = answer(b"", status="503 Busy")
    pauses = Retries(deadline=3600, attempts=10_000, first_pause=0.05, longest_pause=0.05)

    with pytest.raises(CloudBackupError) as e:
        run(server, kind, lambda backup: backup.agents.get(5), deadline=SOON, retries=pauses)

    assert 1 < e.value.attempts <= SOON / 0.025 + 1


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("many", [False, True])
def test_a_wait_ends_in_time(server: Wire, kind: str, *, many: bool) -> None:
    seen = answer(RESTORE)

    def first_then_slowly(connection: socket.socket) -> None:
        nonlocal seen
        said, seen = seen, b""
        if said:
            connection.sendall(said)
        else:
            server.trickle(HEAD)(connection)

    server.answers["/restore/8"] = first_then_slowly
    server.answers["/activity"] = server.trickle(HEAD)

    def wait(backup: Any) -> Any:
        if many:
            return backup.restores.wait_all([8, 9], timeout=SOON)
        return backup.restores.wait(8, timeout=SOON, poll_interval=0.05)

    with pytest.raises(WaitTimeout):
        run(server, kind, wait)
    assert server.trickled < ENOUGH


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("slow", ["/agent/5", "/user/wakeupagents"])
def test_waiting_for_an_agent_ends_in_time(server: Wire, kind: str, slow: str) -> None:
    looks = [answer({"MachineAgentId": 5, "Status": "Offline"})]

    def look(connection: socket.socket) -> None:
        if looks or slow != "/agent/5":
            connection.sendall(looks[0])
            if slow == "/agent/5":
                looks.clear()
        else:
            server.trickle(HEAD)(connection)

    server.answers["/agent/5"] = look
    server.answers["/user/wakeupagents"] = server.trickle(HEAD) if "wake" in slow else answer(b"")

    def wait(backup: Any) -> Any:
        return backup.agents.wait_online(5, timeout=SOON, poll_interval=0.05)

    with pytest.raises(AgentNotOnline):
        run(server, kind, wait)
    assert server.trickled < ENOUGH


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_host_that_is_never_found(
    server: Wire, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_up = threading.Event()
    found = socket.getaddrinfo

    def look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host in {"nowhere.example", b"nowhere.example"}:
            given_up.wait(10)
        return found("127.0.0.1", *args, **kwargs)

    def ask(backup: Any) -> Any:
        if kind == "sync":
            return backup.agents.get(5)

        async def ask() -> None:
            try:
                await backup.agents.get(5)
            finally:
                given_up.set()  # asyncio waits for its threads

        return ask()

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    server.url = server.url.replace("127.0.0.1", "nowhere.example")

    with pytest.raises(Unreachable) as e:
        run(server, kind, ask, deadline=SOON, allow_http=True)
    given_up.set()

    assert isinstance(e.value.__cause__, httpx.ConnectTimeout)
    assert e.value.not_carried_out
    assert server.ports == []


def test_a_call_does_not_wait_longer_for_the_login_of_another(server: Wire) -> None:
    logging_in, given_up = threading.Event(), threading.Event()
    in_time: list[bool] = []

    def login(connection: socket.socket) -> None:
        logging_in.set()
        in_time.append(given_up.wait(10))
        connection.shutdown(socket.SHUT_RDWR)

    server.answers["/v2.0/tokens"] = login

    def first(backup: CloudBackup) -> None:
        with pytest.raises(Unreachable):
            backup.agents.get(5)

    with CloudBackup(**server.options(), retries=Retries.off()) as backup:
        other = threading.Thread(target=first, args=[backup])
        other.start()
        assert logging_in.wait(10)
        with within(SOON), pytest.raises(Unreachable) as e:
            backup.agents.get(6)
        given_up.set()
        other.join()

    assert e.value.not_carried_out
    assert in_time == [True]
    assert len(server.ports) == 1


def test_what_is_sent_slowly_ends_in_time(server: Wire) -> None:
    # Nobody reads: the buffers of the kernel fill up, a part at a time.
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        options: dict[str, Any] = server.options() | {
            "base_url": f"http://127.0.0.1:{port}/v1.0/1234"
        }
        with (
            CloudBackup(**options, deadline=2 * SOON) as backup,
            pytest.raises(Unreachable) as e,
        ):
            backup.restores.add_file(8, "x" * 16_000_000)

    assert isinstance(e.value.__cause__, httpx.WriteTimeout)
    assert not e.value.not_carried_out


def test_a_client_of_the_callers_is_held_to_it_between_two_parts(server: Wire) -> None:
    server.answers["/agent/5"] = server.trickle(HEAD)

    with (
        httpx.Client() as http_client,
        CloudBackup(**server.options(), http_client=http_client, deadline=SOON) as backup,
        pytest.raises(Unreachable),
    ):
        backup.agents.get(5)


def test_a_login_has_the_timeouts_of_the_client(server: Wire) -> None:
    server.answers["/v2.0/tokens"] = silent(server)

    with (
        CloudBackup(**server.options(), timeout=1.0, retries=Retries.off()) as backup,
        pytest.raises(Unreachable) as e,
    ):
        backup.agents.get(5)

    assert isinstance(e.value.__cause__, httpx.ReadTimeout)


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("seconds", [1e10, float("inf")])
def test_a_very_long_time_is_no_error(server: Wire, kind: str, seconds: float) -> None:
    server.answers["/agent/5"] = answer({"MachineAgentId": 5, "AgentStatus": "Online"})
    server.answers["/restore/8"] = answer(RESTORE | {"RestoreStateId": 3})

    def call(backup: Any) -> Any:
        if kind == "sync":
            backup.agents.get(5, timeout=seconds)
            backup.agents.get(5, timeout=httpx.Timeout(seconds))
            return backup.restores.wait(8, timeout=seconds, poll_interval=seconds)

        async def calls() -> Any:
            await backup.agents.get(5, timeout=seconds)
            await backup.agents.get(5, timeout=httpx.Timeout(seconds))
            return await backup.restores.wait(8, timeout=seconds, poll_interval=seconds)

        return calls()

    assert run(server, kind, call, timeout=seconds, deadline=seconds).state == "Completed"


def test_a_very_long_pause_can_be_slept() -> None:
    pauses = Pauses(float("inf"), float("inf"), lambda: 0.0)

    pause = pauses.next()

    assert pause is not None
    assert 86_400 <= pause <= threading.TIMEOUT_MAX


def test_the_sooner_of_two_deadlines_holds() -> None:
    assert left() is None
    with within(3600):
        with within(7200):
            assert 0 < (left() or 0) <= 3600
        with within(None):
            assert 0 < (left() or 0) <= 3600
        with within(0):
            assert left() == 0
    assert left() is None


@pytest.mark.parametrize("wrong", [{"deadline": 0}, {"deadline": -1}, {"max_answer_size": 0}])
def test_limits_out_of_range(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        CloudBackup("demo", "key", **wrong)
