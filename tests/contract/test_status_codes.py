"""Every status that `openapi.yaml` documents of what is emulated is reached."""

import json
from typing import Any

import pytest

from tests.emulator.conftest import MakeService, Service, make_service
from tests.emulator.test_starting_data import BEFORE, send
from tests.recorded.cassette import CASSETTES, Cassette

from .document import EMULATOR, SCHEMA

__all__ = ["make_service"]  # a fixture

OPERATIONS = EMULATOR.contract.operations
DOCUMENTED = [
    (operation.operation_id, int(status))
    for operation in map(OPERATIONS.__getitem__, EMULATOR.emulated)
    for status in SCHEMA.raw_schema["paths"][operation.path][operation.method.lower()]["responses"]
]

WRONG = {"username": "demo", "apiKey": "wrong"}

BY_FAULT = {
    *((operation_id, status) for operation_id, status in DOCUMENTED if status >= 500),
    # What the reference says may come of every operation; these have nothing to be refused.
    ("listAgents", 400),
    ("listBackupConfigurations", 400),
    ("listBackupsAvailableForRestore", 400),
    ("listBackupsAvailableForRestore", 404),
    ("listActivity", 400),
    ("wakeAgents", 400),
    ("wakeAgents", 404),
    ("getAgentByHostServer", 400),
    ("listVersions", 400),
    ("listVersions", 413),
    ("revokeToken", 400),
    ("revokeToken", 403),
    ("revokeToken", 404),
    ("authenticate", 403),
    ("authenticate", 404),
    # Answered by some of the field only.
    ("listVersions", 203),
    ("setAgentLogLevel", 204),
}


def sample(operation_id: str, status: int | None = None) -> Cassette:
    """The published exchange of an operation, with a status if one is given."""
    return next(
        cassette
        for cassette in CASSETTES.values()
        if cassette.operation_id == operation_id and status in (None, cassette.status)
    )


IDS = {"MachineAgentId", "SourceMachineAgentId", "BackupId", "RestoreId", "ParentId", "Id"}


def with_ids_of_nothing(cassette: Cassette) -> tuple[str, Any]:
    """The path and the body of a request with ids, in the path or else in the body, of nothing."""
    template = OPERATIONS[cassette.operation_id].path.split("/")
    sent = cassette.url.path.split("/")[2:]
    path = "/".join(
        "987654321" if part.startswith("{") else value
        for part, value in zip(template, ["", *sent[1:]], strict=True)
    )
    body = None
    if cassette.operation_id == "setAgentLogLevel":  # published as a form
        body = {"MachineAgentId": 0, "LoggingLevelId": 1}
    elif cassette.body:
        body = json.loads(cassette.body)
    if body is not None and "987654321" not in path:
        body |= {name: 987654321 for name in body if name in IDS}
    return path, body


def ask(service: Service, operation_id: str, status: int) -> Any:
    """Ask for something to which the answer should be of a status."""
    by_fault = (operation_id, status) in BY_FAULT
    cassette = sample(operation_id, status if status < 300 and not by_fault else None)
    path = cassette.url.path
    if by_fault:
        service.emulator.faults.add({"operation": operation_id, "status": status})
    elif status == 400:
        return malformed(service, operation_id, cassette)
    elif status == 401:
        service.headers = {}
        if operation_id == "authenticate":
            return service.log_in("demo", **{"RAX-KSKEY:apiKeyCredentials": WRONG})
        return service.call(cassette.method, path, content=cassette.body or b"")
    elif status == 403:
        foreign = path.replace("/1234/", "/5678/")
        return service.call(cassette.method, foreign, content=cassette.body or b"")
    elif status == 404:
        path, body = with_ids_of_nothing(cassette)
        arguments = {} if body is None else {"json": body}
        return service.call(cassette.method, f"/v1.0/1234{path}", **arguments)
    elif status == 409:
        send(service, cassette)
    if cassette.name in BEFORE:
        send(service, CASSETTES[BEFORE[cassette.name]])
    return service.log_in() if operation_id == "authenticate" else send(service, cassette)


def malformed(service: Service, operation_id: str, cassette: Cassette) -> Any:
    operation = OPERATIONS[operation_id]
    if operation.body_schema is not None:
        return service.call(cassette.method, cassette.url.path, content=b"{")
    path = operation.path
    for parameter in operation.parameters:
        path = path.replace(f"{{{parameter.name}}}", "none")
    return service.call(operation.method, f"/v1.0/1234{path}")


@pytest.mark.parametrize(("operation_id", "status"), DOCUMENTED)
def test_a_documented_status_is_reached(
    make_service: MakeService, operation_id: str, status: int
) -> None:
    service = make_service()
    service.log_in()

    answer = ask(service, operation_id, status)

    assert answer.status_code == status, answer.text
    body = answer.json() if answer.content else None
    service.emulator.contract.validate_response(OPERATIONS[operation_id], status, body)


def test_no_fault_stands_in_for_what_can_be_had() -> None:
    assert set(DOCUMENTED) >= BY_FAULT
