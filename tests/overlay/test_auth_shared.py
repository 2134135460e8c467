"""RackspaceAuth shared by threads and tasks: one of them logs in, and nobody waits for ever."""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from cloud_backup import AuthenticationError
from cloud_backup.signing_in import auth as auth_module
from cloud_backup.signing_in.auth import PLACEHOLDER_URL, RackspaceAuth

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from tests.overlay.conftest import FakeService

TOKEN = "canary-of-the-token"
PATIENCE = 30  # seconds until a deadlock is called one


class Crowd:
    """Tells when so many wait for a login: only then it is let go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, expected: int) -> None:
        self._missing = expected
        self._lock = threading.Lock()
        self._complete = threading.Event()
        if not expected:
            self._complete.set()
        arrive = self.arrive

        class Watched(concurrent.futures.Future[Any]):
            def result(self, timeout: float | None = None) -> Any:
                if not self.done():
                    arrive()
                return super().result(timeout)

            def add_done_callback(self, fn: Callable[[Any], object]) -> None:
                arrive()
                super().add_done_callback(fn)

        monkeypatch.setattr(auth_module, "Future", Watched)

    def arrive(self) -> None:
        with self._lock:
            self._missing -= 1
            if self._missing == 0:
                self._complete.set()

    def wait(self) -> None:
        assert self._complete.wait(PATIENCE), f"{self._missing} never came to wait"


def in_threads(number: int, call: Callable[[], object]) -> list[object]:
    """Call from so many threads; return what came, errors too."""

    with concurrent.futures.ThreadPoolExecutor(number) as pool:
        calls = [pool.submit(call) for _ in range(number)]
        return [f.exception(PATIENCE) or f.result(PATIENCE) for f in calls]


def get(service: FakeService, auth: RackspaceAuth) -> int:
    with httpx.Client(auth=auth, transport=service.transport()) as client:
        return client.get(PLACEHOLDER_URL.join("/activity")).status_code


async def get_many(service: FakeService, auth: RackspaceAuth, number: int) -> list[int]:
    async with httpx.AsyncClient(auth=auth, transport=service.async_transport()) as client:
        calls = (client.get(PLACEHOLDER_URL.join("/activity")) for _ in range(number))
        return [answer.status_code for answer in await asyncio.gather(*calls)]


def test_fifty_threads_log_in_once(
    service: FakeService, auth: RackspaceAuth, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.on_login = Crowd(monkeypatch, 49).wait

    assert in_threads(50, lambda: get(service, auth)) == [200] * 50
    assert len(service.logins) == 1
    assert service.tokens() == {f"{TOKEN}-1": 50}


def test_fifty_tasks_log_in_once(
    service: FakeService, auth: RackspaceAuth, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.on_login = Crowd(monkeypatch, 49).wait

    assert asyncio.run(get_many(service, auth, 50)) == [200] * 50
    assert len(service.logins) == 1


def test_threads_and_tasks_in_several_event_loops_log_in_once(
    service: FakeService, auth: RackspaceAuth, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.on_login = Crowd(monkeypatch, 4 * 10 + 10 - 1).wait
    kinds = iter([False] * 10 + [True] * 4)
    lock = threading.Lock()

    def either() -> object:
        with lock:
            several = next(kinds)
        return asyncio.run(get_many(service, auth, 10)) if several else get(service, auth)

    answers = in_threads(14, either)

    assert answers.count(200) == 10
    assert answers.count([200] * 10) == 4
    assert len(service.logins) == 1


def test_fifty_threads_that_are_refused_renew_once(
    service: FakeService, auth: RackspaceAuth, monkeypatch: pytest.MonkeyPatch
) -> None:
    get(service, auth)
    service.revoked.add(f"{TOKEN}-1")
    start = threading.Barrier(20)

    def call() -> int:
        start.wait(PATIENCE)
        return get(service, auth)

    assert in_threads(20, call) == [200] * 20
    assert len(service.logins) == 2
    assert service.tokens()[f"{TOKEN}-2"] == 20


def test_a_refusal_is_everybodys_and_each_has_an_error_of_its_own(
    service: FakeService, auth: RackspaceAuth, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.on_login = Crowd(monkeypatch, 9).wait
    service.login_answer = httpx.Response(401, json={"unauthorized": {"message": "wrong"}})

    errors = in_threads(10, lambda: get(service, auth))

    assert [type(error) for error in errors] == [AuthenticationError] * 10
    assert len({id(error) for error in errors}) == 10
    assert {str(error) for error in errors} == {"authenticate: 401 wrong"}
    assert len(service.logins) == 1


def test_a_failed_connection_is_everybodys(
    service: FakeService, auth: RackspaceAuth, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.on_login = Crowd(monkeypatch, 9).wait
    service.login_answer = httpx.ConnectError("refused")

    errors = in_threads(10, lambda: get(service, auth))

    assert [type(error) for error in errors] == [httpx.ConnectError] * 10
    assert len(service.logins) == 1


def test_a_failed_connection_is_every_tasks(
    service: FakeService, auth: RackspaceAuth, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.on_login = Crowd(monkeypatch, 9).wait
    service.login_answer = httpx.ConnectError("refused")

    async def main() -> list[object]:
        async with httpx.AsyncClient(auth=auth, transport=service.async_transport()) as client:
            calls = (client.get(PLACEHOLDER_URL) for _ in range(10))
            return list(await asyncio.gather(*calls, return_exceptions=True))

    assert [type(error) for error in asyncio.run(main())] == [httpx.ConnectError] * 10
    assert len(service.logins) == 1


def test_when_the_leader_is_cancelled_another_takes_over(
    service: FakeService, auth: RackspaceAuth
) -> None:
    async def main() -> list[int]:
        entered, never = asyncio.Event(), asyncio.Event()

        async def handle(request: httpx.Request) -> httpx.Response:
            if request.url.path == "/v2.0/tokens" and not entered.is_set():
                entered.set()
                await never.wait()
            return service.handle(request)

        transport = httpx.MockTransport(handle)
        async with httpx.AsyncClient(auth=auth, transport=transport) as client:
            leader = asyncio.create_task(client.get(PLACEHOLDER_URL))
            await entered.wait()
            followers = [asyncio.create_task(client.get(PLACEHOLDER_URL)) for _ in range(5)]
            await asyncio.sleep(0)
            assert not any(follower.done() for follower in followers)
            leader.cancel()
            return [(await follower).status_code for follower in followers]

    assert asyncio.run(asyncio.wait_for(main(), PATIENCE)) == [200] * 5
    assert len(service.logins) == 1


def test_a_follower_that_is_cancelled_takes_nobody_along(
    service: FakeService, auth: RackspaceAuth
) -> None:
    async def main() -> list[bool]:
        entered, go_on = asyncio.Event(), asyncio.Event()

        async def handle(request: httpx.Request) -> httpx.Response:
            if request.url.path == "/v2.0/tokens":
                entered.set()
                await go_on.wait()
            return service.handle(request)

        transport = httpx.MockTransport(handle)
        async with httpx.AsyncClient(auth=auth, transport=transport) as client:
            leader = asyncio.create_task(client.get(PLACEHOLDER_URL))
            await entered.wait()
            followers = [asyncio.create_task(client.get(PLACEHOLDER_URL)) for _ in range(3)]
            await asyncio.sleep(0)
            followers[0].cancel()
            await asyncio.sleep(0)
            go_on.set()
            await asyncio.wait([leader, *followers])
            return [task.cancelled() for task in (leader, *followers)]

    assert asyncio.run(asyncio.wait_for(main(), PATIENCE)) == [False, True, False, False]
    assert len(service.logins) == 1


def test_a_thread_takes_over_from_a_task_that_was_cancelled(
    service: FakeService, auth: RackspaceAuth, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = Crowd(monkeypatch, 1)

    async def main() -> int:
        entered, never = asyncio.Event(), asyncio.Event()

        async def handle(_: httpx.Request) -> httpx.Response:
            entered.set()
            await never.wait()
            raise AssertionError

        async with httpx.AsyncClient(auth=auth, transport=httpx.MockTransport(handle)) as client:
            leader = asyncio.create_task(client.get(PLACEHOLDER_URL))
            await entered.wait()
            follower = asyncio.create_task(asyncio.to_thread(get, service, auth))
            await asyncio.to_thread(waiting.wait)
            leader.cancel()
            return await follower

    assert asyncio.run(asyncio.wait_for(main(), PATIENCE)) == 200


def step(flow: Generator[httpx.Request, httpx.Response, None], answer: httpx.Response) -> None:
    with pytest.raises(StopIteration):
        flow.send(answer)


def test_a_flow_that_is_dropped_leaves_the_login_to_another(
    service: FakeService, auth: RackspaceAuth
) -> None:
    dropped = auth.sync_auth_flow(httpx.Request("GET", PLACEHOLDER_URL))
    assert next(dropped).url == "https://identity.example/v2.0/tokens"
    del dropped

    assert get(service, auth) == 200


def test_a_synchronous_call_within_the_leaders_own_thread_does_not_wait_for_it(
    service: FakeService, auth: RackspaceAuth
) -> None:
    # It would wait for ever: the leader can't go on before the call returns.
    leader = auth.sync_auth_flow(httpx.Request("GET", PLACEHOLDER_URL))
    login = next(leader)

    assert get(service, auth) == 200

    answer = service.handle(login)
    answer.request = login
    request = leader.send(answer)
    assert request.headers["X-Auth-Token"] == f"{TOKEN}-2"
    step(leader, httpx.Response(200, request=request))
    assert get(service, auth) == 200
    assert len(service.logins) == 2


def test_a_cancelled_leader_is_no_failure_even_while_another_error_is_handled(
    service: FakeService, auth: RackspaceAuth
) -> None:
    leader = auth.sync_auth_flow(httpx.Request("GET", PLACEHOLDER_URL))
    login = next(leader)
    other = httpx.ConnectError("another request's")
    other.request = httpx.Request("GET", login.url)
    outcome = auth._login
    assert outcome is not None
    try:
        raise other
    except httpx.ConnectError:
        leader.close()

    assert outcome.future.result() is None


def test_an_error_that_cannot_be_copied_is_everybodys_all_the_same(
    service: FakeService, auth: RackspaceAuth, monkeypatch: pytest.MonkeyPatch
) -> None:
    class OddError(httpx.TransportError):
        def __init__(self, *, reason: str) -> None:
            super().__init__(reason)

    service.on_login = Crowd(monkeypatch, 4).wait
    service.login_answer = OddError(reason="odd")

    errors = in_threads(5, lambda: get(service, auth))

    assert [type(error) for error in errors] == [OddError] * 5
    assert len(service.logins) == 1
