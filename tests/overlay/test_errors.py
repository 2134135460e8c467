"""Errors: the one that fits an answer, what it says, and that it travels."""

from __future__ import annotations

import copy
import pickle
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from cloud_backup import errors
from cloud_backup.errors import (
    AuthenticationError,
    BackupFailed,
    CloudBackupError,
    Conflict,
    CredentialsMissing,
    InvalidRequest,
    NotCompleted,
    NotFound,
    PermissionDenied,
    RateLimited,
    RegionNotFound,
    RestoreFailed,
    ServerError,
    ServiceUnavailable,
    StatusError,
    UnexpectedAnswer,
    Unreachable,
    WaitTimeout,
    status_error,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def answer(status: int = 404, **content: Any) -> httpx.Response:
    request = httpx.Request(
        "PUT",
        "https://dfw.backup.example/v1.0/1234/restore",
        headers={"X-Auth-Token": "canary"},
        json={"BackupId": 1},
    )
    return httpx.Response(status, request=request, **content)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, StatusError),
        (400, InvalidRequest),
        (401, AuthenticationError),
        (403, PermissionDenied),
        (404, NotFound),
        (405, InvalidRequest),
        (409, Conflict),
        (413, RateLimited),
        (422, InvalidRequest),
        (429, RateLimited),
        (500, ServerError),
        (503, ServiceUnavailable),
        (504, ServerError),
        (599, ServerError),
    ],
)
def test_class_by_status(status: int, kind: type[StatusError]) -> None:
    error = status_error(answer(status), "getRestore")

    assert type(error) is kind
    assert error.status == status


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        ({"json": {"code": 404, "message": "no such"}}, 404, "no such"),
        ({"json": {"itemNotFound": {"code": 404, "message": "no such"}}}, 404, "no such"),
        ({"json": {"message": "no such"}}, None, "no such"),
        ({"json": {"code": "x", "message": "no such"}}, None, "no such"),
        ({"json": {"code": 404, "message": None}}, None, '{"code":404,"message":null}'),
        ({"json": []}, None, "[]"),
        ({"text": "no such"}, None, "no such"),
        ({"text": "x" * 600}, None, "x" * 500 + "…"),
        ({"html": "<html>"}, None, "Not Found"),
        ({}, None, "Not Found"),
        ({"content": b"\xff\xfe"}, None, "\ufffd\ufffd"),
    ],
)
def test_message(content: dict[str, Any], code: int | None, message: str) -> None:
    error = status_error(answer(**content), "createRestore")

    assert (error.code, error.message) == (code, message)
    assert str(error) == f"createRestore: 404 {message}"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "120"}, 120),
        (
            {
                "Retry-After": "Thu, 01 Jan 2026 00:01:00 GMT",
                "Date": "Thu, 01 Jan 2026 00:00:30 GMT",
            },
            30,
        ),
        (
            {
                "Retry-After": "Thu, 01 Jan 2026 00:00:00 GMT",
                "Date": "Thu, 01 Jan 2026 00:00:30 GMT",
            },
            0,
        ),
        ({"Retry-After": "Thu, 01 Jan 2026 00:00:00 GMT"}, 0),
        ({"Retry-After": "Thu, 01 Jan 2026 00:00:00 +99999999999999999999"}, None),
        ({"Retry-After": "Thu, 01 Jan 99999 00:00:00 GMT"}, None),
        ({"Retry-After": "5.5"}, 5.5),
        ({"Retry-After": "9" * 400}, None),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "soon"}, None),
        ({}, None),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    assert status_error(answer(503, headers=headers), "getRestore").retry_after == seconds


def test_request_and_response_are_at_hand_without_the_token() -> None:
    error = status_error(answer(json={"code": 404, "message": "no such"}), "createRestore")

    assert error.request.method == "PUT"
    assert error.request.headers["X-Auth-Token"] == "[secure]"
    assert error.request.read() == b'{"BackupId":1}'
    assert error.response.request is error.request
    assert error.response.json()["code"] == 404


EVERY = [
    errors.UsedElsewhere(),
    errors.EncryptionUnavailable(),
    errors.ZoneDataMissing("Europe/Berlin"),
    errors.AgentNotOnline(SimpleNamespace(machine_agent_id=4, status="Offline"), 60.0),
    CredentialsMissing("set RS_USERNAME"),
    RegionNotFound("SYD", ["DFW"]),
    errors.AgentNotFound("MBP0", [4, 5], ["MBP0"]),
    errors.InsecureURL("base_url", httpx.URL("http://backup.example")),
    Unreachable("getRestore", "ConnectTimeout"),
    UnexpectedAnswer("getRestore", "the answer has no restore_id", field="restore_id"),
    WaitTimeout("restore 5", SimpleNamespace(restore_id=5, state="Queued"), 60.0),
    WaitTimeout("restores", None, 60.0, states={5: "Queued", 6: "Completed"}),
    NotCompleted("restore 5", SimpleNamespace(restore_id=5, state="Stopped")),
    BackupFailed("backup 5", SimpleNamespace(backup_id=5, state="Missed"), None),
    RestoreFailed(
        "restore 5",
        SimpleNamespace(restore_id=5, state="Failed"),
        SimpleNamespace(reason="Failed", diagnostics="no space left"),
    ),
    *(
        status_error(answer(status, json={"code": status, "message": "why"}), "getRestore")
        for status in (302, 400, 401, 403, 404, 409, 429, 500, 503)
    ),
]


def test_how_it_ended_is_said() -> None:
    error = RestoreFailed(
        "restore 5",
        SimpleNamespace(state="Failed"),
        SimpleNamespace(reason="Failed", diagnostics="no space left"),
    )

    assert str(error) == "restore 5 ended Failed: Failed, no space left"
    assert error.state == "Failed"


def test_where_many_stand_is_said() -> None:
    error = WaitTimeout(
        "restores", None, 60.0, states={5: "Queued", 6: "Completed", 7: "Queued", 8: "Unknown"}
    )

    assert str(error) == (
        "3 of 4 restores are not done after 60.0 s: 2 Queued, 1 Completed, 1 Unknown"
    )
    assert error.states == {"Queued": 2, "Completed": 1, "Unknown": 1}
    assert error.pending == {5: "Queued", 7: "Queued", 8: "Unknown"}


def test_every_class_is_among_these() -> None:
    classes = {
        value
        for name in errors.__all__
        if isinstance(value := getattr(errors, name), type) and value is not CloudBackupError
    }

    assert classes == {type(error) for error in EVERY}


@pytest.mark.parametrize("error", EVERY, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize(
    "again",
    [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))],
    ids=["copy", "deepcopy", "pickle"],
)
def test_errors_travel(error: CloudBackupError, again: Callable[[Any], Any]) -> None:
    other = again(error)

    assert type(other) is type(error)
    assert (str(other), repr(other), other.args) == (str(error), repr(error), error.args)
    plain = {
        name: value
        for name, value in vars(error).items()
        if name not in {"request", "response", "last"}
    }
    assert plain.items() <= vars(other).items()
    if isinstance(error, StatusError):
        assert isinstance(other, StatusError)
        assert other.response.json() == error.response.json()
        assert other.request.url == error.request.url


def test_a_pickled_error_has_neither_token_nor_request_body() -> None:
    pickled = pickle.dumps(status_error(answer(), "createRestore"))

    assert b"canary" not in pickled
    assert b"BackupId" not in pickled


def test_repr() -> None:
    (error,) = (error for error in EVERY if type(error) is NotFound)

    assert repr(error) == "<NotFound status=404 operation=getRestore message='why'>"


def test_the_tree_is_drawn_as_it_is() -> None:
    text = (Path(__file__).parents[2] / "docs" / "errors.md").read_text(encoding="utf-8")
    drawn = [line for line in text.splitlines() if "── " in line]

    parents: dict[int, str] = {0: "CloudBackupError"}
    tree: list[tuple[str, str]] = []
    for line in drawn:
        before, _, after = line.partition("── ")
        depth, name = len(before) // 4, after.split()[0]
        tree.append((name, parents[depth - 1]))
        parents[depth] = name

    def below(kind: type[Exception]) -> Iterator[tuple[str, str]]:
        for child in kind.__subclasses__():
            if child.__module__.startswith("cloud_backup.") and child.__name__[0] != "_":
                yield child.__name__, kind.__name__
                yield from below(child)

    import_module("cloud_backup.drill.manifest")  # the drill's errors are drawn as well
    assert sorted(tree) == sorted(below(CloudBackupError))
