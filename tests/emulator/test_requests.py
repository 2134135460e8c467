"""What the service takes though it isn't documented, and what it refuses."""

from typing import Any

import pytest

from .conftest import MakeService, Service

RESTORE: dict[str, Any] = {
    "BackupId": "134691",
    "BackupMachineId": "252036",
    "DestinationMachineId": 252036,
    "DestinationPath": "/restored",
    "OverwriteFiles": "False",
    "SomethingNew": {"of": "later"},
}


@pytest.mark.parametrize(
    "path",
    [
        "/v1.0/1234/user/agents",
        "/v1.0/user/agents",
        "/v1.0/user/agents/",
        "/v1.0/1234/user/agents.json",
        "/v1.0/1234/user/agents.json/",
    ],
)
def test_paths_of_clients_in_the_field_are_taken(service: Service, path: str) -> None:
    headers = {"Content-Type": "application/json; charset=utf-8", "Accept": ""}

    assert service.call("GET", path, headers=headers).status_code == 200


def test_scalars_as_text_and_unknown_fields_are_taken(service: Service) -> None:
    created = service.ask("PUT", "/restore", **RESTORE)

    assert (created["BackupId"], created["OverwriteFiles"]) == (134691, False)
    assert "SomethingNew" not in created


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "malformed"),
        (b"{", "malformed"),
        (b"\xff", "malformed"),
        (b"[" * 100_000, "malformed"),
        (b'{"Id": NaN}', "malformed"),
        (rb'{"Action": "StartManual", "Id": 14387, "New": "\ud800"}', "malformed"),
        (b'{"New":' * 400 + b"1" + b"}" * 400, "nested too deeply"),
        (b"[]", "the value"),
        (b'{"Action": "StartManual"}', "Id"),
        (b'{"Action": "Start", "Id": 14387}', "Action"),
        (b'{"Action": "StartManual", "Id": 1.5}', "Id"),
        (b'{"Action": "StartManual", "Id": "x"}', "Id"),
        (b'{"Action": "StartManual", "Id": 0}', "Id"),
        (b'{"Action": "StartManual", "Id": 1e400}', "Id"),
        (b'{"Action": "StartManual", "Id": 14387, "EncryptedPassword": "TOP"}', "EncryptedPass"),
    ],
)
def test_bad_bodies_are_refused_by_field(service: Service, content: bytes, says: str) -> None:
    answer = service.call(
        "POST",
        "/v1.0/1234/restore/action-requested",
        content=content,
        headers={"Content-Type": "application/json"},
    )

    assert answer.status_code == 400
    assert answer.json()["code"] == 400
    assert says in answer.json()["message"]
    assert "TOP" not in answer.text
    assert service.get("/restore/14387")["RestoreStateId"] == 0


def test_other_media_types_are_refused(service: Service) -> None:
    answer = service.call("PUT", "/v1.0/1234/restore", data={"BackupId": "134691"})

    assert answer.status_code == 400
    assert "Content-Type" in answer.json()["message"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/restore/0", 404),
        ("/restore/-1", 404),
        ("/restore/99999999999999999999999", 404),
        ("/restore/x", 400),
        ("/restore/1%2F2", 404),
        ("/restore/%EF%BC%91", 400),
        ("/nothing", 404),
    ],
)
def test_ids_that_cannot_be_are_refused(service: Service, path: str, status: int) -> None:
    assert service.get(path, status)["code"] == status


def test_every_answer_tells_the_time(service: Service) -> None:
    for path in ("/v1.0/1234/activity", "/v1.0/1234/nothing", "/nothing", "/emulator/nothing"):
        assert service.call("GET", path).headers["Date"] == "Thu, 14 Feb 2013 12:00:00 GMT"


def test_other_methods_are_refused(service: Service) -> None:
    for path, allowed in (("/restore", "POST, PUT"), ("/agent/enable", "POST")):
        answer = service.call("PATCH", f"/v1.0/1234{path}")

        assert answer.status_code == 405
        assert answer.headers["Allow"] == allowed


@pytest.mark.parametrize(
    ("user", "statuses"),
    [
        ("demo", {"read": 200, "create": 200, "delete": 200}),
        ("creator", {"read": 200, "create": 200, "delete": 403}),
        ("observer", {"read": 200, "create": 403, "delete": 403}),
    ],
)
def test_roles_permit_what_they_permit(
    make_service: MakeService, user: str, statuses: dict[str, int]
) -> None:
    service = make_service()
    service.log_in(user)

    service.get("/restore/1394", statuses["read"])
    service.ask("PUT", "/restore", statuses["create"], **RESTORE)
    service.ask("DELETE", "/backup-configuration/172418", statuses["delete"])
    deleted = 204 if statuses["delete"] == 200 else 403
    service.ask("POST", "/agent/delete", deleted, MachineAgentId=252036)


def test_dates_have_their_slashes_escaped(service: Service) -> None:
    text = service.call("GET", "/v1.0/1234/restore/1394").text

    assert r'"\/Date(1357151359000)\/"' in text
