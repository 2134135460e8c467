"""The reports: each can be read by what it is made for, whatever the names are."""

import copy
import json
import pickle
import re
import unicodedata
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cloud_backup.drill import (
    DrillReport,
    DrillResult,
    ExpectationResult,
    PlannedConfiguration,
    Provenance,
    Verdict,
    Verification,
)
from cloud_backup.drill.comparison import Comparison, Tally
from cloud_backup.drill.planning import PlannedDrill
from cloud_backup.drill.reports import (
    html_report,
    json_report,
    junit_report,
    table_report,
)

BEGAN = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOSTILE = '<script>alert("1")</script>&amp;\'\x00\x1b[31m]]>\ud800'

TIMES = st.datetimes(timezones=st.just(UTC))
DURATIONS = st.integers(0, 10**9).map(lambda milliseconds: timedelta(milliseconds=milliseconds))
IDS = st.integers(1, 2**53)


def maybe(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | values


TALLIES = st.builds(
    Tally,
    files=st.integers(0),
    folders=st.integers(0),
    size=st.integers(0),
    paths=st.lists(st.text(), max_size=2).map(tuple),
)
VERIFICATIONS = st.builds(
    Verification,
    verified_by=st.text(),
    started=TIMES,
    ended=TIMES,
    duration=DURATIONS,
    comparison=maybe(
        st.builds(Comparison, **dict.fromkeys(("expected", "missing", "different"), TALLIES))
    ),
    expectations=st.lists(
        st.builds(ExpectationResult, text=st.text(), met=st.booleans(), found=st.text()),
        max_size=2,
    ).map(tuple),
    exit_code=maybe(st.integers(-255, 255)),
    output=st.text(),
    error=maybe(st.text()),
)
RESULTS = st.builds(
    DrillResult,
    configuration_id=IDS,
    configuration_name=maybe(st.text()),
    agent_id=IDS,
    machine=maybe(st.text()),
    verdict=st.sampled_from(Verdict),
    reason=st.text(),
    backup_id=maybe(IDS),
    backup_time=maybe(TIMES),
    age=maybe(DURATIONS),
    destination_id=maybe(IDS),
    destination_machine=maybe(st.text()),
    path=maybe(st.text()),
    restore_id=maybe(IDS),
    state=maybe(st.text()),
    started=maybe(TIMES),
    ended=maybe(TIMES),
    duration=maybe(DURATIONS),
    files_restored=maybe(st.integers(0)),
    bytes_restored=maybe(st.integers(0, 2**60)),
    error_count=st.integers(0),
    errors=st.lists(st.text(), max_size=3).map(tuple),
    verification=maybe(VERIFICATIONS),
)
PROVENANCES = st.builds(
    Provenance,
    user=st.text(),
    tenant=maybe(st.text()),
    service_url=maybe(st.text()),
    host=st.text(),
    tool=st.text(),
    tool_version=maybe(st.text()),
    contract_version=st.text(),
    python=st.text(),
    platform=st.text(),
)
REPORTS = st.builds(
    DrillReport,
    drill_id=st.text(),
    account=st.text(),
    max_age=maybe(DURATIONS),
    check_only=st.booleans(),
    started=TIMES,
    ended=maybe(TIMES),
    duration=DURATIONS,
    results=st.lists(RESULTS, max_size=4).map(tuple),
    provenance=maybe(PROVENANCES),
)
PLANS = st.builds(
    PlannedDrill,
    drill_id=st.text(),
    made=TIMES,
    configurations=st.lists(
        st.builds(
            PlannedConfiguration,
            configuration_id=IDS,
            configuration_name=maybe(st.text()),
            agent_id=IDS,
            machine=maybe(st.text()),
            backup_time=maybe(TIMES),
            is_encrypted=st.booleans(),
            destination_id=IDS,
            destination_machine=maybe(st.text()),
            path=st.text(),
        ),
        max_size=3,
    ).map(tuple),
)


def result(number: int, verdict: Verdict, **fields: Any) -> DrillResult:
    made = DrillResult(
        configuration_id=number,
        configuration_name=f"Backup {number}",
        agent_id=11,
        machine="web1",
        verdict=verdict,
        reason=f"Because of {verdict}.",
        backup_time=BEGAN - timedelta(hours=10),
        age=timedelta(hours=10),
    )
    return evolve(made, **fields)


def report(*results: DrillResult, **fields: Any) -> DrillReport:
    made = DrillReport(
        drill_id="20260302T120000Z-0badcafe",
        account="demo",
        max_age=timedelta(hours=26),
        check_only=False,
        started=BEGAN,
        ended=BEGAN + timedelta(minutes=5),
        duration=timedelta(minutes=5),
        results=results,
    )
    return evolve(made, **fields)


ALL = report(*(result(number, verdict) for number, verdict in enumerate(Verdict, 1)))
GOOD = report(result(1, Verdict.PASSED), result(2, Verdict.CHECKED))


class Page(HTMLParser):
    """What is in a page, and whether its elements are closed as they were opened."""

    EMPTY = ("meta", "br")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.cells: list[list[str]] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.EMPTY:
            self.open.append(tag)
        if tag == "tr":
            self.cells.append([])
        elif tag in ("td", "th"):
            self.cells[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if "tr" in self.open:
            self.cells[-1][-1] += data


@given(PLANS)
def test_a_plan_comes_back_from_a_journal(plan: PlannedDrill) -> None:
    assert PlannedDrill.from_json(json.loads(json.dumps(plan.to_json()))) == plan


@given(REPORTS)
def test_it_can_be_pickled_and_copied(made: DrillReport) -> None:
    assert pickle.loads(pickle.dumps(made)) == made
    assert copy.deepcopy(made) == made


@given(REPORTS)
def test_any_report_can_be_written(made: DrillReport) -> None:
    table_report(made).encode()
    Page(html_report(made).encode().decode())
    suite = ET.fromstring(junit_report(made).encode())[0]
    assert len(suite.findall("testcase")) == len(made.results)


def test_junit_counts_what_it_lists() -> None:
    root = ET.fromstring(junit_report(ALL))

    (suite,) = root
    cases = suite.findall("testcase")
    assert root.tag == "testsuites"
    assert suite.attrib["tests"] == root.attrib["tests"] == str(len(Verdict)) == str(len(cases))
    for kind, count in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        assert int(suite.attrib[count]) == sum(case.find(kind) is not None for case in cases) > 0
    told = {case.attrib["name"]: [child.tag for child in case] for case in cases}
    assert told["Backup 1 (1)"] == ["system-out"]
    assert suite.attrib["time"] == "300.000"
    assert suite.attrib["timestamp"] == "2026-03-02T12:00:00"


def test_junit_names_are_told_apart() -> None:
    made = report(*(result(n, Verdict.PASSED, configuration_name="Nightly") for n in (1, 2)))

    names = [case.attrib["name"] for case in ET.fromstring(junit_report(made)).iter("testcase")]
    assert names == ["Nightly (1)", "Nightly (2)"]


def test_html_counts_first_and_lists_the_worst_first() -> None:
    text = html_report(ALL)
    page = Page(text)

    assert "11 of 14 configurations need attention." in page.text
    assert [row[0] for row in page.cells[1:]] == [
        "no backup",
        "restore failed",
        "verification failed",
        "not verified",
        "error",
        "timed out",
        "agent offline",
        "restored with errors",
        "too slow",
        "too old",
        "not tested",
        "recent enough",
        "restored",
        "passed",
    ]
    assert text.index('class="counts"') < text.index("<table")


def test_html_needs_nothing_but_itself() -> None:
    text = html_report(ALL)
    page = Page(text)

    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    assert not {"src", "href", "onclick"} & {name for name, _ in page.attributes}
    assert not re.search(r"https?:|url\(|@import", text)


def test_html_is_fit_for_all() -> None:
    text = html_report(ALL)
    page = Page(text)

    assert ("lang", "en") in page.attributes
    assert page.attributes.count(("scope", "col")) == 8
    assert page.attributes.count(("scope", "row")) == len(Verdict)
    assert {"title", "main", "h1", "caption"} <= set(page.tags)
    for wanted in ("prefers-color-scheme: dark", "@media print", "color-scheme: light dark"):
        assert wanted in text


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG 2 defines it."""

    def luminance(colour: str) -> float:
        digits = "".join(2 * digit for digit in colour) if len(colour) == 3 else colour
        parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_html_colours_can_be_told_from_their_ground() -> None:
    schemes = re.findall(r":root \{([^}]*--ground[^}]*)\}", html_report(ALL))

    assert len(schemes) == 3
    for scheme in schemes:
        colours = dict(re.findall(r"--(\w+): #([0-9a-f]+)", scheme))
        for name in ("text", "faint", "good", "bad", "fair"):
            assert contrast(colours[name], colours["ground"]) >= 4.5, (name, scheme)


def test_hostile_names_are_escaped() -> None:
    made = report(
        result(
            1,
            Verdict.COMPLETED_WITH_ERRORS,
            configuration_name=HOSTILE,
            machine=HOSTILE,
            reason=HOSTILE,
            path=HOSTILE,
            errors=(HOSTILE,),
            error_count=30,
        ),
        account=HOSTILE,
        drill_id=HOSTILE,
    )

    page = Page(html_report(made).encode().decode())
    assert "script" not in page.tags
    assert '<script>alert("1")</script>' in page.text
    assert "and 29 more" in page.text
    root = ET.fromstring(junit_report(made).encode())
    (case,) = root.iter("testcase")
    assert case.attrib["name"].startswith('<script>alert("1")</script>')
    assert "\x1b" not in table_report(made)
    assert "\x00" not in html_report(made)
    assert json.loads(json_report(made))["results"][0]["machine"] == HOSTILE


def test_the_table_is_in_columns() -> None:
    wide = result(7, Verdict.PASSED, configuration_name="備份", machine="e\u0301t\u00e9")
    lines = table_report(report(result(6, Verdict.NO_BACKUP), wide)).splitlines()

    assert lines[4].split() == [
        "Verdict",
        "Configuration",
        "Machine",
        "Age",
        "Restored",
        "Took",
        "Reason",
    ]
    assert lines[6].startswith("no backup")
    assert "備份 (7)  " in lines[7]
    assert lines[-2] == "1 of 2 configurations need attention."
    assert lines[-1] == "Verdicts: 1 no backup, 1 passed"


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140, 300])
@pytest.mark.parametrize("name", ["BackupConfig1", "備份" * 12, "x" * 300])
def test_the_table_fits_the_terminal_and_has_every_error(width: int, name: str) -> None:
    errors = tuple(f"/var/lib/{number}/{'deep/' * 20}: Access is denied." for number in range(3))
    bad = result(
        1,
        Verdict.COMPLETED_WITH_ERRORS,
        configuration_name=name,
        machine=name,
        reason="The restore ended Completed, but there are 30 errors in its report.",
        errors=errors,
        error_count=30,
    )
    made = report(bad, *ALL.results[3:])

    text = table_report(made, width=width)

    assert max(map(columns, text.splitlines())) <= width
    joined = text.replace("\n", "").replace(" ", "")
    for said in (*errors, "and 27 more", *(each.reason for each in made.results)):
        assert said.replace(" ", "") in joined
    told = json.loads(json_report(made))["results"][0]["errors"]
    assert all(error.replace(" ", "") in joined for error in told)


def columns(line: str) -> int:
    """How many columns of a terminal a line takes."""
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in line)


def test_a_narrow_table_is_read_from_top_to_bottom() -> None:
    text = table_report(GOOD, width=60)

    assert (
        text.splitlines()[-9:]
        == [
            "recent enough: Backup 2 (2) of web1",
            "  age 10 h, restored -, took -",
            "  Because of checked.",
            "",
            "passed: Backup 1 (1) of web1",
            "  age 10 h, restored -, took -",
            "  Because of passed.",
            "",
            "The backups of all 2 configurations could be restored.",
            "Verdicts: 1 recent enough, 1 passed",
        ][-9:]
    )


def test_what_is_long_is_shortened_in_the_table() -> None:
    made = report(result(1, Verdict.PASSED, configuration_name="x" * 300))

    assert max(map(len, table_report(made).splitlines())) < 160


@pytest.mark.parametrize(
    ("made", "is_good", "said"),
    [
        (GOOD, True, "The backups of all 2 configurations could be restored."),
        (evolve(GOOD, check_only=True), True, "The backups of all 2 configurations are recent"),
        (evolve(GOOD, max_age=None), True, "could be restored. No age was promised."),
        (
            report(result(1, Verdict.PASSED)),
            True,
            "The backup of the only configuration was restored and verified.",
        ),
        (report(result(1, Verdict.RESTORED)), True, "the only configuration could be restored."),
        (report(result(1, Verdict.NO_BACKUP)), False, "The only configuration needs attention."),
        (evolve(GOOD, ended=None), False, "The drill was stopped; so far 2 of 2"),
        (report(), False, "There was no backup configuration to test."),
        (ALL, False, "11 of 14 configurations need attention."),
    ],
)
def test_how_it_went_in_a_sentence(made: DrillReport, said: str, *, is_good: bool) -> None:
    assert made.is_good is is_good
    assert said in table_report(made)
    assert said in html_report(made)
