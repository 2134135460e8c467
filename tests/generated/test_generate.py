"""The step behind `make generate`."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

Generate = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "generated" / "cloud_backup_api"


def test_the_generated_code_is_what_the_specification_makes(generate: Generate) -> None:
    done = generate("--check")
    assert done.returncode == 0, done.stderr
    assert not done.stderr


def test_check_names_what_is_out_of_step(generate: Generate, tmp_path: Path) -> None:
    package = tmp_path / "cloud_backup_api"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    changed, missing, stray = package / "client.py", package / "errors.py", package / "more.py"
    changed.write_text(changed.read_text() + "# an edit\n")
    missing.unlink()
    stray.touch()
    done = generate("--check", "--output", package)
    assert done.returncode == 1
    assert "make generate" in done.stderr
    named = [line.strip() for line in done.stderr.splitlines()[1:]]
    assert named == ["client.py", "errors.py", "more.py"]


def test_every_file_says_that_it_is_generated() -> None:
    for module in PACKAGE.rglob("*.py"):
        assert module.read_text().startswith("# Generated from openapi.yaml"), module
    assert (PACKAGE / "py.typed").is_file()


@pytest.mark.parametrize(
    ("media_type", "schema", "words"),
    [
        # The generator warns that a path parameter is missing.
        ("application/json", {"type": "string"}, "Incorrect path templating"),
        ("multipart/form-data", {"type": "object"}, "multipart/form-data"),
        ("application/octet-stream", {"type": "string", "format": "binary"}, "binary"),
    ],
)
def test_nothing_is_generated_from_what_would_come_out_incomplete(
    generate: Generate,
    tmp_path: Path,
    media_type: str,
    schema: dict[str, str],
    words: str,
) -> None:
    operation = {
        "operationId": "putThing",
        "tags": ["things"],
        "requestBody": {"content": {media_type: {"schema": schema}}},
        "responses": {"204": {"description": "Done."}},
    }
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Incomplete", "version": "1"},
        "paths": {"/things/{id}": {"put": operation}},
    }
    spec, package = tmp_path / "openapi.yaml", tmp_path / "package"
    spec.write_text(yaml.safe_dump(document))
    done = generate("--spec", spec, "--output", package)
    assert done.returncode == 1
    assert words in done.stderr
    assert not package.exists()


def test_what_would_come_out_wrong_is_refused(generate: Generate, tmp_path: Path) -> None:
    scratch = yaml.safe_load(Path(__file__).with_name("scratch.yaml").read_text())
    put, schemas = scratch["paths"]["/things"]["put"], scratch["components"]["schemas"]
    spec = tmp_path / "openapi.yaml"

    def refusal() -> str:
        spec.write_text(yaml.safe_dump(scratch))
        done = generate("--spec", spec, "--output", tmp_path / "package")
        assert done.returncode == 1
        return done.stderr

    json_body = put["requestBody"]["content"]["application/json"]
    put["requestBody"]["content"]["application/x-www-form-urlencoded"] = json_body
    assert "several media types" in refusal()

    schemas["Part"]["properties"]["Maker"] = {"type": "object", "properties": {}}
    schemas["PartMaker"] = {"type": "object", "properties": {"Name": {"type": "string"}}}
    assert "would be called PartMaker" in refusal()
