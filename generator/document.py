"""The specification, as the facts are gathered from it."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml
from openapi_python_client.strings import PythonIdentifier, pascal_case, snake_case

__all__ = ["Document", "FactError", "Schema", "identifier", "name_objects", "objects"]

Schema = dict[str, Any]

NAMES: Final = Path(__file__).with_name("names.yaml")

_METHODS: Final = ("get", "put", "post", "patch", "delete", "head", "options")


class FactError(Exception):
    """Nothing is generated; the message says why."""


class Document:
    """A specification, and what `names.yaml` calls otherwise than it does.

    Args:
        document: What the specification says.
    """

    def __init__(self, document: Schema) -> None:
        self._components: dict[str, dict[str, Schema]] = document.get("components", {})
        self.operations = list(_operations(document))
        self.schemas = {
            name: self.flat(schema) for name, schema in self._components.get("schemas", {}).items()
        }
        self.objects = {
            name for name, schema in self.schemas.items() if schema.get("type") == "object"
        }
        self.names = defaultdict[str, dict[str, Any]](dict)
        for group in yaml.safe_load(NAMES.read_text(encoding="utf-8")):
            del group["reason"]
            for kind, said in group.items():
                self.names[kind] |= said if isinstance(said, dict) else dict.fromkeys(said)

    def flat(self, schema: Schema) -> Schema:
        """Follow a schema's references and `allOf`.

        Returns:
            One schema, with the `name` of the component that it is, if it is one.
        """
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            return {"name": name, **self.flat(self.component(schema))}
        flat: Schema = {}
        parts = [self.flat(each) for each in schema.get("allOf", ())]
        for part in (*parts, schema):
            properties = flat.get("properties", {}) | part.get("properties", {})
            required = [*flat.get("required", ()), *part.get("required", ())]
            flat |= part | {"properties": properties, "required": required}
        if len(parts) > 1 or "properties" in schema:
            flat.pop("name", None)
        return flat

    def component(self, node: Schema) -> Schema:
        """Follow a reference, if it is one."""
        if "$ref" not in node:
            return node
        *_, kind, name = node["$ref"].split("/")
        return self._components[kind][name]

    def reached(self, node: object) -> set[str]:
        """Name the objects that a part of the document leads to."""
        found, waiting = set[str](), [node]
        while waiting:
            for each in objects(waiting.pop()):
                if isinstance(reference := each.get("$ref"), str) and reference not in found:
                    found.add(reference)
                    waiting.append(self.component(each))
        return {each.rpartition("/")[2] for each in found if "/schemas/" in each} & self.objects

    def field(self, schema: str, wire: str) -> str:
        """Name a field of an answer."""
        names = self.names["names"]
        return names.get(f"{schema}.{wire}") or names.get(wire) or identifier(wire)

    def method(self, operation: str) -> str | None:
        """Name an operation's method; None if it is written by hand."""
        if operation in self.names["by_hand"]:
            return None
        return str(self.names["methods"].get(operation) or snake_case(operation))


def identifier(wire: str) -> str:
    """Return what openapi-python-client calls a parameter or a field."""
    return str(PythonIdentifier(wire, prefix="field_"))


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
        _named(schema, name, schemas)
    for operation in _operations(document):
        name = pascal_case(operation["operationId"])
        for part, suffix in (("requestBody", "Body"), ("responses", "Answer")):
            for node in objects(operation.get(part, {})):
                if isinstance(node.get("schema"), dict):
                    node["schema"] = _named(node["schema"], name + suffix, schemas)


def _named(schema: Schema, name: str, schemas: dict[str, Schema]) -> Schema:
    """Return a reference to an object that has a name now; what is no object as it is."""
    for part in (schema, *schema.get("allOf", ())):
        for wire, inner in part.get("properties", {}).items():
            part["properties"][wire] = _named(inner, name + pascal_case(wire), schemas)
        if "items" in part:
            part["items"] = _named(part["items"], f"{name}Item", schemas)
    if schema.get("type") != "object" or schemas.get(name) is schema:
        return schema
    if name in schemas:
        raise FactError(f"an object within another would be called {name}, as a schema is")
    schemas[name] = schema
    return {"$ref": f"#/components/schemas/{name}"}


def _operations(document: Schema) -> Iterator[Schema]:
    """Every operation, with its `path`, its `method`, and all its parameters."""
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                operation = item[method]
                parameters = [*item.get("parameters", ()), *operation.get("parameters", ())]
                yield operation | {"path": path, "method": method, "parameters": parameters}
