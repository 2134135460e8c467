"""`openapi.yaml` as data: its operations, and validation of requests and answers."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import unquote

import jsonschema_rs

from cloud_backup_emulator.errors import EmulatorError, InvalidRequest, NoExample, NotFound
from cloud_backup_emulator.yaml_data import read_foreign_yaml, read_yaml

__all__ = ["Contract", "Operation", "Parameter"]

JSON: Final = "application/json"
SERVICE: Final = "service"
"""The tag of operations at the host's root."""

IDENTITY: Final = "identity"
"""The tag of operations on Identity's separate host."""

FORM: Final = "application/x-www-form-urlencoded"

_Kind = jsonschema_rs.ValidationErrorKind

_METHODS: Final = ("get", "put", "post", "delete", "patch", "head", "options")
_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,18})")
_NUMBER: Final = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?")
_NAME: Final = re.compile(r"\{([^}]*)\}")
_STATUS: Final = re.compile(r"[2-5]([0-9]{2}|XX|xx)|default", re.ASCII)
_WITHOUT_BODY: Final = {"204", "205", "304"}
_BOOLEANS: Final = {"true": True, "True": True, "false": False, "False": False}


LARGEST_ID: Final = 2**63 - 1

_EXAMPLES: Final = {
    "byte-size": "18 MB",
    "date": "2013-02-14",
    "date-time": "2013-02-14T12:00:00Z",
    "hms-duration": "00:01:14",
    "int64": "0",
    "ms-date": "/Date(1360843200000)/",
    "uuid": "00000000-0000-4000-8000-000000000000",
}
"""An example of each format."""

DEEPEST: Final = 20
"""How deeply schemas may nest when an example is built."""


@dataclass(frozen=True)
class Parameter:
    """A parameter of an operation.

    Attributes:
        name: Its name.
        place: "path", "query", "header" or "cookie".
        required: Whether it is required.
        schema: Its schema.
    """

    name: str
    place: str
    required: bool
    schema: Mapping[str, Any]


@dataclass(frozen=True)
class Operation:
    """An operation of the contract.

    Attributes:
        operation_id: Its id.
        method: The HTTP method, in upper case.
        path: The path's template, relative to the server's URL.
        tag: Its group. Identity's operations and the version list aren't below the service's URL.
        open_to_all: Whether it needs no token.
        parameters: Its parameters.
        body_schema: The schema of the request body; None if it takes none.
        body_type: The media type of that body.
        body_required: Whether the body is required.
    """

    operation_id: str
    method: str
    path: str
    tag: str
    open_to_all: bool
    parameters: Sequence[Parameter]
    body_schema: Mapping[str, Any] | None
    body_type: str
    body_required: bool


class Contract:
    """The operations of an OpenAPI 3.0 document, and validation of their requests.

    Args:
        document: The parsed document.

    Raises:
        EmulatorError: Two operations have the same id, or one has none.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self.operations: dict[str, Operation] = {}
        for operation in self._read():
            own_id = operation.operation_id
            if self.operations.setdefault(own_id, operation) is not operation:
                raise EmulatorError(f"two operations have the operationId {own_id}")
        schemas = document.get("components", {}).get("schemas", {})
        self._schemas = {name: _json_schema(schema) for name, schema in schemas.items()}
        self._validators: dict[str, jsonschema_rs.Validator] = {}

    def served_at(self, host: str, tenant: str) -> dict[str, Any]:
        """Return the document with the emulator as its servers.

        Args:
            host: The emulator's URL, without a trailing slash.
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
        return next((_tag_of(item[method]) for method in _METHODS if method in item), "")

    @classmethod
    def load(cls, file: Path | None = None) -> Self:
        """Load a document.

        Args:
            file: A YAML or JSON file; None loads the installation's own document.

        Raises:
            EmulatorError: It can't be read, or isn't an OpenAPI document.
        """
        if file is None:
            return cls(_document())
        try:
            document = read_foreign_yaml(file)
            contract = cls(document)
            for reference in _references(document):
                contract._resolve({"$ref": reference})
            contract._check()
        except OSError as error:
            raise EmulatorError(f"can't read {file}: {error.strerror}") from None
        except (EmulatorError, ValueError) as error:
            raise EmulatorError(f"{file}: {error}") from None
        except (AttributeError, LookupError, TypeError):
            raise EmulatorError(f"{file}: not a valid OpenAPI 3.0 document") from None
        return contract

    def _check(self) -> None:
        """Raise an EmulatorError if there is what could not be checked or answered later."""
        schemas: list[tuple[str, Mapping[str, Any]]] = [*self._schemas.items()]
        for operation in self.operations.values():
            where = f"{operation.method} {operation.path}"
            in_path = {each.name for each in operation.parameters if each.place == "path"}
            in_template = set(_NAME.findall(operation.path))
            if in_path != in_template:
                has, have = map(_in_braces, (in_template, in_path))
                raise EmulatorError(f"{where}: the path has {has}, the parameters have {have}")
            if "tenant_id" in in_path:
                raise EmulatorError(f"{where}: tenant_id is in the server's URL; rename this one")
            schemas += [(where, each.schema) for each in operation.parameters]
            schemas.append((where, operation.body_schema or {}))
            responses = self._operation_object(operation)["responses"]
            if not responses:
                raise EmulatorError(f"{where}: add a response")
            for status, response in responses.items():
                if not _STATUS.fullmatch(status):
                    raise EmulatorError(
                        f"{where}: invalid status {status!r}: expected 200 to 599, a range such "
                        "as '2XX', or 'default'"
                    )
                content = self._resolve(response).get("content", {})
                if content and status in _WITHOUT_BODY:
                    raise EmulatorError(f"{where}: an answer with {status} can't have a body")
                schemas += [(where, media.get("schema", {})) for media in content.values()]
        try:
            self._validator({"allOf": [schema for _, schema in schemas]})
        except jsonschema_rs.ValidationError as error:
            # Below two `allOf`. A reference that leads out of the schemas has no place.
            where = "a reference"
            if path := error.instance_path[3:]:
                where = "/".join(map(str, [schemas[int(path[0])][0], *path[1:]]))
            raise EmulatorError(f"{where}: not a valid schema: {error.message}") from None

    def parameter(self, operation: Operation, parameter: Parameter, sent: Sequence[str]) -> Any:
        """Validate a request's parameter, and convert it to its type.

        Args:
            operation: The operation.
            parameter: The parameter.
            sent: The values that were sent; empty if it was omitted.

        Returns:
            The value; None if it was omitted.

        Raises:
            InvalidRequest: It violates the contract.
            NotFound: It is a number in the path, but too small or large for an id.
        """
        name, schema = parameter.name, self._resolve(parameter.schema)
        if not sent:
            if parameter.required:
                raise InvalidRequest(f"{name}: is required")
            return None
        kind = self._scalar_type(schema)
        if parameter.place == "path" and kind == "integer":
            return _id(name, sent[0])
        value: Any = sent if kind == "array" else sent[-1]
        value = self._typed(schema, list(value) if kind == "array" else value, is_text=True)
        key = f"{operation.operation_id} {parameter.place} {name}"
        errors = self._errors(key, schema, value)
        if errors:
            raise InvalidRequest(f"{name}: {'; '.join(errors)}")
        return value

    def body(self, operation: Operation, sent: Any) -> Any:
        """Validate a request's body, and convert scalars that were sent as text.

        The service accepts `"Enable": "False"` for `"Enable": false`, and real clients rely on it.

        Args:
            operation: The operation.
            sent: The decoded body.

        Returns:
            The body with its scalars converted.

        Raises:
            InvalidRequest: It violates the contract; the message names the field.
        """
        if operation.body_schema is None:
            raise ValueError(f"{operation.operation_id} takes no body")
        body = self._typed(operation.body_schema, sent)
        errors = self._errors(operation.operation_id, operation.body_schema, body)
        if errors:
            raise InvalidRequest("; ".join(errors))
        return body

    def _errors(self, key: str, schema: Mapping[str, Any], value: Any) -> list[str]:
        """Return what is wrong with a value. The validator is cached under the key."""
        validator = self._validators.get(key)
        if validator is None:
            validator = self._validators[key] = self._validator(schema)
        try:
            return list(dict.fromkeys(map(_complaint, validator.iter_errors(value))))
        except ValueError:
            raise InvalidRequest("the body is nested too deeply") from None

    def example(self, operation: Operation) -> tuple[int, Any]:
        """Return the document's example of an operation's answer.

        It belongs to the lowest documented success status: the example of the answer or of its
        schema, or else one built from the schema.

        Returns:
            The status and the body; the body is None if the answer has none.

        Raises:
            NoExample: The answer has a body but no example, and none can be built.
        """
        responses = self._operation_object(operation)["responses"]
        # "default" and "2XX" are ranges.
        name = min(responses, key=lambda name: (name[0] != "2", name))
        status = int(name.upper().replace("X", "0")) if name[0].isdecimal() else 200
        content = self._resolve(responses[name]).get("content", {})
        if not content:
            return status, None
        media = content.get(JSON, {"schema": {"not": {}}})
        if "example" in media:
            return status, media["example"]
        for named in map(self._resolve, media.get("examples", {}).values()):
            if "value" in named:
                return status, named["value"]
        schema = media.get("schema", {})
        example = self._made_from(schema)
        if self._validator(schema).is_valid(example):
            return status, example
        raise NoExample(
            f"{operation.operation_id}: the document has no {JSON} example for the answer {name}, "
            "and none can be built from its schema; add one to the document"
        )

    def _made_from(
        self, schema: Mapping[str, Any], depth: int = 0, within: frozenset[str] = frozenset()
    ) -> Any:
        """Build a simple value of a schema. It may be invalid."""
        if (reference := str(schema.get("$ref", ""))) in within:
            return None  # it contains itself
        within |= {reference} - {""}
        schema = self._resolve(schema)
        known = [schema[name] for name in ("example", "default") if name in schema]
        known += schema.get("enum", [])
        if known or depth > DEEPEST:
            return next(iter(known), None)
        properties = self._properties(schema)
        if properties:
            return {
                name: self._made_from(part, depth + 1, within) for name, part in properties.items()
            }
        parts = [part for name in ("oneOf", "anyOf", "allOf") for part in schema.get(name, [])]
        if parts:
            return self._made_from(parts[0], depth + 1, within)
        if schema.get("type") == "array":
            return [self._made_from(schema.get("items", {}), depth + 1, within)]
        text = _EXAMPLES.get(schema.get("format", ""), "x" * schema.get("minLength", 1))
        number = schema.get("minimum", 0)
        scalars = {"string": text, "integer": number, "number": number, "boolean": False}
        return scalars.get(schema.get("type", ""), {})

    def validate_response(self, operation: Operation, status: int, body: Any) -> None:
        """Validate one of the emulator's answers.

        Args:
            operation: The operation.
            status: The answer's status.
            body: The body as Python values; None if there is none.

        Raises:
            EmulatorError: The contract has no such answer, or the body violates it.
        """
        where = f"{operation.operation_id} {status}"
        responses = self._operation_object(operation)["responses"]
        named = (str(status), f"{status // 100}XX", "default")
        found = next((responses[name] for name in named if name in responses), None)
        if found is None:
            raise EmulatorError(f"{where}: the contract has no such status")
        response = self._resolve(found)
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
                if "operationId" not in definition:
                    raise EmulatorError(f"{method.upper()} {path}: add an operationId")
                parameters = map(
                    self._resolve,
                    [*item.get("parameters", []), *definition.get("parameters", [])],
                )
                request_body = self._resolve(definition.get("requestBody", {}))
                content = request_body.get("content", {})
                body_type = next(iter(content), JSON)
                yield Operation(
                    operation_id=definition["operationId"],
                    method=method.upper(),
                    path=path,
                    tag=_tag_of(definition),
                    open_to_all=definition.get("security") == [],
                    # The operation's parameters override the path's.
                    parameters=[
                        *{
                            (parameter["in"], parameter["name"]): Parameter(
                                parameter["name"],
                                parameter["in"],
                                parameter.get("required", False),
                                parameter.get("schema", {}),
                            )
                            for parameter in parameters
                        }.values()
                    ],
                    body_schema=content[body_type].get("schema", {}) if content else None,
                    body_type=body_type,
                    body_required=request_body.get("required", False),
                )

    def _resolve(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        followed: list[str] = []
        while "$ref" in node:
            if node["$ref"] in followed:
                raise EmulatorError(f"{node['$ref']!r} in the document refers to itself")
            followed.append(node["$ref"])
            found: Any = self._document
            for step in node["$ref"].removeprefix("#/").split("/"):
                try:
                    found = found[unquote(step).replace("~1", "/").replace("~0", "~")]
                except (LookupError, TypeError):
                    raise EmulatorError(f"the document has no {node['$ref']!r}") from None
            node = found
        return node

    def _validator(self, schema: Mapping[str, Any]) -> jsonschema_rs.Validator:
        # Messages must not repeat the value: it may be a password.
        return jsonschema_rs.Draft7Validator(
            {"allOf": [_json_schema(schema)], "components": {"schemas": self._schemas}},
            mask="the value",
        )

    def _typed(self, schema: Mapping[str, Any], value: Any, *, is_text: bool = False) -> Any:
        """Convert scalars to their types. With `is_text`, numbers are text too."""
        schema = self._resolve(schema)
        if isinstance(value, dict):
            properties = self._properties(schema)
            return {
                name: self._typed(properties[name], item) if name in properties else item
                for name, item in value.items()
            }
        if isinstance(value, list) and "items" in schema:
            return [self._typed(schema["items"], item, is_text=is_text) for item in value]
        if isinstance(value, str):
            return _from_text(self._scalar_type(schema), value, is_text=is_text)
        # JSON Schema accepts 7.0 as an integer, so make it one.
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
    # An installed emulator contains the document; in a checkout it is at the root.
    for place in (package / "openapi.yaml", Path(str(package)).parents[1] / "openapi.yaml"):
        if place.is_file():
            return read_yaml(place)
    raise EmulatorError("openapi.yaml is missing from this installation; reinstall the package")


def _in_braces(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "none"


def _tag_of(definition: Mapping[str, Any]) -> str:
    return next(iter(definition.get("tags", [])), "")


def _references(node: Any) -> Iterator[str]:
    """Yield all references of a document."""
    if isinstance(node, list):
        for item in node:
            yield from _references(item)
    elif isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for item in node.values():
            yield from _references(item)


def _from_text(kind: str | None, text: str, *, is_text: bool) -> Any:
    if kind == "integer" and _INTEGER.fullmatch(text):
        return int(text)
    if kind == "number" and is_text and _NUMBER.fullmatch(text):
        return float(text)
    return _BOOLEANS.get(text, text) if kind == "boolean" else text


def _id(name: str, sent: str) -> int:
    if not sent.isascii() or not sent.removeprefix("-").isdigit():
        raise InvalidRequest(f"{name}: expected a whole number")
    if len(sent) > len(str(LARGEST_ID)) or not 0 < int(sent) <= LARGEST_ID:
        raise NotFound(f"{name}: there is nothing with this id")
    return int(sent)


def _json_schema(node: Any) -> Any:
    """Convert an OpenAPI 3.0 schema to JSON Schema, which lacks `nullable` and `int64`."""
    if isinstance(node, list):
        return [_json_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    schema = {name: _json_schema(value) for name, value in node.items() if name != "example"}
    if schema.pop("nullable", None) is True and isinstance(schema.get("type"), str):
        schema["type"] = [schema["type"], "null"]
    for bound in ("Minimum", "Maximum"):
        # A number there, of a later version, is one in JSON Schema too.
        if isinstance(is_excluded := schema.get(f"exclusive{bound}"), bool):
            del schema[f"exclusive{bound}"]
            if is_excluded and bound.lower() in schema:
                schema[f"exclusive{bound}"] = schema.pop(bound.lower())
    if schema.get("format") == "int64":
        schema.setdefault("minimum", -(2**63))
        schema.setdefault("maximum", 2**63 - 1)
    return schema


def _complaint(error: Any) -> str:
    """Return what is wrong and where: for a choice, what is wrong with each alternative."""
    kind = error.kind
    if isinstance(kind, _Kind.OneOfNotValid | _Kind.AnyOf):
        forms = [", ".join(map(_complaint, complaints)) for complaints in kind.context]
        return " or ".join(dict.fromkeys(forms))
    message = error.message
    if isinstance(kind, _Kind.OneOfMultipleValid):
        message = "the value matches several alternatives; send only one"
    field = "/".join(str(step) for step in error.instance_path)
    return f"{field}: {message}" if field else str(message)
