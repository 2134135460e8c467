"""A key, a password and a token are seen by Identity and the service, and by nobody else."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import logging
import pickle
import traceback
from io import StringIO
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from rich.console import Console
from rich.traceback import Traceback

from cloud_backup import (
    AsyncCloudBackup,
    AuthenticationError,
    CloudBackup,
    CloudBackupError,
    CredentialsMissing,
    RackspaceAuth,
)
from cloud_backup.secret import Secret
from cloud_backup.signing_in.auth import PLACEHOLDER_URL
from cloud_backup.signing_in.credentials import Credentials

if TYPE_CHECKING:
    from tests.overlay.conftest import FakeService

KEY = "canary-of-the-api-key"
RESTORE = {"RestoreId": 1394, "BackupId": 133599, "RestoreStateId": 3}


def spoken(value: object) -> str:
    """All that is likely to be printed of a value."""
    return f"{value} {value!r} {getattr(value, '__dict__', '')}"


def with_locals(error: BaseException) -> str:
    """Print a traceback with all local variables, of all frames, of all causes."""
    console = Console(file=StringIO(), width=200)
    console.print(
        Traceback.from_exception(
            type(error),
            error,
            error.__traceback__,
            show_locals=True,
            locals_max_string=100_000,
            locals_max_length=1000,
            locals_hide_dunder=False,
            max_frames=0,
            suppress=["threading"],
        )
    )
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_secret() -> None:
    secret = Secret("canary")

    assert "canary" not in spoken(secret) + f"{secret}" + "%s" % secret  # noqa: UP031
    assert secret.reveal() == "canary"
    for again in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="not pickled"):
            again(secret)


def test_what_holds_secrets_does_not_show_them(
    service: FakeService, backup: CloudBackup, auth: RackspaceAuth
) -> None:
    with httpx.Client(auth=auth, transport=service.transport()) as client:
        response = client.get(PLACEHOLDER_URL)
    with backup:
        backup.agents.list()
    credentials = Credentials.from_environment({"RS_USERNAME": "demo", "RS_API_KEY": KEY})

    for value in (backup, auth, credentials, auth._session, auth._identity, response, vars(auth)):
        assert "canary" not in spoken(value)


def test_neither_client_nor_auth_nor_credentials_are_pickled(
    backup: CloudBackup, auth: RackspaceAuth
) -> None:
    credentials = Credentials.from_environment({"RS_USERNAME": "demo", "RS_API_KEY": KEY})
    for value in (backup, auth, credentials):
        with pytest.raises(TypeError):
            pickle.dumps(value)
    for again in (copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="make one where it is needed"):
            again(auth)


def test_a_response_keeps_neither_token_nor_login(
    service: FakeService, auth: RackspaceAuth
) -> None:
    with httpx.Client(auth=auth, transport=service.transport()) as client:
        response = client.get(PLACEHOLDER_URL)

    assert service.seen[0].token == "canary-of-the-token-1"
    assert "canary" not in repr(response.request.headers)
    assert response.history == []
    assert b"canary" not in pickle.dumps(response)


def test_a_restore_that_is_pickled_leaves_its_client_behind(
    service: FakeService, backup: CloudBackup
) -> None:
    service.answer("GET", "/restore/1394", RESTORE)
    with backup:
        restore = backup.restores.get(1394)

    pickled = pickle.dumps(restore)

    assert b"canary" not in pickled
    assert pickle.loads(pickled) == restore
    with pytest.raises(RuntimeError, match=r"restores\.report\(restore\)"):
        pickle.loads(pickled).report()


FAILURES: dict[str, Any] = {
    "the service says no": {"answer": httpx.Response(403, json={"code": 403, "message": "no"})},
    "the service says 401": {"answer": httpx.Response(401, json={"code": 401, "message": "no"})},
    "the service speaks HTML": {"answer": httpx.Response(200, html="<html>")},
    "the service is not there": {"answer": httpx.ConnectError("refused")},
    "the service leaves out ids": {"answer": {"RestoreId": 5}},
    "identity says no": {
        "login": httpx.Response(401, json={"unauthorized": {"code": 401, "message": "no"}})
    },
    "identity echoes": {"login": lambda r: httpx.Response(401, content=b"".join(r.stream))},
    "identity is not there": {"login": httpx.ConnectTimeout("slow")},
    "identity breaks off": {"login": httpx.ReadError("broken")},
    "identity speaks HTML": {"login": httpx.Response(200, html="<html>")},
    "no such region": {"endpoints": [{"region": "SYD", "publicURL": "https://syd.example"}] * 2},
    "no service": {"endpoints": []},
}


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
def test_no_error_shows_or_keeps_a_secret(
    service: FakeService,
    caplog: pytest.LogCaptureFixture,
    failure: dict[str, Any],
    asynchronous: bool,  # noqa: FBT001
) -> None:
    caplog.set_level(logging.DEBUG)
    service.answer("GET", "/restore/5", failure.get("answer", RESTORE))
    service.login_answer = failure.get("login")
    service.endpoints = failure.get("endpoints", service.endpoints)
    service.default_region = None if "endpoints" in failure else "DFW"
    environ = {
        "RS_USERNAME": "demo",
        "RS_API_KEY": KEY,
        "RS_AUTH_URL": "https://identity.example",
        "RS_REGION_NAME": "DFW" if "endpoints" in failure else "",
    }

    async def at_once(_: float) -> None:
        """Let an attempt follow at once."""

    async def ask_async() -> None:
        async with AsyncCloudBackup.from_environment(
            environ, transport=service.async_transport(), sleep=at_once
        ) as backup:
            await backup.restores.get(5)

    def ask() -> None:
        with CloudBackup.from_environment(
            environ, transport=service.transport(), sleep=float
        ) as backup:
            backup.restores.get(5)

    with pytest.raises(CloudBackupError) as e:
        asyncio.run(ask_async()) if asynchronous else ask()

    error = e.value
    # This test's own frames have the key among their variables.
    error.__traceback__ = own(error)
    shown = {
        "error": spoken(error) + spoken(error.__cause__) + spoken(error.args),
        "traceback": "".join(traceback.format_exception(error)),
        "locals": with_locals(error),
        "log": caplog.text,
        "pickle": repr(pickle.dumps(error)),
    }
    assert "operation = " in shown["locals"]
    assert {where for where, what in shown.items() if "canary" in what} == set()


def own(error: BaseException) -> Any:
    """The part of a traceback that is the library's."""
    entry = error.__traceback__
    while entry is not None and "/tests/" in entry.tb_frame.f_code.co_filename:
        entry = entry.tb_next
    while entry is not None and "cloud_backup" not in entry.tb_frame.f_code.co_filename:
        entry = entry.tb_next
    assert entry is not None
    return entry


def test_a_refused_pair_of_key_and_password_is_not_shown() -> None:
    def auth(username: str, api_key: str, *, password: str) -> RackspaceAuth:
        return RackspaceAuth(Credentials(username=username, api_key=api_key, password=password))

    for client in (CloudBackup, AsyncCloudBackup, auth):
        with pytest.raises(ValueError, match="not both") as e:
            client("demo", KEY, password="canary-of-the-password")
        e.value.__traceback__ = own(e.value)
        assert "canary" not in with_locals(e.value)


def test_an_identity_error_is_the_same_for_who_waited(
    service: FakeService, auth: RackspaceAuth
) -> None:
    service.login_answer = httpx.Response(401, json={"unauthorized": {"message": "no"}})
    with (
        httpx.Client(auth=auth, transport=service.transport()) as client,
        pytest.raises(AuthenticationError) as e,
    ):
        client.get(PLACEHOLDER_URL)

    with contextlib.suppress(httpx.RequestNotRead):
        assert b"canary" not in e.value.request.content
    assert b"canary" not in pickle.dumps(e.value)


def test_the_environment_is_not_shown_when_half_of_it_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("RS_USERNAME", raising=False)
    monkeypatch.setenv("RS_API_KEY", KEY)

    with pytest.raises(CredentialsMissing) as e:
        CloudBackup.from_environment()

    e.value.__traceback__ = own(e.value)
    assert "canary" not in with_locals(e.value)
