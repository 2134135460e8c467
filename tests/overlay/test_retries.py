"""Calls that fail are sent again: which, how soon, and how long for."""

from __future__ import annotations

import asyncio
import pickle
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.overlay.conftest import API_KEY, AUTH_URL

from cloud_backup import (
    AsyncCloudBackup,
    AuthenticationError,
    CloudBackup,
    CloudBackupError,
    InvalidRequest,
    PermissionDenied,
    RateLimited,
    Retries,
    ServerError,
    ServiceUnavailable,
    UnexpectedAnswer,
    Unreachable,
)
from cloud_backup.calling.retries import Attempts
from cloud_backup.errors import status_error
from cloud_backup_api import api
from cloud_backup_api.api.restores import get_restore

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.overlay.conftest import FakeService

RESTORE = {"RestoreId": 5, "BackupId": 1, "RestoreStateId": 3}
AVAILABLE = httpx.Response(503)
BUSY = httpx.Response(503, headers={"Retry-After": "7"})
MANY = httpx.Response(429, headers={"Retry-After": "3"})
NOT_READY = httpx.Response(403, json={"code": 403, "message": "agent 5 is not ready"})
NOT_PERMITTED = httpx.Response(403, json={"message": "the roles do not permit it"})


def test_what_may_do_harm_twice_is_not_repeated() -> None:
    operations = [
        import_module(f"{api.__name__}.{group.name}.{module.name}").OPERATION
        for group in iter_modules(api.__path__)
        for module in iter_modules([f"{api.__path__[0]}/{group.name}"])
        if module.name != "methods"
    ]

    assert len(operations) == 36
    assert {operation.id for operation in operations if not operation.is_idempotent} == {
        "addRestoreFile",
        "changeAgentEncryptionPassword",
        "createBackupConfiguration",
        "createRestore",
        "deleteAgent",
        "deleteBackupConfiguration",
        "deleteRestoreFile",
        "enableAgentEncryption",
        "migrateVault",
        "requestBackupAction",
        "requestRestoreAction",
    }
    assert {operation.id for operation in operations if operation.awaits_agent} == {
        "requestBackupAction",
        "requestRestoreAction",
    }


def client(service: FakeService, slept: list[float], retries: Retries) -> CloudBackup:
    return CloudBackup(
        "demo",
        API_KEY,
        auth_url=AUTH_URL,
        transport=service.transport(),
        sleep=slept.append,
        retries=retries,
    )


@pytest.mark.parametrize(
    "answer",
    [
        MANY,
        AVAILABLE,
        BUSY,
        httpx.Response(413),
        httpx.Response(500),
        httpx.Response(502),
        httpx.Response(504),
        httpx.Response(200, text="<html>"),
        httpx.ConnectError("refused"),
        httpx.ConnectTimeout("too slow"),
        httpx.PoolTimeout("no connection is free"),
        httpx.ReadTimeout("too slow"),
        httpx.ReadError("reset"),
        httpx.RemoteProtocolError("it went away"),
        httpx.ProxyError("503 of CONNECT"),
    ],
    ids=lambda answer: str(getattr(answer, "status_code", type(answer).__name__)),
)
def test_a_read_is_sent_again(
    service: FakeService, backup: CloudBackup, slept: list[float], answer: Any
) -> None:
    service.answer("GET", "/restore/5", answer, answer, RESTORE)

    assert backup.restores.get(5).restore_id == 5
    assert len(slept) == 2
    assert len(service.seen) == 3


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (httpx.Response(400), InvalidRequest),
        (httpx.Response(403), PermissionDenied),
        (httpx.Response(404), CloudBackupError),
        (httpx.Response(501), ServerError),
        (httpx.Response(200, json={}), UnexpectedAnswer),
        (httpx.UnsupportedProtocol("ftp"), Unreachable),
    ],
)
def test_what_will_not_pass_is_not_sent_again(
    service: FakeService, backup: CloudBackup, slept: list[float], answer: Any, error: type[Any]
) -> None:
    service.answer("GET", "/restore/5", answer)

    with pytest.raises(error) as e:
        backup.restores.get(5)

    assert slept == []
    assert e.value.attempts == 1


def start(backup: CloudBackup) -> None:
    backup.restores.start(5)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500),
        httpx.Response(502),
        AVAILABLE,
        BUSY,
        httpx.Response(504),
        httpx.ReadTimeout("too slow"),
        httpx.ReadError("reset"),
        httpx.WriteError("reset"),
        httpx.RemoteProtocolError("it went away"),
    ],
    ids=lambda answer: str(getattr(answer, "status_code", type(answer).__name__)),
)
def test_a_write_that_may_have_been_carried_out_is_not_sent_again(
    service: FakeService, backup: CloudBackup, slept: list[float], answer: Any
) -> None:
    service.answer("POST", "/restore/action-requested", answer, httpx.Response(200))

    with pytest.raises(CloudBackupError) as e:
        start(backup)

    assert slept == []
    assert len(service.seen) == 1
    assert not getattr(e.value, "not_carried_out", False)


@pytest.mark.parametrize(
    "answer",
    [
        MANY,
        NOT_READY,
        httpx.ConnectError("refused"),
        httpx.ConnectTimeout("too slow"),
        httpx.ProxyError("503 of CONNECT"),
    ],
    ids=lambda answer: str(getattr(answer, "status_code", type(answer).__name__)),
)
def test_a_write_that_was_not_carried_out_is_sent_again(
    service: FakeService, backup: CloudBackup, answer: Any
) -> None:
    service.answer("POST", "/restore/action-requested", answer, answer, httpx.Response(200))

    start(backup)

    assert len(service.seen) == 3


def test_a_restore_that_was_created_before_the_503_is_not_created_again(
    service: FakeService, backup: CloudBackup, slept: list[float]
) -> None:
    created: list[Any] = []

    def carried_out(request: httpx.Request) -> httpx.Response:
        created.append(request)
        return BUSY

    service.answer("PUT", "/restore", carried_out)

    with pytest.raises(ServiceUnavailable) as e:
        backup.restores.create(
            backup_id=1, source=5, destination=5, path="/restored", overwrite=False
        )

    assert (len(created), slept, e.value.retry_after) == (1, [], 7)


@pytest.mark.parametrize("kind", [httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError])
def test_a_login_that_fails_leaves_a_write_unsent(
    service: FakeService, backup: CloudBackup, kind: type[httpx.RequestError]
) -> None:
    first = service.login()
    answers: list[Any] = [kind("broke"), first]

    def login(request: httpx.Request) -> httpx.Response:
        answer = answers.pop(0)
        if isinstance(answer, httpx.RequestError):
            answer.request = request
            raise answer
        response: httpx.Response = answer
        return response

    service.login_answer = login
    service.answer("POST", "/restore/action-requested", httpx.Response(200))

    start(backup)

    assert len(service.seen) == 1


def test_wrong_credentials_are_not_tried_again(
    service: FakeService, backup: CloudBackup, slept: list[float]
) -> None:
    service.login_answer = httpx.Response(401, json={"unauthorized": {"message": "no"}})

    with pytest.raises(AuthenticationError):
        backup.agents.list()

    assert len(service.logins) == 1
    assert slept == []


def test_a_start_that_is_not_permitted_is_not_sent_again(
    service: FakeService, backup: CloudBackup
) -> None:
    service.answer("POST", "/restore/action-requested", NOT_PERMITTED)

    with pytest.raises(PermissionDenied):
        start(backup)

    assert len(service.seen) == 1


def test_an_agent_that_never_gets_ready_is_given_up_after_twenty_seconds(
    service: FakeService, backup: CloudBackup, slept: list[float]
) -> None:
    service.answer("POST", "/restore/action-requested", NOT_READY)

    with pytest.raises(PermissionDenied, match="agent 5 is not ready") as e:
        start(backup)

    assert sum(slept) == pytest.approx(20, abs=0.5)
    assert e.value.attempts == len(slept) + 1 == len(service.seen)
    assert f"given up after {len(service.seen)} attempts" in e.value.__notes__[0]


def test_not_sooner_than_the_service_says(
    service: FakeService, backup: CloudBackup, slept: list[float]
) -> None:
    service.answer("GET", "/restore/5", MANY, BUSY, MANY, RESTORE)

    backup.restores.get(5)

    assert all(pause >= least for pause, least in zip(slept, [3.0, 7.0, 3.0], strict=True)), slept


def test_one_that_is_to_come_back_after_the_deadline_fails_at_once(
    service: FakeService, backup: CloudBackup, slept: list[float]
) -> None:
    service.answer("GET", "/restore/5", httpx.Response(503, headers={"Retry-After": "3600"}))

    with pytest.raises(ServiceUnavailable) as e:
        backup.restores.get(5)

    assert slept == []
    assert e.value.retry_after == 3600


def test_off(service: FakeService, slept: list[float]) -> None:
    service.answer("GET", "/restore/5", MANY, RESTORE)

    with client(service, slept, Retries.off()) as backup, pytest.raises(RateLimited) as e:
        backup.restores.get(5)

    assert slept == []
    assert not hasattr(e.value, "__notes__")


def test_the_deadline_is_one_for_all_attempts(service: FakeService, slept: list[float]) -> None:
    service.answer("GET", "/restore/5", AVAILABLE)
    retries = Retries(deadline=10, attempts=1000)

    with client(service, slept, retries) as backup, pytest.raises(ServiceUnavailable):
        backup.restores.get(5)

    assert sum(slept) == pytest.approx(10, abs=0.5)


def test_slow_answers_count_against_the_deadline(service: FakeService, slept: list[float]) -> None:
    now = [0.0]

    def slow(_: httpx.Request) -> httpx.Response:
        now[0] += 25
        return httpx.Response(500)

    service.answer("GET", "/restore/5", slow)
    retries = Retries(deadline=60, clock=lambda: now[0])

    with client(service, slept, retries) as backup, pytest.raises(ServerError):
        backup.restores.get(5)

    assert len(service.seen) == 3


def test_the_number_of_attempts_can_be_limited(service: FakeService, slept: list[float]) -> None:
    service.answer("GET", "/restore/5", AVAILABLE)

    with (
        client(service, slept, Retries(attempts=3)) as backup,
        pytest.raises(ServiceUnavailable) as e,
    ):
        backup.restores.get(5)

    assert e.value.attempts == len(service.seen) == 3
    assert pickle.loads(pickle.dumps(e.value)).attempts == 3


def test_async(service: FakeService, async_backup: AsyncCloudBackup, slept: list[float]) -> None:
    service.answer("GET", "/restore/5", MANY, httpx.ConnectError("refused"), RESTORE)

    async def ask() -> int:
        async with async_backup as backup:
            return (await backup.restores.get(5)).restore_id

    assert asyncio.run(ask()) == 5
    assert len(slept) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"deadline": -1},
        {"deadline": float("nan")},
        {"agent_not_ready": -0.1},
        {"attempts": 0},
        {"first_pause": -1},
        {"longest_pause": -1},
    ],
    ids=str,
)
def test_numbers_out_of_range_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Retries(**wrong)


def _unavailable(retry_after: int | None) -> ServiceUnavailable:
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    request = httpx.Request("GET", "https://backup.example/restore/5")
    error = status_error(httpx.Response(503, headers=headers, request=request), "getRestore")
    assert isinstance(error, ServiceUnavailable)
    return error


@given(
    deadline=st.floats(0, 1000),
    first=st.floats(0, 100),
    longest=st.floats(0, 100),
    attempts=st.integers(1, 50),
    drawn=st.floats(0, 1, exclude_max=True),
    told=st.lists(st.none() | st.integers(0, 60), min_size=50, max_size=50),
)
def test_no_pause_is_too_short_nor_beyond_the_deadline(  # noqa: PLR0917 - drawn
    deadline: float,
    first: float,
    longest: float,
    attempts: int,
    drawn: float,
    told: list[int | None],
) -> None:
    retries = Retries(
        deadline=deadline,
        first_pause=first,
        longest_pause=longest,
        attempts=attempts,
        clock=_stopped,
        random=lambda: drawn,
    )
    made = Attempts(retries, get_restore.OPERATION)

    for retry_after in told:
        pause = made.pause(_unavailable(retry_after))
        if pause is None:
            break
        assert pause >= (retry_after or 0)
        assert made.waited + pause <= deadline * (1 + 1e-9)
        assert pause <= max(longest, (retry_after or 0) + first)
        made.next(pause)

    assert made.made <= attempts


def _stopped() -> float:
    return 0.0


def test_pauses_differ_between_clients() -> None:
    def first(random: Callable[[], float]) -> float | None:
        return Attempts(Retries(clock=_stopped, random=random), get_restore.OPERATION).pause(
            _unavailable(10)
        )

    assert first(lambda: 0.0) == 10
    assert first(lambda: 0.5) == 10.25
