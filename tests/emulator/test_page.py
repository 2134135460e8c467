"""The page that a browser is shown: what it is made of, and what it does in Chromium."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cloud_backup_emulator import Clock, Emulator, read_seed, serve
from cloud_backup_emulator.server import RunningEmulator

from .conftest import MakeService, Service

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
START = 1_360_843_200.0  # 2013-02-14 12:00:00 UTC
RESTORE: dict[str, Any] = {
    "BackupId": 134691,
    "BackupMachineId": 252036,
    "DestinationMachineId": 252036,
    "DestinationPath": "/restored",
    "OverwriteFiles": False,
}


def test_a_browser_is_shown_the_page(service: Service) -> None:
    told = service.call("GET", "/", headers=BROWSER)

    assert told.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "<title>Cloud Backup emulator</title>" in told.text
    assert told.headers["Date"] == "Thu, 14 Feb 2013 12:00:00 GMT"


@pytest.mark.parametrize(
    "accept", ["", "*/*", "application/json", "application/json, text/html", "text/plain"]
)
def test_a_program_is_told_the_versions(service: Service, accept: str) -> None:
    told = service.call("GET", "/", headers={"Accept": accept})

    assert told.json()["versions"][0]["id"] == "v1.0"


def test_the_page_is_all_that_it_loads(service: Service) -> None:
    page = service.call("GET", "/", headers=BROWSER).text
    parts = re.findall(r'(?:src|href)="(/emulator/page[^"]+)"', page)
    types = [service.call("GET", part).headers["Content-Type"] for part in parts]

    assert types == ["text/css; charset=utf-8", "text/javascript; charset=utf-8"]
    for text in (page, *(service.call("GET", part).text for part in parts)):
        assert not re.search(r"https?://|//[a-z]+\.|@import|innerHTML|eval\(", text)
    assert service.call("POST", parts[0]).status_code == 405


def test_nothing_foreign_may_load_or_frame_it(service: Service) -> None:
    headers = service.call("GET", "/", headers=BROWSER).headers
    policy = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))

    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    for path in ("/", "/emulator/page.js", "/emulator/world"):
        for foreign in ({"Origin": "https://evil.example"}, {"Host": "evil.example"}):
            assert service.call("GET", path, headers={**BROWSER, **foreign}).status_code == 403


@pytest.mark.parametrize(
    "name", ["requests", "world", "health", "clock", "faults", "openapi.json", "page.js"]
)
def test_no_other_site_may_embed_a_control(service: Service, name: str) -> None:
    headers = service.call("GET", f"/emulator/{name}").headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def world(service: Service) -> Any:
    return service.call("GET", "/emulator/world").json()


def test_the_world_is_told_by_tenant_without_secrets(service: Service) -> None:
    service.ask("POST", "/user/wakeupagents")
    service.advance(20)

    told = world(service)

    assert (told["now"], told["rate"]) == ("2013-02-14T12:00:20.000Z", 0)
    own, other = told["tenants"]
    assert (own["tenant"], other["tenant"]) == ("1234", "5678")
    assert {"username": "observer", "roles": ["cloudbackup:observer"]} in own["users"]
    states = {agent["MachineAgentId"]: agent["Status"] for agent in own["agents"]}
    assert (states[252034], states[1311839]) == ("Online", "Offline")
    assert own["agents_total"] == len(own["agents"])
    assert (told["requests"][0]["operation"], told["requests"][0]["status"]) == ("wakeAgents", 200)
    for secret in ("demo-key", "demo-password", service.headers["X-Auth-Token"]):
        assert secret not in str(told)


def test_what_is_under_way_comes_first(service: Service) -> None:
    created = service.ask("PUT", "/restore", **RESTORE)["RestoreId"]
    service.ask("POST", "/restore/action-requested", 204, Action="StartManual", Id=created)
    service.advance(30)
    later = service.ask("PUT", "/restore", **RESTORE)["RestoreId"]

    jobs = world(service)["tenants"][0]["activity"]
    states = [job["CurrentState"] for job in jobs]
    ids = [job["ID"] for job in jobs]
    assert ids.index(created) < ids.index(later)
    assert states[ids.index(created)] == "InProgress"
    assert "InProgress" not in states[ids.index(later) :]
    service.advance(600)
    jobs = world(service)["tenants"][0]["activity"]
    assert [job["CurrentState"] for job in jobs if job["ID"] == created] == ["Completed"]


def test_runs_that_are_due_are_in_the_world(service: Service) -> None:
    service.ask(
        "POST",
        "/backup-configuration",
        BackupConfigurationName="Often",
        MachineAgentId=252036,
        IsActive=True,
        VersionRetention=0,
        Frequency="Hourly",
        StartTimeHour=None,
        StartTimeMinute=None,
        StartTimeAmPm=None,
        DayOfWeekId=None,
        HourInterval=1,
        TimeZoneId="UTC",
        NotifyRecipients="user@example.com",
        NotifySuccess=False,
        NotifyFailure=True,
    )
    service.advance(2 * 3600)

    jobs = world(service)["tenants"][0]["activity"]

    assert [job["DisplayName"] for job in jobs].count("Often") == 2


def test_no_more_is_told_than_fits_on_a_page(make_service: MakeService) -> None:
    service = make_service()
    service.log_in()
    for _ in range(60):
        service.ask("PUT", "/restore", **RESTORE)

    told = world(service)

    assert len(told["requests"]) == 20
    own = told["tenants"][0]
    assert len(own["activity"]) == 50
    assert own["activity_total"] > 60


# ---- In Chromium


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    api = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            # As root there is no sandbox; nothing but this machine is found.
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        )
        yield browser
        browser.close()


@pytest.fixture
def running() -> Iterator[RunningEmulator]:
    with Emulator(clock=Clock(rate=0, wall=lambda: START)) as emulator, serve(emulator) as it:
        yield it


@contextmanager
def opened(browser: "Browser", url: str) -> Iterator["Page"]:
    """The page, loaded on a telephone; at the end nothing may have been complained of."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    complaints: list[str] = []
    asked: list[str] = []

    def complain(message: "ConsoleMessage") -> None:
        # Chromium tells of every refusal of the service, too.
        if not re.search("/v[12].0/", message.location["url"]):
            complaints.append(message.text)

    page.on("console", complain)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(url)
    page.wait_for_selector("#listAgents")
    yield page
    page.close()
    assert complaints == []
    assert {one.split("/")[2] for one in asked if not one.startswith("data:")} == {
        url.split("/")[2]
    }


@pytest.fixture
def page(browser: "Browser", running: RunningEmulator) -> Iterator["Page"]:
    with opened(browser, running.url) as page:
        yield page


def try_it(page: "Page", operation: str, body: str | None = None) -> str:
    """Send a sample of an operation; the answer as the page shows it."""
    details = page.locator(f"#{operation}")
    if details.get_attribute("open") is None:
        details.locator("> summary").click()
    if body is not None:
        details.locator("textarea").fill(body)
    result = details.locator("form + pre")
    result.evaluate("node => { node.textContent = ''; }")
    details.get_by_role("button", name="Send").click()
    page.wait_for_function("node => node.textContent", arg=result.element_handle())
    return result.inner_text()


def test_it_shows_the_world_and_the_whole_reference(page: "Page", running: RunningEmulator) -> None:
    assert page.locator("#now").inner_text() == "2013-02-14 12:00:00 UTC, stands still"
    assert page.locator("#identity").inner_text() == running.auth_url
    assert page.get_by_label("Try it as").input_value() == "demo"
    assert "observer" in page.locator("#accounts").inner_text()
    assert "MBP0" in page.locator("#agents").inner_text()
    operations = running.emulator.contract.operations
    assert page.locator("details.operation").count() == len(operations)
    for operation in operations:
        page.locator(f"#{operation} > summary").click()
    # The last one's is made once the browser says that it is open.
    page.locator("details.operation form").nth(len(operations) - 1).wait_for(state="attached")
    assert page.locator("details.operation form").count() == len(operations)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_restore_is_watched_until_completed(page: "Page", running: RunningEmulator) -> None:
    told = try_it(page, "createRestore")
    assert "200" in told.splitlines()[1]
    found = re.search(r'"RestoreId": (\d+)', told)
    assert found is not None
    action = f'{{"Action": "StartManual", "Id": {found[1]}}}'
    assert "204" in try_it(page, "requestRestoreAction", action).splitlines()[1]
    row = page.locator("#activity tr", has_text=f"Restore {found[1]}")
    row.get_by_text("StartRequested").wait_for()
    row.get_by_text("InProgress").wait_for(state="detached")

    page.get_by_label("By how much").select_option("10 seconds")
    page.get_by_role("button", name="Advance the clock").click()
    row.get_by_text("Preparing").wait_for()
    # Whoever moves the clock: the page notices.
    running.advance(10)
    row.get_by_text("InProgress").wait_for()
    page.get_by_label("By how much").select_option("1 hour")
    page.get_by_role("button", name="Advance the clock").click()

    row.get_by_text("Completed", exact=True).wait_for()
    assert page.locator("#now").inner_text().startswith("2013-02-14 13:00:20 UTC")
    assert "requestRestoreAction" in page.locator("#requests").inner_text()


def test_a_refusal_and_another_user_are_shown(page: "Page", running: RunningEmulator) -> None:
    page.get_by_label("Try it as").select_option("observer")
    assert page.get_by_label("API key").input_value() == "observer-key"

    told = try_it(page, "createRestore")

    assert "403" in told.splitlines()[1]
    assert "observer" in told
    running.emulator.reset()  # its tokens are gone; the page logs in again
    assert "200" in try_it(page, "listAgents").splitlines()[1]
    page.get_by_label("API key").fill("wrong")
    assert "can't log in as observer: 401" in try_it(page, "listAgents")
    assert "200" in try_it(page, "listVersions").splitlines()[1]


def test_text_of_the_world_is_no_markup(browser: "Browser", tmp_path: Path) -> None:
    name = "<img src=x onerror=alert(1)>"
    agents = [{"MachineAgentId": 11, "MachineName": name}]
    tenants = {"777": {"users": [{"username": "alice"}], "agents": agents}}
    (tmp_path / "world.json").write_text(json.dumps({"tenants": tenants}), encoding="utf-8")
    seed = read_seed(tmp_path / "world.json")

    with Emulator(seed=seed) as emulator, serve(emulator) as it, opened(browser, it.url) as page:
        assert name in page.locator("#agents").inner_text()
        told = try_it(page, "listAgents")

        assert name in told
        assert told.startswith("GET /v1.0/777/user/agents\n200")
        assert page.locator("main img").count() == 0


def test_both_colour_schemes_can_be_read(page: "Page") -> None:
    colours = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        colours.add(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))

    assert len(colours) == 2
