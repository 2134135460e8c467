"""What the templates are told of the specification: answers, requests, enumerations, operations.

openapi-python-client parses the document into classes of its own, which leave out what they have no
use for: extensions, formats, bounds, and whether a schema is sent or received. What the templates
need of that is worked out here, from the document itself.
"""

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml
from openapi_python_client.strings import PythonIdentifier, pascal_case, snake_case

__all__ = ["FactError", "facts_of", "name_objects", "objects", "operations", "reach"]

Schema = dict[str, Any]

NAMES: Final = Path(__file__).with_name("names.yaml")

SCALARS: Final[dict[tuple[str, str | None], tuple[str, str]]] = {
    ("string", None): ("text", "str"),
    ("string", "password"): ("text", "str"),
    ("string", "ms-date"): ("date", "datetime.datetime"),
    ("string", "date-time"): ("date_time", "datetime.datetime"),
    ("string", "hms-duration"): ("duration", "datetime.timedelta"),
    ("string", "byte-size"): ("byte_size", "ByteSize"),
    ("string", "uuid"): ("uuid", "UUID"),
    ("string", "int64"): ("integer", "int"),
    ("integer", None): ("integer", "int"),
    ("integer", "int32"): ("integer", "int"),
    ("integer", "int64"): ("integer", "int"),
    ("number", None): ("number", "float"),
    ("boolean", None): ("boolean", "bool"),
}
"""How a scalar of an answer is read and what it is then, by its type and format."""

BOUNDS: Final = {
    "minimum": "minimum",
    "maximum": "maximum",
    "minLength": "min_length",
    "pattern": "pattern",
}
PREDICATES: Final = {
    "final": "Whether it stays in this state",
    "successful": "Whether it did all that it was to do, without errors",
    "online": "Whether it is in touch with the service",
}
"""What is derived from a member of an enumeration, by the extension that lists such members."""

_SENT: Final = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
"""How a scalar is sent, by its type."""

_METHODS: Final = ("get", "put", "post", "patch", "delete", "head", "options")


class FactError(Exception):
    """The specification has a form that the templates leave out; the message says which."""


def objects(node: object) -> Iterator[Schema]:
    """Every object in a document."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list):
        for item in node:
            yield from objects(item)


def name_objects(document: Schema) -> None:
    """Give every object that stands within another schema, or in a body, a name of its own.

    Args:
        document: The specification. It is changed in place.
    """
    schemas: dict[str, Schema] = document.setdefault("components", {}).setdefault("schemas", {})
    for name, schema in list(schemas.items()):
        _name_within(schema, name, schemas)
    for operation in operations(document):
        name = pascal_case(operation["operationId"])
        for part, suffix in (("requestBody", "Body"), ("responses", "Answer")):
            for node in objects(operation.get(part, {})):
                if isinstance(node.get("schema"), dict):
                    node["schema"] = _named(node["schema"], name + suffix, schemas)


def _named(schema: Schema, name: str, schemas: dict[str, Schema]) -> Schema:
    """Return a reference to an object that has a name now; what is no object as it is."""
    _name_within(schema, name, schemas)
    if schema.get("type") != "object":
        return schema
    schemas[name] = schema
    return {"$ref": f"#/components/schemas/{name}"}


def _name_within(schema: Schema, name: str, schemas: dict[str, Schema]) -> None:
    for wire, inner in schema.get("properties", {}).items():
        schema["properties"][wire] = _named(inner, name + pascal_case(wire), schemas)
    if "items" in schema:
        schema["items"] = _named(schema["items"], f"{name}Item", schemas)
    for part in schema.get("allOf", ()):
        _name_within(part, name, schemas)


def reach(node: object, document: Schema, found: set[str]) -> None:
    """Add the names of the schemas that a part of the document leads to."""
    for each in objects(node):
        if isinstance(reference := each.get("$ref"), str):
            *_, kind, name = reference.split("/")
            if kind == "schemas" and name in found:
                continue
            if kind == "schemas":
                found.add(name)
            reach(document["components"][kind][name], document, found)


def operations(document: Schema) -> Iterator[Schema]:
    """Every operation."""
    yield from (operation for _, _, operation in _placed(document))


def _placed(document: Schema) -> Iterator[tuple[str, str, Schema]]:
    """Every operation, after its path and its method."""
    for path, item in document["paths"].items():
        yield from ((path, method, item[method]) for method in _METHODS if method in item)


def facts_of(document: Schema, names: Path = NAMES) -> dict[str, Any]:
    """Return what the templates are told, by the names that they know it by.

    Raises:
        FactError: The specification has a form that the templates leave out.
    """
    return _Facts(document, names).all()


_Reader = tuple[str, str, set[str]]
"""The expression that reads `value`, the type of what it gives, and the classes in both."""


class _Facts:
    def __init__(self, document: Schema, names: Path) -> None:
        self.document = document
        self.schemas: dict[str, Schema] = document.get("components", {}).get("schemas", {})
        self.names: dict[str, dict[str, str]] = {}
        self.methods: dict[str, str] = {}
        self.arguments: dict[str, str] = {}
        self.references: dict[str, dict[str, str]] = {}
        self.by_hand: list[str] = []
        self.extended: list[str] = []
        for group in yaml.safe_load(names.read_text(encoding="utf-8")):
            for schema, renamed in group.get("names", {}).items():
                self.names.setdefault(schema, {}).update(renamed)
            self.methods |= group.get("methods", {})
            self.arguments |= group.get("arguments", {})
            self.references |= group.get("references", {})
            self.by_hand += group.get("by_hand", ())
            self.extended += group.get("extended", ())

    def all(self) -> dict[str, Any]:
        sent, received = set[str](), set[str]()
        for operation in operations(self.document):
            reach(operation.get("requestBody", {}), self.document, sent)
            reach(operation["responses"], self.document, received)
        of_objects = {name for name in self.schemas if self._resolved(self.schemas[name])[1]}
        if both := sent & received & of_objects:
            raise FactError(
                f"sent as well as received: {', '.join(sorted(both))}; split each into two schemas"
            )
        views = {name: self._view(name) for name in sorted(of_objects - sent)}
        return {
            "operations": {
                snake_case(operation["operationId"]): self._operation(path, method, views)
                for path, method, operation in _placed(self.document)
            },
            "groups": sorted(self._tags() - set(self.extended)),
            "enumerations": {
                name: self._enumeration(schema)
                for name, schema in self.schemas.items()
                if "enum" in schema
            },
            "views": views,
            "requests": {name: self._request(name) for name in sorted(sent & of_objects)},
        }

    def _tags(self) -> set[str]:
        """Name the groups that have a method without the overlay."""
        return {
            snake_case(operation["tags"][0])
            for operation in operations(self.document)
            if operation.get("tags") and operation["operationId"] not in self.by_hand
        }

    def _deref(self, schema: Schema) -> tuple[Schema, str | None]:
        """Follow references, and `allOf` of one; return the schema and the last name on the way."""
        name = None
        while True:
            if "$ref" in schema:
                name = schema["$ref"].rpartition("/")[2]
                schema = self.schemas[name]
            elif len(schema.get("allOf", ())) == 1 and "properties" not in schema:
                schema = schema["allOf"][0] | {
                    key: schema[key] for key in ("nullable",) if key in schema
                }
            else:
                return schema, name

    def _resolved(self, schema: Schema) -> tuple[dict[str, Schema], bool]:
        """Return an object's properties, and whether it is an object."""
        schema, _ = self._deref(schema)
        properties: dict[str, Schema] = {}
        is_object = schema.get("type") == "object"
        for part in schema.get("allOf", ()):
            inner, is_one = self._resolved(part)
            properties |= inner
            is_object |= is_one
        return properties | schema.get("properties", {}), is_object

    def _description(self, schema: Schema) -> str:
        text = schema.get("description") or self._deref(schema)[0].get("description") or ""
        return " ".join(str(text).split())

    def _name(self, schema_name: str, wire: str) -> str:
        name = self.names.get(schema_name, {}).get(wire)
        return name or str(PythonIdentifier(wire, prefix="field_"))

    def _enumeration(self, schema: Schema) -> dict[str, Any]:
        values = schema["enum"]
        keys = [
            re.sub(r"\W", "_", snake_case(str(key))).upper()
            for key in schema.get("x-enum-varnames") or values
        ]
        return {
            "description": " ".join(str(schema.get("description", "")).split()),
            "members": dict(zip(keys, values, strict=True)),
            "predicates": {
                f"is_{each}": (schema[f"x-{each}"], words)
                for each, words in PREDICATES.items()
                if f"x-{each}" in schema
            },
        }

    def _view(self, name: str) -> dict[str, Any]:
        properties, _ = self._resolved(self.schemas[name])
        fields: dict[str, dict[str, Any]] = {}
        models: set[str] = set()
        enumerations: set[str] = set()
        predicates: dict[str, tuple[str, str]] = {}
        for wire, schema in properties.items():
            read, kind, used = self._reader(schema, f"{name}.{wire}")
            for each in used:
                (enumerations if "enum" in self.schemas[each] else models).add(each)
                told = (
                    self._enumeration(self.schemas[each])["predicates"]
                    if "enum" in self.schemas[each]
                    else {}
                )
                predicates |= {
                    key: (self._name(name, wire), words) for key, (_, words) in told.items()
                }
            called = self._name(name, wire)
            essential = bool(schema.get("x-essential"))
            if essential:
                function = read.removesuffix("(value)") if read.count("value") == 1 else None
                if function is None or "(" in function:
                    function = f"lambda value: {read}"
                expression = f"needed(self, {wire!r}, {function})"
            else:
                expression = re.sub(r"\bvalue\b", f"self.received.get({wire!r})", read)
            optional = kind == "Any" or kind.startswith("tuple[") or essential
            field = {
                "name": called,
                "type": kind if optional else f"{kind} | None",
                "expression": expression,
                "description": self._description(schema),
                "essential": essential,
                "secret": self._deref(schema)[0].get("format") == "password",
            }
            if called in fields:  # another spelling of the same field
                field["expression"] = f"{fields[called]['expression']} or {expression}"
                field["description"] = fields[called]["description"]
            fields[called] = field
        clash = {"received", "operation", "to_dict", "read", "checked", "keys", "items", "values"}
        clash |= predicates.keys()
        if wrong := clash & fields.keys():
            raise FactError(f"{name}: an answer has {wrong} of its own; name the field otherwise")
        return {
            "description": self._description(self.schemas[name]),
            "fields": list(fields.values()),
            "predicates": predicates,
            "models": sorted(models - {name}),
            "enumerations": sorted(enumerations),
        }

    def _reader(self, schema: Schema, where: str) -> _Reader:
        """Say how a field is read."""
        found: _Reader
        schema, name = self._deref(schema)
        kind, form = schema.get("type"), schema.get("format")
        if "anyOf" in schema or "oneOf" in schema:
            found = self._union(schema)
        elif "enum" in schema and name:
            found = self._member(schema, name)
        elif kind == "array":
            found = self._array(schema, where)
        elif kind is None or (kind == "object" and name is None):
            found = "read.anything(value)", "Any", set()
        elif kind == "object" and name is not None:
            found = f"{name}.read(value, self.operation)", name, {name}
        elif schema.get("x-unit") == "byte":
            found = "read.byte_size(value)", "ByteSize", set()
        elif kind == "integer" and form == "int64" and where.endswith(("Id", "ID")):
            found = "read.identifier(value)", "int", set()
        elif (kind, form) in SCALARS:
            function, python = SCALARS[kind, form]
            found = f"read.{function}(value)", python, set()
        else:
            raise FactError(f"{where}: the templates have no {kind} of format {form}")
        return found

    def _array(self, schema: Schema, where: str) -> _Reader:
        read, inner, used = self._reader(schema["items"], f"an item of {where}")
        function = read.removesuffix("(value)")
        if "(" in function:
            function = "lambda item: " + re.sub(r"\bvalue\b", "item", read)
        return f"read.array({function}, value)", f"tuple[{inner}, ...]", used

    def _union(self, schema: Schema) -> _Reader:
        """Say how one of several forms is read: an open enumeration, or a scalar in two types."""
        options = [self._deref(each) for key in ("anyOf", "oneOf") for each in schema.get(key, ())]
        for option, name in options:
            if "enum" in option and name:
                return self._member(option, name)
        kinds = {option.get("type") for option, _ in options}
        if kinds == {"boolean", "string"}:
            return "read.boolean(value)", "bool", set()
        return "read.anything(value)", "Any", set()

    def _member(self, schema: Schema, name: str) -> _Reader:
        if "x-unit" in schema:  # members of a quantity are nothing but numbers
            return "read.integer(value)", "int", set()
        if (named := schema.get("x-named-by")) is not None:
            return f"read.numbered({name}, {named}, value)", f"{named} | str", {name, named}
        if schema.get("type") == "integer":
            return f"read.numeric_member({name}, value)", f"{name} | int", {name}
        return f"read.member({name}, value)", f"{name} | str", {name}

    def _operation(self, path: str, method: str, views: Schema) -> dict[str, Any]:
        operation = self.document["paths"][path][method]
        called = operation["operationId"]
        arguments, asked = [], {}
        answer = self._answer(operation)
        fields = {field["name"] for field in views.get(answer or "", {"fields": ()})["fields"]}
        for each in (
            *self.document["paths"][path].get("parameters", ()),
            *operation.get("parameters", ()),
        ):
            parameter = (
                self.document["components"]["parameters"][each["$ref"].rpartition("/")[2]]
                if "$ref" in each
                else each
            )
            made = self._argument(
                parameter["name"],
                parameter["schema"],
                required=parameter.get("required", False),
                description=parameter.get("description", ""),
            )
            arguments.append(made)
            if parameter["in"] == "path" and made["attribute"] in fields:
                asked[made["attribute"]] = made["to"]
        body = None
        for content in operation.get("requestBody", {}).get("content", {}).values():
            _, body = self._deref(content["schema"])
            properties, is_object = self._resolved(content["schema"])
            if not is_object:
                body = None
                arguments.append(
                    self._argument("body", content["schema"], required=True, description="")
                )
                continue
            required = self._required(content["schema"])
            for wire, schema in properties.items():
                made = self._argument(
                    wire, schema, required=wire in required, description=self._description(schema)
                )
                arguments.append(made | {"in_body": True})
        # A truth that goes by position says nothing, and what may be missing goes by its name.
        arguments.sort(key=lambda argument: argument["by_name"])
        return {
            "id": called,
            "http": method.upper(),
            "path": path,
            "answers": answer,
            "idempotent": operation.get("x-idempotent", method not in ("post", "patch")),
            "awaits_agent": operation.get("x-awaits-agent", False),
            "method": None
            if called in self.by_hand
            else self.methods.get(called, snake_case(called)),
            "arguments": arguments,
            "doc": _method_doc(operation, arguments),
            "asked": asked,
            "body": body,
        }

    def _answer(self, operation: Schema) -> str | None:
        """Name what a success answers with, if it can't be nothing: a schema, or a type."""
        names = []
        for status, response in operation["responses"].items():
            if not str(status).startswith("2"):
                continue
            contents = response.get("content", {})
            if not contents:
                return None
            for content in contents.values():
                schema, name = self._deref(content["schema"])
                while schema.get("type") == "array":
                    schema, name = self._deref(schema["items"])
                names.append(name or schema.get("format") or str(schema.get("type")))
        return names[0] if names else None

    def _required(self, schema: Schema) -> set[str]:
        schema, _ = self._deref(schema)
        return {*schema.get("required", ())}.union(*map(self._required, schema.get("allOf", ())))

    def _argument(
        self, wire: str, schema: Schema, *, required: bool, description: str
    ) -> dict[str, Any]:
        """Say how a method takes what a parameter or a field of a body is made of."""
        found, enumeration = self._deref(schema)
        key = wire[0].lower() + wire[1:]
        to = str(PythonIdentifier(wire, prefix="field_"))
        name = self.arguments.get(key, to)
        reference = self.references.get(key)
        kind, form = found.get("type"), found.get("format")
        uses = set[str]()
        if reference:
            name, python = reference["argument"], reference["type"]
            value = f"identifier({name}, {reference['attribute']!r}, {name!r})"
        elif "enum" in found and enumeration:
            python = f"{enumeration} | {_SENT[str(kind)]}"
            value = f"member({enumeration}, {name}, {name!r})"
            uses = {enumeration}
        elif form == "uuid":
            python, value = "UUID | str", f"uuid_of({name}, {name!r})"
        elif form in ("ms-date", "date-time"):
            python, value = "datetime.datetime", name
        elif kind in _SENT:
            python, value = _SENT[kind], name
        else:
            python, value = "Any", name
        return {
            "name": name,
            "to": to,
            "type": python if required else f"{python} | None",
            "value": value if required else f"UNSET if {name} is None else {value}",
            "by_name": not required or kind == "boolean",
            "required": required,
            "attribute": reference["attribute"] if reference else to,
            "uses": sorted(uses),
            "description": " ".join(description.split()),
            "in_body": False,
        }

    def _request(self, name: str) -> dict[str, Any]:
        properties, _ = self._resolved(self.schemas[name])
        fields = []
        for wire, schema in properties.items():
            found, _ = self._deref(schema)
            bounds = [
                f"{argument}={found[key]!r}" for key, argument in BOUNDS.items() if key in found
            ]
            fields.append(
                {
                    "wire": wire,
                    "description": self._description(schema),
                    "secret": found.get("format") == "password",
                    "iso": found.get("format") == "date-time",
                    "bounds": ", ".join(bounds) if found.get("format") != "ms-date" else "",
                }
            )
        return {"description": self._description(self.schemas[name]), "fields": fields}


def _method_doc(operation: Schema, arguments: list[dict[str, Any]]) -> str:
    """Write a method's docstring."""
    summary = str(operation.get("summary") or operation["operationId"]).rstrip(".") + "."
    paragraphs = re.split(r"\n\s*\n", str(operation.get("description", "")).strip())
    said = [textwrap.fill(" ".join(each.split()), 92) for each in paragraphs if each]
    notes = [
        f"{each['name']}: {each['description'] or 'Not documented.'}"
        + ("" if each["required"] else " None to leave it out.")
        for each in arguments
    ]
    notes.append("options: `timeout` and `headers` of this call alone.")
    listed = [
        textwrap.fill(each, 92, initial_indent=" " * 4, subsequent_indent=" " * 8) for each in notes
    ]
    raised = ["    CloudBackupError: It failed."]
    if arguments:
        raised.insert(0, "    ValueError: An argument can't be right.")
    return "\n\n".join(
        [summary, *said, "\n".join(["Args:", *listed]), "\n".join(["Raises:", *raised])]
    )
