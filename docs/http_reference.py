"""The reference of the HTTP API: Redoc's page of `openapi.yaml`, which needs no network."""

import html
import json
import tarfile
from pathlib import Path
from typing import Any, Final

import yaml
from code_samples import add_samples
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

SPEC: Final = Path(__file__).parent.parent / "openapi.yaml"
METHODS: Final = ("get", "put", "post", "patch", "delete")
SCRIPT: Final = "redoc.standalone.js"

PAGE: Final = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ margin: 0 }}
nav {{ padding: .6rem 1.2rem; font: 15px sans-serif }}
</style>
<nav><a href="../http.html">The documentation</a></nav>
<main id="reference"></main>
<script src="{script}"></script>
<script src="openapi.js"></script>
<script>Redoc.init(openapi, {options}, document.getElementById("reference"))</script>
</html>
"""
OPTIONS: Final = {
    "downloadUrls": [{"title": "openapi.yaml", "url": "openapi.yaml"}],
    "expandResponses": "2XX,200,202",
    "sortRequiredPropsFirst": True,
    "nativeScrollbars": True,
}
# All that Redoc would fetch from elsewhere is its makers' logo.
LOGO: Final = "https://cdn.redoc.ly/redoc/logo-mini.svg"
NO_LOGO: Final = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"


class Operations(SphinxDirective):
    """Lists all operations, each linked to what the reference says of it."""

    def run(self) -> list[nodes.Node]:
        """Make a list for each tag."""
        made = list[nodes.Node]()
        document = _document()
        for tag in document["tags"]:
            title = nodes.rubric(text=tag["name"])
            entries = nodes.bullet_list()
            for path, item in document["paths"].items():
                for method in METHODS:
                    if tag["name"] in (operation := item.get(method, {})).get("tags", ()):
                        uri = f"http/index.html#operation/{operation['operationId']}"
                        link = nodes.reference(refuri=uri, internal=False)
                        link += nodes.literal(text=f"{method.upper()} {path}")
                        line = nodes.paragraph("", "", link, nodes.Text(f" {operation['summary']}"))
                        entries += nodes.list_item("", line)
            made += [title, entries]
        return made


def _document() -> dict[str, Any]:
    document: dict[str, Any] = yaml.load(SPEC.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return document


def _write_page(app: Sphinx, failed: Exception | None) -> None:
    """Write the page, its script and the document."""
    if failed or app.builder.name != "html":
        return
    folder = Path(app.outdir) / "http"
    folder.mkdir(exist_ok=True)
    with tarfile.open(app.config.redoc) as package:
        for name in (SCRIPT, f"{SCRIPT}.LICENSE.txt"):
            packed = package.extractfile(f"package/bundles/{name}")
            assert packed is not None  # noqa: S101 - a file has content
            text = packed.read().decode().replace(LOGO, NO_LOGO)
            (folder / name).write_text(text, encoding="utf-8")
    document = _document()
    (folder / "openapi.yaml").write_bytes(SPEC.read_bytes())
    # A page that is opened from disk can load a script, and nothing else.
    text = json.dumps(add_samples(document), ensure_ascii=False)
    script = f"const openapi = {text};\n"
    (folder / "openapi.js").write_text(script, encoding="utf-8")
    title = html.escape(document["info"]["title"])
    page = PAGE.format(title=title, script=SCRIPT, options=json.dumps(OPTIONS))
    (folder / "index.html").write_text(page, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the list of operations, and the page."""
    app.add_config_value("redoc", "", "html", str)
    app.add_directive("operations", Operations)
    app.connect("build-finished", _write_page)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
