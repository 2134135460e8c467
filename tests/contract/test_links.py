"""Each link of `openapi.yaml`: what one operation answers is what the next one takes."""

import json
from typing import Any

import pytest

from tests.emulator.conftest import MakeService, Service, encrypted, make_service
from tests.emulator.test_starting_data import BEFORE, send
from tests.recorded.cassette import CASSETTES, Cassette

from .document import SCHEMA

__all__ = ["make_service"]  # a fixture

DOCUMENT: dict[str, Any] = SCHEMA.raw_schema
OPERATIONS = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
    if method in ("get", "put", "post", "delete")
}

IN_ANOTHER_STATE = {
    # Nothing of what is published runs, or waits, at the time.
    "StopBackup": "is not running",
    "StopRestore": "is not running",
    "UpdateRestore": "only a restore in Creating can be changed",
    "AddRestoreFile": "only a restore in Creating can be changed",
    "StartRestore": "only a restore in Creating can be started",
}
NOT_YET = {
    ("deleteAgent", "GetAgent"): "there is no agent",
    ("createRestore", "GetRestoreReport"): "has no report yet",
    ("getBackup", "GetBackupReport"): "has no report yet",
    ("listAgentActivity", "GetBackupReport"): "has no report yet",
}
"""Where a link leads to nothing, and what the service says."""


def resolved(node: Any) -> Any:
    while "$ref" in node:
        found: Any = DOCUMENT
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        node = found
    return node


LINKS = [
    (operation_id, status, name, resolved(link))
    for operation_id, (_, _, operation) in OPERATIONS.items()
    for status, response in operation["responses"].items()
    for name, link in resolved(response).get("links", {}).items()
]


def evaluated(expression: Any, cassette: Cassette, answer: Any) -> Any:
    """Evaluate what a link has for a parameter or a body."""
    if isinstance(expression, dict):
        return {name: evaluated(value, cassette, answer) for name, value in expression.items()}
    if expression.startswith("$request.path."):
        path = OPERATIONS[cassette.operation_id][1].split("/")
        return cassette.url.path.split("/")[path.index(f"{{{expression[14:]}}}") + 2]
    if not expression.startswith("$"):
        return expression
    source, _, pointer = expression.partition("#")
    value = {
        "$response.body": answer,
        "$request.body": cassette.body and json.loads(cassette.body),
    }[source]
    for step in pointer.split("/")[1:]:
        value = value[int(step) if isinstance(value, list) else step]
    return value


def source_of(operation_id: str, status: str) -> Cassette:
    return next(
        cassette
        for cassette in CASSETTES.values()
        if cassette.operation_id == operation_id and cassette.status == int(status)
    )


def body_for(service: Service, operation_id: str, name: str, given: Any) -> Any:
    """Complete what a link says of a body with what the reference publishes."""
    published = [
        json.loads(cassette.body)
        for cassette in CASSETTES.values()
        if cassette.operation_id == operation_id and cassette.body
    ]
    if given == {} and not published:
        return None
    body = {**(published[0] if published else {}), **given}
    if name == "StartRestore":
        body["EncryptedPassword"] = encrypted(service, 156953, "156953-passphrase")
    return body


@pytest.mark.parametrize(
    ("operation_id", "status", "name", "link"),
    LINKS,
    ids=[f"{operation}-{name}" for operation, _, name, _ in LINKS],
)
def test_a_link_leads_somewhere(
    make_service: MakeService, operation_id: str, status: str, name: str, link: Any
) -> None:
    service = make_service()
    login = service.log_in()
    source = source_of(operation_id, status)
    if source.name in BEFORE:
        send(service, CASSETTES[BEFORE[source.name]])
    given = login if operation_id == "authenticate" else send(service, source)
    assert given.status_code == source.status
    answer = given.json() if given.content else None
    # What was started is done by then.
    service.advance(3600)

    method, path, _ = OPERATIONS[link["operationId"]]
    headers = {}
    for parameter, expression in link.get("parameters", {}).items():
        value = evaluated(expression, source, answer)
        if value is None:
            # Of a configuration that hasn't run.
            assert name == "GetLastBackupReport"
            return
        if parameter.startswith("header."):
            headers[parameter.removeprefix("header.")] = value
        path = path.replace(f"{{{parameter}}}", str(value))
    assert "{" not in path
    base = "/v2.0" if path == "/tokens" else "/v1.0/1234"
    body = body_for(
        service, link["operationId"], name, evaluated(link.get("requestBody", {}), source, answer)
    )
    arguments = {} if body is None else {"json": body}

    followed = service.call(method, base + path, headers=headers, **arguments)

    if (operation_id, name) in NOT_YET:
        assert followed.status_code == 404
        assert NOT_YET[operation_id, name] in followed.json()["message"]
    elif followed.status_code == 400:
        assert IN_ANOTHER_STATE[name] in followed.json()["message"]
    else:
        assert followed.is_success, followed.text


def test_all_links_are_followed() -> None:
    assert len(LINKS) == 108
