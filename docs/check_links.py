"""Check each link from one page of the site to another: `python docs/check_links.py FOLDER`."""

import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml


class _Page(HTMLParser):
    """What a page links to, and what can be linked to in it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links = list[str]()
        self.anchors = {"", "top"}
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link and an anchor."""
        del tag
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.links.append(value)
            elif name in ("id", "name") and value:
                self.anchors.add(value)


def broken(folder: Path) -> Iterator[str]:
    """Say of each link that leads nowhere in which page it is; the web isn't asked."""
    pages = {path: _Page(path) for path in sorted(folder.resolve().rglob("*.html"))}
    reference = folder.resolve() / "http" / "openapi.yaml"
    for item in yaml.safe_load(reference.read_text(encoding="utf-8"))["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict):
                anchor = f"operation/{operation['operationId']}"
                pages[reference.with_name("index.html")].anchors.add(anchor)
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchors = pages[target].anchors if target in pages else {unquote(parts.fragment)}
            if not target.is_file() or unquote(parts.fragment) not in anchors:
                yield f"{path.relative_to(folder.resolve())}: {link}"


def main() -> int:
    """Print what is broken; 0 if nothing is."""
    found = list(broken(Path(sys.argv[1])))
    sys.stderr.writelines(f"broken link in {each}\n" for each in found)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
