"""`openapi.yaml`, read as data: the operations, and what is sent to them and answered."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Self

import jsonschema_rs

from cloud_backup_emulator.errors import EmulatorError, InvalidRequest
from cloud_backup_emulator.yaml_data import read_yaml

__all__ = ["Contract", "Operation"]

JSON: Final = "application/json"
SERVICE: Final = "service"
"""The tag of what is at the top of the host."""

IDENTITY: Final = "identity"
"""The tag of what is on a host of its own."""

FORM: Final = "application/x-www-form-urlencoded"

_Kind = jsonschema_rs.ValidationErrorKind

_METHODS: Final = ("get", "put", "post", "delete", "patch", "head", "options")
_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,18})")
_BOOLEANS: Final = {"true": True, "True": True, "false": False, "False": False}


@dataclass(frozen=True)
class Operation:
    """An operation of the contract.

    Attributes:
        operation_id: Its id.
        method: The HTTP method, in upper case.
        path: The path's template, after the server's URL.
        tag: The group it is in; Identity's and the version list are not below the service's URL.
        open_to_all: Whether it needs no token.
        path_parameters: The schema of each parameter in the path.
        body_schema: The schema of the request's body; None if there is none.
        body_type: The media type of that body.
    """

    operation_id: str
    method: str
    path: str
    tag: str
    open_to_all: bool
    path_parameters: Mapping[str, Mapping[str, Any]]
    body_schema: Mapping[str, Any] | None
    body_type: str


class Contract:
    """The operations of an OpenAPI 3.0 document, and the validation of what is sent to them.

    Args:
        document: The document, parsed.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self.operations: Mapping[str, Operation] = {
            operation.operation_id: operation for operation in self._read()
        }
        self._schemas = {
            name: _json_schema(schema) for name, schema in document["components"]["schemas"].items()
        }
        self._validators: dict[str, jsonschema_rs.Validator] = {}

    def served_at(self, host: str, tenant: str) -> dict[str, Any]:
        """Give the document with the emulator for its servers.

        Args:
            host: The URL of the emulator, without a slash at the end.
            tenant: The tenant in the URLs.
        """
        bases = {SERVICE: host or "/", IDENTITY: f"{host}/v2.0"}
        paths = {
            path: {**item, "servers": [{"url": bases[self._tag(item)]}]}
            if self._tag(item) in bases
            else item
            for path, item in self._document["paths"].items()
        }
        servers = [{"url": f"{host}/v1.0/{tenant}"}, {"url": f"{host}/v1.0"}]
        return {**self._document, "servers": servers, "paths": paths}

    def _tag(self, item: Mapping[str, Any]) -> str:
        tag: str = next(item[method]["tags"][0] for method in _METHODS if method in item)
        return tag

    @classmethod
    def load(cls) -> Self:
        """Read the document that this installation was made with.

        Raises:
            EmulatorError: There is none.
        """
        return cls(_document())

    def body(self, operation: Operation, sent: Any) -> Any:
        """Check the body of a request, and give scalars that were sent as text their type.

        The service takes `"Enable": "False"` for `"Enable": false`, and clients in the field rely
        on it.

        Args:
            operation: The operation.
            sent: The body, decoded.

        Returns:
            The body with its scalars typed.

        Raises:
            InvalidRequest: It is against the contract; the message names the field.
        """
        if operation.body_schema is None:
            raise ValueError(f"{operation.operation_id} takes no body")
        body = self._typed(operation.body_schema, sent)
        validator = self._validators.get(operation.operation_id)
        if validator is None:
            validator = self._validators[operation.operation_id] = self._validator(
                operation.body_schema
            )
        try:
            errors = list(validator.iter_errors(body))
        except ValueError:
            raise InvalidRequest("the body has too many objects within each other") from None
        if errors:
            raise InvalidRequest("; ".join(dict.fromkeys(_complaint(error) for error in errors)))
        return body

    def validate_response(self, operation: Operation, status: int, body: Any) -> None:
        """Check an answer of the emulator's own against the contract.

        Args:
            operation: The operation.
            status: The answer's status.
            body: The body, as Python has it; None if there is none.

        Raises:
            EmulatorError: The contract has no such answer, or the body is against it.
        """
        where = f"{operation.operation_id} {status}"
        responses = self._operation_object(operation)["responses"]
        if str(status) not in responses:
            raise EmulatorError(f"{where}: the contract has no such status")
        response = self._resolve(responses[str(status)])
        content = response.get("content")
        if content is None:
            if body is not None:
                raise EmulatorError(f"{where}: the contract has no body here")
            return
        errors = list(self._validator(content[JSON]["schema"]).iter_errors(body))
        if errors:
            raise EmulatorError(f"{where}: {'; '.join(map(_complaint, errors))}")

    def _operation_object(self, operation: Operation) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._document["paths"][operation.path][operation.method.lower()]
        return found

    def _read(self) -> Iterable[Operation]:
        for path, item in self._document["paths"].items():
            for method in _METHODS:
                if method not in item:
                    continue
                definition = item[method]
                parameters = [
                    self._resolve(parameter)
                    for parameter in [
                        *item.get("parameters", []),
                        *definition.get("parameters", []),
                    ]
                ]
                content = definition.get("requestBody", {}).get("content", {})
                body_type = next(iter(content), JSON)
                yield Operation(
                    operation_id=definition["operationId"],
                    method=method.upper(),
                    path=path,
                    tag=definition["tags"][0],
                    open_to_all=definition.get("security") == [],
                    path_parameters={
                        parameter["name"]: parameter["schema"]
                        for parameter in parameters
                        if parameter["in"] == "path"
                    },
                    body_schema=content[body_type]["schema"] if content else None,
                    body_type=body_type,
                )

    def _resolve(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in node:
            found: Any = self._document
            for step in node["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            node = found
        return node

    def _validator(self, schema: Mapping[str, Any]) -> jsonschema_rs.Validator:
        # A complaint must not repeat what was sent: that may be a password.
        return jsonschema_rs.Draft7Validator(
            {"allOf": [_json_schema(schema)], "components": {"schemas": self._schemas}},
            mask="the value",
        )

    def _typed(self, schema: Mapping[str, Any], value: Any) -> Any:
        schema = self._resolve(schema)
        if isinstance(value, dict):
            properties = self._properties(schema)
            return {
                name: self._typed(properties[name], item) if name in properties else item
                for name, item in value.items()
            }
        if isinstance(value, list) and "items" in schema:
            return [self._typed(schema["items"], item) for item in value]
        if isinstance(value, str):
            kind = self._scalar_type(schema)
            if kind == "integer" and _INTEGER.fullmatch(value):
                return int(value)
            if kind == "boolean":
                return _BOOLEANS.get(value, value)
        # JSON Schema takes 7.0 for an integer, and so it is one from here on.
        if isinstance(value, float) and value.is_integer():
            return int(value) if self._scalar_type(schema) == "integer" else value
        return value

    def _properties(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        properties = dict(schema.get("properties", {}))
        for part in schema.get("allOf", []):
            properties |= self._properties(self._resolve(part))
        return properties

    def _scalar_type(self, schema: Mapping[str, Any]) -> str | None:
        schema = self._resolve(schema)
        if "type" in schema:
            kind: str = schema["type"]
            return kind
        parts = schema.get("allOf", [])
        return self._scalar_type(parts[0]) if len(parts) == 1 else None


@cache
def _document() -> Any:
    package = files("cloud_backup_emulator")
    # An installed emulator carries the document; in a checkout it is at the top.
    for place in (package / "openapi.yaml", Path(str(package)).parents[1] / "openapi.yaml"):
        if place.is_file():
            return read_yaml(place)
    raise EmulatorError("openapi.yaml is not part of this installation; install the package anew")


def _json_schema(node: Any) -> Any:
    """Turn a schema of OpenAPI 3.0 into JSON Schema, where `nullable` and `int64` say nothing."""
    if isinstance(node, list):
        return [_json_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    schema = {name: _json_schema(value) for name, value in node.items() if name != "example"}
    if schema.pop("nullable", None) is True and isinstance(schema.get("type"), str):
        schema["type"] = [schema["type"], "null"]
    if schema.get("format") == "int64":
        schema.setdefault("minimum", -(2**63))
        schema.setdefault("maximum", 2**63 - 1)
    return schema


def _complaint(error: Any) -> str:
    """Say what is wrong, and where: of a choice, what each of its forms lacks."""
    kind = error.kind
    if isinstance(kind, _Kind.OneOfNotValid | _Kind.AnyOf):
        forms = [", ".join(map(_complaint, complaints)) for complaints in kind.context]
        return " or ".join(dict.fromkeys(forms))
    message = error.message
    if isinstance(kind, _Kind.OneOfMultipleValid):
        message = "the value is several of the things that it can be; send one of them"
    field = "/".join(str(step) for step in error.instance_path)
    return f"{field}: {message}" if field else str(message)
