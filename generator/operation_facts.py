"""What the templates are told of the operations: arguments, answers, descriptions."""

import re
import textwrap
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from document import Document, Schema, identifier
from openapi_python_client.strings import safe_for_docstring, snake_case
from schema_facts import SCALARS, described, reading

__all__ = ["operation_facts"]


def operation_facts(document: Document) -> dict[str, Any]:
    """Return what the templates are told, by the names that they know it by."""
    operations = {each["operationId"]: each for each in document.operations}
    tags = {
        snake_case(each["tags"][0])
        for name, each in operations.items()
        if each.get("tags") and document.method(name)
    }
    return {
        "operations": {
            snake_case(name): _operation(each, document) for name, each in operations.items()
        },
        "groups": sorted(tags - document.names["extended"].keys()),
    }


def _operation(operation: Schema, document: Document) -> dict[str, Any]:
    called = operation["operationId"]
    answer = _answer(operation, document)
    answered = document.schemas.get(answer["answers"], {}).get("properties", ())
    fields = {document.field(answer["answers"], wire) for wire in answered}
    arguments, asked, body = [], {}, None
    for parameter in map(document.component, operation["parameters"]):
        schema = document.flat(parameter["schema"])
        schema["description"] = parameter.get("description", "")
        required = parameter.get("required", False)
        made = _argument(parameter["name"], schema, document, required=required)
        arguments.append(made)
        if parameter["in"] == "path" and made["attribute"] in fields:
            asked[made["attribute"]] = made["to"]
    contents = document.component(operation.get("requestBody", {})).get("content", {})
    for content in contents.values():
        schema = document.flat(content["schema"])
        if schema.get("type") != "object":
            arguments.append(_argument("body", schema, document, required=True))
            continue
        body = schema["name"]
        for wire, field in schema["properties"].items():
            required = wire in schema["required"]
            made = _argument(wire, document.flat(field), document, required=required)
            arguments.append(made | {"in_body": True})
    # A truth that goes by position says nothing, and what may be missing goes by its name.
    arguments.sort(key=lambda argument: argument["by_name"])
    summary = str(operation.get("summary") or called).rstrip(".") + "."
    paragraphs = re.split(r"\n\s*\n", str(operation.get("description", "")).strip())
    said = [textwrap.fill(" ".join(each.split()), 92) for each in paragraphs if each]
    return answer | {
        "id": called,
        "http": operation["method"].upper(),
        "path": operation["path"],
        "idempotent": operation.get("x-idempotent", operation["method"] not in ("post", "patch")),
        "awaits_agent": operation.get("x-awaits-agent", False),
        "method": document.method(called),
        "arguments": arguments,
        "said": safe_for_docstring("\n\n".join([summary, *said])),
        "asked": asked,
        "body": body,
    }


def _argument(wire: str, schema: Schema, document: Document, *, required: bool) -> dict[str, Any]:
    """Say how a method takes what a parameter or a field of a body is made of."""
    key = wire[0].lower() + wire[1:]
    to = identifier(wire)
    name = document.names["arguments"].get(key, to)
    reference = document.names["references"].get(key)
    kind, form = schema.get("type"), schema.get("format")
    (_, python), value, uses = SCALARS.get((str(kind), None), ("", "Any")), name, []
    if reference:
        name, python = reference["argument"], reference["type"]
        value = f"identifier({name}, {reference['attribute']!r}, {name!r})"
    elif "enum" in schema and "name" in schema:
        uses = [schema["name"]]
        python, value = f"{uses[0]} | {python}", f"member({uses[0]}, {name}, {name!r})"
    elif form == "uuid":
        python, value = "UUID | str", f"uuid_of({name}, {name!r})"
    elif form in ("ms-date", "date-time"):
        python = "datetime.datetime"
    note = safe_for_docstring(f"{name}: {described(schema) or 'Not documented.'}")
    return {
        "name": name,
        "to": to,
        "type": python if required else f"{python} | None",
        "value": value if required else f"UNSET if {name} is None else {value}",
        "by_name": not required or kind == "boolean",
        "required": required,
        "attribute": reference["attribute"] if reference else to,
        "uses": uses,
        "note": note if required else f"{note} None to leave it out.",
        "in_body": False,
    }


def _answer(operation: Schema, document: Document) -> dict[str, Any]:
    """Say how the responses of an operation are read."""
    called = operation["operationId"]
    read: dict[str, dict[str, list[str]]] = {"good": {}, "bad": {}, "default": {}}
    types = defaultdict[str, set[str]](set)
    answers = None
    # One status goes before the range that it is in.
    for status, response in sorted(operation["responses"].items(), key=lambda each: "X" in each[0]):
        contents = document.component(response).get("content", {})
        schema = next(iter(contents.values()))["schema"] if contents else None
        kind = {"2": "good", "d": "default"}.get(str(status)[0], "bad")
        if kind == "good":
            expression, python, name = _success(schema, called, document)
            answers = answers or name
        else:
            expression, python = _error(schema, called, document)
        read[kind].setdefault(expression, []).append(str(status))
        types[kind] |= {*python.split(" | ")}
    return {
        "answers": None if "None" in types["good"] else answers,
        "answer_type": _union(types["good"]),
        "parsed_type": _union(set[str]().union(*types.values()) - {"None"}),
        "good": {_condition(statuses): each for each, statuses in read["good"].items()},
        "bad": {_condition(statuses): each for each, statuses in read["bad"].items()},
        "default": next(iter(read["default"]), None),
    }


def _success(schema: Schema | None, operation: str, document: Document) -> tuple[str, str, str]:
    """Say how the body of a success is read, what that gives, and what it is called."""
    if schema is None:
        return "None", "None", ""
    flat = document.flat(schema)
    kind, form, name = flat.get("type"), flat.get("format"), str(flat.get("name"))
    inner = document.flat(flat["items"]) if kind == "array" else {}
    if inner.get("type") == "object":
        name = inner["name"]
        return f'rows({name}, response.json(), "{operation}")', f"list[{name}]", name
    if kind == "object":
        return f'{name}.checked(response.json(), "{operation}")', name, name
    if form == "uuid":
        return "decode_uuid_body(response)", "UUID", form
    if (kind, None) in SCALARS and form not in ("ms-date", "date-time") and "enum" not in flat:
        _, python = SCALARS[str(kind), None]
        return f'exactly({python}, response.json(), "{operation}")', python, python
    read, python = reading(schema, operation, document)
    read = read.format("response.json()").replace("self.operation", f'"{operation}"')
    return read, f"{python} | None", python


def _error(schema: Schema | None, operation: str, document: Document) -> tuple[str, str]:
    """Say how the body of an error is read, and what that gives: nothing, if it is no object."""
    flat = document.flat(schema or {})
    if flat.get("type") != "object":
        return "None", "None"
    return f'error_of({flat["name"]}, response, "{operation}")', flat["name"]


def _union(types: Iterable[str]) -> str:
    return " | ".join(sorted(types, key=lambda each: (each == "None", each))) or "None"


def _condition(statuses: list[str]) -> str:
    exact = [each for each in statuses if "X" not in each]
    ranges = [
        f"{each[0]}00 <= response.status_code <= {each[0]}99" for each in statuses if "X" in each
    ]
    one = f"== {exact[0]}" if len(exact) == 1 else f"in {{{', '.join(exact)}}}"
    return " or ".join([f"response.status_code {one}"] * bool(exact) + ranges)
