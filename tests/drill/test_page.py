"""The page of a drill in Chromium: on a telephone, a large screen and paper, with no network."""

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve

from cloud_backup.drill import DrillReport, DrillResult, Verdict
from cloud_backup.drill.reports import html_report

from .test_reports import ALL, BEGAN, HOSTILE, contrast, report, result

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def restored(number: int, verdict: Verdict = Verdict.PASSED, **fields: Any) -> DrillResult:
    began = BEGAN + timedelta(seconds=7 * number)
    told: dict[str, Any] = {
        "agent_id": number // 2,
        "machine": f"web{number // 2}",
        "restore_id": 9000 + number,
        "started": began,
        "ended": began + timedelta(seconds=44),
        "duration": timedelta(seconds=44),
        "path": f"/tmp/cloud-backup-drill/{'x' * 40}/{number}",
        "files_restored": 2310,
        "bytes_restored": 1_395_864_371,
    }
    return result(number, verdict, **{**told, **fields})


LONG = report(
    restored(1, Verdict.COMPLETED_WITH_ERRORS, configuration_name="W" * 300, machine="y" * 300),
    restored(
        2, Verdict.NO_BACKUP, configuration_name="\u202e\u0645\u0631" + HOSTILE, reason="z" * 300
    ),
    restored(3, configuration_name="備份" * 90, errors=("/" + "e" * 300,), error_count=9),
    account="a" * 300,
)
MANY = report(*(restored(n, Verdict.TOO_OLD if n % 9 == 0 else Verdict.PASSED) for n in range(300)))
EARLIER = [
    evolve(ALL, started=BEGAN - timedelta(days=7 * week), results=ALL.results[:week])
    for week in range(1, 15)
]
PAGES = {
    "all": (ALL, EARLIER),
    "one": (report(restored(1)), []),
    "none": (report(), []),
    "stopped": (report(restored(1), ended=None, max_age=None), EARLIER[:1]),
    "long": (LONG, []),
    "many": (MANY, EARLIER),
}


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    api = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: "Browser") -> Iterator["Page"]:
    """A page on a telephone; at the end nothing may have been complained of, or asked for."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=True, offline=True
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complaints.append(request.url))
    yield page
    context.close()
    assert [one for one in complaints if not one.startswith("file:")] == []


def show(page: "Page", folder: Path, made: DrillReport, earlier: list[DrillReport]) -> None:
    file = folder / "drill.html"
    file.write_text(html_report(made, earlier=earlier), "utf-8")
    page.goto(file.as_uri())


WIDE = """() => [...document.querySelectorAll("body *")]
    .filter(one => one.closest("thead") === null && one.closest(".track, .column") === null)
    .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(one => one.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_cut_off_at_any_width(page: "Page", tmp_path: Path, name: str) -> None:
    show(page, tmp_path, *PAGES[name])

    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(WIDE) == [], width


@pytest.mark.parametrize("name", PAGES)
def test_it_can_be_printed(page: "Page", tmp_path: Path, name: str) -> None:
    show(page, tmp_path, *PAGES[name])
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})  # A4 between its margins

    assert page.evaluate("document.documentElement.scrollWidth") <= 718
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_what_needs_attention_is_seen_first(page: "Page", tmp_path: Path) -> None:
    show(page, tmp_path, *PAGES["all"])

    headings = page.get_by_role("heading", level=2).all_inner_texts()
    assert headings == [
        "Machines that need attention",
        "How old the newest backups are",
        "Earlier drills",
        "All configurations",
    ]
    first = page.locator(".machines > li").first
    assert first.locator(".verdict").first.inner_text() == "no backup"
    assert first.bounding_box()["y"] < 2 * 844  # type: ignore[index]


def test_a_telephone_and_a_screen_reader_get_the_table(page: "Page", tmp_path: Path) -> None:
    show(page, tmp_path, *PAGES["many"])

    assert page.get_by_role("row").count() == 301
    assert page.get_by_role("columnheader").count() == 8
    row = page.get_by_role("row").nth(1)
    assert row.get_by_role("rowheader").inner_text().startswith("Backup 0")
    # Each value stands beside what it is.
    shown = (
        row.get_by_role("cell").nth(4).evaluate("one => getComputedStyle(one, '::before').content")
    )
    assert "data-label" in shown or "Restored" in shown


def test_many_restores_share_lanes(page: "Page", tmp_path: Path) -> None:
    show(page, tmp_path, *PAGES["many"])
    lanes = page.locator(".lanes .track")

    # One begins every 7 s, and takes 44 s.
    assert lanes.count() == 7
    assert page.locator(".lanes .bar").count() == 300
    overlaps = lanes.evaluate_all(
        """lanes => lanes.some(lane => {
            const boxes = [...lane.children].map(one => one.getBoundingClientRect());
            return boxes.some((box, n) => n && box.left < boxes[n - 1].right - 4);
        })"""
    )
    assert not overlaps


def test_ages_are_drawn_against_the_promise(page: "Page", tmp_path: Path) -> None:
    made = report(
        restored(1, age=timedelta(hours=13)),
        restored(2, Verdict.TOO_OLD, age=timedelta(days=5033)),
        restored(3, age=timedelta(hours=20), max_age=timedelta(hours=52)),
    )
    show(page, tmp_path, made, [])

    def places(row: int) -> tuple[float, float]:
        track = page.locator("section", has_text="How old").locator(".rows > li .track").nth(row)
        box, bar, mark = (
            one.bounding_box() for one in (track, track.locator(".bar"), track.locator("i"))
        )
        assert box is not None
        assert bar is not None
        assert mark is not None
        return bar["width"] / box["width"], (mark["x"] - box["x"]) / box["width"]

    # The scale is twice the longest promise; what is older leaves the picture.
    assert places(0) == pytest.approx((1, 0.25), abs=0.01)
    assert places(1) == pytest.approx((20 / 104, 0.5), abs=0.01)
    assert places(2) == pytest.approx((13 / 104, 0.25), abs=0.01)


def test_the_last_twelve_drills_are_drawn(page: "Page", tmp_path: Path) -> None:
    show(page, tmp_path, *PAGES["all"])

    assert page.locator(".drills li").count() == 12
    assert page.locator(".drills .this").inner_text().split("\n")[0] == "3 of 14"
    page.set_viewport_size({"width": 1280, "height": 844})
    assert page.locator(".drills li:visible").count() == 12


def test_names_are_no_markup_and_turn_nothing_around(page: "Page", tmp_path: Path) -> None:
    show(page, tmp_path, *PAGES["long"])

    assert page.locator("script, img").count() == 0
    assert '<script>alert("1")</script>' in page.locator("table").inner_text()
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x1b]", page.content())


def test_it_is_dark_where_the_browser_is(page: "Page", tmp_path: Path) -> None:
    show(page, tmp_path, *PAGES["all"])
    grounds = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    assert len(grounds) == 2


def test_colours_can_be_told_from_cards_too() -> None:
    for scheme in re.findall(r":root \{([^}]*--ground[^}]*)\}", html_report(ALL)):
        colours = dict(re.findall(r"--(\w+): #([0-9a-f]+)", scheme))
        for name in ("text", "faint", "good", "bad", "fair"):
            assert contrast(colours[name], colours["card"]) >= 4.5, (name, scheme)
