"""Tokens: who gets one, for how long it is good, and what the catalogue says."""

import pytest

from .conftest import MakeService, Service

HOUR = 60 * 60


def test_api_key_gives_token_and_catalogue(service: Service) -> None:
    answer = service.log_in()

    access = answer.json()["access"]
    assert access["token"]["tenant"] == {"id": "1234", "name": "1234"}
    assert access["token"]["expires"] == "2013-02-15T12:00:00.000Z"
    assert answer.headers["Date"] == "Thu, 14 Feb 2013 12:00:00 GMT"
    (backup,) = access["serviceCatalog"]
    assert (backup["name"], backup["type"]) == ("cloudBackup", "rax:backup")
    assert [entry.get("region") for entry in backup["endpoints"]] == ["DFW", "ORD"]
    assert {entry["publicURL"] for entry in backup["endpoints"]} == {"http://emulator/v1.0/1234"}
    assert access["user"]["RAX-AUTH:defaultRegion"] == "DFW"


def test_password_gives_a_token_too(service: Service) -> None:
    credentials = {"username": "observer", "password": "observer-password"}
    answer = service.call(
        "POST",
        "/v2.0/tokens",
        json={"auth": {"passwordCredentials": credentials, "tenantId": "1234"}},
    )

    assert answer.status_code == 200
    assert answer.json()["access"]["user"]["roles"][0]["name"] == "cloudbackup:observer"


@pytest.mark.parametrize(
    ("auth", "status", "kind"),
    [
        (
            {"RAX-KSKEY:apiKeyCredentials": {"username": "demo", "apiKey": "wrong"}},
            401,
            "unauthorized",
        ),
        (
            {"RAX-KSKEY:apiKeyCredentials": {"username": "nobody", "apiKey": "nobody-key"}},
            401,
            "unauthorized",
        ),
        (
            {"passwordCredentials": {"username": "demo", "password": "demo-key"}},
            401,
            "unauthorized",
        ),
        (
            {
                "passwordCredentials": {"username": "demo", "password": "demo-password"},
                "tenantId": "5678",
            },
            401,
            "unauthorized",
        ),
        ({"passwordCredentials": {"username": "demo"}}, 400, "badRequest"),
        ({}, 400, "badRequest"),
    ],
)
def test_wrong_credentials_are_refused(
    service: Service, auth: object, status: int, kind: str
) -> None:
    answer = service.call("POST", "/v2.0/tokens", json={"auth": auth})

    assert answer.status_code == status
    assert answer.json()[kind]["code"] == status
    assert "demo-" not in answer.text


@pytest.mark.parametrize(
    ("auth", "said"),
    [
        (
            {"passwordCredentials": {"username": "demo"}},
            ['"RAX-KSKEY:apiKeyCredentials" is', 'passwordCredentials: "password" is'],
        ),
        (
            {
                "passwordCredentials": {"username": "demo", "password": "x"},
                "RAX-KSKEY:apiKeyCredentials": {"username": "demo", "apiKey": "x"},
            },
            ["auth: ", "send only one"],
        ),
    ],
)
def test_what_a_login_lacks_is_said(service: Service, auth: object, said: list[str]) -> None:
    message = service.call("POST", "/v2.0/tokens", json={"auth": auth}).json()
    message = message["badRequest"]["message"]

    assert [words for words in said if words not in message] == []


def test_a_token_is_the_same_until_its_last_hour(service: Service) -> None:
    first = service.headers
    service.advance(22 * HOUR)
    service.log_in()
    assert service.headers == first

    service.advance(1.5 * HOUR)
    service.log_in()
    assert service.headers != first
    assert service.call("GET", "/v1.0/activity", headers=first).status_code == 200


def test_a_token_lives_for_24_hours(service: Service) -> None:
    service.advance(24 * HOUR - 0.001)
    service.get("/activity")

    service.advance(0.001)

    assert service.get("/activity", status=401)["code"] == 401


def test_a_revoked_token_is_refused(service: Service) -> None:
    assert service.call("DELETE", "/v2.0/tokens").status_code == 204

    service.get("/activity", status=401)
    assert service.call("DELETE", "/v2.0/tokens").json()["unauthorized"]["code"] == 401


def test_no_token_and_foreign_tenants_are_refused(make_service: MakeService) -> None:
    service = make_service()
    service.get("/user/agents", status=401)

    service.log_in("other")
    assert "tenant" in service.get("/user/agents", status=403)["message"]
