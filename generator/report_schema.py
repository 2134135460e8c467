"""Make the JSON Schema of a drill's report from the classes that it is made of.

The types are those of their attributes, the descriptions those of their docstrings. With `--check`
it only says whether the committed one is out of step.
"""

import argparse
import inspect
import json
import re
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Any, Final, get_args, get_origin

import attrs

from cloud_backup.drill import DrillReport, Verdict
from cloud_backup.drill.json_values import JsonValue, key_of
from cloud_backup.drill.reports.json_report import FORMAT

OUTPUT: Final = (
    Path(__file__).parents[1] / "overlay" / "cloud_backup" / "drill" / "reports"
) / "report.schema.json"

SCALARS: Final[dict[Any, dict[str, Any]]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    timedelta: {"type": "number"},
    datetime: {"type": "string", "format": "date-time", "pattern": "Z$"},
}

# What the document says besides the report's own attributes.
BEFORE: Final[dict[str, Any]] = {
    "format": {"const": FORMAT, "description": "The version of this form."},
    "is_good": {"type": "boolean", "description": DrillReport.is_good.__doc__},
    "is_finished": {"type": "boolean", "description": DrillReport.is_finished.__doc__},
    "verdict_counts": {
        "type": "object",
        "description": DrillReport.verdict_counts.__doc__,
        "propertyNames": {"enum": [str(verdict) for verdict in Verdict]},
        "additionalProperties": {"type": "integer", "minimum": 1},
    },
}
AFTER: Final[dict[str, Any]] = {
    "sha256": {
        "type": "string",
        "pattern": "^[0-9a-f]{64}$",
        "description": "The SHA-256 of all the rest in its canonical form: keys in order, no "
        "blanks, UTF-8. It shows a change that was made by accident; it isn't a signature.",
    }
}


def schema() -> dict[str, Any]:
    """Return the schema of a report."""
    definitions: dict[str, Any] = {}
    report = _object(DrillReport, definitions, BEFORE, AFTER)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:rackspace-cloud-backup:drill-report:{FORMAT}",
        "title": "Report of a restore drill",
        **report,
        "$defs": definitions,
    }


def _object(
    kind: type[JsonValue], definitions: dict[str, Any], *others: dict[str, Any]
) -> dict[str, Any]:
    summary, described = _described(kind)
    own = {
        key_of(field): _of(field.type, definitions) | {"description": described[field.name]}
        for field in attrs.fields(kind)
    }
    before, after = others or ({}, {})
    properties = {**before, **own, **after}
    return {
        "description": summary,
        "type": "object",
        "required": list(properties),
        "properties": properties,
    }


def _of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a type."""
    if kind in SCALARS:
        return dict(SCALARS[kind])
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _of(get_args(kind)[0], definitions)}
    if NoneType in (kinds := get_args(kind)):
        (only,) = (one for one in kinds if one is not NoneType)
        inner = _of(only, definitions)
        if "type" in inner and "enum" not in inner:
            return {**inner, "type": [inner["type"], "null"]}
        return {"anyOf": [inner, {"type": "null"}]}
    if issubclass(kind, Enum):
        return {"enum": [str(member) for member in kind]}
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}  # one that has itself within it ends here
        definitions[kind.__name__] = _object(kind, definitions)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _described(kind: type[Any]) -> tuple[str, dict[str, str]]:
    """Read the summary of a class and the descriptions of its attributes from its docstring."""
    summary, _, rest = (inspect.getdoc(kind) or "").partition("\n\nAttributes:\n")
    parts = re.findall(r"^    (\w+): (.*(?:\n {8}.*)*)", rest, flags=re.MULTILINE)
    words = {name: re.sub(r"\bNone\b", "null", " ".join(text.split())) for name, text in parts}
    return " ".join(summary.split()), words


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the schema, or compare it; return 1 if it is out of step."""
    parser = argparse.ArgumentParser(description="Make the schema of a drill's report.")
    parser.add_argument("--check", action="store_true", help="only say whether it is out of step")
    options = parser.parse_args(arguments)
    text = json.dumps(schema(), indent=2) + "\n"
    if not options.check:
        OUTPUT.write_text(text, encoding="utf-8")
    elif not OUTPUT.exists() or text != OUTPUT.read_text(encoding="utf-8"):
        sys.stderr.write(f"{OUTPUT} is out of step with its classes; run `make generate`.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
