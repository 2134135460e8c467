"""Samples of every operation, made of the examples in `openapi.yaml`, for the HTTP reference.

Python's are made of the methods that the operations have in the client, or of `samples.yaml` if
these are written by hand; commands are all in there.
"""

import json
import re
import shlex
import string
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

import yaml

import cloud_backup

ROOT: Final = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "generator"))

from document import Document, identifier, name_objects  # noqa: E402
from openapi_python_client.strings import pascal_case  # noqa: E402
from operation_facts import operation_facts  # noqa: E402

__all__ = ["add_samples"]

INTRODUCTION: Final = """
## Samples

`$TOKEN` is `access.token.id` in the answer of `authenticate`, and `$BACKUP_URL` is `publicURL` of
the entry `rax:backup` for your region; `$BACKUP_HOST` is its scheme and host alone. `$RS_AUTH_URL`
is Identity's URL. Python and the command line read the credentials from the environment.
TypeScript's `client` is one of openapi-fetch for `$BACKUP_URL`, Go's one of oapi-codegen; both send
the token. `identity` and `host` are clients for the other two URLs.
"""
SERVERS: Final = {"identity": ("$RS_AUTH_URL", "identity"), "service": ("$BACKUP_HOST", "host")}
SHOWN: Final = {
    "curl": ("Shell", "curl"),
    "python": ("Python", "Python"),
    "command": ("Shell", "Command line"),
    "typescript": ("TypeScript", "TypeScript"),
    "go": ("Go", "Go"),
}
"""The languages, as Prism colours them and as they are called."""

LONG: Final = 90
"""How long a command may be in one line."""


def add_samples(document: dict[str, Any]) -> dict[str, Any]:
    """Add samples to each operation of a specification.

    Args:
        document: The specification.

    Returns:
        A copy whose operations have `x-codeSamples`, and whose description says what they assume.
    """
    by_hand = yaml.safe_load((ROOT / "docs" / "samples.yaml").read_text(encoding="utf-8"))
    named = deepcopy(document)
    name_objects(named)
    parsed = Document(named)
    facts = {each["id"]: each for each in operation_facts(parsed)["operations"].values()}
    shown = deepcopy(document)
    shown["info"]["description"] += INTRODUCTION
    for operation in parsed.operations:
        called = operation["operationId"]
        sample = _Sample(operation, parsed, by_hand.get(called, {}))
        sources = {
            "curl": sample.curl(),
            "python": sample.python(facts[called]),
            "command": sample.command(),
            "typescript": sample.typescript(),
            "go": sample.go(),
        }
        shown["paths"][operation["path"]][operation["method"]]["x-codeSamples"] = [
            {"lang": SHOWN[kind][0], "label": SHOWN[kind][1], "source": source}
            for kind, source in sources.items()
            if source
        ]
    return shown


class _Formatter(string.Formatter):
    """Fills what stands in braces, each value written by a function."""

    def __init__(self, write: Any) -> None:
        self._write = write

    def format_field(self, value: Any, format_spec: str) -> str:
        del format_spec
        return str(self._write(value))


def _python(value: Any) -> str:
    return json.dumps(value) if isinstance(value, str) else repr(value)


class _Sample:
    """One operation with an example of all that it takes."""

    def __init__(
        self, operation: dict[str, Any], document: Document, by_hand: dict[str, Any]
    ) -> None:
        self._operation, self._by_hand = operation, by_hand
        self._method = operation["method"].upper()
        self._parameters = list(map(document.component, operation["parameters"]))
        self._values = {each["name"]: each["example"] for each in self._parameters}
        self._values |= by_hand.get("values", {})
        self._body = None
        for content in (
            document.component(operation.get("requestBody", {})).get("content", {}).values()
        ):
            examples = content["examples"]
            example = examples[by_hand.get("example", next(iter(examples)))]
            self._body = document.component(example)["value"]
        self._all = {**self._values, **(self._body or {})}
        self._url, self._client = SERVERS.get(operation["tags"][0], ("$BACKUP_URL", "client"))

    def curl(self) -> str:
        """Make a command of curl."""
        path = self._operation["path"].format_map(self._values)
        lines = [f'curl "{self._url}{path}"']
        if self._method != ("GET" if self._body is None else "POST"):
            lines.append(f"--request {self._method}")
        if self._operation.get("security") != []:
            lines.append('--header "X-Auth-Token: $TOKEN"')
        if self._body is not None:
            lines.append(f"--json {shlex.quote(json.dumps(self._body, indent=2))}")
        return " \\\n  ".join(lines)

    def command(self) -> str:
        """Make a command of `cloud-backup`; empty if there is none for it."""
        formatter = _Formatter(lambda value: shlex.quote(str(value)))
        words = formatter.vformat(self._by_hand.get("command", ""), (), self._all)
        return words if len(words) < LONG else re.sub(r" (?=--)", " \\\n  ", words)

    def python(self, facts: dict[str, Any]) -> str:
        """Make lines of Python, with what they import."""
        if "script" in self._by_hand:
            return f"import os\n\n{self._by_hand['script']}".rstrip()
        if "python" in self._by_hand:
            lines = _Formatter(_python).vformat(self._by_hand["python"], (), self._all).rstrip()
        else:
            lines = self._call(facts)
        names = [name for name in cloud_backup.__all__ if re.search(rf"\b{name}[(.]", lines)]
        head = ["import os"] * ("os." in lines) + ["from datetime import time"] * ("time(" in lines)
        head += [""] * bool(head)
        head.append(f"from cloud_backup import {', '.join(sorted(['CloudBackup', *names]))}")
        body = "".join(f"\n    {line}" for line in lines.splitlines())
        return "\n".join(head) + f"\n\nwith CloudBackup.from_environment() as backup:{body}"

    def _call(self, facts: dict[str, Any]) -> str:
        """Call the method that the generator made."""
        wires = {identifier(name): name for name in self._all}
        given = []
        for argument in facts["arguments"]:
            if argument["to"] in wires:
                value = _python(self._all[wires[argument["to"]]])
                given.append(f"{argument['name']}={value}" if argument["by_name"] else value)
        call = f"backup.{self._operation['tags'][0]}.{facts['method']}({', '.join(given)})"
        return call if facts["answer_type"] == "None" else f"print({call})"

    def typescript(self) -> str:
        """Make a call of openapi-fetch."""
        options = dict[str, Any]()
        if self._values:
            options["params"] = {"path": self._values}
        if self._body is not None:
            options["body"] = self._body
        path = json.dumps(self._operation["path"])
        fields = re.sub(
            r'^( *)"(\w+)":', r"\1\2:", json.dumps(options, indent=2), flags=re.MULTILINE
        )
        given = f"{path}, {fields}" if options else path
        return f"const {{ data, error }} = await {self._client}.{self._method}({given});"

    def go(self) -> str:
        """Make a call of the client that oapi-codegen makes."""
        given = ["ctx"]
        for each in self._parameters:
            example = json.dumps(self._values[each["name"]])
            is_uuid = each["schema"].get("format") == "uuid"
            given.append(f"uuid.MustParse({example})" if is_uuid else example)
        kind = ""
        if self._body is not None:
            body = json.dumps(self._body, indent="\t")
            given += ['"application/json"', f"strings.NewReader(`{body}`)"]
            kind = "WithBody"
        name = pascal_case(self._operation["operationId"])
        return f"answer, err := {self._client}.{name}{kind}WithResponse({', '.join(given)})"
