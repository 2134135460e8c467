"""openapi.yaml, true to the published examples: each is valid under it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import pytest
import schemathesis
from schemathesis.core.failures import Failure

from .cassette import CASSETTES, OPENAPI, Cassette

if TYPE_CHECKING:
    import httpx
    from schemathesis.schemas import APIOperation


@cache
def specification() -> Any:
    return schemathesis.openapi.from_path(OPENAPI)


def operation_of(cassette: Cassette) -> APIOperation[Any, Any, Any, Any]:
    operation: APIOperation[Any, Any, Any, Any] = specification().find_operation_by_id(
        cassette.operation_id
    )
    return operation


def response_to(cassette: Cassette) -> httpx.Response:
    """The answer with what schemathesis asks of one: its request and the time it took."""
    response = cassette.response()
    response.request = cassette.request()
    response.elapsed = timedelta(0)
    return response


def sent(cassette: Cassette) -> Any:
    """The request's body as a value of JSON."""
    assert cassette.body is not None
    if cassette.headers["content-type"] == "application/json":
        return json.loads(cassette.body)
    # A form has texts only: a number is one that reads as such.
    fields = parse_qsl(cassette.body, strict_parsing=True)
    return {name: int(value) if value.isdecimal() else value for name, value in fields}


def test_the_answer_is_valid(cassette: Cassette) -> None:
    operation = operation_of(cassette)
    response = response_to(cassette)

    assert operation.responses.find_by_status_code(response.status_code) is not None
    operation.validate_response(response)


def test_the_answer_has_a_body_where_the_specification_has_one(cassette: Cassette) -> None:
    operation = operation_of(cassette)
    documented = operation.responses.find_by_status_code(cassette.status)

    assert bool(documented.definition.get("content")) == bool(cassette.answer)


def test_the_request_is_valid(cassette: Cassette) -> None:
    bodies = {body.media_type: body for body in operation_of(cassette).body}
    if cassette.body is None:
        assert not any(body.is_required for body in bodies.values())
    else:
        bodies[cassette.headers["content-type"]].get_validator().validate(sent(cassette))


@pytest.mark.parametrize(
    ("name", "true", "false"),
    [
        pytest.param(
            "getBackup", r"\/Date(1358530097000)\/", "2013-01-18T17:28:17Z", id="date in ISO 8601"
        ),
        pytest.param("getRestore", '"RestoreId":1394', '"RestoreId":"?"', id="text for a number"),
        pytest.param("listActivity", "[", "", id="no JSON"),
    ],
)
def test_an_answer_that_is_not_valid_is_refused(name: str, true: str, false: str) -> None:
    recorded = CASSETTES[name]
    wrong = replace(recorded, answer=recorded.answer.replace(true, false, 1))

    with pytest.raises(Failure):
        operation_of(wrong).validate_response(response_to(wrong))


ESSENTIAL = {
    "getAgent": {"MachineAgentId"},
    "listAgents": {"MachineAgentId"},
    "createBackupConfiguration": {"BackupConfigurationId", "MachineAgentId"},
    "getBackupConfiguration": {"BackupConfigurationId", "MachineAgentId"},
    "getBackup": {"BackupId", "BackupConfigurationId", "CurrentState", "MachineAgentId"},
    "listCompletedBackups": {
        "BackupId",
        "BackupConfigurationId",
        "CompletedTime",
        "MachineAgentId",
    },
    "getBackupReport": {"BackupId", "State", "NumErrors"},
    "listBackupsAvailableForRestore": {"BackupConfigurationId", "MachineAgentId"},
    "createRestore": {
        "RestoreId",
        "BackupId",
        "DestinationMachineId",
        "DestinationPath",
        "RestoreStateId",
    },
    "listRestoreFiles": {"FilePath", "Filter"},
    "getRestoreReport": {
        "State",
        "Duration",
        "NumFilesRestored",
        "NumBytesRestored",
        "NumErrors",
    },
    "listActivity": {"ID", "Type"},
}
"""What an answer can't be used without."""


@pytest.mark.parametrize("name", ESSENTIAL)
def test_an_answer_lacks_what_a_client_can_do_without(name: str) -> None:
    recorded = CASSETTES[name]
    told = json.loads(recorded.answer)
    row = told[0] if isinstance(told, list) else told
    needed = set()
    for field in list(row):
        less = {other: value for other, value in row.items() if other != field}
        answer = json.dumps([less] if isinstance(told, list) else less)
        without = replace(recorded, answer=answer)
        try:
            operation_of(without).validate_response(response_to(without))
        except Failure:
            needed.add(field)

    assert needed == ESSENTIAL[name]


def test_a_published_answer_without_a_data_centre_is_valid() -> None:
    recorded = CASSETTES["createRestore"]
    published = json.loads(recorded.answer)
    del published["BackupDataCenter"]
    without = replace(recorded, answer=json.dumps(published))

    operation_of(without).validate_response(response_to(without))
