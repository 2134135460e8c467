"""`cloud-backup drill show`, `compare` and `schema`."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from tests.drill.test_reports import report, result

from cloud_backup.drill import Verdict
from cloud_backup.drill.reports import json_report, report_schema, table_report

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commandline.conftest import CommandLine

EARLIER = report(
    result(1, Verdict.PASSED, files_restored=100, bytes_restored=2048),
    result(2, Verdict.NO_BACKUP),
    result(3, Verdict.PASSED),
)
LATER = evolve(
    report(
        result(1, Verdict.TOO_OLD, age=timedelta(days=3), files_restored=90, bytes_restored=2048),
        result(2, Verdict.PASSED),
        result(4, Verdict.PASSED, configuration_name="\x1b[31mred"),
        drill_id="20260309T120000Z-0badcafe",
    ),
    started=EARLIER.started + timedelta(days=7),
)


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, made in (("earlier", EARLIER), ("later", LATER)):
        (tmp_path / f"{name}.json").write_text(json_report(made), "utf-8")
    return tmp_path


def test_what_got_worse_fails(cloud: CommandLine) -> None:
    ended = cloud.run("drill", "compare", "earlier.json", "later.json")

    assert ended.exit_code == 5
    lines = [line.split("  ") for line in ended.stdout.splitlines()]
    told = {line[0]: [part.strip() for part in line if part.strip()] for line in lines}
    assert told["worse"][1:7] == [
        "Backup 1 (1)",
        "web1",
        "passed → too old",
        "10 h → 3 d",
        "-",
        "100 → 90",
    ]
    assert "Backup 1 (1): Because of too_old." in ended.stdout
    assert "1 worse, 1 gone, 1 new, 1 better" in ended.stdout
    assert "\x1b" not in ended.stdout
    assert "1 of 4 configurations got worse" in ended.stderr
    assert cloud.emulator.requests == []


def test_what_did_not_get_worse_does_not(cloud: CommandLine) -> None:
    ended = cloud.run("drill", "compare", "earlier.json", "earlier.json")

    assert ended.exit_code == 0, ended.stderr
    assert "3 same" in ended.stdout


def test_a_comparison_is_data_too(cloud: CommandLine) -> None:
    told = cloud.run("drill", "compare", "earlier.json", "later.json", "-o", "json").json
    rows = [
        *csv.DictReader(
            StringIO(
                cloud.run("drill", "compare", "earlier.json", "later.json", "-o", "csv").stdout
            )
        )
    ]

    assert told["is_worse"] is True
    assert told["counts"] == {"worse": 1, "gone": 1, "new": 1, "better": 1}
    assert told["changes"][0]["earlier_age_seconds"] == 36_000
    assert [set(row) for row in rows] == [set(change) for change in told["changes"]]
    assert (rows[0]["change"], rows[0]["age_seconds"]) == ("worse", "259200")


def test_a_report_is_shown_again(cloud: CommandLine, files: Path) -> None:
    ended = cloud.run("drill", "show", "later.json", "earlier.json", "--report", "html:page.html")

    assert ended.exit_code == 0, ended.stderr
    assert ended.stdout == table_report(LATER)
    page = (files / "page.html").read_text("utf-8")
    assert "2026-03-09" in page
    assert "2026-03-02" in page
    assert cloud.run("drill", "show", "later.json", "-o", "json").json == json.loads(
        json_report(LATER)
    )
    assert cloud.emulator.requests == []


def test_an_earlier_report_that_is_later_is_refused(cloud: CommandLine, files: Path) -> None:
    ended = cloud.run("drill", "show", "earlier.json", "later.json")

    assert ended.exit_code == 2
    assert "the drill in later.json is later than that in earlier.json: swap them" in ended.stderr


def test_an_altered_report_is_refused(cloud: CommandLine, files: Path) -> None:
    altered = json_report(LATER).replace('"too_old",', '"passed",')
    (files / "altered.json").write_text(altered, "utf-8")

    for line in (("show", "altered.json"), ("compare", "earlier.json", "altered.json")):
        ended = cloud.run("drill", *line)
        assert ended.exit_code == 1
        assert "altered.json: the report was altered after it was written" in ended.stderr
        assert ended.stdout == ""


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{}", b"[1]"])
def test_what_is_no_report_is_refused(cloud: CommandLine, files: Path, content: bytes) -> None:
    (files / "other.json").write_bytes(content)

    ended = cloud.run("drill", "show", "other.json")

    assert ended.exit_code == 1
    assert ended.stderr.startswith("cloud-backup: other.json: ")


def test_the_wrong_way_round_is_wrong_usage(cloud: CommandLine) -> None:
    assert cloud.run("drill", "compare", "later.json", "earlier.json").exit_code == 2
    assert cloud.run("drill", "compare", "earlier.json", "nowhere.json").exit_code == 2


def test_the_schema_is_printed(cloud: CommandLine) -> None:
    assert cloud.done("drill", "schema").stdout == report_schema()


def test_options_of_the_drill_are_not_those_of_its_reports(cloud: CommandLine) -> None:
    ended = cloud.run("drill", "--max-age", "26h", "schema")
    typo = cloud.run("drill", "comprae", "earlier.json", "later.json")

    assert (ended.exit_code, typo.exit_code) == (2, 2)
    assert "--max-age is an option of drill alone" in ended.stderr
    assert cloud.run("drill", "-o", "json", "compare", "earlier.json", "earlier.json").json
    assert cloud.emulator.requests == []


def test_the_drills_of_a_journal_are_on_the_page(cloud: CommandLine, files: Path) -> None:
    chosen = ("drill", "--configuration", "172418", "--yes")
    cloud.done(*chosen)
    cloud.emulator.advance(7 * 86_400)

    cloud.done(*chosen, "--report", "html:page.html", "--report", "json:drill.json")

    page = (files / "page.html").read_text("utf-8")
    assert "Earlier drills" in page
    (files / "cloud-backup-drill.jsonl").unlink()
    cloud.done("drill", "show", "drill.json", "--report", "html:page.html")
    assert "Earlier drills" not in (files / "page.html").read_text("utf-8")
