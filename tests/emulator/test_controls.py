"""The emulator's own controls: health, clock, reset, faults, requests."""

from typing import Any

import pytest

from .conftest import Service, encrypted


def control(service: Service, method: str, name: str, body: Any = None) -> tuple[int, Any]:
    arguments = {} if body is None else {"json": body}
    answer = service.call(method, f"/emulator/{name}", **arguments)
    return answer.status_code, answer.json() if answer.content else None


def test_health_needs_no_token(service: Service) -> None:
    service.headers = {}

    status, told = control(service, "GET", "health")

    assert (status, told["status"], told["time"]) == (200, "ok", "2013-02-14T12:00:00.000Z")
    operations = {*told["operations"]["emulated"], *told["operations"]["example"]}
    assert operations == {*service.emulator.contract.operations}


def test_the_clock_is_advanced(service: Service) -> None:
    status, told = control(service, "POST", "clock", {"advance_seconds": 90.5})

    assert (status, told) == (200, {"now": "2013-02-14T12:01:30.500Z", "rate": 0})
    assert control(service, "GET", "clock") == (status, told)


@pytest.mark.parametrize("seconds", [-1, "60", None, True, 1e300, [1]])
def test_the_clock_refuses_what_is_no_time(service: Service, seconds: Any) -> None:
    status, told = control(service, "POST", "clock", {"advance_seconds": seconds})

    assert status == 400
    assert "advance_seconds" in told["message"]
    assert control(service, "GET", "clock")[1]["now"] == "2013-02-14T12:00:00.000Z"


def test_reset_returns_to_the_starting_data(service: Service) -> None:
    service.ask("DELETE", "/backup-configuration/172418")
    control(service, "POST", "faults", {"status": 503})

    assert control(service, "POST", "reset") == (204, None)

    service.log_in()
    assert service.get("/backup-configuration/172418")["IsDeleted"] is False
    assert len(service.get("/backup/availableforrestore")) == 2


def test_a_fault_is_answered_as_often_as_asked_and_changes_nothing(service: Service) -> None:
    fault = {"operation": "wakeAgents", "status": 503, "retry_after": 7, "count": 2}
    assert control(service, "POST", "faults", fault)[0] == 200

    for _ in range(2):
        service.get("/activity")
        answer = service.call("POST", "/v1.0/1234/user/wakeupagents")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "7")
        assert answer.json()["code"] == 503
    service.advance(20)
    assert service.get("/agent/252034")["Status"] == "Offline"
    service.ask("POST", "/user/wakeupagents")
    assert control(service, "GET", "faults") == (200, [])


def test_faults_are_taken_back(service: Service) -> None:
    control(service, "POST", "faults", {"status": 500, "count": None})
    service.get("/activity", 500)
    service.get("/user/agents", 500)

    assert control(service, "DELETE", "faults") == (204, None)

    service.get("/activity")


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({}, "status"),
        ({"status": 199}, "status"),
        ({"status": 600}, "status"),
        ({"status": 503, "operation": "listNothing"}, "operation"),
        ({"status": 503, "count": 0}, "count"),
        ({"status": 503, "retry_after": -1}, "retry_after"),
        ({"status": 503, "cuont": 1}, "cuont"),
        ({"status": 503, "operation": ["listAgents"]}, "operation"),
        ([503], "object"),
    ],
)
def test_faults_that_cannot_be_are_refused(service: Service, fault: Any, field: str) -> None:
    status, told = control(service, "POST", "faults", fault)

    assert status == 400
    assert field in told["message"]
    assert control(service, "GET", "faults") == (200, [])


@pytest.mark.parametrize("name", ["clock", "faults"])
@pytest.mark.parametrize(
    "content", [b"{", b"\xff", b"[" * 100_000, rb'{"status": 503, "message": "\ud800"}']
)
def test_bodies_that_are_no_json_are_refused(service: Service, name: str, content: bytes) -> None:
    answer = service.call("POST", f"/emulator/{name}", content=content)

    assert (answer.status_code, answer.json()["code"]) == (400, 400)
    service.get("/activity")


def test_requests_are_remembered_without_secrets(service: Service) -> None:
    sent = encrypted(service, 156953, "156953-passphrase")
    service.log_in()
    service.call(
        "POST",
        "/v2.0/tokens",
        json={"auth": {"passwordCredentials": {"username": "demo", "password": "demo-password"}}},
    )
    service.ask(
        "POST",
        "/restore/action-requested",
        Action="StartManual",
        Id=13689,
        EncryptedPassword=sent,
        status=204,
    )

    status, told = control(service, "GET", "requests")

    assert status == 200
    assert [entry["operation"] for entry in told[-3:]] == [
        "authenticate",
        "authenticate",
        "requestRestoreAction",
    ]
    assert told[-1]["body"]["Id"] == 13689
    assert (told[-1]["method"], told[-1]["status"]) == ("POST", 204)
    assert told[-1]["path"] == "/v1.0/1234/restore/action-requested"
    for secret in ("demo-key", "demo-password", sent, service.headers["X-Auth-Token"]):
        assert secret not in str(told)


@pytest.mark.parametrize(
    "body",
    ["SECRET", ["SECRET"], {"auth": "SECRET"}, {"auth": {"password": ["SECRET"]}}, {"x": "SECRET"}],
)
def test_a_malformed_login_is_not_remembered_in_the_clear(service: Service, body: Any) -> None:
    assert service.call("POST", "/v2.0/tokens", json=body).status_code == 400

    assert "SECRET" not in str(control(service, "GET", "requests"))


def test_unknown_controls_and_methods_are_refused(service: Service) -> None:
    assert control(service, "GET", "nothing")[0] == 404
    assert control(service, "PUT", "clock")[0] == 405
    status, told = control(service, "POST", "clock")
    assert (status, told["code"]) == (400, 400)
