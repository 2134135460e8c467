"""The report for programs and auditors: whole, described, and not altered unnoticed."""

import hashlib
import json
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cloud_backup.drill import DrillReport, ReportAltered, ReportDamaged, Verdict, drill
from cloud_backup.drill.reports import (
    json_document,
    json_report,
    read_json_report,
    report_schema,
)
from cloud_backup.drill.reports.json_report import report_hash

from .drill_world import PASSPHRASES, DrillWorld
from .test_reports import ALL, HOSTILE, REPORTS, report, result

SCHEMA = json.loads(report_schema())
VALIDATOR = jsonschema_rs.Draft202012Validator(SCHEMA, validate_formats=True)
DOCUMENT = Path(__file__).parents[2] / "openapi.yaml"

# As version 0.1.0 wrote it.
FORMAT_1 = """
{
  "is_good": false, "is_finished": true, "verdict_counts": {"too_old": 1},
  "drill_id": "20260302T120000Z-0badcafe", "account": "demo", "max_age_seconds": 93600,
  "check_only": false, "started": "2026-03-02T12:00:00Z", "ended": "2026-03-02T12:05:00Z",
  "duration_seconds": 300,
  "results": [{
    "configuration_id": 21, "configuration_name": "Web", "agent_id": 11, "machine": "web1",
    "verdict": "too_old", "reason": "The newest backup is 3 d old, but 1 d 2 h was promised.",
    "backup_id": 31, "backup_time": "2026-02-27T12:00:00Z", "age_seconds": 259200,
    "destination_id": 11, "destination_machine": "web1", "path": "/tmp/x", "restore_id": 41,
    "state": "Completed", "started": "2026-03-02T12:00:10Z", "ended": "2026-03-02T12:00:54.5Z",
    "duration_seconds": 44.5, "files_restored": 2310, "bytes_restored": 1395864371,
    "error_count": 0, "errors": []
  }]
}
"""


@given(REPORTS)
def test_it_has_it_all_and_is_as_the_schema_says(made: DrillReport) -> None:
    text = json_report(made)

    assert read_json_report(text) == made
    assert DrillReport.from_json(json.loads(json.dumps(made.to_json()))) == made
    # Half of a surrogate pair is beyond what the validator can be given.
    plain = json.dumps(json_document(made), ensure_ascii=False).encode("utf-8", "replace")
    VALIDATOR.validate(json.loads(plain))


def test_the_schema_is_one_and_describes_every_value() -> None:
    jsonschema_rs.meta.validate(SCHEMA)
    written = json_document(report(result(1, Verdict.PASSED)))

    for kind, told in ((SCHEMA, written), (SCHEMA["$defs"]["DrillResult"], written["results"][0])):
        assert list(kind["properties"]) == list(told)
        assert all(each["description"] for each in kind["properties"].values())


def test_the_schema_refuses_what_lacks_or_confuses_a_value() -> None:
    written = json_document(ALL)

    for name in written:
        assert not VALIDATOR.is_valid({**written, name: {"what": "no such thing"}}), name
        assert not VALIDATOR.is_valid({key: written[key] for key in written if key != name}), name
    (first, *others) = written["results"]
    for name in first:
        for worse in (
            {**first, name: {"what": "no such thing"}},
            {key: first[key] for key in first if key != name},
        ):
            assert not VALIDATOR.is_valid({**written, "results": [*others, worse]}), name


def test_it_says_how_it_went() -> None:
    document = json.loads(json_report(ALL))

    assert document["format"] == 2
    assert document["is_good"] is False
    assert document["is_finished"] is True
    assert document["verdict_counts"] == {str(verdict): 1 for verdict in reversed(Verdict)}
    assert document["started"] == "2026-03-02T12:00:00Z"
    assert document["max_age_seconds"] == 93_600


# ---- The hash


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths to all values in a document that have none within them."""
    if isinstance(value, dict | list) and value:
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        return [leaf for key, inner in pairs for leaf in leaves(inner, (*path, key))]
    return [path]


@given(REPORTS, st.data())
def test_whatever_is_altered_is_noticed(made: DrillReport, data: st.DataObject) -> None:
    document = json_document(made)
    *way, last = data.draw(st.sampled_from(leaves(document)))
    place: Any = document
    for key in way:
        place = place[key]
    before = json.dumps(place[last])
    place[last] = data.draw(
        st.sampled_from([None, True, 0, 17, "", "passed", [], "0" * 64]).filter(
            lambda other: json.dumps(other) != before
        )
    )

    with pytest.raises(ReportDamaged):
        read_json_report(json.dumps(document))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("files_restored", "<script>"),
        ("reason", 17),
        ("errors", [17]),
        ("configuration_id", "1"),
        ("configuration_id", True),
        ("started", "2026-03-02T12:00:00"),
        ("files_restored", float("nan")),
    ],
)
def test_a_value_of_another_kind_is_refused_though_its_hash_is_right(
    name: str, value: object
) -> None:
    document = json_document(report(result(1, Verdict.PASSED)))
    document["results"][0][name] = value
    document["sha256"] = report_hash(document)

    with pytest.raises(ReportDamaged):
        read_json_report(json.dumps(document))


@pytest.mark.parametrize("form", [1, True])
def test_a_report_does_not_become_an_earlier_one(form: object) -> None:
    document = {**json_document(ALL), "format": form}
    del document["sha256"]

    with pytest.raises(ReportDamaged):
        read_json_report(json.dumps(document))


def test_what_is_nested_too_deeply_is_no_report() -> None:
    with pytest.raises(ReportDamaged):
        read_json_report("[" * 100_000)


def test_what_is_added_or_taken_away_is_noticed() -> None:
    written = json_document(ALL)
    added, taken, bare = ({**written, "signed": True}, dict(written), dict(written))
    del taken["account"], bare["sha256"]

    for document in (added, taken, bare):
        with pytest.raises(ReportAltered, match="altered after it was written") as raised:
            read_json_report(json.dumps(document))
        assert raised.value.written == document.get("sha256")


def test_how_it_is_laid_out_is_no_alteration() -> None:
    document = json_document(ALL)
    backwards = dict(reversed(document.items()))

    assert read_json_report(json.dumps(backwards, indent=7, ensure_ascii=False)) == ALL
    assert json_document(read_json_report(json_report(ALL))) == document


def test_the_hash_is_what_the_documentation_says() -> None:
    document = json_document(report(result(1, Verdict.PASSED, configuration_name="Büro \x7f\n")))
    written = document.pop("sha256")
    canonical = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    assert hashlib.sha256(canonical.encode()).hexdigest() == written


@pytest.mark.skipif(shutil.which("jq") is None, reason="needs jq")
def test_other_tools_find_the_same_hash(tmp_path: Path) -> None:
    file = tmp_path / "drill.json"
    file.write_text(json_report(report(result(1, Verdict.PASSED, machine="bü\tro"))), "utf-8")

    canonical = subprocess.run(
        ["jq", "-cjS", "del(.sha256)", file], capture_output=True, check=True
    ).stdout

    assert hashlib.sha256(canonical).hexdigest() == json.loads(file.read_text())["sha256"]


# ---- What is read


def test_a_report_of_the_earlier_format_is_read() -> None:
    read = read_json_report(FORMAT_1)

    (told,) = read.results
    assert (told.verdict, told.duration) == (Verdict.TOO_OLD, read.duration / 300 * 44.5)
    assert read.provenance is None
    assert read_json_report(json_report(read)) == read


def test_what_passed_by_the_earlier_format_was_restored_and_not_verified() -> None:
    (told,) = read_json_report(FORMAT_1.replace('"too_old", "r', '"passed", "r')).results

    assert told.verdict is Verdict.RESTORED


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "can't be read"),
        ("[]", "no report"),
        ('{"drill_id": 1}', "no report"),
        ('{"drill_id": "x", "format": 3}', "later version"),
        ('{"drill_id": "x", "format": []}', "later version"),
        ('{"drill_id": "x", "drill_id": "y"}', "twice"),
        (FORMAT_1.replace('"too_old", "r', '"splendid", "r'), "splendid"),
        (FORMAT_1.replace("259200", "1e300"), "no report"),
    ],
)
def test_what_is_no_report_is_refused(text: str, said: str) -> None:
    with pytest.raises(ReportDamaged, match=said):
        read_json_report(text)


def test_hostile_names_come_through() -> None:
    made = report(result(1, Verdict.PASSED, machine=HOSTILE), account=HOSTILE)

    assert read_json_report(json_report(made)) == made


# ---- Who, where, and with what


def test_it_says_who_ran_it_and_with_what(world: DrillWorld, tmp_path: Path) -> None:
    options: dict[str, Any] = {
        "now": world.now,
        "monotonic": world.monotonic,
        "passphrases": PASSPHRASES,
        "journal": tmp_path / "drill.jsonl",
    }
    made = drill(world.client(), **options)

    told = made.provenance
    assert told is not None
    assert (told.user, told.tenant) == ("demo", "777")
    assert told.service_url == "https://emulator/v1.0/777"
    assert told.tool_version == version(told.tool)
    assert told.contract_version == yaml.safe_load(DOCUMENT.read_text("utf-8"))["info"]["version"]
    for part in (told.host, told.python, told.platform):
        assert part
    text = json_report(made)
    VALIDATOR.validate(json.loads(text))
    for secret in ("demo-key", *PASSPHRASES.values()):
        assert secret not in text

    # One that is done is told again without a call, as who ran it did.
    asked = len(world.transport.seen)
    again = drill(world.client(), **options)
    assert again == made
    assert len(world.transport.seen) == asked


def test_a_journal_that_does_not_say_who_is_read(world: DrillWorld, tmp_path: Path) -> None:
    journal = tmp_path / "drill.jsonl"
    made = drill(
        world.client(), now=world.now, monotonic=world.monotonic, journal=journal, check_only=True
    )
    lines = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
    del lines[-1]["provenance"]
    journal.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")

    again = drill(world.client(), now=world.now, journal=journal, check_only=True)

    assert again == evolve(made, provenance=None)
