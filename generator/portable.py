"""Make `openapi.portable.json` from `openapi.yaml`: what every language's generator can read.

Generators for static languages make poor code of the document's unions of scalars, or none at all,
and some take one kind of success an operation. So here

- an answer's open enumeration is its plain type, which lists the values known today;
- an answer's scalar that travels in two types may be anything, a request's is the first of them;
- several success answers become one for all of `2XX`, with the body of the one that has a body;
- the description is its first paragraph, since some generators put it into each file.

What an answer may be is only widened by that, and what a request may be only narrowed: whoever
holds to this document holds to `openapi.yaml`.

Usage: python generator/portable.py [--check] [--spec openapi.yaml] [--output FILE]
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import yaml
from document import FactError, objects

__all__ = ["portable"]

ROOT: Final = Path(__file__).resolve().parent.parent
SCALARS: Final = {"boolean", "integer", "number", "string"}


def portable(document: dict[str, Any]) -> dict[str, Any]:
    """Put a specification in terms that every generator knows.

    Args:
        document: The specification, with every schema of a scalar in several forms named. It is
            changed in place.

    Returns:
        The same specification.

    Raises:
        FactError: A scalar in several forms is sent as well as received.
    """
    document["info"]["description"] = document["info"]["description"].split("\n\n")[0] + "\n"
    sent, received = set[str](), set[str]()
    operations = [each for each in objects(document["paths"]) if "responses" in each]
    for operation in operations:
        _reach(operation.get("requestBody", {}), document, sent)
        _reach(operation["responses"], document, received)
        operation["responses"] = _one_success(operation["responses"])
    schemas = document["components"]["schemas"]
    for name, schema in schemas.items():
        forms = [
            schemas[form["$ref"].rpartition("/")[2]] if "$ref" in form else form
            for form in schema.get("anyOf", ())
        ]
        if not forms or not SCALARS.issuperset(form.get("type") for form in forms):
            continue
        if name in sent & received:
            raise FactError(f"{name} is sent as well as received; split it into two schemas")
        del schema["anyOf"]
        schemas[name] = _narrowed(schema, forms) if name in sent else _widened(schema, forms)
    for operation in operations:
        for body in operation.get("requestBody", {}).get("content", {}).values():
            _keep_examples(body, schemas)
    return document


def _reach(node: object, document: dict[str, Any], found: set[str]) -> None:
    """Add the names of the schemas that a part of the document leads to."""
    for each in objects(node):
        if isinstance(reference := each.get("$ref"), str):
            *_, kind, name = reference.split("/")
            if kind == "schemas" and name in found:
                continue
            if kind == "schemas":
                found.add(name)
            _reach(document["components"][kind][name], document, found)


def _keep_examples(body: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Leave out the examples of a body that use a form of a scalar that is gone."""
    fields = schemas[body["schema"]["$ref"].rpartition("/")[2]].get("properties", {})
    allowed = {
        field: schemas[schema["$ref"].rpartition("/")[2]].get("enum")
        for field, schema in fields.items()
        if "$ref" in schema
    }
    body["examples"] = {
        key: example
        for key, example in body["examples"].items()
        if all(
            values is None or example.get("value", {}).get(field, values[0]) in values
            for field, values in allowed.items()
        )
    }


def _narrowed(schema: dict[str, Any], forms: list[dict[str, Any]]) -> dict[str, Any]:
    return forms[0] | schema


def _widened(schema: dict[str, Any], forms: list[dict[str, Any]]) -> dict[str, Any]:
    types = {form["type"] for form in forms}
    if len(types) > 1:
        return schema
    known = [value for form in forms for value in form.get("enum", ())]
    listed = f"{schema['description'].strip()}\n\nKnown values: {', '.join(map(str, known))}.\n"
    return {"type": types.pop(), **schema, "description": listed, "x-extensible-enum": known}


def _one_success(responses: dict[str, Any]) -> dict[str, Any]:
    good = {status: answer for status, answer in responses.items() if status.startswith("2")}
    if len(good) == 1:
        return responses
    best = max(good.values(), key=lambda answer: "content" in answer)
    return {"2XX": best} | {key: value for key, value in responses.items() if key not in good}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 0 if all is well."""
    parser = argparse.ArgumentParser(description="Make the document for other generators.")
    parser.add_argument("--check", action="store_true", help="only say whether it is out of step")
    parser.add_argument("--spec", type=Path, default=ROOT / "openapi.yaml", metavar="FILE")
    parser.add_argument("--output", type=Path, metavar="FILE")
    options = parser.parse_args(arguments)
    output = options.output or ROOT / "openapi.portable.json"
    document = yaml.safe_load(options.spec.read_text(encoding="utf-8"))
    try:
        text = json.dumps(portable(document), ensure_ascii=False, indent=1) + "\n"
    except FactError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if not options.check:
        output.write_text(text, encoding="utf-8")
    elif not output.exists() or output.read_text(encoding="utf-8") != text:
        sys.stderr.write(f"{output} is out of step with {options.spec}; run `make generate`.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
