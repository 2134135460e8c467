"""A link of the documentation's site that leads nowhere is found."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
INDEX = '<h1 id="top">Site</h1><a href="{}">there</a><a href="https://example.com/">away</a>'


def check(folder: Path, link: str) -> str:
    """Say what is wrong with a site whose first page has this link."""
    (folder / "http").mkdir(exist_ok=True)
    (folder / "http" / "index.html").write_text("<p>The HTTP API</p>", encoding="utf-8")
    document = '{"paths": {"/agents": {"get": {"operationId": "listAgents"}}}}'
    (folder / "http" / "openapi.yaml").write_text(document, encoding="utf-8")
    (folder / "errors.html").write_text('<p id="retries">Retries</p>', encoding="utf-8")
    (folder / "index.html").write_text(INDEX.format(link), encoding="utf-8")
    command = [sys.executable, str(ROOT / "docs" / "check_links.py"), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == bool(done.stderr)
    return done.stderr


def test_links_that_lead_somewhere(tmp_path: Path) -> None:
    for link in ("errors.html", "errors.html#retries", "#top", "http/index.html"):
        assert check(tmp_path, link) == ""
    assert check(tmp_path, "http/index.html#operation/listAgents") == ""


def test_links_that_lead_nowhere(tmp_path: Path) -> None:
    for link in ("gone.html", "errors.html#gone", "#gone", "http/index.html#operation/gone"):
        assert check(tmp_path, link) == f"broken link in index.html: {link}\n"
