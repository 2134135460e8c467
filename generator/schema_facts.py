"""What the templates are told of the schemas: answers, requests and enumerations.

openapi-python-client parses the document into classes of its own, which leave out what they have no
use for: extensions, formats, bounds, and whether a schema is sent or received. What the templates
need of that is worked out here, and in `operation_facts.py`, from the document itself.
"""

import re
from typing import Any, Final

from document import Document, FactError, Schema, identifier
from openapi_python_client.strings import snake_case

from cloud_backup.wire.view import View

__all__ = ["SCALARS", "described", "reading", "schema_facts"]

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
    ("number", None): ("number", "float"),
    ("boolean", None): ("boolean", "bool"),
}
"""How a scalar of an answer is read and what it is then, by its type and, of a text, its format."""

BOUNDS: Final = ("minimum", "maximum", "minLength", "pattern")

PREDICATES: Final = {
    "final": "Whether it stays in this state",
    "successful": "Whether it did all that it was to do, without errors",
    "online": "Whether it is in touch with the service",
}
"""What is derived from a member of an enumeration, by the extension that lists such members."""


def schema_facts(document: Document) -> dict[str, Any]:
    """Return what the templates are told, by the names that they know it by.

    Raises:
        FactError: The specification has a form that the templates leave out.
    """
    sent = document.reached([each.get("requestBody", {}) for each in document.operations])
    received = document.reached([each["responses"] for each in document.operations])
    if both := sent & received:
        raise FactError(
            f"sent as well as received: {', '.join(sorted(both))}; split each into two schemas"
        )
    return {
        "enumerations": {
            name: _enumeration(schema)
            for name, schema in document.schemas.items()
            if "enum" in schema
        },
        "views": {name: _view(name, document) for name in sorted(document.objects - sent)},
        "requests": {name: _request(name, document) for name in sorted(sent)},
    }


def _enumeration(schema: Schema) -> dict[str, Any]:
    values = schema.get("enum", ())
    keys = [
        re.sub(r"\W", "_", snake_case(str(key))).upper()
        for key in schema.get("x-enum-varnames") or values
    ]
    return {
        "description": described(schema),
        "members": dict(zip(keys, values, strict=True)),
        "predicates": {
            f"is_{each}": (schema[f"x-{each}"], words)
            for each, words in PREDICATES.items()
            if f"x-{each}" in schema
        },
    }


def _view(view: str, document: Document) -> dict[str, Any]:
    schema = document.schemas[view]
    fields: dict[str, dict[str, Any]] = {}
    used = set[str]()
    predicates: dict[str, tuple[str, str]] = {}
    for wire, field in schema["properties"].items():
        flat = document.flat(field)
        name, description = document.field(view, wire), described(flat)
        read, kind = reading(field, f"{view}.{wire}", document)
        uses = document.schemas.keys() & re.findall(r"\w+", f"{read} {kind}")
        used |= uses
        for each in uses:
            told = _enumeration(document.schemas[each])["predicates"]
            predicates |= {key: (name, words) for key, (_, words) in told.items()}
        essential = bool(flat.get("x-essential"))
        if essential:
            expression = f"needed(self, {wire!r}, {_function(read, 'value')})"
        else:
            expression = read.format(f"self.received.get({wire!r})")
        if name in fields:  # another spelling of the same field
            expression = f"{fields[name]['expression']} or {expression}"
            description = fields[name]["description"]
        fields[name] = {
            "type": kind if essential or kind.startswith(("Any", "tuple[")) else f"{kind} | None",
            "expression": expression,
            "description": description,
            "usual": _usual(read, wire) if essential else "",
            "secret": flat.get("format") == "password",
        }
    if wrong := {*dir(View), *predicates} & fields.keys():
        raise FactError(f"{view}: an answer has {wrong} of its own; name the field otherwise")
    return {
        "description": described(schema),
        "fields": fields,
        "names": tuple(fields),
        "essential": tuple(name for name, each in fields.items() if each["usual"]),
        "usual": " and ".join(each["usual"] for each in fields.values() if each["usual"]),
        "secret": [name for name, each in fields.items() if each["secret"]],
        "predicates": predicates,
        "models": sorted(used & document.objects - {view}),
        "enumerations": sorted(used - document.objects),
    }


def _usual(read: str, wire: str) -> str:
    """Say how a row shows that a field can be read: by its type, where that is enough."""
    function, value = read.partition("(")[0], f"row[{wire!r}]"
    if function in {"read.identifier", "read.integer", "read.numbered", "read.numeric_member"}:
        return f"type(found := {value}) is int and found > 0"
    if function in {"read.text", "read.member"}:
        return f"type(found := {value}) is str and found"
    return read.format(value).replace(", self.operation", "") + " is not None"


def _request(name: str, document: Document) -> dict[str, Any]:
    schema, fields = document.schemas[name], {}
    for wire, field in schema["properties"].items():
        flat = document.flat(field)
        form = flat.get("format")
        bounds = [f"{snake_case(key)}={flat[key]!r}" for key in BOUNDS if key in flat]
        fields[identifier(wire)] = {
            "wire": wire,
            "description": described(flat),
            "secret": form == "password",
            "iso": form == "date-time",
            "bounds": ", ".join(bounds) if form != "ms-date" else "",
        }
    return {
        "description": described(schema),
        "fields": fields,
        "wire": {name: each["wire"] for name, each in fields.items()},
        "iso": [name for name, each in fields.items() if each["iso"]],
    }


def reading(schema: Schema, where: str, document: Document) -> tuple[str, str]:
    """Say how a value of an answer is read.

    Args:
        schema: The value's.
        where: What the value is, for a message.
        document: The specification.

    Returns:
        The expression that reads it, with `{}` for the value, and the type of what that gives.

    Raises:
        FactError: The templates know no such value.
    """
    flat = document.flat(schema)
    name, kind = flat.get("name"), flat.get("type")
    if options := [*flat.get("anyOf", ()), *flat.get("oneOf", ())]:
        return _union([document.flat(each) for each in options])
    if "enum" in flat and name:
        return _member(flat)
    if kind == "array":
        read, inner = reading(flat["items"], f"an item of {where}", document)
        return f"read.array({_function(read, 'item')}, {{}})", f"tuple[{inner}, ...]"
    if kind == "object" and name:
        return f"{name}.read({{}}, self.operation)", name
    return _scalar(flat, where)


def _scalar(flat: Schema, where: str) -> tuple[str, str]:
    kind, form = flat.get("type"), flat.get("format")
    function, python = SCALARS.get((str(kind), form if kind == "string" else None), ("", ""))
    if kind in (None, "object"):
        function, python = "anything", "Any"
    elif flat.get("x-unit") == "byte":
        function, python = "byte_size", "ByteSize"
    elif (kind, form) == ("integer", "int64") and where.endswith(("Id", "ID")):
        function = "identifier"
    if not function:
        raise FactError(f"{where}: the templates have no {kind} of format {form}")
    return f"read.{function}({{}})", python


def _union(options: list[Schema]) -> tuple[str, str]:
    """Say how one of several forms is read: an open enumeration, or a scalar in two types."""
    for option in options:
        if "enum" in option and "name" in option:
            return _member(option)
    if {option.get("type") for option in options} == {"boolean", "string"}:
        return "read.boolean({})", "bool"
    return "read.anything({})", "Any"


def _member(flat: Schema) -> tuple[str, str]:
    name = flat["name"]
    if "x-unit" in flat:  # members of a quantity are nothing but numbers
        return "read.integer({})", "int"
    if (named := flat.get("x-named-by")) is not None:
        return f"read.numbered({name}, {named}, {{}})", f"{named} | str"
    if flat.get("type") == "integer":
        return f"read.numeric_member({name}, {{}})", f"{name} | int"
    return f"read.member({name}, {{}})", f"{name} | str"


def _function(read: str, argument: str) -> str:
    """Return the function of one argument that does what an expression does with a value."""
    function = read.removesuffix("({})")
    return f"lambda {argument}: {read.format(argument)}" if "(" in function else function


def described(flat: Schema) -> str:
    """Return a schema's description, in one line."""
    return " ".join(str(flat.get("description", "")).split())
