"""Make `generated/cloud_backup_api` from `openapi.yaml`, or say whether it is out of step.

The work is openapi-python-client's, at the one version that the templates here were written for.
Three things are added around it:

- Before it, on a copy of the specification: `format: ms-date`, which the generator doesn't know,
  becomes `format: date-time`, which it does, nullable since .NET's minimum date means "none". Each
  gets an example in the wire form, by which the templates tell it from a date of ISO 8601. What the
  generator overlooks is put where it looks: the `security` of all operations into each, a
  parameter's description into its schema, and beside an `allOf` of one schema with `properties` of
  its own a second, empty one.
- After it: a header in every file, `py.typed`, and ruff's formatting.
- `--check`: the same into a temporary folder, compared with what is there.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import yaml
from document import Document, FactError, name_objects, objects
from operation_facts import operation_facts
from schema_facts import schema_facts

ROOT: Final = Path(__file__).resolve().parent.parent
TEMPLATES: Final = ROOT / "generator" / "templates"
CONFIG: Final = ROOT / "generator-config.yml"
SPEC: Final = ROOT / "openapi.yaml"
OUTPUT: Final = ROOT / "generated" / "cloud_backup_api"

GENERATOR: Final = "openapi-python-client"
GENERATOR_VERSION: Final = "0.29.1"
"""The templates override this version's; a newer one needs them looked at again."""

HEADER: Final = f"# Generated from openapi.yaml by {GENERATOR} {GENERATOR_VERSION}: do not edit."
MS_DATE_EXAMPLE: Final = "/Date(1357151359000)/"

# Without the project's settings, which leave generated code alone.
RUFF: Final = ("--isolated", "--quiet", "--line-length=100", "--target-version=py311", "--no-cache")


def check_version() -> None:
    """Raise a FactError if the generator isn't of the templates' version."""
    if (installed := version(GENERATOR)) != GENERATOR_VERSION:
        raise FactError(
            f"{GENERATOR} is {installed}, but the templates are written for {GENERATOR_VERSION}"
        )


def generate(spec: Path, output: Path) -> None:
    """Generate the package anew.

    Args:
        spec: The specification, YAML or JSON.
        output: The package's folder. What it holds is replaced.

    Raises:
        FactError: The generator warned or failed, or what the specification asks for is not in the
            templates.
    """
    document = yaml.safe_load(spec.read_text(encoding="utf-8"))
    name_objects(document)
    parsed = Document(document)
    facts = schema_facts(parsed) | operation_facts(parsed)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "openapi.json")
        templates = Path(shutil.copytree(TEMPLATES, Path(folder, "templates")))
        said = "".join(f"{{% set {name} = {fact!r} %}}\n" for name, fact in facts.items())
        (templates / "facts.jinja").write_text(said, encoding="utf-8")
        copy.write_text(json.dumps(prepare(document), default=str), encoding="utf-8")
        package = Path(folder, "package")
        run(
            GENERATOR.replace("-", "_"),
            "generate",
            f"--path={copy}",
            f"--config={CONFIG}",
            f"--custom-template-path={templates}",
            "--meta=none",
            "--fail-on-warning",
            f"--output-path={package}",
        )
        with (package / "__init__.py").open("a", encoding="utf-8") as face:
            face.write(f"\nCONTRACT_VERSION = {document['info']['version']!r}\n")
        _finish(package)
        shutil.rmtree(output, ignore_errors=True)
        shutil.copytree(package, output)


def prepare(document: dict[str, Any]) -> dict[str, Any]:
    """Put a specification in terms that the generator knows.

    It is changed in place, and returned.

    Raises:
        FactError: It has a form of body or of value that the templates leave out.
    """
    for item in document["paths"].values():
        for operation in item.values():
            if "responses" in operation:
                operation.setdefault("security", document.get("security", []))
                if len(operation.get("requestBody", {}).get("content", ())) > 1:
                    raise FactError("the templates have no body of several media types")
    for schema in objects(document):
        if "in" in schema and "$ref" not in schema.get("schema", {"$ref": ""}):
            schema["schema"].setdefault("description", schema.get("description", ""))
        form = "multipart/form-data" if "multipart/form-data" in schema else schema.get("format")
        if form in ("binary", "date", "multipart/form-data"):
            raise FactError(f"the templates have no {form}; types.py.jinja would need it")
        if form == "ms-date":
            schema |= {"format": "date-time", "nullable": True}
            schema.setdefault("example", MS_DATE_EXAMPLE)
            schema.pop("pattern", None)
        if "properties" in schema and len(schema.get("allOf", ())) == 1:
            schema["allOf"].append({"type": "object"})
    return document


def differences(one: Path, other: Path) -> list[str]:
    """The files of two folders that are not the same in both, by their paths within them."""
    of_one, of_other = (
        {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and path.suffix != ".pyc"
        }
        for folder in (one, other)
    )
    return sorted({path for path, _ in of_one.items() ^ of_other.items()})


def _finish(package: Path) -> None:
    (package / "py.typed").touch()
    # What joins endpoints stands beside them, so that one can be imported without all others.
    for pattern, name in (("api/*/__init__.py", "methods.py"), ("api/__init__.py", "groups.py")):
        for joined in package.glob(pattern):
            joined.rename(joined.with_name(name))
            joined.write_text(f'"""The operations of {joined.parent.name}."""\n')
    for module in package.rglob("*.py"):
        text = module.read_text(encoding="utf-8").lstrip()
        module.write_text(f"{HEADER}\n\n{text}", encoding="utf-8")
    # Imports of what a module turns out not to need, and their order.
    tight = "lint.isort.split-on-trailing-comma=false"
    run("ruff", "check", *RUFF, "--select=F401,I", f"--config={tight}", "--fix", str(package))
    tight = "format.skip-magic-trailing-comma=true"
    run("ruff", "format", *RUFF, f"--config={tight}", str(package))


def run(module: str, *arguments: str) -> None:
    """Run a module of this interpreter's environment, whatever PATH holds."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise FactError(f"{module} failed:\n{done.stdout}{done.stderr}".rstrip())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 0 where all is well."""
    parser = argparse.ArgumentParser(description="Make the generated client of openapi.yaml.")
    parser.add_argument("--check", action="store_true", help="only say whether it is out of step")
    parser.add_argument("--spec", type=Path, default=SPEC, metavar="FILE")
    parser.add_argument("--output", type=Path, default=OUTPUT, metavar="FOLDER")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder, "fresh") if options.check else options.output
        try:
            check_version()
            generate(options.spec, output)
        except (FactError, OSError, yaml.YAMLError) as error:
            sys.stderr.write(f"{error}\n")
            return 1
        stale = differences(output, options.output)
    if stale:
        title = f"{options.output} is out of step with {options.spec}; run `make generate`."
        sys.stderr.write("\n  ".join([title, *stale]) + "\n")
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(main())
