"""Who may call what without a token: as the document says, and nobody else."""

import re

import pytest

from tests.emulator.conftest import MakeService, make_service

from .document import EMULATOR, SCHEMA

__all__ = ["make_service"]  # a fixture

DOCUMENT = SCHEMA.raw_schema
OPERATIONS = EMULATOR.contract.operations


def needs_token(operation_id: str) -> bool:
    operation = OPERATIONS[operation_id]
    definition = DOCUMENT["paths"][operation.path][operation.method.lower()]
    return bool(definition.get("security", DOCUMENT.get("security", [])))


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_an_operation_wants_a_token_if_the_document_says_so(
    make_service: MakeService, operation_id: str
) -> None:
    operation = OPERATIONS[operation_id]
    # By the address of the service or of Identity; nothing has the id 1 but an agent.
    server = "/v2.0" if operation.tag == "identity" else "/v1.0/1234"
    path = "/" if operation.path == "/" else server + re.sub(r"\{\w+\}", "1", operation.path)

    answer = make_service().call(operation.method, path)

    assert (answer.status_code == 401) == needs_token(operation_id), answer.text


def test_only_the_login_and_the_versions_are_open() -> None:
    assert {name for name in OPERATIONS if not needs_token(name)} == {
        "authenticate",
        "listVersions",
    }
