"""What is put on a package index: the source distribution, the wheel, and their page."""

import re
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\]\((?!\w+:)([^)]+)\)")


def built(project: Path, target: str, folder: Path) -> Path:
    """Build a distribution of a project into a folder of its own."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", folder],
        cwd=project,
        capture_output=True,
        check=True,
    )
    (distribution,) = folder.iterdir()
    return distribution


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, unpacked."""
    folder = tmp_path_factory.mktemp("source")
    with tarfile.open(built(ROOT, "sdist", tmp_path_factory.mktemp("sdist"))) as archive:
        archive.extractall(folder, filter="data")
    (unpacked,) = folder.iterdir()
    return unpacked


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that the source distribution makes."""
    return built(source, "wheel", tmp_path_factory.mktemp("wheel"))


def files(folder: Path, *names: str) -> set[str]:
    return {
        str(path.relative_to(folder))
        for name in names
        for path in [folder / name, *(folder / name).rglob("*")]
        if path.is_file() and path.suffix != ".pyc"
    }


def test_the_source_distribution_has_what_the_readme_speaks_of(source: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    layout = re.findall(r"^    (\S+)", readme.split("## Layout")[1], flags=re.MULTILINE)
    top = ("Makefile", "pyproject.toml", "constraints.txt", "LICENSE", "CHANGELOG.md", "README.md")

    assert files(source, *layout, *top) == files(ROOT, *layout, *top)


def test_links_between_the_pages_of_the_source_distribution_lead_somewhere(source: Path) -> None:
    pages = [*source.glob("*.md"), *source.glob("docs/*.md")]
    assert len(pages) > 5

    for page in pages:
        for link in LINK.findall(page.read_text(encoding="utf-8")):
            path, _, heading = link.partition("#")
            leads_to = page.parent / path if path else page
            assert leads_to.is_file(), f"{page.name}: {link}"
            if heading:
                text = leads_to.read_text(encoding="utf-8")
                titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
                anchors = {re.sub(r"[^\w -]", "", t).lower().replace(" ", "-") for t in titles}
                assert heading in anchors, f"{page.name}: {link}"


def test_the_page_on_an_index_links_to_nothing_that_is_not_there(source: Path) -> None:
    page = message_from_string((source / "PKG-INFO").read_text(encoding="utf-8")).get_payload()

    assert isinstance(page, str)
    assert LINK.findall(page) == []
    assert "the drill (`docs/drill.md`)" in page
    assert "are in the source distribution" in page.rstrip().splitlines()[-1]
    for named in re.findall(r"`((?:docs|emulator)/[^`#]+)`", page):
        assert (source / named).is_file()


def test_the_wheel_has_the_packages_and_nothing_else(wheel: Path) -> None:
    expected = {
        name
        for folder in ("generated", "overlay", "emulator")
        for package in (ROOT / folder).glob("cloud_backup*/")
        for name in files(ROOT / folder, package.name)
    }
    names = set(zipfile.ZipFile(wheel).namelist())

    metadata = {name for name in names if ".dist-info/" in name}
    assert names - metadata == {*expected, "cloud_backup_emulator/openapi.yaml"}
    assert {Path(name).name for name in metadata} >= {"LICENSE", "entry_points.txt", "METADATA"}


def test_the_wheel_works_from_where_it_is(wheel: Path, tmp_path: Path) -> None:
    # The contract that an installed emulator carries is not the one of this folder.
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    lines = """
import sys
sys.path.insert(0, sys.argv[1])
import cloud_backup_emulator
assert cloud_backup_emulator.__file__.startswith(sys.argv[1])
print(len(cloud_backup_emulator.Emulator().contract.operations))
"""

    done = subprocess.run(
        [sys.executable, "-c", lines, tmp_path],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    assert int(done.stdout) > 30
